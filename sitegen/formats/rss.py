"""RSS 2.0 feeds (through feedgen), every time taken from the content."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sitegen.site.addresses import section_path
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.times import instant, start_of

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_rss(path: str, subject: tuple[Any, ...], reader: Reader) -> bytes:
    """The newest stories of the site, a section or a chapter."""
    from feedgen.feed import FeedGenerator

    title, home, stories = _subject(subject, reader)
    feed = FeedGenerator()
    feed.title(_clean(title))
    feed.description(_clean(str(reader.config("description") or title)))
    # feedgen takes the last link added as the channel's own, so `self` goes first.
    feed.link(href=reader.permalink(path), rel="self", type="application/rss+xml")
    feed.link(href=reader.permalink(home), rel="alternate")
    feed.language(reader.locale().locale)
    feed.generator("sitegen")
    feed.docs("")
    moments = [_moment(story, reader) for story in stories]
    epoch = instant("1970-01-01", "UTC")
    feed.lastBuildDate(max(moments, default=epoch))
    full_text = reader.config("feed_full_text")
    for story in stories:
        entry = feed.add_entry(order="append")
        entry.title(_clean(story.title))
        entry.link(href=story.permalink)
        entry.guid(f"tag:{reader.config('host')},{story.lang}:{story.id}", permalink=False)
        entry.pubDate(start_of(story.date, reader.config("timezone")))
        content = str(story.content).replace('href="#', f'href="{story.permalink}#') if full_text else story.summary
        entry.description(_clean(content))
        for tag in story.tags:
            entry.category(term=_clean(tag.label))
    feed_bytes: bytes = feed.rss_str(pretty=True)
    return feed_bytes


def _subject(subject: tuple[Any, ...], reader: Reader) -> tuple[str, str, list[Any]]:
    site = str(reader.config("title"))
    limit = reader.config("feed_limit")
    match subject:
        case ("section", section):
            stories = list(Query(reader, "news").where(section=section).limit(limit))
            return f"{reader.message(f'section.{section}')} · {site}", section_path(section, reader.prefix), stories
        case ("chapter", entry_id):
            chapter = reader.entry(entry_id, reader.language)
            return (
                f"{chapter.title} · {site}",
                chapter.path,
                _newest([*chapter.news.limit(limit), *chapter.features.limit(limit)], reader),
            )
        case _:
            found = [*Query(reader, "news").limit(limit), *Query(reader, "feature").limit(limit)]
            return site, reader.prefix + "/", _newest(found, reader)


def _newest(stories: list[Any], reader: Reader) -> list[Any]:
    zone = reader.config("timezone")
    newest = sorted(stories, key=lambda story: (start_of(story.date, zone), story.id), reverse=True)
    return newest[: reader.config("feed_limit")]


def _moment(story: Any, reader: Reader) -> datetime:
    return start_of(story.updated or story.date, reader.config("timezone"))


def _clean(text: str) -> str:
    """Without the control characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("", text)
