"""A render's only door to the site: every fact that a page was made from is on its list of reads."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from conftest import Workshop
from samples import entry, load, story

from sitegen.build.codec import load_key
from sitegen.build.ledger import Ledger, numbers
from sitegen.build.render import render
from sitegen.site.facts import Facts, Key

CHAPTER = "title: 杭州\ntype: regional\nstatus: active"
FILES = (
    entry("chapters/hangzhou", CHAPTER)
    + entry("events/forum", "title: Forum\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nchapters: [hangzhou]")
    + story("older", date="2026-01-01")
    + story("subject", "tags: [music]\nchapters: [hangzhou]\ncover: {src: /media/gate.svg, alt: Gate}", "[Forum](event:forum)")
    + story("related", "tags: [music]", date="2026-11-02")
    + "-- content/media/gate.svg --\n"
    + '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
)


class Watched(Facts):
    """Facts that remember, apart from any reader, which keys they were asked for; not what one fact asks of another."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        self.asked: set[Key] = set()
        self.depth = 0

    def fetch(self, key: Key) -> object:
        if not self.depth:
            self.asked.add(key)
        self.depth += 1
        try:
            return super().fetch(key)
        finally:
            self.depth -= 1


@dataclass(frozen=True)
class Page:
    """An output's bytes, and the keys of all that it read."""

    content: bytes
    reads: list[Key]


def rendered(workshop: Workshop) -> tuple[dict[str, Page], dict[str, set[Key]]]:
    """Every output of the site by its file, and what the table of facts was asked while it was made."""
    loaded = load(workshop)
    facts = Watched(loaded.site, loaded.theme, loaded.library, {"pages": (), "redirects": ()})
    asked: list[set[Key]] = []

    def step() -> None:
        asked.append(facts.asked)
        facts.asked = set()
        facts.shared.clear()  # what another output was made from already would not be asked for again

    outputs, problems = render(loaded.outputs, facts, loaded.theme, loaded.config, loaded.spool, step=step)
    assert not problems
    ledger = Ledger({})
    entered = ledger.enter([each.reads for each in outputs])
    read = {each.file: [ledger.table[n] for n in numbers(reads)] for each, reads in zip(outputs, entered, strict=True)}
    pages = {each.file: Page(each.content(), [load_key(key) for key, _ in read[each.file]]) for each in outputs}
    return pages, {each.file: keys for each, keys in zip(outputs, asked, strict=True)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Page], dict[str, set[Key]]]:
    return rendered(Workshop(tmp_path_factory.mktemp("site")).write(FILES))


def test_no_fact_is_read_past_the_reader(site: tuple[dict[str, Page], dict[str, set[Key]]]) -> None:
    outputs, asked = site
    assert len(outputs) > 50
    assert {file: set(each.reads) for file, each in outputs.items()} == asked


@pytest.mark.parametrize(
    ("file", "keys"),
    [
        (
            "news/2026/subject/index.html",
            [
                ("card", "news/subject", "zh"),
                ("body", "news/subject", "zh"),
                ("url", "news/subject", "en"),
                ("url", "events/forum", "zh"),
                ("resolve", ("events/forum",), "zh"),
                ("card", "chapters/hangzhou", "zh"),
                ("near", "news/subject", "zh"),
                ("card", "news/related", "zh"),
                ("related", "news/subject", "zh"),
                ("picture", "/media/gate.svg", "", None, (480, 800, 1200, 1600)),
                ("label", "tags", "music", "zh"),
                ("template", "news.html"),
                ("config", "title", "zh"),
                ("config", "base_path", "zh"),
                ("asset", "site.css"),
                ("message", "zh", "nav.home"),
            ],
        ),
        (
            "news/index.html",
            [
                ("sheet", None, "news", "zh"),
                ("card", "news/subject", "zh"),
                ("years", "news", "zh"),
                ("template", "news-list.html"),
            ],
        ),
        (
            "chapters/hangzhou/index.html",
            [
                ("card", "chapters/hangzhou", "zh"),
                ("list", "news", "zh", ("where", "chapters", "chapters/hangzhou")),
                ("card", "news/subject", "zh"),
                ("card", "events/forum", "zh"),
            ],
        ),
        (
            "events/2026/12/index.html",
            [("month", "zh", 2026, 12), ("occurrences", "events/forum", "zh"), ("card", "events/forum", "zh")],
        ),
        ("events/forum/event.ics", [("card", "events/forum", "zh"), ("config", "id_host", "zh")]),
        (
            "chapters/hangzhou/feed.xml",
            [("body", "news/subject", "zh"), ("config", "feed_limit", "zh"), ("url", "events/forum", "zh")],
        ),
        ("tags/music/index.html", [("sheet", None, "term", "tags", "music", "zh"), ("card", "news/related", "zh")]),
        ("sitemap.xml", [("files", "pages")]),
        ("_redirects", [("files", "redirects")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_names_what_it_was_made_from(site: tuple[dict[str, Page], dict[str, set[Key]]], file: str, keys: list[Key]) -> None:
    assert set(keys) - set(site[0][file].reads) == set()


def test_a_listing_reads_no_bodies(site: tuple[dict[str, Page], dict[str, set[Key]]]) -> None:
    """So a corrected word in a story leaves every listing as it is."""
    listings = ["news/index.html", "chapters/index.html", "events/index.html", "archive/index.html", "tags/music/index.html"]
    assert [(file, key) for file in listings for key in site[0][file].reads if key[0] == "body"] == []


def test_a_page_reads_nothing_of_what_it_does_not_show(site: tuple[dict[str, Page], dict[str, set[Key]]]) -> None:
    assert "news/older" not in {key[1] for key in site[0]["chapters/hangzhou/index.html"].reads if len(key) > 1}
    assert ("body", "news/related", "zh") not in site[0]["news/2026/subject/index.html"].reads


def test_absence_is_a_value_too(workshop: Workshop) -> None:
    """A page that asks for what is not there says so, and can be made again once it is."""
    workshop.write(
        FILES + entry("pages/q", "title: Q\nlayout: q") + "-- templates/page-q.html --\n{{ site.get('person:lin') or 'none' }}\n"
    )
    outputs, _ = rendered(workshop)
    page = outputs["q/index.html"]
    assert page.content.strip() == b"none"
    assert ("resolve", ("people/lin",), "zh") in page.reads


def test_the_same_reads_give_the_same_bytes(workshop: Workshop) -> None:
    """Changing a fact that a page did not read does not change the page."""
    before, _ = rendered(workshop.write(FILES))
    workshop.write(story("older", "title: Another title", "Other words", date="2026-01-01"))
    after, _ = rendered(workshop)
    touched = {
        file
        for file, each in before.items()
        if any("news/older" in key for key in each.reads) or any(key[0] == "files" for key in each.reads)
    }
    changed = {file for file, each in before.items() if each.content != after[file].content}
    assert "news/2026/older/index.html" in changed
    assert changed <= touched


def test_a_count_decides_between_one_and_many_and_has_separators(workshop: Workshop) -> None:
    template = "{% for count in (1, 999, 1200) %}{{ t('a', count=count) }};{% endfor %}{{ t('b', year=2026) }}"
    workshop.write(
        FILES
        + "-- content/pages/q.en.md --\n---\ntitle: Q\nlayout: q\n---\n"
        + f"-- templates/page-q.html --\n{template}\n"
        + "-- templates/messages/en.yaml --\na: {one: one place, other: '{count} places'}\nb: in {year}\n"
    )
    outputs, _ = rendered(workshop)
    assert outputs["en/q/index.html"].content.decode().strip() == "one place;999 places;1,200 places;in 2026"
