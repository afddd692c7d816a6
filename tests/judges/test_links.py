"""Every link inside the reference site, as lxml sees them: to a file that is there, and to an id that its page has."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from lxml import html

BASE = "https://alumni.example.edu.cn/"


def broken(public: Path) -> tuple[list[str], int]:
    """The links that lead nowhere, and how many links lead into the site."""
    trees = {
        path.relative_to(public).as_posix(): html.parse(path, html.HTMLParser(encoding="utf-8")) for path in public.rglob("*.html")
    }
    ids = {file: set(tree.xpath("//@id")) for file, tree in trees.items()}
    wrong, count = [], 0
    for file, tree in trees.items():
        for _, _, target, _ in tree.getroot().iterlinks():
            address, fragment = urldefrag(urljoin(BASE + file, target.strip()))
            if not address.startswith(BASE):
                continue
            count += 1
            path = unquote(address.removeprefix(BASE))
            path += "index.html" if not path or path.endswith("/") else ""
            if not (public / path).is_file() or (fragment and path in ids and unquote(fragment) not in ids[path]):
                wrong.append(f"{file}: {target}")
    return wrong, count


def test_every_link_leads_somewhere(reference_site: Path) -> None:
    wrong, count = broken(reference_site)
    assert wrong == []
    assert count > 20_000


def test_links_that_lead_nowhere_are_noticed(tmp_path: Path) -> None:
    links = [
        "/b/",
        "b/",
        "#a",
        "b/#c",
        "#gone",
        "/gone/",
        "b",
        "b/#gone",
        f"{BASE}gone.png",
        "https://elsewhere.example/",
        "mailto:a@b.c",
    ]
    (tmp_path / "b").mkdir()
    (tmp_path / "b/index.html").write_text('<p id="c">')
    (tmp_path / "index.html").write_text('<p id="a">' + "".join(f'<a href="{link}">x</a>' for link in links))
    assert [each.partition(": ")[2] for each in broken(tmp_path)[0]] == ["#gone", "/gone/", "b", "b/#gone", f"{BASE}gone.png"]
