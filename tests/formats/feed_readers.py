"""Feeds as programs of others read them: RSS and Atom through feedparser, JSON Feed through the parser of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

FILES = ("feed.xml", "atom.xml", "feed.json")


@dataclass(frozen=True)
class ReadItem:
    """An item as it is found; times in UTC."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    enclosures: tuple[tuple[str, str, int], ...]  # address, media type, bytes


@dataclass(frozen=True)
class ReadFeed:
    """A feed as it is found."""

    title: str
    url: str
    itself: str
    language: str
    items: tuple[ReadItem, ...]


def read_feed(path: Path) -> ReadFeed:
    """The feed of a file.  Raises AssertionError for one that a reader would have to mend."""
    content = path.read_bytes()
    if path.suffix == ".json":
        feed = json.loads(content)
        return ReadFeed(
            feed["title"], feed["home_page_url"], feed["feed_url"], feed["language"], tuple(map(_json_item, feed["items"]))
        )
    feed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == {"feed.xml": "rss20", "atom.xml": "atom10"}.get(path.name, "rss20")
    itself = next(link.href for link in feed.feed.links if link.rel == "self")
    return ReadFeed(feed.feed.title, feed.feed.link, itself, feed.feed.language, tuple(map(_parsed_item, feed.entries)))


def _parsed_item(entry: Any) -> ReadItem:
    return ReadItem(
        entry.id,
        entry.link,
        entry.title,
        entry.get("summary", ""),
        entry.content[0].value if "content" in entry else "",
        datetime(*entry.published_parsed[:6], tzinfo=UTC),
        tuple(name for author in entry.get("authors", ()) for name in author.name.split(", ")),  # RSS has them in one
        tuple(tag.label or tag.term for tag in entry.get("tags", ())),
        tuple((each.href, each.type, int(each.length)) for each in entry.enclosures),
    )


def _json_item(item: dict[str, Any]) -> ReadItem:
    return ReadItem(
        item["id"],
        item["url"],
        item["title"],
        item.get("summary", item.get("content_text", "")),
        item.get("content_html", ""),
        datetime.fromisoformat(item["date_published"]).astimezone(UTC),
        tuple(author["name"] for author in item.get("authors", ())),
        tuple(item.get("tags", ())),
        tuple((each["url"], each["mime_type"], each["size_in_bytes"]) for each in item.get("attachments", ())),
    )
