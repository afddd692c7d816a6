"""The feeds, calendars and sitemap that the site must have, and whether a generator's are well formed and hold what they must."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from benchmarks.alumni import BASE_URL, FEED_SIZE, SECTIONS, TIMEZONE, Alumni, Event, Story, expected_pages, story_path

RSS, ATOM, JSON_FEED = "feed.xml", "atom.xml", "feed.json"
CALENDAR, EVENT_CALENDAR, SITEMAP = "calendar.ics", "event.ics", "sitemap.xml"
FEEDS = (RSS, ATOM, JSON_FEED)
CALENDARS = (CALENDAR, EVENT_CALENDAR)

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

_Item = tuple[str, str]  # address and full text


class WrongSubscriptionError(Exception):
    """A feed, calendar or sitemap is missing, malformed, or holds something else than it must."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What of it a generator makes: the names of files, for all subjects (`everywhere`) or for the home page only."""

    everywhere: frozenset[str]
    home: frozenset[str] = frozenset()


ALL = Promise(frozenset({*FEEDS, *CALENDARS, SITEMAP}))


def check_subscriptions(site: Alumni, promise: Promise, output: Path) -> int:
    """How many files were promised, and found right.  Raises WrongSubscriptionError."""
    count = 0
    for folder, stories in _feeds(site).items():
        for name in _promised(promise, folder, FEEDS):
            _check_feed(output / folder / name, stories, _READERS[name])
            count += 1
    for path, events in _calendars(site).items():
        folder, _, name = path.rpartition("/")
        if name in _promised(promise, folder, CALENDARS):
            _check_calendar(output / path, events)
            count += 1
    if SITEMAP in promise.everywhere:
        _check_sitemap(output / SITEMAP, site)
        count += 1
    return count


def _promised(promise: Promise, folder: str, names: Collection[str]) -> list[str]:
    return [name for name in names if name in promise.everywhere or (not folder and name in promise.home)]


def _feeds(site: Alumni) -> Mapping[str, Sequence[Story]]:
    """The latest stories of each subject that has feeds, by its folder."""
    groups: dict[str, list[Story]] = {"": []}
    groups |= {f"news/{section}": [] for section in SECTIONS} | {f"chapters/{chapter.id}": [] for chapter in site.chapters}
    for story in sorted(site.stories, key=lambda each: each.date, reverse=True):
        for folder in ("", f"news/{story.section}", f"chapters/{story.chapter}", *(f"tags/{tag}" for tag in story.tags)):
            groups.setdefault(folder, []).append(story)
    return {folder: stories[:FEED_SIZE] for folder, stories in groups.items() if stories}


def _calendars(site: Alumni) -> Mapping[str, Sequence[Event]]:
    """The events of each calendar, by its path."""
    calendars: dict[str, list[Event]] = {CALENDAR: []}
    calendars |= {f"chapters/{chapter.id}/{CALENDAR}": [] for chapter in site.chapters}
    for event in sorted(site.events, key=lambda each: each.start):
        for path in (CALENDAR, f"chapters/{event.chapter}/{CALENDAR}"):
            calendars[path].append(event)
        calendars[f"events/{event.id}/{EVENT_CALENDAR}"] = [event]
    return calendars


def _check_feed(path: Path, stories: Sequence[Story], read: Callable[[bytes], Iterator[_Item]]) -> None:
    try:
        items = list(read(path.read_bytes()))
    except (OSError, ElementTree.ParseError, ValueError, KeyError) as error:
        raise WrongSubscriptionError(f"{path}: {error!r}") from error
    if [address for address, _ in items] != [f"{BASE_URL}{story_path(story)}" for story in stories]:
        raise WrongSubscriptionError(f"{path}: not the latest {len(stories)} stories, but {len(items)} others or in another order")
    for story, (address, text) in zip(stories, items, strict=True):
        if story.reference not in text:
            raise WrongSubscriptionError(f"{path}: the full text of {address} is missing")


def _rss(source: bytes) -> Iterator[_Item]:
    for item in ElementTree.fromstring(source).iterfind("channel/item"):
        yield item.findtext("link", ""), item.findtext(_CONTENT) or item.findtext("description", "")


def _atom(source: bytes) -> Iterator[_Item]:
    for entry in ElementTree.fromstring(source).iterfind(f"{_ATOM}entry"):
        link = entry.find(f"{_ATOM}link[@rel='alternate']")
        yield "" if link is None else link.get("href", ""), entry.findtext(f"{_ATOM}content", "")


def _json_feed(source: bytes) -> Iterator[_Item]:
    for item in json.loads(source)["items"]:
        yield item["url"], item["content_html"]


_READERS: Mapping[str, Callable[[bytes], Iterator[_Item]]] = {RSS: _rss, ATOM: _atom, JSON_FEED: _json_feed}


def _check_calendar(path: Path, events: Sequence[Event]) -> None:
    from icalendar import Calendar

    try:
        found = sorted(map(_entry, Calendar.from_ical(path.read_bytes()).walk("VEVENT")))
    except (OSError, ValueError, KeyError) as error:
        raise WrongSubscriptionError(f"{path}: {error!r}") from error
    if found != sorted((f"{BASE_URL}events/{event.id}/", event.start, event.end) for event in events):
        raise WrongSubscriptionError(f"{path}: {len(found)} events, which are not the {len(events)} that it must have")


def _entry(event: Any) -> tuple[str, datetime, datetime]:
    """Its address, and its times on the clocks of the site's zone.  Raises ValueError if it does not name that zone."""
    times = [event[name].dt for name in ("DTSTART", "DTEND")]
    if any(str(time.tzinfo) != TIMEZONE for time in times):
        raise ValueError(f"{times[0].isoformat()} or {times[1].isoformat()} is not in the zone {TIMEZONE}")
    start, end = (time.replace(tzinfo=None) for time in times)
    return str(event["URL"]), start, end


def _check_sitemap(path: Path, site: Alumni) -> None:
    try:
        listed = {each.text for each in ElementTree.parse(path).iterfind(f"{_SITEMAP}url/{_SITEMAP}loc")}
    except (OSError, ElementTree.ParseError) as error:
        raise WrongSubscriptionError(f"{path}: {error!r}") from error
    missing = [page for page in expected_pages(site) if f"{BASE_URL}{page.removesuffix('index.html')}" not in listed]
    if missing:
        raise WrongSubscriptionError(f"{path}: {len(missing)} pages are not listed, {missing[0]} for one")
