"""The time zones of calendars tell the same hours as the zone database, at every change of the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import Workshop
from dateutil.rrule import rrulestr
from icalendar import Calendar
from samples import entry, plain

FIRST, LAST = datetime(2025, 1, 5, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ZONES = ["America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Europe/Dublin",
         "Asia/Shanghai", "Asia/Kolkata", "Asia/Tehran", "Asia/Jerusalem", "Australia/Sydney", "Australia/Lord_Howe",
         "Pacific/Auckland", "America/Santiago", "America/Nuuk", "Pacific/Chatham", "Asia/Kathmandu", "UTC",
         "America/Vancouver", "America/Winnipeg", "Africa/Cairo", "Africa/Casablanca", "Asia/Gaza"]  # fmt: skip


def changes(zone: ZoneInfo, first: datetime = FIRST, last: datetime = LAST) -> Iterator[datetime]:
    """The first second of each new offset."""
    moment = first
    while moment < last:
        following = moment + timedelta(days=1)
        if offset(moment, zone) != offset(following, zone):
            low, high = moment, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if offset(middle, zone) == offset(low, zone) else (low, middle)
            yield high
        moment = following


def offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def onsets(component: Any) -> list[tuple[datetime, timedelta]]:
    """When each observance of a VTIMEZONE begins, and its offset: RFC 5545, 3.6.5, read without a library's knowledge of zones."""
    found = []
    for part in component.subcomponents:
        first = part["dtstart"].dt
        starts = [first]
        if "rrule" in part:
            starts = rrulestr(part["rrule"].to_ical().decode(), dtstart=first).between(first, LAST.replace(tzinfo=None), inc=True)
        dates = part.get("rdate", [])
        for each in dates if isinstance(dates, list) else [dates]:
            starts = [*starts, *(moment.dt for moment in each.dts)]
        found += [((start - part["tzoffsetfrom"].td).replace(tzinfo=UTC), part["tzoffsetto"].td) for start in starts]
    return sorted(found)


def told(moment: datetime, observances: list[tuple[datetime, timedelta]]) -> timedelta:
    return [span for start, span in observances if start <= moment][-1]


@pytest.fixture(scope="module")
def components(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The component of each zone, in a calendar that begins with those six years."""
    workshop = plain(Workshop(tmp_path_factory.mktemp("zones")))
    hour = "start: 2025-01-05 09:00\nend: 2025-01-05 10:00"
    for number, zone in enumerate(ZONES):
        workshop.write(entry(f"events/e{number}", f"title: {zone}\n{hour}\ntimezone: {zone}"))
    workshop.build()
    found = Calendar.from_ical(workshop.read("calendar.ics")).walk("VTIMEZONE")
    return {str(component["tzid"]): component for component in found}


@pytest.mark.parametrize("name", ZONES)
def test_a_component_tells_the_hours_of_its_zone(components: dict[str, Any], name: str) -> None:
    zone, observances = ZoneInfo(name), onsets(components[name])
    turns = [moment for change in changes(zone) for moment in (change - timedelta(seconds=1), change)]
    weeks = [FIRST + timedelta(weeks=number) for number in range(311)]
    assert [moment.isoformat() for moment in turns + weeks if told(moment, observances) != offset(moment, zone)] == []


def test_the_list_above_has_zones_with_and_without_changes() -> None:
    assert {name: len(list(changes(ZoneInfo(name)))) for name in ("America/New_York", "Asia/Kolkata")} == {
        "America/New_York": 12,
        "Asia/Kolkata": 0,
    }


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Europe/London", "2026-07-01", "2026-07-01T08:00:00+00:00"),
        ("Europe/London", "2026-12-01", "2026-12-01T09:00:00+00:00"),
        ("America/New_York", "2027-03-14", "2027-03-14T13:00:00+00:00"),
        ("Australia/Sydney", "2027-04-04", "2027-04-03T23:00:00+00:00"),
        ("Asia/Kolkata", "2027-04-04", "2027-04-04T03:30:00+00:00"),
        ("America/Sao_Paulo", "2018-12-01", "2018-12-01T11:00:00+00:00"),
        ("Asia/Tehran", "2021-07-01", "2021-07-01T04:30:00+00:00"),
    ],
)
def test_nine_o_clock_is_the_same_instant_for_who_knows_the_file_only(
    workshop: Workshop, zone: str, day: str, instant: str
) -> None:
    plain(workshop).write(entry("events/a", f"title: A\nstart: {day} 09:00\nend: {day} 10:00\ntimezone: {zone}")).build()
    calendar = Calendar.from_ical(workshop.read("calendar.ics"))
    (component,), (event,) = calendar.walk("VTIMEZONE"), calendar.walk("VEVENT")
    assert component["tzid"] == event["dtstart"].params["tzid"] == zone
    moment = datetime.fromisoformat(instant)
    wall = event["dtstart"].dt.replace(tzinfo=None)
    assert wall - told(moment, onsets(component)) == moment.replace(tzinfo=None)


def test_each_zone_stands_once_and_only_where_it_is_used(workshop: Workshop) -> None:
    events = {"a": "Asia/Kolkata", "b": "Asia/Kolkata", "c": "America/New_York"}
    plain(workshop)
    for name, zone in events.items():
        workshop.write(entry(f"events/{name}", f"title: A\nstart: 2027-01-01 09:00\nend: 2027-01-01 10:00\ntimezone: {zone}"))
    workshop.write(entry("events/d", "title: D\nstart: 2027-01-01\nall_day: true\ntimezone: Europe/Berlin")).build()
    zones = [str(zone["tzid"]) for zone in Calendar.from_ical(workshop.read("calendar.ics")).walk("VTIMEZONE")]
    assert zones == ["America/New_York", "Asia/Kolkata"]
