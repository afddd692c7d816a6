"""Structured data: JSON-LD that parses, says what the page says, and cannot break out of its element."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Workshop
from samples import entry, story

HOUR = "start: 2026-12-01 09:00\nend: 2026-12-01 10:30"
TRAP = '</script><script>alert(1)</script><!-- & \\" 曾'
FILES = (
    story(
        "a.zh",
        f"title: '{TRAP}'\nupdated: 2026-11-05 10:00\nauthors: [林样本]\nbyline: {{authors: [林样本, 周样本]}}\n"
        "summary: 摘要\ncover: {src: /media/gate.svg, alt: Gate}",
        date="2026-11-01 09:00",
    )
    + entry("news/a.en", "title: English")
    + entry("features/b", "title: B\ndate: 2026-11-02\nform: essay")
    + entry(
        "events/hybrid",
        f"title: Hybrid\nmode: hybrid\n{HOUR}\nonline_url: https://live.example.edu/\ntimezone: Europe/London\n"
        "venue: {name: Hall, address: 1 Example Road, geo: [51.5, -0.1]}",
    )
    + entry(
        "events/camp",
        "title: Camp\nmode: in-person\nstart: 2026-12-30\nend: 2027-01-02\nall_day: true\n"
        "event_status: cancelled\nvenue: {name: Hut}",
    )
    + entry("events/days", "title: Days\nstart: 2026-12-30\nend: 2027-01-02\nall_day: true")
    + entry("events/bare", f"title: Bare\n{HOUR}\nevent_status: moved")
    + entry("events/online", f"title: Online\nmode: online\n{HOUR}\nevent_status: postponed")
    + entry("chapters/a", "title: 上级\ntype: regional\nstatus: active")
    + entry("chapters/b", "title: 下级\ntype: regional\nstatus: active\nparent: a\nfounded: {date: 1996-05}")
    + entry("people/lin", "name: 林样本\nroles: [{title: 示例工程师}]")
    + entry("pages/about/index", "title: About")
    + entry("pages/about/history", "title: History")
    + "-- content/media/gate.svg --\n"
    + '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
)
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("json-ld")).write(FILES)
    workshop.build(base_url="https://www.example.edu/alumni/")
    return workshop


def graph(site: Workshop, path: str) -> dict[str, Any]:
    """The nodes of a page by their type."""
    (text,) = SCRIPT.findall(site.read(path + "index.html"))
    found = json.loads(text)
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


def test_all_structured_data_of_the_reference_site_parses(reference_site: Path) -> None:
    types: dict[str, int] = {}
    for path in reference_site.rglob("*.html"):
        for text in SCRIPT.findall(path.read_text(encoding="utf-8")):
            assert "<" not in text
            for node in json.loads(text)["@graph"]:
                types[node["@type"]] = types.get(node["@type"], 0) + 1
                for value in strings(node):
                    assert value == value.strip() or "\n" in value
                    assert not value.startswith("/"), f"{path}: {value}"
    assert types.keys() == {"BreadcrumbList", "Organization", "WebSite", "NewsArticle", "Article", "Event", "ProfilePage"}
    assert min(types.values()) >= 2


def strings(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in strings(value)]
    if isinstance(node, list):
        return [text for value in node for text in strings(value)]
    return [node] if isinstance(node, str) else []


def test_no_title_breaks_out_of_the_element(site: Workshop) -> None:
    page = site.read("news/2026/a/index.html")
    assert "alert(1)</script>" not in page
    assert graph(site, "news/2026/a/")["NewsArticle"]["headline"] == TRAP


def test_a_story_is_an_article(site: Workshop) -> None:
    article = graph(site, "news/2026/a/")["NewsArticle"]
    assert (article["datePublished"], article["dateModified"]) == ("2026-11-01T09:00:00+08:00", "2026-11-05T10:00:00+08:00")
    assert [author["name"] for author in article["author"]] == ["林样本", "周样本"]
    assert article["inLanguage"] == "zh-Hans-CN"
    assert article["publisher"]["name"] == "样例校友会"
    assert article["url"] == "https://www.example.edu/alumni/news/2026/a/"
    (picture,) = article["image"]
    assert (site.root / "public" / picture.removeprefix("https://www.example.edu/alumni/")).is_file()


def test_a_translation_speaks_its_language(site: Workshop) -> None:
    article = graph(site, "en/news/2026/a/")["NewsArticle"]
    assert (article["headline"], article["inLanguage"], article["publisher"]["name"]) == ("English", "en", "Sample Alumni")


def test_a_feature_without_author_is_by_the_association(site: Workshop) -> None:
    article = graph(site, "features/b/")["Article"]
    assert [(author["@type"], author["name"]) for author in article["author"]] == [("Organization", "样例校友会")]
    assert article["datePublished"] == "2026-11-02"


def test_an_event_says_when_and_where(site: Workshop) -> None:
    event = graph(site, "events/hybrid/")["Event"]
    assert (event["startDate"], event["endDate"]) == ("2026-12-01T09:00:00+00:00", "2026-12-01T10:30:00+00:00")
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    place, online = event["location"]
    assert (place["name"], place["address"], place["geo"]["longitude"]) == ("Hall", "1 Example Road", -0.1)
    assert online == {"@type": "VirtualLocation", "url": "https://live.example.edu/"}


@pytest.mark.parametrize(
    ("name", "status"),
    [("hybrid", "EventScheduled"), ("camp", "EventCancelled"), ("bare", "EventRescheduled"), ("online", "EventPostponed")],
)
def test_an_event_says_whether_it_takes_place(site: Workshop, name: str, status: str) -> None:
    assert graph(site, f"events/{name}/")["Event"]["eventStatus"] == f"https://schema.org/{status}"


def test_whole_days_are_days(site: Workshop) -> None:
    event = graph(site, "events/camp/")["Event"]
    assert (event["startDate"], event["endDate"]) == ("2026-12-30", "2027-01-02")


@pytest.mark.parametrize(
    ("path", "trail"),
    [
        ("news/2026/a/", ["/", "/news/", "/news/notices/", "/news/2026/a/"]),
        ("chapters/b/", ["/", "/chapters/", "/chapters/a/", "/chapters/b/"]),
        ("about/history/", ["/", "/about/", "/about/history/"]),
        ("en/news/2026/a/", ["/en/", "/en/news/", "/en/news/notices/", "/en/news/2026/a/"]),
        ("events/2026/12/", ["/", "/events/", "/events/2026/12/"]),
    ],
)
def test_the_way_to_a_page_is_told_in_absolute_addresses(site: Workshop, path: str, trail: list[str]) -> None:
    steps = graph(site, path)["BreadcrumbList"]["itemListElement"]
    assert [step["item"].removeprefix("https://www.example.edu/alumni") for step in steps] == trail
    assert [step["position"] for step in steps] == list(range(1, len(trail) + 1))
    assert all(step["name"] for step in steps)


def test_home_is_the_association(site: Workshop) -> None:
    nodes = graph(site, "")
    assert nodes.keys() == {"Organization", "WebSite"}
    assert nodes["Organization"]["url"] == nodes["WebSite"]["url"] == "https://www.example.edu/alumni/"
    logo = nodes["Organization"]["logo"].removeprefix("https://www.example.edu/alumni/")
    assert (site.root / "public" / logo).is_file()


def test_a_chapter_is_a_part_of_the_association(site: Workshop) -> None:
    chapter = graph(site, "chapters/b/")["Organization"]
    assert chapter["name"] == "下级"
    assert chapter["foundingDate"] == "1996-05"
    assert chapter["parentOrganization"]["url"] == "https://www.example.edu/alumni/"


def test_a_person_is_described_by_what_the_page_shows(site: Workshop) -> None:
    profile = graph(site, "people/lin/")["ProfilePage"]
    assert profile["mainEntity"] == {
        "@type": "Person",
        "name": "林样本",
        "url": "https://www.example.edu/alumni/people/lin/",
        "jobTitle": ["示例工程师"],
    }


@pytest.mark.parametrize(
    ("name", "dates", "whole"),
    [("hybrid", "20261201T090000Z/20261201T103000Z", "false"), ("days", "20261230/20270103", "true")],
)
def test_an_event_goes_into_the_calendars_of_others(site: Workshop, name: str, dates: str, whole: str) -> None:
    page = site.read(f"events/{name}/index.html").replace("&amp;", "&")
    links = {urlsplit(address).netloc: parse_qs(urlsplit(address).query) for address in re.findall('href="([^"]+)"', page)}
    assert links["calendar.google.com"]["dates"] == [dates]
    assert links["outlook.live.com"]["allday"] == [whole]
