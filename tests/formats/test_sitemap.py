"""The sitemap: every page that may be found, no other, each with its languages; and the files for hosts beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import CONFIG, Workshop
from samples import entry, story

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "https://alumni.example.edu.cn/"
FILES = (
    story("a.zh", "updated: 2026-11-05 10:00\naliases: [/old/a/, /old/b.html]\nslug: 杭州", date="2026-11-01")
    + entry("news/a.en", "title: A\naliases: [/older/]")
    + story("chinese-only", date="2026-10-02")
    + story("draft", "status: draft\naliases: [/old/draft/]")
    + story("gone", "status: withdrawn\naliases: [/old/gone/]")
    + entry("chapters/hangzhou", "title: A & B\ntype: regional\nstatus: active")
)


def urls(text: str) -> dict[str, dict[str, str]]:
    """The addresses of a sitemap, with their languages."""
    return {
        url.findtext("s:loc", "", NAMES): {link.get("hreflang", ""): link.get("href", "") for link in url.findall("x:link", NAMES)}
        for url in ElementTree.fromstring(text).findall("s:url", NAMES)
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("sitemap")).write(FILES)
    workshop.build()
    return workshop


def test_the_sitemap_lists_every_page_that_wants_to_be_found(reference_site: Path) -> None:
    wanted = set()
    for path in reference_site.rglob("*.html"):
        if '<meta name="robots" content="noindex">' not in path.read_text(encoding="utf-8"):
            wanted.add(BASE + path.relative_to(reference_site).as_posix().removesuffix("index.html"))
    listed = urls((reference_site / "sitemap.xml").read_text(encoding="utf-8"))
    assert listed.keys() == wanted
    assert len(wanted) > 280


def test_the_languages_of_a_page_are_those_that_it_names_itself(reference_site: Path) -> None:
    for url, named in urls((reference_site / "sitemap.xml").read_text(encoding="utf-8")).items():
        html = (reference_site / url.removeprefix(BASE) / "index.html").read_text(encoding="utf-8")
        assert named == dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)), url


def test_every_language_of_an_entry_agrees(site: Workshop) -> None:
    listed = urls(site.read("sitemap.xml"))
    chinese, english = (
        "https://alumni.example.edu/news/2026/%E6%9D%AD%E5%B7%9E/",
        "https://alumni.example.edu/en/news/2026/%E6%9D%AD%E5%B7%9E/",
    )
    assert listed[chinese] == listed[english] == {"zh-Hans-CN": chinese, "en": english, "x-default": chinese}
    assert listed["https://alumni.example.edu/news/2026/chinese-only/"] == {}


def dates(site: Workshop) -> dict[str, str | None]:
    tree = ElementTree.fromstring(site.read("sitemap.xml"))
    return {url.findtext("s:loc", "", NAMES): url.findtext("s:lastmod", None, NAMES) for url in tree.findall("s:url", NAMES)}


def test_dates_come_from_the_content(site: Workshop) -> None:
    found = dates(site)
    assert found["https://alumni.example.edu/news/2026/%E6%9D%AD%E5%B7%9E/"] == "2026-11-05"
    assert found["https://alumni.example.edu/news/2026/chinese-only/"] == "2026-10-02"
    assert found["https://alumni.example.edu/chapters/hangzhou/"] is None


def test_what_is_not_for_searchers_is_not_listed(site: Workshop) -> None:
    assert not [url for url in urls(site.read("sitemap.xml")) if re.search("draft|gone|404|old|xml|[.]ics", url)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old/a/index.html", "/news/2026/%E6%9D%AD%E5%B7%9E/"),
        ("old/b.html", "/news/2026/%E6%9D%AD%E5%B7%9E/"),
        ("en/older/index.html", "/en/news/2026/%E6%9D%AD%E5%B7%9E/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(site: Workshop, old: str, new: str) -> None:
    page = site.read(old)
    assert re.search(rf'<meta http-equiv="refresh" content="0; ?url={new}">', page)
    assert f'rel="canonical" href="https://alumni.example.edu{new}"' in page
    assert f"/{old.removesuffix('index.html')} {new} 301\n" in site.read("_redirects")


def test_what_is_hidden_has_no_old_addresses(site: Workshop) -> None:
    assert not (site.root / "public/old/draft").exists()
    assert [line for line in site.read("_redirects").splitlines() if "/old" in line] == [
        "/en/older/ /en/news/2026/%E6%9D%AD%E5%B7%9E/ 301",
        "/old/a/ /news/2026/%E6%9D%AD%E5%B7%9E/ 301",
        "/old/b.html /news/2026/%E6%9D%AD%E5%B7%9E/ 301",
    ]


def test_robots_may_read_all_and_find_the_sitemap(site: Workshop) -> None:
    assert site.read("robots.txt") == "User-agent: *\nAllow: /\n\nSitemap: https://alumni.example.edu/sitemap.xml\n"


def test_the_headers_are_strict(site: Workshop) -> None:
    text = site.read("_headers")
    policy = re.search("Content-Security-Policy: (.*)", text)
    assert policy
    assert "default-src 'self'" in policy[1]
    assert "unsafe" not in policy[1]
    assert "X-Content-Type-Options: nosniff" in text


def manifest(workshop: Workshop) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(workshop.read("site.webmanifest"))
    return found


def test_the_manifest_names_the_site(site: Workshop) -> None:
    found = manifest(site)
    assert (found["name"], found["lang"], found["start_url"]) == ("样例校友会", "zh-Hans-CN", "/")
    assert all((site.root / "public" / icon["src"].lstrip("/")).is_file() for icon in found["icons"])


def test_security_txt_stands_where_it_is_configured(workshop: Workshop) -> None:
    workshop.build()
    assert not (workshop.root / "public/.well-known").exists()
    declared = 'security: {contact: "mailto:security@example.edu", expires: "2027-12-31T00:00:00Z"}\n'
    workshop.write(f"-- config.yaml --\n{CONFIG}{declared}").build()
    assert workshop.read(".well-known/security.txt") == "Contact: mailto:security@example.edu\nExpires: 2027-12-31T00:00:00Z\n"


def test_below_a_path_every_file_names_the_path(workshop: Workshop) -> None:
    workshop.write(FILES).build(base_url="https://www.example.edu/alumni/")
    assert all(url.startswith("https://www.example.edu/alumni/") for url in urls(workshop.read("sitemap.xml")))
    assert workshop.read("robots.txt").endswith("Sitemap: https://www.example.edu/alumni/sitemap.xml\n")
    assert all(line.split()[0].startswith("/alumni/") for line in workshop.read("_redirects").splitlines())
    assert all(line.startswith(("/alumni/", "  ")) for line in workshop.read("_headers").splitlines())
    assert manifest(workshop)["start_url"] == "/alumni/"
