"""iCalendar (RFC 5545, RFC 7986): the whole site, a chapter, a type of event, an audience, reunions, or one event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from icalendar import Calendar, Event, vUri

from sitegen.formats.calendar_text import Text, line
from sitegen.formats.event_words import audience_label, type_label
from sitegen.formats.reunion_calendar import reunion_events, reunion_marks
from sitegen.formats.vevent import keeps_zone, stamp, vevents
from sitegen.formats.vtimezone import vtimezone
from sitegen.site.addresses import index_path, reunion_path
from sitegen.site.query import Query
from sitegen.site.reader import Reader

REFRESH = timedelta(hours=12)
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_SENSE = (2, 4, 3)  # how much eyes make of a difference in red, green and blue


@dataclass(frozen=True, slots=True)
class Channel:
    """What a calendar holds: its name, the page that shows the same, and its events."""

    name: str
    page: str
    events: Sequence[Any]
    marks: Sequence[Event] = ()


def render_ics(path: str, subject: tuple[Any, ...], reader: Reader) -> bytes:
    """A calendar file: CRLF, folded at 75 octets; a valid one without events too."""
    channel = _channel(subject, reader)
    calendar = Calendar()
    calendar.add("prodid", "-//sitegen//sitegen//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, Text(line(channel.name)))
    calendar.add("url", channel.page)
    calendar.add("source", vUri(reader.permalink(path)), parameters={"VALUE": "URI"})
    _color(calendar, reader.fetch(("setting", "brand")))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    if channel.events:
        calendar.add("last-modified", max(stamp(event, reader) for event in channel.events))
    _zones(calendar, channel.events)
    for mark in channel.marks:
        calendar.add_component(mark)
    for event in channel.events:
        for component in vevents(event, reader):
            calendar.add_component(component)
    content: bytes = calendar.to_ical(sorted=False)
    return content


def _channel(subject: tuple[Any, ...], reader: Reader) -> Channel:
    site = str(reader.config("title"))
    agenda = reader.permalink(index_path("events", reader.prefix))
    events = Query(reader, "event")
    match subject:
        case ("event", entry_id):
            event = reader.entry(entry_id, reader.language)
            return Channel(event.title, event.permalink, [event])
        case ("chapter", entry_id):
            chapter = reader.entry(entry_id, reader.language)
            return Channel(f"{chapter.title} · {site}", chapter.permalink, list(chapter.events))
        case ("reunions",):
            name = reader.message("calendar.part", title=site, part=reader.message("reunions.title"))
            return Channel(name, reader.permalink(reunion_path(reader.prefix)), reunion_events(reader), reunion_marks(reader))
        case ("type", word):
            name = reader.message("calendar.part", title=site, part=type_label(reader, word))
            return Channel(name, agenda, list(events.where(type=word)))
        case ("audience", word):
            name = reader.message("calendar.part", title=site, part=audience_label(reader, word))
            return Channel(name, agenda, list(events.where(audience=word)))
        case _:
            return Channel(reader.message("calendar.site", title=site), agenda, list(events))


def _zones(calendar: Calendar, events: Iterable[Any]) -> None:
    """The zones that the events' times name, each told from the first year on."""
    timed = [event for event in events if isinstance(event.start, datetime)]
    years = [when.year for event in timed for each in event.times for when in (each.start, each.planned) if when]
    for name in sorted({event.zone_label for event in timed if keeps_zone(event)}):
        calendar.add_component(vtimezone(name, min(years)))


def _color(calendar: Calendar, brand: object) -> None:
    """COLOR takes the name of a color only (RFC 7986, 5.9); Apple's and Nextcloud's calendars read the exact one."""
    if isinstance(brand, str) and _HEX.fullmatch(brand):  # a theme may have no such setting, or mean something else by it
        calendar.add("color", _nearest_name(brand))
        calendar.add("x-apple-calendar-color", brand)


@lru_cache
def _nearest_name(brand: str) -> str:
    import webcolors

    wanted = webcolors.hex_to_rgb(brand)

    def distance(name: str) -> int:
        pairs = zip(_SENSE, wanted, webcolors.name_to_rgb(name), strict=True)
        return sum(weight * (one - other) ** 2 for weight, one, other in pairs)

    nearest: str = min(sorted(webcolors.names()), key=distance)
    return nearest
