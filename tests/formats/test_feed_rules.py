"""The judges of feeds find the faults that they are there for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Workshop
from formats.feed_rules import faults
from samples import plain, story

PICTURE = '-- content/media/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
STORIES = story("a", "cover: {src: /media/a.svg, alt: A}\ntags: [red]\nauthors: [Lin]", "[a](/news/)") + story("b") + PICTURE


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    workshop = plain(Workshop(tmp_path_factory.mktemp("rules"))).write(STORIES)
    workshop.build()
    return {file: workshop.read(file) for file in ("feed.xml", "atom.xml", "feed.json")}


PLANTED = {
    "a control character": ("feed.xml", "<title>", "<title>\x07"),
    "a bare ampersand": ("feed.xml", "<title>", "<title>&"),
    "another version": ("feed.xml", 'version="2.0"', 'version="1.0"'),
    "no description": ("feed.xml", "description>", "abstract>"),
    "a relative link": ("feed.xml", "<link>https://alumni.example.edu/news", "<link>/news"),
    "a guid that claims to be an address": ("feed.xml", ' isPermaLink="false"', ""),
    "a date of another form": ("feed.xml", "+0800</pubDate>", "CST</pubDate>"),
    "a wrong day of the week": ("feed.xml", "<pubDate>Sun", "<pubDate>Mon"),
    "an enclosure without length": ("feed.xml", 'length="', 'size="'),
    "no link to itself": ("feed.xml", 'rel="self"', 'rel="next"'),
    "metadata after an item": ("feed.xml", "</channel>", "<docs>x</docs></channel>"),
    "a relative address in a text": ("feed.xml", 'href="https://alumni.example.edu/news/"&gt;', 'href="/news/"&gt;'),
    "a script in a text": ("feed.xml", "<content:encoded>", "<content:encoded>&lt;script&gt;"),
    "no time": ("atom.xml", "updated>", "modified>"),
    "a time without zone": ("atom.xml", "+08:00</updated>", "</updated>"),
    "one id twice": ("atom.xml", "<entry>", "<entry><id>urn:uuid:0</id>"),
    "an entry without page": ("atom.xml", 'rel="alternate" type="text/html" href="https://alumni.example.edu/n', 'rel="x" href="https://'),
    "content as CDATA type": ("atom.xml", 'type="html"', 'type="CDATA"'),
    "a category without term": ("atom.xml", 'term="red"', ""),
    "nobody has written it": ("atom.xml", "author>", "writer>"),
    "an id that is no IRI": ("atom.xml", "urn:uuid:", ""),
    "another version of JSON Feed": ("feed.json", "version/1.1", "version/1"),
    "a number for an id": ("feed.json", '"id":"urn:uuid:', '"id":7,"url":"urn:uuid:'),
    "nothing to read": ("feed.json", '"content_html"', '"content"'),
    "a size in words": ("feed.json", '"size_in_bytes":', '"size_in_bytes":"many","x":'),
    "a null": ("feed.json", '"title":"Title of a"', '"title":null'),
    "JSON cut short": ("feed.json", "]}", ""),
}  # fmt: skip


def test_a_feed_of_ours_has_no_fault(feeds: dict[str, str]) -> None:
    assert {file: faults(file, text.encode()) for file, text in feeds.items()} == {file: [] for file in feeds}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(feeds: dict[str, str], name: str) -> None:
    file, old, new = PLANTED[name]
    assert old in feeds[file]
    assert faults(file, feeds[file].replace(old, new).encode())


def test_two_items_of_one_id_are_found(feeds: dict[str, str]) -> None:
    feed: dict[str, Any] = json.loads(feeds["feed.json"])
    feed["items"].append(feed["items"][0])
    assert faults("feed.json", json.dumps(feed).encode())
