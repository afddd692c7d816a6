"""Recurrence rules (RFC 5545, 3.3.10) by the wall clock of the event's zone, always bounded."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from sitegen.content.zones import zone

MOST = 1_000
HORIZON_YEARS = 30  # a rule for a date that never comes would otherwise be searched to the year 9999
_RANGES = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = frozenset("FREQ UNTIL COUNT INTERVAL BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST".split())


def parse_rule(rule: str) -> dict[str, str]:
    """The parts of a rule by name.  Raises ValueError for what is no rule."""
    parts = {}
    for part in rule.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name not in PARTS or name in parts or not value:
            raise ValueError(f"{part} is not understood")
        parts[name] = value
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError("FREQ must be one of " + ", ".join(FREQUENCIES))
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("COUNT and UNTIL exclude each other")
    for name in ("COUNT", "INTERVAL"):
        if name in parts and not (parts[name].isdecimal() and int(parts[name]) > 0):
            raise ValueError(f"{name} must be a number from 1")
    if "UNTIL" in parts and not re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", parts["UNTIL"]):
        raise ValueError(f"UNTIL={parts['UNTIL']} is not a date, write UNTIL=20270627")
    for name, most in _RANGES.items():
        for number in parts[name].split(",") if name in parts else ():
            if not re.fullmatch(r"[+-]?[0-9]{1,3}", number) or not 1 <= abs(int(number)) <= most:
                raise ValueError(f"{name}={number} is not a number from 1 to {most}")
    for day in parts.get("BYDAY", "MO").split(","):
        if not re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", day):
            raise ValueError(f"{day} is not a day, write MO TU WE TH FR SA SU")
    if not _ever_comes(parts):
        raise ValueError("no day is ever like that")
    return parts


def _ever_comes(parts: dict[str, str]) -> bool:
    """False for days that are in no calendar, such as the 31st of February, which would be searched for to the year 9999."""
    wanted = {name: {int(number) for number in parts[name].split(",")} for name in _RANGES if name in parts and name != "BYSETPOS"}
    if not wanted.keys() - {"BYMONTH"}:
        return True
    first = date(2000, 1, 1)  # 28 years hold every combination of weekday, day and leap year
    return any(_is_like(first + timedelta(days=number), wanted) for number in range(28 * 366))


def _is_like(day: date, wanted: dict[str, set[int]]) -> bool:
    month_length = calendar.monthrange(day.year, day.month)[1]
    year_length = 366 if calendar.isleap(day.year) else 365
    place = day.timetuple().tm_yday
    week = day.isocalendar().week
    values = {
        "BYMONTH": {day.month},
        "BYMONTHDAY": {day.day, day.day - month_length - 1},
        "BYYEARDAY": {place, place - year_length - 1},
        "BYWEEKNO": {week, week - 53, week - 54},
    }
    return all(numbers & values[name] for name, numbers in wanted.items())


def expand(rule: str, start: datetime, timezone_name: str) -> Iterator[datetime]:
    """The starts of a rule as naive wall times in the event's zone, `start` (naive) among them if the rule names it.

    At most 1,000, within thirty years.  Raises ValueError for what is no rule.
    """
    from dateutil.rrule import rrulestr

    parts = parse_rule(rule)
    count = int(parts.pop("COUNT", MOST))
    horizon = _horizon(start)
    until = min(_until(parts["UNTIL"], timezone_name), horizon) if "UNTIL" in parts else horizon
    parts["UNTIL"] = until.strftime("%Y%m%dT%H%M%S")
    return islice(rrulestr(_joined(parts), dtstart=start), min(count, MOST))


def bounded(rule: str, planned: Collection[date | datetime], timezone_name: str) -> str:
    """The rule as calendars should read it: it goes no further than `planned`, all the starts that `expand` gave.

    UNTIL has the form RFC 5545 demands: UTC for times with a zone, a day for whole days.
    """
    first, last = min(planned), max(planned)
    parts = parse_rule(rule) | _implied(parse_rule(rule), first)
    if len(planned) == int(parts.get("COUNT", 0)):
        return _joined(parts)
    is_timed = isinstance(last, datetime)
    if "UNTIL" not in parts or len(planned) == MOST or _until(parts["UNTIL"], timezone_name) > _horizon(_wall(first)):
        parts.pop("COUNT", None)
        parts["UNTIL"] = f"{_wall(last):%Y%m%dT%H%M%S}"
    parts["UNTIL"] = until_utc(parts["UNTIL"], timezone_name) if is_timed else parts["UNTIL"][:8]
    return _joined(parts)


def _implied(parts: dict[str, str], first: date) -> dict[str, str]:
    """What a rule takes from its start (RFC 5545, 3.3.10), for days that not every month has: some clients miscount these."""
    by_day = any(name.startswith("BY") for name in parts)
    if by_day or first.day <= 28 or parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        return {}
    return ({"BYMONTH": str(first.month)} if parts["FREQ"] == "YEARLY" else {}) | {"BYMONTHDAY": str(first.day)}


def until_utc(value: str, timezone_name: str) -> str:
    """UNTIL as RFC 5545 demands it beside a start with a zone: in UTC."""
    local = _until(value, timezone_name).replace(tzinfo=zone(timezone_name))
    return local.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _joined(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _horizon(start: datetime) -> datetime:
    return start.replace(year=start.year + HORIZON_YEARS, day=min(start.day, 28))


def _wall(moment: date | datetime) -> datetime:
    """What the clock shows, without its zone."""
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time())


def _until(value: str, timezone_name: str) -> datetime:
    if value.endswith("Z"):
        moment = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return moment.astimezone(zone(timezone_name)).replace(tzinfo=None)
    if len(value) == 8:
        return datetime.strptime(value, "%Y%m%d") + timedelta(hours=23, minutes=59, seconds=59)
    return datetime.strptime(value, "%Y%m%dT%H%M%S")
