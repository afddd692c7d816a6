"""One event as calendars read it (RFC 5545, 3.6.1; RFC 7986): every time and every word taken from the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event, vCalAddress, vGeo, vRecur, vUri

from sitegen.content.recurrence import bounded
from sitegen.content.zones import zone
from sitegen.formats.calendar_text import Text, clean, line, parameter, text
from sitegen.formats.event_words import type_label
from sitegen.formats.picture_markup import still_of
from sitegen.site.occurrences import Occurrence
from sitegen.site.reader import Reader
from sitegen.site.revision import revised, sequence
from sitegen.site.views import OccurrenceView

_STATUS = {"scheduled": "CONFIRMED", "moved": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
# Python's own table grows from version to version, and takes in that of the machine.
_MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def vevents(event: Any, reader: Reader) -> Iterator[Event]:
    """The components of an event: one for each of its dates, or its rule and the times that differ from it.

    A list of dates is a series of components with identities of their own, not one with RDATE: Outlook opens none
    that has RDATE and no rule ([MS-OXCICAL] 2.1.3.1.1.20.18).
    """
    uid = f"{event.id}@{reader.config('id_host')}"
    times = [OccurrenceView(event, each, number) for number, each in enumerate(event.times)]
    if event.rrule:
        yield from _series(event, times, uid, reader)
        return
    for each in times:
        is_first = each.planned == event.start
        component = _component(each, uid if is_first else _uid_of_date(each, reader), reader)
        if not is_first:
            component.add("related-to", uid, parameters={"RELTYPE": "SIBLING"})
        yield component


def keeps_zone(event: Any) -> bool:
    """Local times with a TZID, where the event names no fixed offset of its own."""
    return all(isinstance(moment.tzinfo, ZoneInfo) for moment in (event.start, event.end) if isinstance(moment, datetime))


def _uid_of_date(occurrence: OccurrenceView, reader: Reader) -> str:
    """The identity of one date of a series: what was planned stays, when the date is moved."""
    planned = occurrence.planned
    day = f"{planned:%Y%m%dT%H%M}" if isinstance(planned, datetime) else f"{planned:%Y%m%d}"
    return f"{occurrence.id}/{day}@{reader.config('id_host')}"


def _series(event: Any, times: Sequence[OccurrenceView], uid: str, reader: Reader) -> Iterator[Event]:
    first = OccurrenceView(event, Occurrence(event.start, event.end or event.start, event.event_status), 0)
    master = _component(first, uid, reader)
    excluded = sorted(set(event.exdates))
    planned = {each.planned for each in times if each.planned} | set(excluded)
    master.add("rrule", vRecur.from_ical(bounded(event.rrule, planned, event.zone_label)))
    for moment in excluded:
        master.add("exdate", moment)
    yield master
    changed = {change.occurrence for change in event.overrides}
    length = _length(first)
    for each in times:
        if each.planned in changed or _length(each) != length or _is_ambiguous(each):
            component = _component(each, uid, reader)
            component.add("recurrence-id", each.planned)
            yield component


def _length(occurrence: OccurrenceView) -> timedelta:
    """How long it lasts, in seconds that pass: what clients add to each start of a rule (RFC 5545, 3.8.5.3)."""
    start, end = (
        moment.astimezone(UTC) if isinstance(moment, datetime) else moment for moment in (occurrence.start, occurrence.end)
    )
    length: timedelta = end - start  # both are datetimes, or both are days
    return length


def stamp(event: Any, reader: Reader) -> datetime:
    """The instant of the event's last revision."""
    return revised(_fields(event, reader), reader.config("timezone"))


def _fields(event: Any, reader: Reader) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = reader.fetch(("card", event.id, event.lang)).fields
    return fields


def _component(event: OccurrenceView, uid: str, reader: Reader) -> Event:
    component = Event()
    component.add("uid", uid)
    component.add("dtstamp", stamp(event, reader))
    component.add("last-modified", stamp(event, reader))
    component.add("sequence", sequence(_fields(event, reader), reader.config("timezone")))
    _add_times(component, event)
    component.add("status", _STATUS[event.status])
    is_busy = isinstance(event.start, datetime) and event.status != "cancelled"
    component.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    component.add("summary", text(event.title))
    component.add("description", text("\n\n".join(_description(event, reader))))
    component.add("url", event.permalink)
    _add_place(component, event, reader)
    _add_people(component, event, reader)
    _add_media(component, event, reader)
    categories = ([type_label(reader, event.type)] if event.type else []) + [term.label for term in event.tags]
    if categories:
        component.add("categories", [clean(each) for each in dict.fromkeys(categories)])
    return component


def _add_times(component: Event, event: OccurrenceView) -> None:
    start, end = event.start, event.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        component.add("dtstart", start)
        component.add("dtend", end + timedelta(days=1))
        return
    place = zone(event.zone_label) if keeps_zone(event) and not _is_ambiguous(event) else UTC
    component.add("dtstart", start.astimezone(place))
    component.add("dtend", end.astimezone(place))


def _is_ambiguous(occurrence: OccurrenceView) -> bool:
    """True for an hour that clocks show twice: only UTC says which of the two is meant."""
    return any(
        isinstance(moment, datetime) and moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
        for moment in (occurrence.start, occurrence.end)
    )


def _description(event: OccurrenceView, reader: Reader) -> Iterator[str]:
    """Plain paragraphs, with every address that a client might not show by itself."""
    yield from (words for words in (event.note, event.summary) if words)
    if event.online_url:
        yield f"{reader.label('event', 'online')}\n{_absolute(event.online_url, reader)}"
    if event.registration and event.registration.url and event.status in ("scheduled", "moved"):
        yield f"{reader.label('event', 'register')}\n{_absolute(event.registration.url, reader)}"
    yield str(event.permalink)


def _add_place(component: Event, event: OccurrenceView, reader: Reader) -> None:
    venue = event.venue
    online = _absolute(event.online_url, reader) if event.online_url else ""
    if venue:
        component.add("location", text("\n".join(part for part in (venue.name, venue.address) if part)))
        if venue.geo:
            component.add("geo", vGeo(tuple(venue.geo)))
    elif online:
        component.add("location", online)
    if online:
        label = parameter(reader.label("event", "online"))
        component.add("conference", vUri(online), parameters={"VALUE": "URI", "LABEL": label})


def _add_people(component: Event, event: OccurrenceView, reader: Reader) -> None:
    """ORGANIZER, which a published event needs (RFC 5546, 3.2.1): an e-mail address, or the page of who invites."""
    contact = event.contact
    home = (str(reader.config("title")), reader.permalink(reader.prefix + "/"))
    host, page = next(((chapter.title, chapter.permalink) for chapter in event.chapters if chapter.permalink), home)
    organizer = vCalAddress(f"mailto:{contact.email}" if contact and contact.email else page)
    organizer.params["CN"] = parameter(next(iter(event.organizers), host))
    component.add("organizer", organizer)
    parts = [part for part in (contact.name, contact.phone, contact.email) if part] if contact else []
    if parts:
        component.add("contact", Text(line(", ".join(parts))))


def _add_media(component: Event, event: OccurrenceView, reader: Reader) -> None:
    picture = still_of(reader, event.cover.src) if event.cover else None
    if picture:
        parameters = {"VALUE": "URI", "DISPLAY": "GRAPHIC"} | _media_type(picture.path)
        component.add("image", vUri(reader.permalink(picture.path)), parameters=parameters)
    for attachment in event.attachments:
        if attachment.file:
            component.add("attach", vUri(attachment.file), parameters=_media_type(attachment.file))


def _media_type(path: str) -> dict[str, str]:
    found = _MEDIA_TYPES.get(path.rpartition(".")[2])
    return {"FMTTYPE": found} if found else {}


def _absolute(url: str, reader: Reader) -> str:
    """An address as calendars can follow it: a path of the site gets the site's before it."""
    return reader.permalink(url) if url.startswith("/") else url
