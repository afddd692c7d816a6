"""iCalendar (RFC 5545, RFC 7986): the whole site, a chapter, or one event; every time taken from the content."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vGeo, vRecur, vText

from sitegen.content.recurrence import parse_rule, until_utc
from sitegen.content.zones import zone
from sitegen.formats.vtimezone import vtimezone
from sitegen.site.occurrences import Occurrence
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.times import instant, parse_moment, start_of

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_STATUS = {"scheduled": "CONFIRMED", "moved": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


def render_ics(subject: tuple[Any, ...], reader: Reader) -> bytes:
    """A calendar file: CRLF, folded at 75 octets."""
    title, events = _subject(subject, reader)
    calendar = Calendar()
    calendar.add("prodid", "-//sitegen//sitegen//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(_line(title)))
    calendar.add("x-wr-calname", vText(_line(title)))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    zones = sorted({event.zone_label for event in events if isinstance(event.start, datetime) and _keeps_zone(event)})
    first_year = min((event.start.year for event in events), default=1970)
    for name in zones:
        calendar.add_component(vtimezone(name, first_year))
    for event in events:
        for component in _components(event, reader):
            calendar.add_component(component)
    content: bytes = calendar.to_ical(sorted=False)
    return content


def _subject(subject: tuple[Any, ...], reader: Reader) -> tuple[str, list[Any]]:
    site = str(reader.config("title"))
    match subject:
        case ("event", entry_id):
            event = reader.entry(entry_id, reader.language)
            return event.title, [event]
        case ("chapter", entry_id):
            chapter = reader.entry(entry_id, reader.language)
            return f"{chapter.title} · {site}", list(chapter.events)
        case _:
            return reader.message("calendar.site", title=site), list(Query(reader, "event"))


def _components(event: Any, reader: Reader) -> list[Event]:
    first = Event()
    _describe(first, event, reader)
    _set_times(first, event.start, event.end or event.start, event)
    first.add("status", _STATUS[event.event_status])
    if not event.rrule:
        return [first]
    first.add("rrule", vRecur.from_ical(_rule(event)))
    for moment in event.exdates:
        first.add("exdate", moment)
    times: tuple[Occurrence, ...] = reader.fetch(("occurrences", event.id, event.lang))
    return [first, *(_override(each, event, reader) for each in times if _differs(each, event))]


def _override(occurrence: Occurrence, event: Any, reader: Reader) -> Event:
    component = Event()
    _describe(component, event, reader, occurrence.note)
    component.add("recurrence-id", occurrence.planned)
    _set_times(component, occurrence.start, occurrence.end, event)
    component.add("status", _STATUS[occurrence.status])
    if occurrence.venue:
        component.pop("location", None)
        component.add("location", _clean(_place(occurrence.venue.get("name"), occurrence.venue.get("address"))))
    return component


def _differs(occurrence: Occurrence, event: Any) -> bool:
    planned = {start_of(parse_moment(each["occurrence"], event.zone_label), event.zone_label)
               for each in event._card.fields.get("overrides", ())}  # fmt: skip
    return occurrence.planned is not None and start_of(occurrence.planned, event.zone_label) in planned


def _describe(component: Event, event: Any, reader: Reader, note: str = "") -> None:
    stamp = instant("1970-01-01", "UTC")
    changed = event.updated or event._card.fields.get("date")
    if changed:
        moment = changed if isinstance(changed, date) else parse_moment(changed, event.zone_label)
        stamp = start_of(moment, event.zone_label).astimezone(zone("UTC"))
    component.add("uid", f"{event.id}@{reader.config('host')}")
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", event.sequence or 0)
    component.add("summary", _clean(event.title))
    text = "\n\n".join(part for part in (note, event.summary, event.permalink) if part)
    component.add("description", _clean(text))
    component.add("url", event.permalink)
    component.add("transp", "OPAQUE" if isinstance(event.start, datetime) else "TRANSPARENT")
    if event.venue:
        component.add("location", _clean(_place(event.venue.name, event.venue.address)))
        if event.venue.geo:
            component.add("geo", vGeo(tuple(event.venue.geo)))
    elif event.online_url:
        component.add("location", event.online_url)
    if event.tags:
        component.add("categories", [_clean(tag.label) for tag in event.tags])


def _place(name: str | None, address: str | None) -> str:
    return "\n".join(part for part in (name, address) if part)


def _set_times(component: Event, start: date | datetime, end: date | datetime, event: Any) -> None:
    if not isinstance(start, datetime):
        component.add("dtstart", start)
        component.add("dtend", end + timedelta(days=1))
        return
    place = zone(event.zone_label if _keeps_zone(event) else "UTC")
    for name, moment in (("dtstart", start), ("dtend", end)):
        component.add(name, moment.astimezone(place) if isinstance(moment, datetime) else moment)


def _keeps_zone(event: Any) -> bool:
    """Local times with a TZID where the event names no fixed offset of its own."""
    return all(isinstance(moment.tzinfo, ZoneInfo) for moment in (event.start, event.end) if isinstance(moment, datetime))


def _rule(event: Any) -> str:
    """The rule with UNTIL in the form RFC 5545 demands: UTC for times with a zone, a day for all-day events."""
    parts = parse_rule(event.rrule)
    if "UNTIL" in parts:
        timed = isinstance(event.start, datetime)
        parts["UNTIL"] = until_utc(parts["UNTIL"], event.zone_label) if timed else parts["UNTIL"][:8]
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))
