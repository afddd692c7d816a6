"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from sitegen.formats.feed import ITEMS_KEPT, Feed, FeedItem
from sitegen.formats.feed_formats import FEED_FORMATS


def write_json_feed(feed: Feed) -> bytes:
    """The feed by version 1.1."""
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.url + FEED_FORMATS["json_feed"].file,
        "description": feed.description,
        "authors": [{"name": feed.publisher, "url": feed.url}],
        "language": feed.locale,
    }
    # An item is written once for all feeds that hold it.
    return b"".join((orjson.dumps(written)[:-1], b',"items":[', b",".join(map(_item, feed.items)), b"]}\n"))


@lru_cache(ITEMS_KEPT)
def _item(item: FeedItem) -> bytes:
    optional = {
        "external_url": item.original_url,
        "image": item.enclosure and item.enclosure.url,
        "authors": [{"name": name} for name in item.authors],
        "tags": [category.label for category in item.categories],
        "attachments": _attachments(item),
    }
    content = {"content_text": item.summary} if item.content is None else {"content_html": item.content, "summary": item.summary}
    return orjson.dumps(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            **content,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            **{key: value for key, value in optional.items() if value},
        }
    )


def _attachments(item: FeedItem) -> list[dict[str, Any]]:
    file = item.enclosure
    return [{"url": file.url, "mime_type": file.media_type, "size_in_bytes": file.length}] if file else []
