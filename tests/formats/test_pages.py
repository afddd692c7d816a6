"""Every page of the reference client's site: valid, in its language, known to its translations, from this site alone."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from conftest import Workshop
from samples import entry, story

BASE = "https://alumni.example.edu.cn/"
LOCALES = {"zh": "zh-Hans-CN", "en": "en"}
TYPES = {
    "home": "",
    "news": "news/",
    "news of a section": "news/chapters/",
    "news of a year": "news/2026/",
    "an older page of the news": "news/page/1/",
    "a story": "news/2026/hangzhou-forum/",
    "a withdrawn story": "news/2026/withdrawn-notice/",
    "people": "people/",
    "a person": "people/gu-fanli/",
    "a feature": "features/gu-fanli-return/",
    "events": "events/",
    "a month": "events/2027/04/",
    "an event": "events/homecoming-2027/",
    "a repeated event": "events/running-weekly/",
    "chapters": "chapters/",
    "a chapter": "chapters/hangzhou-joint/",
    "rolls": "honors/",
    "a roll of donors": "honors/annual-2026/",
    "a roll of alumni": "honors/distinguished-2026/",
    "projects": "projects/",
    "a project": "projects/dawn-scholarship/",
    "services": "services/",
    "a service": "services/transcript/",
    "a page": "about/",
    "a page below a page": "about/history/",
    "figures": "about/statistics/",
    "archive": "archive/",
    "subscriptions": "subscribe/",
    "tags": "tags/",
    "a tag": "tags/scholarship/",
    "topics": "topics/",
    "a topic": "topics/people/",
    "search": "search/",
    "nothing found": "404.html",
}  # fmt: skip


class Page:
    """A parsed page."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.tree = parser.parse(content)
        self.errors = [f"{path}:{line}: {error} {details}" for (line, _), error, details in parser.errors]
        self.elements = [element for element in self.tree.iter() if isinstance(element.tag, str)]

    @property
    def url(self) -> str:
        return BASE + self.path.removesuffix("index.html")

    @property
    def language(self) -> str:
        return "en" if self.path.startswith("en/") else "zh"

    def all(self, tag: str, **attributes: str) -> list[Any]:
        """The elements of that name with these attributes."""
        return [each for each in self.elements if each.tag == tag and all(each.get(k) == v for k, v in attributes.items())]


@pytest.fixture(scope="module")
def pages(reference_site: Path) -> dict[str, Page]:
    """All pages but redirects, by their file."""
    found = {}
    for path in sorted(reference_site.rglob("*.html")):
        page = Page(path.relative_to(reference_site).as_posix(), path.read_bytes())
        if not page.all("meta", **{"http-equiv": "refresh"}):
            found[page.path] = page
    return found


def test_no_page_has_an_error_of_syntax(pages: dict[str, Page]) -> None:
    assert len(pages) > 280
    assert [error for page in pages.values() for error in page.errors] == []


@pytest.mark.parametrize("name", TYPES)
def test_each_type_of_page_exists_in_both_languages(pages: dict[str, Page], name: str) -> None:
    path = TYPES[name]
    file = path + "index.html" if path.endswith("/") or not path else path
    assert {file, f"en/{file}"} <= pages.keys()


def test_every_page_says_its_language_and_its_name(pages: dict[str, Page]) -> None:
    for page in pages.values():
        (root,), (title,) = page.all("html"), page.all("title")
        assert root.get("lang") == LOCALES[page.language], page.path
        assert title.text.strip(), page.path
        assert len(page.all("h1")) == 1, page.path
        assert len(page.all("main")) == 1, page.path
        assert page.all("meta", charset="utf-8"), page.path


def test_no_two_pages_of_a_language_have_one_title(pages: dict[str, Page]) -> None:
    indexed = [page for page in pages.values() if "/page/" not in page.path and "withdrawn" not in page.path]
    counted = Counter((page.language, page.all("title")[0].text) for page in indexed)
    assert {title: count for title, count in counted.items() if count > 1} == {}


def test_every_page_names_its_own_address_as_the_canonical_one(pages: dict[str, Page]) -> None:
    for page in pages.values():
        unlisted = bool(page.all("meta", name="robots", content="noindex"))
        assert unlisted == (page.path.endswith("404.html") or "withdrawn" in page.path), page.path
        named = [link.get("href") for link in page.all("link", rel="canonical")]
        assert named == [page.url] or (unlisted and not named), page.path


def alternates(page: Page) -> dict[str, str]:
    found = [link for link in page.all("link", rel="alternate") if link.get("hreflang")]
    named = {link.get("hreflang"): link.get("href") for link in found}
    assert len(named) == len(found), page.path
    return named


def test_translations_name_each_other(pages: dict[str, Page]) -> None:
    known = {page.url: alternates(page) for page in pages.values()}
    assert sum(bool(each) for each in known.values()) > 200
    for url, named in known.items():
        if named:
            assert named.keys() == {"zh-Hans-CN", "en", "x-default"}, url
            assert url in named.values()
            assert named["x-default"] == named["zh-Hans-CN"]
            for other in named.values():
                assert known[other] == named, f"{url} names {other}, which does not agree"


def test_the_language_switch_leads_to_a_page_in_the_other_language(pages: dict[str, Page]) -> None:
    for page in pages.values():
        other = {"zh": "en", "en": "zh-Hans-CN"}[page.language]
        (link, *_) = [each for each in page.all("a", hreflang=other) if each.get("lang") == other] or [None]
        assert link is not None, page.path
        target = file_of(urljoin(page.url, link.get("href")))
        assert pages[target].language != page.language, page.path


RESOURCES = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "embed": "src", "object": "data", "audio": "src",
             "track": "src", "use": "href", "image": "href", "input": "src", "form": "action"}  # fmt: skip
LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect", "dns-prefetch"}


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for element in page.elements:
            tag = element.tag.rpartition("}")[2]
            wanted = [element.get(RESOURCES[tag], "")] if tag in RESOURCES else []
            if tag == "link" and set(element.get("rel", "").split()) & LOADED:
                wanted.append(element.get("href"))
            for address in wanted:
                assert re.match(r"(/(?!/)|#|data:image/|\Z)", address), f"{page.path}: <{tag}> {address}"


def test_the_strict_policy_is_kept(pages: dict[str, Page]) -> None:
    """_headers sends `default-src 'self'`: a browser refuses scripts and styles within pages."""
    for page in pages.values():
        for script in page.all("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", page.path
        assert not page.all("style"), page.path
        bound = [name for element in page.elements for name in element.attrib if name == "style" or str(name).startswith("on")]
        assert not bound, page.path
        assert not [link for link in page.all("a") if (link.get("href") or "").startswith(("javascript:", "data:"))], page.path


def test_ids_are_single_and_what_points_to_them_finds_them(pages: dict[str, Page]) -> None:
    for page in pages.values():
        counted = Counter(element.get("id") for element in page.elements if element.get("id") is not None)
        assert {each: number for each, number in counted.items() if number > 1 or re.search(r"\s|\A\Z", each)} == {}, page.path
        for element in page.elements:
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list"):
                for target in (element.get(name) or "").split():
                    assert target in counted, f"{page.path}: {name}={target}"


def test_pictures_have_words_and_a_size(pages: dict[str, Page]) -> None:
    pictures = [(page.path, each) for page in pages.values() for each in page.all("img")]
    assert len(pictures) > 300
    assert [path for path, each in pictures if each.get("alt") is None or not each.get("width") or not each.get("height")] == []


def test_links_have_words(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for link in page.all("a"):
            words = "".join(link.itertext()).strip() + (link.get("aria-label") or "")
            words += "".join(each.get("alt") or each.get("aria-label") or "" for each in link.iter() if isinstance(each.tag, str))
            assert words, f"{page.path}: {link.get('href')}"


def file_of(url: str) -> str:
    """The file of an address of this site."""
    path = unquote(urlsplit(url).path).lstrip("/")
    return path + "index.html" if path.endswith("/") or not path else path


def test_every_link_into_the_site_leads_to_a_file_and_to_an_id_in_it(pages: dict[str, Page], reference_site: Path) -> None:
    ids = {page.path: {element.get("id") for element in page.elements} for page in pages.values()}
    count = 0
    for page in pages.values():
        for element in page.elements:
            for address in filter(None, (element.get("href"), element.get("src"), element.get("action"))):
                url = urlsplit(urljoin(page.url, address))
                if f"{url.scheme}://{url.netloc}/" != BASE:
                    continue
                count += 1
                file = file_of(url.geturl())
                assert (reference_site / file).is_file(), f"{page.path}: {address}"
                if url.fragment and file in ids:
                    assert unquote(url.fragment) in ids[file], f"{page.path}: {address}"
    assert count > 10_000


def test_no_page_shows_the_inside_of_a_template(pages: dict[str, Page]) -> None:
    for page in pages.values():
        shown = [text.strip() for element in page.elements if element.tag not in ("script", "code") for text in element.itertext()]
        assert not [text for text in shown if text in ("None", "True", "False", "[]", "{}") or "{{" in text or "{%" in text], (
            page.path
        )
        assert not [text for text in shown if re.search(r"<\w+\.\w+ object at|Undefined|&(amp|lt|quot);", text)], page.path


@pytest.mark.parametrize("name", ["杭州论坛", "hello world", "a+b&c", "100%", "q?a", "a#b"])
def test_an_address_of_any_file_name_is_followed(workshop: Workshop, name: str) -> None:
    """Either the name is refused, or the links to its page lead there."""
    files = story(f"2026-11-01-{name}", "title: Here") + entry("pages/from", "title: From", f"[there](<news:2026-11-01-{name}>)")
    problems = workshop.write(files).problems()
    if problems:
        assert any(name in problem for problem in problems)
        return
    page = Page("news/index.html", workshop.read("news/index.html").encode())
    (link, *_) = [each.get("href") for each in page.all("a") if "".join(each.itertext()).strip() == "Here"]
    assert re.fullmatch(r"[\x21-\x7e]+", link)
    assert (workshop.root / "public" / file_of(urljoin("https://alumni.example.edu/", link))).is_file()
