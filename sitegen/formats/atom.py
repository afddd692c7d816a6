"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

from sitegen.formats.feed import ITEMS_KEPT, Feed, FeedItem
from sitegen.formats.feed_formats import FEED_FORMATS
from sitegen.formats.feed_xml import add_guide, document_of, lines_inside, with_lines

_ATOM = "http://www.w3.org/2005/Atom"
_DEPTH = 1  # of entries, in <feed>


def write_atom(feed: Feed) -> bytes:
    """The feed by RFC 4287."""
    form = FEED_FORMATS["atom"]
    root = _root()
    _element(root, "id", feed.id)
    _element(root, "title", feed.title)
    _element(root, "subtitle", feed.description)
    _element(root, "updated", feed.updated.isoformat())
    _element(_element(root, "author"), "name", feed.publisher)
    _element(root, "link", rel="alternate", type="text/html", href=feed.url)
    _element(root, "link", rel="self", type=form.media_type, href=feed.url + form.file)
    _element(root, "generator", "sitegen")
    add_guide(root, root, feed)
    return with_lines(document_of(root), _DEPTH, map(_lines, feed.items))


@lru_cache(ITEMS_KEPT)
def _lines(item: FeedItem) -> bytes:
    root = _root()
    entry = _element(root, "entry")
    _element(entry, "id", item.id)
    _element(entry, "title", item.title)
    _element(entry, "updated", item.updated.isoformat())
    _element(entry, "published", item.published.isoformat())
    for name in item.authors:
        _element(_element(entry, "author"), "name", name)
    _element(entry, "link", rel="alternate", type="text/html", href=item.url)
    if item.original_url:
        _element(entry, "link", rel="via", href=item.original_url)
    if item.enclosure:
        file = item.enclosure
        _element(entry, "link", rel="enclosure", type=file.media_type, length=str(file.length), href=file.url)
    for category in item.categories:
        _element(entry, "category", term=category.term, label=category.label)
    if item.summary:
        _element(entry, "summary", item.summary)
    if item.content:
        _element(entry, "content", item.content, type="html")
    return lines_inside(document_of(root), _DEPTH)


def _root() -> Any:
    return etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})


def _element(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element
