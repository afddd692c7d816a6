"""VTIMEZONE components that clients read right: each change of the clock as it was, then the zone's own yearly rule.

Clients misread lists of dates (RDATE), so a change is an observance of its own until the rule of the zone's data
(its POSIX footer, RFC 8536) holds for all years that follow; from there on it is an RRULE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from sitegen.content.zones import posix_footer, zone

LAST_YEAR = 2037  # the last for which zone data holds single changes
_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_TIME = r"[+-]?\d+(?::\d+){0,2}"
_FOOTER = re.compile(rf"{_NAME}{_TIME}{_NAME}(?:{_TIME})?,M([\d.]+)(?:/({_TIME}))?,M([\d.]+)(?:/({_TIME}))?\Z")
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the clock: the wall time before it, the offsets, the name and kind of what begins."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """The nth weekday of a month (0 is Sunday, week 5 the last), at a time of that day."""

    month: int
    week: int
    weekday: int
    at: timedelta

    def wall(self, year: int) -> datetime:
        first = datetime(year, self.month, 1)
        days = [first + timedelta(days=number) for number in range(31)]
        matching = [day for day in days if day.month == self.month and (day.weekday() + 1) % 7 == self.weekday]
        return matching[-1 if self.week == 5 else self.week - 1] + self.at

    @property
    def recurrence(self) -> dict[str, object]:
        nth = -1 if self.week == 5 else self.week
        return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYDAY": f"{nth}{_DAYS[self.weekday]}"}


@cache
def vtimezone(name: str, first_year: int) -> Timezone:
    """The component of an IANA zone, for events from a year on."""
    rules = _yearly_rules(name)
    changes = [change for year in range(first_year - 1, LAST_YEAR + 1) for change in _changes(name, year)]
    settled = _settled_year(rules, changes, first_year - 1)
    component = Timezone()
    component.add("tzid", name)
    component.add_component(_observance(_at_new_year(name, first_year - 1), None))
    for change in changes:
        if change.wall.year < settled:
            component.add_component(_observance(change, None))
    for change in changes:
        if change.wall.year == settled:
            rule = next(rule for rule in rules if rule.wall(settled) == change.wall)
            component.add_component(_observance(change, rule))
    return component


def _settled_year(rules: tuple[YearlyRule, ...], changes: list[Change], first: int) -> int:
    """The first year from which on every year changes as the rules say; after the last where there are none."""
    settled = LAST_YEAR + 1
    for year in range(LAST_YEAR, first - 1, -1):
        walls = sorted(change.wall for change in changes if change.wall.year == year)
        if not rules or walls != sorted(rule.wall(year) for rule in rules):
            break
        settled = year
    return settled


def _yearly_rules(name: str) -> tuple[YearlyRule, ...]:
    """The rules of the footer that an RRULE can say: not one whose hour lies on another day."""
    match = _FOOTER.match(posix_footer(name))
    if match is None:
        return ()
    rules = tuple(_rule(day, at or "2") for day, at in ((match[1], match[2]), (match[3], match[4])))
    return rules if all(timedelta(0) <= rule.at < timedelta(days=1) for rule in rules) else ()


def _rule(day: str, at: str) -> YearlyRule:
    month, week, weekday = (int(number) for number in day.split("."))
    hours, minutes, seconds = (*(int(part) for part in at.lstrip("+-").split(":")), 0, 0)[:3]
    sign = -1 if at.startswith("-") else 1
    return YearlyRule(month, week, weekday, sign * timedelta(hours=hours, minutes=minutes, seconds=seconds))


@cache
def _changes(name: str, year: int) -> tuple[Change, ...]:
    return tuple(_find_changes(name, datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)))


def _find_changes(name: str, start: datetime, end: datetime) -> Iterator[Change]:
    place = zone(name)
    low = start
    while low < end:
        high = low + timedelta(days=1)
        if low.astimezone(place).utcoffset() != high.astimezone(place).utcoffset():
            first, last = low, high
            while last - first > timedelta(seconds=1):
                middle = first + (last - first) // 2
                same = middle.astimezone(place).utcoffset() == low.astimezone(place).utcoffset()
                first, last = (middle, last) if same else (first, middle)
            yield _change(name, last.replace(microsecond=0))
        low = high


def _change(name: str, moment: datetime) -> Change:
    before, after = (moment - timedelta(seconds=1)).astimezone(zone(name)), moment.astimezone(zone(name))
    wall = moment.replace(tzinfo=None) + (before.utcoffset() or timedelta(0))
    return Change(
        wall, before.utcoffset() or timedelta(0), after.utcoffset() or timedelta(0), after.tzname() or name, bool(after.dst())
    )


def _at_new_year(name: str, year: int) -> Change:
    """What held when the first year began."""
    moment = datetime(year, 1, 1, tzinfo=zone(name))
    offset = moment.utcoffset() or timedelta(0)
    return Change(datetime(year, 1, 1), offset, offset, moment.tzname() or name, bool(moment.dst()))


def _observance(change: Change, rule: YearlyRule | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    part.add("dtstart", change.wall)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule is not None:
        part.add("rrule", vRecur(rule.recurrence))
    return part
