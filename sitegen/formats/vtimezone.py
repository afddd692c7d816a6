"""VTIMEZONE components whose rules clients read right: built from the POSIX footer of the zone's own data (RFC 8536)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d+(?::\d+){0,2})"
_FOOTER = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,(M[\d.]+(?:/{_TIME})?),(M[\d.]+(?:/{_TIME})?))?\Z")
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@cache
def posix_footer(zone: str) -> str:
    """The rule of a zone for all years to come, such as EST5EDT,M3.2.0,M11.1.0."""
    from importlib import resources

    package, _, name = f"tzdata.zoneinfo.{zone.replace('/', '.')}".rpartition(".")
    return resources.files(package).joinpath(name).read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode()


def vtimezone(zone: str) -> Timezone:
    """The component of an IANA zone."""
    match = _FOOTER.match(posix_footer(zone))
    if match is None:
        raise ValueError(f"the time zone {zone} has a rule that is not understood: {posix_footer(zone)}")
    name, offset, dst_name, dst_offset, starts, _, ends, _ = match.groups()
    standard = -_duration(offset)
    component = Timezone()
    component.add("tzid", zone)
    if dst_name is None:
        component.add_component(_observance(TimezoneStandard(), name, standard, standard, None))
        return component
    daylight = -_duration(dst_offset) if dst_offset else standard + timedelta(hours=1)
    component.add_component(_observance(TimezoneStandard(), name, daylight, standard, ends))
    component.add_component(_observance(TimezoneDaylight(), dst_name, standard, daylight, starts))
    return component


def _observance(
    part: TimezoneStandard | TimezoneDaylight, name: str, before: timedelta, after: timedelta, rule: str | None
) -> TimezoneStandard | TimezoneDaylight:
    start = datetime(1970, 1, 1)
    if rule is not None:
        day, _, at = rule.removeprefix("M").partition("/")
        month, week, weekday = (int(number) for number in day.split("."))
        start, recurrence = _yearly(month, week, weekday, _duration(at or "2"))
        part.add("rrule", vRecur(recurrence))
    part.add("dtstart", start)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name.strip("<>"))
    return part


def _yearly(month: int, week: int, weekday: int, at: timedelta) -> tuple[datetime, dict[str, object]]:
    """The first time and the rule of “the nth weekday of a month”; 5 is the last.  `at` may be on another day."""
    shift = at // timedelta(days=1)
    at -= shift * timedelta(days=1)
    nth = -1 if week == 5 else week
    first = datetime(1970, month, 1)
    days = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == month]
    matching = [day for day in days if (day.weekday() + 1) % 7 == weekday]
    chosen = matching[nth if nth < 0 else nth - 1] + timedelta(days=shift)
    rule: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{nth}{_DAYS[weekday]}"}
    if shift:
        # The change falls on a neighbouring day: name the seven days of the month it can be.
        low = (nth - 1) * 7 + 1 + shift if nth > 0 else len(days) - 6 + shift
        rule = {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": _DAYS[(weekday + shift) % 7], "BYMONTHDAY": list(range(low, low + 7))}
    return chosen + at, rule


def _duration(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*(int(part) for part in text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
