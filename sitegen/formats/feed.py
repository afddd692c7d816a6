"""A feed: the newest stories of the site, a section, a chapter or a term, as RSS, Atom and JSON Feed alike write them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from jinja2 import Environment

from sitegen.formats.feed_content import feed_content
from sitegen.formats.json_ld import author_names
from sitegen.formats.picture_markup import still_of
from sitegen.site.addresses import index_path, quoted, section_path, term_path
from sitegen.site.cards import Address
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.times import instant, start_of
from sitegen.site.views import TermView

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\x85")
_UNWANTED = re.compile(f"{_CONTROLS.pattern}|[\r\x85]")
_BREAKS = re.compile("[\t\n\u2028\u2029]+")
ITEMS_KEPT = 500  # as they were written, for the other feeds that hold them


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an item; its length is in bytes."""

    url: str
    media_type: str
    length: int


@dataclass(frozen=True, slots=True)
class Category:
    """A tag or topic: the word of its address, and its name for readers."""

    term: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A story.  `summary` is plain text, `content` HTML, or None where feeds hold summaries only."""

    id: str
    url: str
    title: str
    summary: str
    content: str | None
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    original_url: str | None
    enclosure: Enclosure | None


@dataclass(frozen=True, slots=True)
class Guide:
    """What a person sees who opens a feed in a browser: a stylesheet, and words on how to subscribe, with a link."""

    stylesheet: str
    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; `url` is that of the page it belongs to.

    Its texts hold only what XML 1.0 allows, its addresses are absolute, its times come from its items.
    """

    id: str
    url: str
    title: str
    description: str
    publisher: str
    locale: str
    updated: datetime
    items: tuple[FeedItem, ...]
    guide: Guide | None


def make_feed(subject: tuple[Any, ...], reader: Reader, environment: Environment) -> Feed:
    """The feed of ("site",), ("section", name), ("chapter", id) or ("term", taxonomy, term); made once for all its formats."""
    return reader.shared(("feed", reader.language, *subject), lambda own: _new_feed(subject, own, environment))


def _new_feed(subject: tuple[Any, ...], reader: Reader, environment: Environment) -> Feed:
    title, description, path, stories = _subject(subject, reader)
    site = str(reader.config("title"))
    items = tuple(_item(address, reader, environment) for address in stories)
    return Feed(
        id=_permanent_id(reader, ":".join(("feed", *subject))),
        url=reader.permalink(path),
        title=one_line(f"{title} · {site}" if title else site),
        description=one_line(description or str(reader.config("description") or title or site)),
        publisher=one_line(site),
        locale=reader.locale().locale,
        updated=max((item.updated for item in items), default=instant("1970-01-01", "UTC")),
        items=items,
        guide=_guide(reader),
    )


def one_line(text: str) -> str:
    """A text on one line, without control characters."""
    return _BREAKS.sub(" ", allowed(text)).strip()


def allowed(text: str) -> str:
    """A text without the characters that XML 1.0 (2.2) does not allow, and without controls that it warns of."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)) if _UNWANTED.search(text) else text


def _subject(subject: tuple[Any, ...], reader: Reader) -> tuple[str, str, str, list[Address]]:
    """Title, description, path of the page, and the stories, newest first."""
    match subject:
        case ("section", section):
            found = Query(reader, "news").where(section=section)
            return reader.message(f"section.{section}"), "", section_path(section, reader.prefix), _newest([found], reader)
        case ("chapter", entry_id):
            chapter = reader.entry(entry_id, reader.language)
            return chapter.title, chapter.summary, chapter.path, _newest(_queries(reader, chapters=entry_id), reader)
        case ("term", taxonomy, term):
            title = reader.message("term.title", term=TermView(reader, taxonomy, term).label)
            return title, "", term_path(taxonomy, term, reader.prefix), _newest(_queries(reader, **{taxonomy: term}), reader)
    return "", "", index_path("home", reader.prefix), _newest(_queries(reader), reader)


def _queries(reader: Reader, **conditions: str) -> Iterator[Query]:
    """The stories of every kind that feeds hold, where they meet the conditions."""
    for kind in reader.kinds.values():
        if kind.in_feeds and all(name in kind.fields for name in conditions):
            yield Query(reader, kind.name).where(**conditions)


def _newest(queries: Iterable[Query], reader: Reader) -> list[Address]:
    limit, zone = reader.config("feed_limit"), reader.config("timezone")
    dated = [(story.date, story) for query in queries for story in query.limit(limit)]
    stories = sorted(((start_of(when, zone), story.id) for when, story in dated if when), reverse=True)
    return [Address(entry_id, reader.language) for _, entry_id in stories[:limit]]


def _item(address: Address, reader: Reader, environment: Environment) -> FeedItem:
    """A story, made once for all feeds that hold it."""
    return reader.shared(("feed item", *address), lambda own: _new_item(address, own, environment))


def _new_item(address: Address, reader: Reader, environment: Environment) -> FeedItem:
    story = reader.entry(*address)
    zone = reader.config("timezone")
    content = allowed(feed_content(story, reader, environment)) if reader.config("feed_full_text") else None
    return FeedItem(
        id=_permanent_id(reader, story.id),
        url=story.permalink,
        title=one_line(story.title),
        summary=one_line(story.summary),
        content=content,
        published=start_of(story.date, zone),
        updated=start_of(story.updated or story.date, zone),
        authors=tuple(one_line(name) for name in author_names(story)),
        categories=tuple(Category(one_line(term.id), one_line(term.label)) for term in (*story.tags, *story.topics)),
        original_url=_absolute(story.original_url, reader),
        enclosure=_enclosure(story, reader),
    )


def _absolute(url: str | None, reader: Reader) -> str | None:
    return reader.permalink(url) if url and url.startswith("/") else quoted(url or "") or None


def _enclosure(story: Any, reader: Reader) -> Enclosure | None:
    still = still_of(reader, story.cover.src) if story.cover else None
    return Enclosure(reader.permalink(still.path), still.media_type, reader.fetch(("length", story.cover.src))) if still else None


def _permanent_id(reader: Reader, name: str) -> str:
    """An id that is the same whatever is edited (RFC 9562, version 5): of the site's first host, a language and a name in it."""
    return uuid5(_namespace(str(reader.config("id_host"))), f"{reader.language}/{name}").urn


@cache
def _namespace(host: str) -> UUID:
    return uuid5(NAMESPACE_DNS, host)


def _guide(reader: Reader) -> Guide | None:
    """None for a theme without a stylesheet for feeds.  Its addresses are of the host that the browser is at."""
    stylesheet = reader.fetch(("asset", "feed.css"))
    if stylesheet is None:
        return None
    base = str(reader.config("base_path"))
    subscribe = base + quoted(index_path("subscribe", reader.prefix)) + "#how"
    return Guide(base + quoted(stylesheet), reader.message("feed.guide"), reader.message("subscribe.how"), subscribe)
