"""Feeds in every format: valid, the same stories in each, absolute, stable, dated by their content."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import CONFIG, Workshop
from formats.feed_readers import FILES as FORMATS
from formats.feed_readers import ReadFeed, read_feed
from formats.feed_rules import faults
from lxml import etree
from samples import entry, plain, story

CHAPTER = "title: 杭州\ntype: regional\nstatus: active\nsummary: 浙江的校友"
GATE = '-- content/media/gate.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
FILES = (
    entry("chapters/hangzhou.zh", CHAPTER)
    + entry("chapters/hangzhou.en", "title: Hangzhou")
    + entry("chapters/quiet", "title: 静\ntype: regional\nstatus: active")
    + entry("events/forum", "title: Forum\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\ntags: [music, dance]")
    + story(
        "rich.zh",
        'title: "A < B & C ]]> 曾"\nupdated: 2026-11-05 10:00\ntags: [music]\ntopics: [people]\nchapters: [hangzhou]\n'
        "summary: 1 < 2\nauthors: [林样本]\nbyline: {authors: [周样本, 林样本]}\ncover: {src: /media/gate.svg, alt: 门}",
        "正文",
        date="2026-11-01 09:00",
        section="chapters",
    )
    + entry("news/rich.en", "title: English title\nsummary: In short", "English text")
    + story("day", date="2026-10-01", section="media")
    + entry("features/portrait", "title: A portrait\ndate: 2026-10-15\nform: profile\ntags: [music]", "Words")
    + story("draft", "status: draft\nchapters: [hangzhou]", section="media")
    + GATE
)
RICH = "A < B & C ]]> 曾"
FEEDS = {
    "": [RICH, "A portrait", "Title of day"],
    "en/": ["English title"],
    "news/chapters/": [RICH],
    "news/media/": ["Title of day"],
    "news/notices/": [],
    "en/news/media/": [],
    "chapters/hangzhou/": [RICH],
    "chapters/quiet/": [],
    "en/chapters/hangzhou/": ["English title"],
    "tags/music/": [RICH, "A portrait"],
    "en/tags/music/": ["English title"],
    "tags/dance/": [],
    "topics/people/": [RICH],
}
EVERY_FORMAT = pytest.mark.parametrize("file", FORMATS)


def feed(workshop: Workshop, path: str = "feed.xml") -> ReadFeed:
    return read_feed(workshop.root / "public" / path)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("feeds")).write(FILES)
    workshop.build()
    return workshop


def all_feeds(public: Path) -> list[Path]:
    return sorted(path for file in (*FORMATS, "index.xml", "rss.xml") for path in public.rglob(file))


def test_every_feed_of_the_reference_site_keeps_the_rules(reference_site: Path) -> None:
    feeds = all_feeds(reference_site)
    assert len(feeds) > 250
    assert {path: found for path in feeds if (found := faults(path.name, path.read_bytes()))} == {}


def test_every_format_of_the_reference_site_holds_the_same(reference_site: Path) -> None:
    folders = {path.parent for path in reference_site.rglob("feed.xml")}
    assert len(folders) > 80
    for folder in folders:
        rss, atom, json_feed = (read_feed(folder / file) for file in FORMATS)
        assert (
            rss.url
            == atom.url
            == json_feed.url
            == f"https://alumni.example.edu.cn/{folder.relative_to(reference_site)}/".replace("/./", "/")
        )
        assert rss.title == atom.title == json_feed.title
        # A description of RSS is HTML, the summaries of the others plain text.
        assert tuple(replace(item, summary=html.unescape(item.summary)) for item in rss.items) == atom.items
        assert atom.items == json_feed.items


@pytest.mark.parametrize("folder", FEEDS)
@EVERY_FORMAT
def test_the_site_each_section_chapter_and_term_has_its_stories_newest_first(site: Workshop, folder: str, file: str) -> None:
    found = feed(site, folder + file)
    assert [item.title for item in found.items] == FEEDS[folder]
    assert (found.url, found.itself) == (f"https://alumni.example.edu/{folder}", f"https://alumni.example.edu/{folder}{file}")
    assert faults(file, (site.root / "public" / folder / file).read_bytes()) == []


def test_there_are_no_other_feeds(site: Workshop) -> None:
    sections = {
        f"{prefix}news/{name}/" for prefix in ("", "en/") for name in ("alma-mater", "association", "chapters", "media", "notices")
    }
    wanted = {folder + file for folder in {*FEEDS, *sections, "en/topics/people/"} for file in FORMATS}
    found = {path.relative_to(site.root / "public").as_posix() for path in all_feeds(site.root / "public")}
    assert found - {name for name in found if name.endswith(("index.xml", "rss.xml"))} == wanted


@pytest.mark.parametrize(
    ("path", "language"),
    [("feed.xml", "zh-CN"), ("en/feed.xml", "en"), ("atom.xml", "zh-Hans-CN"), ("en/atom.xml", "en"), ("feed.json", "zh-Hans-CN")],
)
def test_a_feed_says_its_language(site: Workshop, path: str, language: str) -> None:
    """RSS has a list of languages of its own, without scripts; the others take BCP 47."""
    root = None if path.endswith("json") else etree.fromstring((site.root / "public" / path).read_bytes())
    declared = (
        (root.findtext("channel/language") if root.tag == "rss" else root.get("{http://www.w3.org/XML/1998/namespace}lang"))
        if root is not None
        else json.loads(site.read(path))["language"]
    )
    assert declared == language


@EVERY_FORMAT
def test_an_item_says_all_that_readers_show(site: Workshop, file: str) -> None:
    item = feed(site, file).items[0]
    assert item.url == "https://alumni.example.edu/news/2026/rich/"
    assert item.summary == ("1 &lt; 2" if file == "feed.xml" else "1 < 2")  # a description of RSS is HTML
    assert item.authors == ("林样本", "周样本")
    assert item.tags == ("music", "people")
    assert "<p>正文</p>" in item.content


@EVERY_FORMAT
def test_the_cover_comes_with_the_item(site: Workshop, file: str) -> None:
    ((url, media_type, length),) = feed(site, file).items[0].enclosures
    published = site.root / "public" / url.removeprefix("https://alumni.example.edu/")
    assert (media_type, length) == ("image/jpeg", published.stat().st_size), "a drawing is drawn for readers, which cannot"
    assert all(not item.enclosures for item in feed(site, file).items[1:])


def test_the_size_of_a_photograph_is_that_of_the_published_file(workshop: Workshop) -> None:
    """A photograph with metadata is saved anew, and is then of another size."""
    from PIL import Image

    plain(workshop).write(story("a", "cover: {src: /media/a.jpg, alt: A}"))
    exif = Image.Exif()
    exif[0x010F] = "camera" * 100
    (workshop.root / "content/media").mkdir()
    Image.new("RGB", (40, 30), "red").save(workshop.root / "content/media/a.jpg", exif=exif)
    workshop.build()
    ((url, media_type, length),) = feed(workshop).items[0].enclosures
    published = workshop.root / "public" / url.removeprefix("https://alumni.example.edu/")
    assert (media_type, length) == ("image/jpeg", published.stat().st_size)
    assert length < (workshop.root / "content/media/a.jpg").stat().st_size


@EVERY_FORMAT
def test_all_times_come_from_the_content(site: Workshop, file: str) -> None:
    moments = [item.published.isoformat() for item in feed(site, file).items]
    assert moments == ["2026-11-01T01:00:00+00:00", "2026-10-14T16:00:00+00:00", "2026-09-30T16:00:00+00:00"]
    assert not re.search(r"2026-11-22|22 Nov 2026", site.read(file))


def test_a_feed_is_as_young_as_its_youngest_change(site: Workshop) -> None:
    assert "<lastBuildDate>Thu, 05 Nov 2026 10:00:00 +0800<" in site.read("feed.xml")
    assert site.read("atom.xml").count("<updated>2026-11-05T10:00:00+08:00<") == 2  # the feed and the story
    assert json.loads(site.read("feed.json"))["items"][0]["date_modified"] == "2026-11-05T10:00:00+08:00"
    assert "<lastBuildDate>Thu, 01 Jan 1970 00:00:00 +0000<" in site.read("news/notices/feed.xml")
    assert "<updated>1970-01-01T00:00:00+00:00<" in site.read("news/notices/atom.xml")


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("old", ["index.xml", "rss.xml"])
def test_readers_that_know_an_old_address_go_on_receiving(site: Workshop, prefix: str, old: str) -> None:
    """By a file for hosts that know no redirects; it names the new address, as the redirect does."""
    assert site.read(prefix + old) == site.read(prefix + "feed.xml")
    assert f"/{prefix}{old} /{prefix}feed.xml 301\n" in site.read("_redirects")


def test_hosts_are_told_types_with_which_browsers_show_feeds(site: Workshop) -> None:
    headers = site.read("_headers")
    assert "/*.xml\n  Content-Type: application/xml; charset=utf-8\n" in headers
    assert "/*feed.json\n  Content-Type: application/feed+json; charset=utf-8\n" in headers


def discovered(page: str) -> list[str]:
    return re.findall(
        r'<link rel="alternate" type="application/(?:rss\+xml|atom\+xml|feed\+json)" title="[^"]+" href="([^"]+)">', page
    )


@pytest.mark.parametrize(
    ("page", "folders"),
    [
        ("", ["/"]),
        ("en/", ["/en/"]),
        ("news/2026/rich/", ["/"]),
        ("news/", ["/"]),
        ("news/chapters/", ["/news/chapters/", "/"]),
        ("chapters/hangzhou/", ["/chapters/hangzhou/", "/"]),
        ("en/tags/music/", ["/en/tags/music/", "/en/"]),
    ],
)
def test_a_page_offers_its_own_feed_then_that_of_the_site(site: Workshop, page: str, folders: list[str]) -> None:
    found = discovered(site.read(page + "index.html"))
    assert found == [folder + file for folder in folders for file in FORMATS]
    assert all((site.root / "public" / address.lstrip("/")).is_file() for address in found)


def ids(workshop: Workshop, file: str = "feed.xml") -> list[str]:
    return [item.id for item in feed(workshop, file).items]


@pytest.mark.parametrize(
    "change",
    ["title: Another title", "slug: another-address", "date: 2026-11-02", "section: media", "summary: Other", "tags: [red]"],
    ids=lambda change: change.partition(":")[0],
)
def test_an_item_keeps_its_id_whatever_is_edited(workshop: Workshop, change: str) -> None:
    """So that no reader shows an old story as new."""
    plain(workshop).write(story("a", "summary: Words")).build()
    before = ids(workshop)
    workshop.write(story("a", change)).build()
    assert [ids(workshop, file) for file in FORMATS] == [before] * 3
    assert len(set(before)) == 1


def test_a_renamed_file_keeps_its_id_by_its_field(workshop: Workshop) -> None:
    plain(workshop).write(story("a")).build()
    before = ids(workshop)
    (workshop.root / "content/news/a.md").unlink()
    workshop.write(story("b", "id: a")).build()
    assert ids(workshop) == before


def test_a_site_that_moves_to_another_host_keeps_its_ids(workshop: Workshop) -> None:
    plain(workshop).write(story("a")).build()
    before = ids(workshop)
    moved = CONFIG.replace("https://alumni.example.edu/", "https://www.example.org/alumni/") + "theme: plain\n"
    workshop.write(f"-- config.yaml --\n{moved}").build()
    assert ids(workshop) != before
    workshop.write(f"-- config.yaml --\n{moved}id_host: alumni.example.edu\n").build()
    assert ids(workshop) == before
    assert feed(workshop).items[0].url == "https://www.example.org/alumni/news/2026/a/"


def test_no_two_items_or_feeds_share_an_id(reference_site: Path) -> None:
    """A translation is an item of its own."""
    found = [item.id for path in ("feed.xml", "en/feed.xml") for item in read_feed(reference_site / path).items]
    assert len(found) == len(set(found)) > 40
    feeds = [etree.fromstring(path.read_bytes())[0].text for path in reference_site.rglob("atom.xml")]
    assert len(feeds) == len(set(feeds)) > 80
    assert not set(feeds) & set(found)


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 2), (30, 3)])
@EVERY_FORMAT
def test_a_feed_has_at_most_its_limit(workshop: Workshop, limit: int, count: int, file: str) -> None:
    files = "".join(story(name, date=f"2026-01-0{number}") for number, name in enumerate("abc", 1))
    plain(workshop, f"feeds: {{limit: {limit}}}\n").write(files).build()
    assert [item.title for item in feed(workshop, file).items] == ["Title of c", "Title of b", "Title of a"][:count]


@EVERY_FORMAT
def test_a_feed_of_summaries_holds_no_text(workshop: Workshop, file: str) -> None:
    plain(workshop, "feeds: {full_text: false}\n").write(story("a", "summary: In short", "The whole text")).build()
    assert feed(workshop, file).items[0].summary == "In short"
    assert "whole text" not in workshop.read(file)
    assert faults(file, workshop.read(file).encode()) == []


@EVERY_FORMAT
def test_addresses_are_ascii(workshop: Workshop, file: str) -> None:
    """RFC 3986; a feed reader need not understand anything else."""
    plain(workshop).write(story("a", "slug: 杭州\ntags: [音乐]\noriginal_url: https://example.org/故事")).build()
    assert feed(workshop, file).items[0].url == "https://alumni.example.edu/news/2026/%E6%9D%AD%E5%B7%9E/"
    assert feed(workshop, f"tags/音乐/{file}").url == "https://alumni.example.edu/tags/%E9%9F%B3%E4%B9%90/"
    assert faults(file, workshop.read(file).encode()) == []


def test_a_story_from_elsewhere_names_its_source(workshop: Workshop) -> None:
    plain(workshop).write(story("a", "original_url: https://example.org/a")).build()
    assert '<link rel="via" href="https://example.org/a"/>' in workshop.read("atom.xml")
    assert json.loads(workshop.read("feed.json"))["items"][0]["external_url"] == "https://example.org/a"


@EVERY_FORMAT
def test_a_site_without_news_has_valid_empty_feeds(workshop: Workshop, file: str) -> None:
    plain(workshop).write(entry("pages/about", "title: About")).build()
    assert feed(workshop, file).items == ()
    assert faults(file, workshop.read(file).encode()) == []


WITHHELD = {
    "draft": "status: draft",
    "embargoed": "publish_date: 2026-11-22 12:01",
    "expired": "expiry_date: 2026-11-22 11:59",
    "withdrawn": "status: withdrawn",
}


@pytest.mark.parametrize("state", WITHHELD)
def test_what_is_withheld_leaves_every_feed(workshop: Workshop, state: str) -> None:
    files = entry("chapters/c", CHAPTER) + story("other", date="2026-01-01")
    plain(workshop).write(files + story("a", "tags: [red]\nchapters: [c]")).build()
    folders = ("", "news/notices/", "chapters/c/", "tags/red/")
    assert all(feed(workshop, folder + file).items[0].title == "Title of a" for folder in folders for file in FORMATS)
    workshop.write(story("a", f"tags: [red]\nchapters: [c]\n{WITHHELD[state]}")).build()
    assert not [path for path in all_feeds(workshop.root / "public") if "Title of a" in path.read_text(encoding="utf-8")]
    assert [item.title for item in feed(workshop).items] == ["Title of other"]
    assert not (workshop.root / "public/tags/red").exists()


def test_an_embargo_that_opens_fills_the_feed(workshop: Workshop) -> None:
    plain(workshop).write(story("a", "publish_date: 2026-11-22 13:00")).build()
    assert feed(workshop).items == ()
    workshop.build(now=datetime(2026, 11, 22, 5, 0, tzinfo=UTC))
    assert [item.title for item in feed(workshop).items] == ["Title of a"]


def test_a_kind_of_the_site_s_own_may_be_in_feeds(workshop: Workshop) -> None:
    code = (
        "from sitegen.content.kind import Kind\n"
        'KINDS = (Kind(name="album", folder="albums", plural="albums", own={}, required=("title", "date"), '
        'permalink="/albums/{slug}/", has_index=False, in_feeds=True),)\n'
    )
    plain(workshop, "extensions: [albums_of_ours]\n").write(
        f"-- albums_of_ours.py --\n{code}-- templates/album.html --\n<title>x</title>\n"
        + entry("albums/a", "title: Album\ndate: 2026-11-02\ntags: [red]", "Pictures")
    ).build()
    assert [item.title for item in feed(workshop).items] == ["Album"]
    assert [item.title for item in feed(workshop, "tags/red/atom.xml").items] == ["Album"]
