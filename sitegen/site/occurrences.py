"""The occurrences of an event: its one date, the dates of its series, or those of its rule with exceptions (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sitegen.content.recurrence import expand
from sitegen.content.schedule import date_of_series
from sitegen.content.zones import zone
from sitegen.site.times import instant, parse_moment, start_of


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event takes place.

    `start` and `end` are both datetimes in the event's zone, or both dates (the end is the last day).  `planned` is the
    start that the rule or the list of dates gives it, whatever has been changed since.
    """

    start: date | datetime
    end: date | datetime
    status: str
    note: str = ""
    venue: Mapping[str, Any] | None = None
    planned: date | datetime | None = None

    def begins(self, timezone: str) -> datetime:
        return start_of(self.start, timezone)

    def ends(self, timezone: str) -> datetime:
        """The first instant after the occurrence."""
        return self.end if isinstance(self.end, datetime) else start_of(self.end + timedelta(days=1), timezone)

    def days(self) -> Iterator[date]:
        """The days it touches, in its own zone; one that ends at midnight does not touch the day that begins."""
        first = self.start.date() if isinstance(self.start, datetime) else self.start
        last = self.end
        if isinstance(last, datetime):
            last = (last - timedelta(seconds=1)).date() if last > start_of(self.start, "UTC") else last.date()
        for number in range((last - first).days + 1):
            yield first + timedelta(days=number)


def event_zone(fields: Mapping[str, Any], site_zone: str) -> str:
    """The zone an event's times are in."""
    return str(fields.get("timezone") or site_zone)


def occurrences(fields: Mapping[str, Any], site_zone: str) -> tuple[Occurrence, ...]:
    """All occurrences in order, at most 1,000."""
    timezone = event_zone(fields, site_zone)
    start = parse_moment(fields["start"], timezone)
    end = parse_moment(fields.get("end") or fields["start"], timezone)
    status = str(fields.get("event_status") or "scheduled")
    if not fields.get("rrule") and not fields.get("dates"):
        return (Occurrence(start, end, status, planned=start),)
    length = _wall_length(start, end)
    excluded = {instant(text, timezone) for text in fields.get("exdates", ())}
    overrides = {
        instant(date_of_series(each["occurrence"], fields["start"]), timezone): each for each in fields.get("overrides", ())
    }
    found = []
    for planned in _planned(fields, start, timezone):
        moment = start_of(planned, timezone)
        if moment not in excluded:
            usual = Occurrence(planned, _existing(planned + length), status, planned=planned)
            found.append(_overridden(usual, overrides.get(moment), length, timezone))
    return tuple(sorted(found, key=lambda each: each.begins(timezone)))


def _planned(fields: Mapping[str, Any], start: date | datetime, timezone: str) -> Iterator[date | datetime]:
    """Starts by the wall clock of the event's zone, so that 9 o'clock stays 9 o'clock across a change of time."""
    if not fields.get("rrule"):
        yield start
        for text in fields["dates"]:
            yield parse_moment(date_of_series(text, fields["start"]), timezone)
        return
    wall = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    for moment in expand(fields["rrule"], wall, timezone):
        yield moment.replace(tzinfo=zone(timezone)) if isinstance(start, datetime) else moment.date()


def _overridden(usual: Occurrence, override: Mapping[str, Any] | None, length: timedelta, timezone: str) -> Occurrence:
    if override is None:
        return usual
    start = _in_zone(parse_moment(override["start"], timezone), timezone) if "start" in override else usual.start
    end = _in_zone(parse_moment(override["end"], timezone), timezone) if "end" in override else _existing(start + length)
    return Occurrence(
        start, end, override.get("event_status") or usual.status, override.get("note", ""), override.get("venue"), usual.planned
    )


def _wall_length(start: date | datetime, end: date | datetime) -> timedelta:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start if end.utcoffset() == start.utcoffset() else end.astimezone(start.tzinfo) - start
    assert not isinstance(start, datetime) and not isinstance(end, datetime)
    return end - start


def _existing(moment: date | datetime) -> date | datetime:
    """The same instant, written as clocks show it: an hour that a change of the clock leaves out is an hour later."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo) if isinstance(moment, datetime) else moment


def _in_zone(moment: date | datetime, timezone: str) -> date | datetime:
    return moment.astimezone(zone(timezone)) if isinstance(moment, datetime) else moment
