"""Links inside an output: every address of a page that leads into the site must lead to a file, and to an id in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.problems import Code, Problem, Span

_ADDRESSES = {"href", "src", "poster", "srcset"}


@dataclass
class _Page:
    links: list[tuple[str, int, int]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class _Links(HTMLParser):
    def __init__(self, page: _Page) -> None:
        super().__init__()
        self._page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        for name, value in attrs:
            if name == "id" and value:
                self._page.ids.add(value)
            elif name == "srcset" and value:
                self._page.links += [(part.split()[0], line, column + 1) for part in value.split(",") if part.strip()]
            elif name in _ADDRESSES and value is not None:
                self._page.links.append((value, line, column + 1))


def check_links(destination: Path, files: list[str], base_url: str, sources: dict[str, str]) -> tuple[list[Problem], int]:
    """Every link that leads nowhere, and how many links were followed.

    `sources` tells which source a page was made from, for the message.
    """
    pages = {file: _read(destination / file) for file in sorted(files) if file.endswith(".html")}
    known = set(files)
    problems = []
    count = 0
    for file, page in pages.items():
        for target, line, column in page.links:
            found = _internal(target, file, base_url)
            if found is None:
                continue
            count += 1
            path, anchor = found
            reason = _missing(path, anchor, known, pages)
            if reason:
                span = Span(f"{destination.name}/{file}", line, column)
                hint = f"the page is made from {sources[file]}" if file in sources else "the link stands in a template"
                problems.append(Problem(Code.BROKEN_LINK, f"the link {target} {reason}", span, hint))
    return problems, count


def _read(path: Path) -> _Page:
    page = _Page()
    parser = _Links(page)
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    return page


def _internal(target: str, file: str, base_url: str) -> tuple[str, str] | None:
    """The file and the id that a link means; None for one that leaves the site."""
    base = urlsplit(base_url)
    url = urlsplit(urljoin(base_url + file, target))
    if (url.scheme, url.netloc) != (base.scheme, base.netloc) or not url.path.startswith(base.path):
        return None
    path = unquote(url.path[len(base.path) :])
    return path + "index.html" if path.endswith("/") or not path else path, unquote(url.fragment)


def _missing(path: str, anchor: str, known: set[str], pages: dict[str, _Page]) -> str:
    if path not in known:
        return "leads nowhere" if path + "/index.html" not in known else "needs a slash at its end"
    if anchor and path in pages and anchor not in pages[path].ids:
        return f"names #{anchor}, which that page does not have"
    return ""


def files_below(destination: Path) -> Iterator[str]:
    """Every file of an output."""
    for path in sorted(destination.rglob("*")):
        if path.is_file():
            yield path.relative_to(destination).as_posix()
