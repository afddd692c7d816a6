"""RSS feeds, judged by feedparser: valid, absolute, stable, dated by their content."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import Workshop
from samples import entry, plain, story

CHAPTER = "title: 杭州\ntype: regional\nstatus: active"
BODY = """\
See[^1], [the forum](event:forum), [all news](/news/), [below](#part), ![Gate](/media/gate.svg "A gate") and <https://www.example.edu/>.

## Part

> [!NOTE]
> Bring a coat.

:::figure{src=/media/gate.svg alt="Gate" credit="Sample"}
The gate
:::

:::gallery
![One](/media/gate.svg)
:::

:::events{limit=3}
:::

:::people{ids=lin}
:::

| a | b |
|---|---|
| 1 | ]]> |

[^1]: A note.
"""
FILES = (
    entry("chapters/hangzhou.zh", CHAPTER)
    + entry("chapters/hangzhou.en", "title: Hangzhou")
    + entry("events/forum", "title: Forum\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00")
    + entry("people/lin", "name: 林样本")
    + story(
        "rich.zh",
        'title: "A < B & C ]]> 曾"\nupdated: 2026-11-05 10:00\ntags: [music]\nchapters: [hangzhou]\nsummary: 摘要',
        BODY,
        date="2026-11-01 09:00",
        section="chapters",
    )
    + entry("news/rich.en", "title: English title\nsummary: In short", "English text")
    + story("day", date="2026-10-01", section="media")
    + entry("features/portrait", "title: A portrait\ndate: 2026-10-15\nform: profile", "Words")
    + story("draft", "status: draft\nchapters: [hangzhou]", section="media")
    + "-- content/media/gate.svg --\n"
    + '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
)


def parsed(workshop: Workshop, path: str) -> Any:
    """A feed as a reader sees it."""
    return feedparser.parse((workshop.root / "public" / path).read_bytes())


def titles(workshop: Workshop, path: str) -> list[str]:
    return [item.title for item in parsed(workshop, path).entries]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("rss")).write(FILES)
    workshop.build()
    return workshop


def test_every_feed_of_the_reference_site_is_well_formed_and_absolute(reference_site: Path) -> None:
    feeds = sorted(reference_site.rglob("feed.xml"))
    assert len(feeds) > 40
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.feed.title
        assert {link.rel: link.href for link in feed.feed.links}["self"].endswith("/" + path.relative_to(reference_site).as_posix())
        for item in feed.entries:
            assert item.link.startswith("https://alumni.example.edu.cn/")
            assert item.title
            assert item.published_parsed


def test_a_feed_says_what_it_is(site: Workshop) -> None:
    feed = parsed(site, "feed.xml")
    assert not feed.bozo
    assert (feed.version, feed.feed.title, feed.feed.link) == ("rss20", "样例校友会", "https://alumni.example.edu/")
    assert [(link.rel, link.href) for link in feed.feed.links if link.rel == "self"] == [
        ("self", "https://alumni.example.edu/feed.xml")
    ]


@pytest.mark.parametrize(("path", "language", "home"), [("feed.xml", "zh-Hans-CN", ""), ("en/feed.xml", "en", "en/")])
def test_each_language_has_its_feed(site: Workshop, path: str, language: str, home: str) -> None:
    feed = parsed(site, path)
    assert (feed.feed.language, feed.feed.link) == (language, f"https://alumni.example.edu/{home}")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feed.xml", ["A < B & C ]]> 曾", "A portrait", "Title of day"]),
        ("en/feed.xml", ["English title"]),
        ("news/chapters/feed.xml", ["A < B & C ]]> 曾"]),
        ("news/media/feed.xml", ["Title of day"]),
        ("news/notices/feed.xml", []),
        ("en/news/media/feed.xml", []),
        ("chapters/hangzhou/feed.xml", ["A < B & C ]]> 曾"]),
        ("en/chapters/hangzhou/feed.xml", ["English title"]),
    ],
)
def test_the_site_each_section_and_each_chapter_has_its_stories_newest_first(
    site: Workshop, path: str, expected: list[str]
) -> None:
    assert titles(site, path) == expected
    assert not parsed(site, path).bozo


def test_all_times_come_from_the_content(site: Workshop) -> None:
    feed = parsed(site, "feed.xml")
    moments = [datetime(*item.published_parsed[:6], tzinfo=UTC).isoformat() for item in feed.entries]
    assert moments == ["2026-11-01T01:00:00+00:00", "2026-10-14T16:00:00+00:00", "2026-09-30T16:00:00+00:00"]
    assert feed.feed.updated == "Thu, 05 Nov 2026 10:00:00 +0800"
    assert parsed(site, "news/notices/feed.xml").feed.updated == "Thu, 01 Jan 1970 00:00:00 +0000"


def addresses(html: str) -> list[str]:
    return re.findall(r'(?:href|src|poster)="([^"]*)"', html)


def test_pictures_and_links_in_the_text_lead_to_the_site(site: Workshop) -> None:
    found = addresses(parsed_text(site, "feed.xml"))
    absolute = {address for address in found if not address.startswith("#")}
    assert {"https://alumni.example.edu/events/forum/", "https://alumni.example.edu/news/", "https://www.example.edu/"} <= absolute
    assert sum("/media/gate." in address for address in absolute) == 1
    assert all(address.startswith("https://") for address in absolute)


def parsed_text(site: Workshop, path: str) -> str:
    """The text of the first story, as it stands in the file: feedparser would resolve and clean it."""
    import html

    found = re.search(r"<description>(&lt;.*?)</description>", site.read(path), re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_links_within_the_text_lead_to_the_story(site: Workshop) -> None:
    found = addresses(parsed_text(site, "feed.xml"))
    assert not [address for address in found if address.startswith("#")]
    assert "https://alumni.example.edu/news/2026/rich/#part" in found


def test_categories_are_the_labels_of_tags(site: Workshop) -> None:
    assert [tag.term for tag in parsed(site, "feed.xml").entries[0].tags] == ["music"]


def guids(workshop: Workshop) -> list[str]:
    return [item.id for item in parsed(workshop, "feed.xml").entries]


@pytest.mark.parametrize(
    "change",
    ["title: Another title", "slug: another-address", "date: 2026-11-02", "section: media", "summary: Other"],
    ids=lambda change: change.partition(":")[0],
)
def test_an_item_keeps_its_guid_whatever_is_edited(workshop: Workshop, change: str) -> None:
    """So that no reader shows an old story as new."""
    plain(workshop).write(story("a", "summary: Words")).build()
    before = guids(workshop)
    workshop.write(story("a", change)).build()
    assert guids(workshop) == before
    assert len(set(before)) == 1


def test_a_renamed_file_keeps_its_guid_by_its_id(workshop: Workshop) -> None:
    plain(workshop).write(story("a")).build()
    before = guids(workshop)
    (workshop.root / "content/news/a.md").unlink()
    workshop.write(story("b", "id: a")).build()
    assert guids(workshop) == before


def test_no_two_items_share_a_guid(reference_site: Path) -> None:
    feeds = [feedparser.parse((reference_site / path).read_bytes()) for path in ("feed.xml", "en/feed.xml")]
    found = [item.id for feed in feeds for item in feed.entries]
    assert len(found) == len(set(found)) > 40


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 2), (30, 3)])
def test_a_feed_has_at_most_its_limit(workshop: Workshop, limit: int, count: int) -> None:
    files = "".join(story(name, date=f"2026-01-0{number}") for number, name in enumerate("abc", 1))
    plain(workshop, f"feeds: {{limit: {limit}}}\n").write(files).build()
    assert titles(workshop, "feed.xml") == ["Title of c", "Title of b", "Title of a"][:count]


def test_a_feed_of_summaries_holds_no_text(workshop: Workshop) -> None:
    plain(workshop, "feeds: {full_text: false}\n").write(story("a", "summary: In short", "The whole text")).build()
    assert parsed(workshop, "feed.xml").entries[0].summary == "In short"
    assert "whole text" not in workshop.read("feed.xml")


def test_addresses_are_ascii(workshop: Workshop) -> None:
    """RFC 3986; a feed reader need not understand anything else."""
    plain(workshop).write(story("a", "slug: 杭州")).build()
    assert parsed(workshop, "feed.xml").entries[0].link == "https://alumni.example.edu/news/2026/%E6%9D%AD%E5%B7%9E/"


def test_characters_that_xml_forbids_do_not_break_a_feed(workshop: Workshop) -> None:
    plain(workshop).write(story("a", body="one\ufffe two \uffff three")).build()
    feed = parsed(workshop, "feed.xml")
    assert not feed.bozo
    assert "two" in feed.entries[0].summary
