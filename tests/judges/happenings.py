"""Generated events of every sort in eight zones, each with the instants at which it must take place.

The instants are worked out here by counting days on a wall calendar and asking zoneinfo; nothing of the program takes part.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

HOST = "alumni.example.edu"
ZONES = ["America/New_York", "Europe/London", "Australia/Sydney", "Asia/Shanghai", "Asia/Kolkata", "America/Sao_Paulo",
         "Pacific/Auckland", "Africa/Cairo"]  # fmt: skip
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = date(2026, 9, 1)

Moment = datetime | date


@dataclass(frozen=True)
class Span:
    """When one occurrence is: instants in UTC, or the first day and the day after the last."""

    start: str
    end: str

    @classmethod
    def of(cls, start: Moment, end: Moment) -> Span:
        if isinstance(start, datetime):
            assert isinstance(end, datetime)
            return cls(*(f"{each.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for each in (start, end)))
        return cls(start.isoformat(), (end + timedelta(days=1)).isoformat())


def place_of(zone: str) -> str:
    """The city that names a zone."""
    return zone.rpartition("/")[2].lower().replace("_", "-")


@dataclass
class Happening:
    """An event: its fields as a file has them, and by UID the spans that a calendar must show."""

    name: str
    fields: dict[str, Any]
    spans: dict[str, list[Span]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The city of its zone, which is also the chapter that it is in."""
        return place_of(str(self.fields["timezone"]))

    @property
    def sort(self) -> str:
        """What it is an example of: the name without the place."""
        return self.name.removesuffix(f"-{self.place}")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.fields["timezone"])

    def midnight(self, day: str) -> str:
        """The instant at which a day begins where the event is."""
        return f"{datetime.combine(date.fromisoformat(day), time(), self.zone).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    @property
    def uid(self) -> str:
        return f"events/{self.name}@{HOST}"

    @property
    def source(self) -> str:
        """The file, as a workshop writes it."""
        fields = self.fields | {"chapters": [self.place]}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
        return f"-- content/events/{self.name}.yaml --\n" + "\n".join(lines) + "\n"

    def at(self, spans: list[tuple[Moment, Moment]], uid: str = "") -> Happening:
        self.spans.setdefault(uid or self.uid, []).extend(Span.of(*each) for each in spans)
        return self


class Wall:
    """A clock on the wall of a zone."""

    def __init__(self, zone: str, random: Random) -> None:
        self.name, self.zone, self.random = zone, ZoneInfo(zone), random

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone)

    def day(self, within: int = 500) -> date:
        return FIRST + timedelta(days=self.random.randrange(within))

    def hour(self) -> time:
        return time(self.random.randrange(6, 21), self.random.choice((0, 15, 30, 45)))

    def changes(self) -> list[date]:
        """The days on which the clock changes, in two years from the first."""
        days = [FIRST + timedelta(days=number) for number in range(730)]
        noon = {day: self.at(day, time(12)).utcoffset() for day in [*days, days[-1] + timedelta(days=1)]}
        return [day + timedelta(days=1) for day in days if noon[day] != noon[day + timedelta(days=1)]]

    def repeated_hour(self) -> datetime | None:
        """A time that the clock shows twice, if there is one."""
        for day in self.changes():
            for minutes in range(0, 1440, 30):
                moment = self.at(day, time(minutes // 60, minutes % 60))
                if moment.utcoffset() > moment.replace(fold=1).utcoffset():
                    return moment
        return None


def text(moment: Moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()


def weekly(start: date, count: int, step: int = 7) -> list[date]:
    return [start + timedelta(days=step * number) for number in range(count)]


def month_days(start: date, count: int, choose: Callable[[int, int], date | None]) -> list[date]:
    """What a rule by month gives: `choose` says which day of a month, or that it has none."""
    found: list[date] = []
    year, month = start.year, start.month
    while len(found) < count:
        day = choose(year, month)
        if day is not None and day >= start:
            found.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def nth_weekday(weekday: int, nth: int) -> Callable[[int, int], date | None]:
    def choose(year: int, month: int) -> date | None:
        days = [date(year, month, number) for number in range(1, calendar.monthrange(year, month)[1] + 1)]
        matching = [day for day in days if day.weekday() == weekday]
        return matching[nth if nth < 0 else nth - 1] if nth < 0 or nth <= len(matching) else None

    return choose


def happenings(zone: str, seed: int = 1896) -> Iterator[Happening]:
    """All sorts of events in one zone."""
    wall = Wall(zone, Random(f"{seed} {zone}"))
    place = place_of(zone)
    changes = wall.changes() or [wall.day(), wall.day()]

    def event(sort: str, start: Moment, end: Moment, **fields: Any) -> Happening:
        days = {} if isinstance(start, datetime) else {"all_day": True}
        usual = {"title": f"{sort} {place}", "start": text(start), "end": text(end), "timezone": zone} | days
        return Happening(f"{sort}-{place}", usual | fields)

    def timed(sort: str, days: list[date], length: timedelta = timedelta(minutes=90), hour: time | None = None,
              gone: list[date] | None = None, **fields: Any) -> tuple[Happening, list[tuple[datetime, datetime]]]:  # fmt: skip
        """An event at one hour on several days, and its spans by the wall clock, without those days that are `gone`."""
        hour = hour or wall.hour()
        starts = [wall.at(day, hour) for day in days]
        made = event(sort, starts[0], starts[0] + length, **fields)
        return made, [(start, start + length) for start in starts if start.date() not in (gone or [])]

    def simple(sort: str, days: list[date], *rest: Any, **fields: Any) -> Happening:
        made, spans = timed(sort, days, *rest, **fields)
        return made.at(list(spans))

    yield simple("single", [wall.day()])
    yield simple("on-the-day-of-change", [changes[0]])
    yield simple("on-the-day-of-other-change", [changes[1]])
    yield simple("overnight", [wall.day()], timedelta(hours=6), time(22))
    yield simple("several-days", [wall.day()], timedelta(days=2, hours=3))
    yield simple("across-the-change", [changes[0] - timedelta(days=1)], timedelta(days=2))
    yield simple("daily", weekly(changes[1] - timedelta(days=4), 10, 1), rrule="FREQ=DAILY;COUNT=10")
    yield simple("weekly", weekly(wall.day(), 40), rrule="FREQ=WEEKLY;COUNT=40")
    start = wall.day()
    until = start + timedelta(days=7 * 29)
    yield simple("until-a-day", weekly(start, 30), rrule=f"FREQ=WEEKLY;UNTIL={until:%Y%m%d}")
    monday = wall.day() - timedelta(days=wall.day().weekday())
    monday -= timedelta(days=monday.weekday())
    pairs = sorted(weekly(monday, 15) + weekly(monday + timedelta(days=3), 15))
    yield simple("two-days-a-week", pairs, rrule="FREQ=WEEKLY;BYDAY=MO,TH;COUNT=30")
    yield simple("every-other-week", weekly(wall.day(), 26, 14), rrule="FREQ=WEEKLY;INTERVAL=2;COUNT=26")
    for sort, nth in (("second-of-month", 2), ("last-of-month", -1), ("fifth-of-month", 5)):
        weekday = wall.random.randrange(7)
        days = month_days(wall.day(100), 14, nth_weekday(weekday, nth))
        yield simple(sort, days, rrule=f"FREQ=MONTHLY;BYDAY={nth}{DAYS[weekday]};COUNT=14")
    last = month_days(
        wall.day(100), 8, lambda year, month: date(year, month, 31) if calendar.monthrange(year, month)[1] == 31 else None
    )
    yield simple("the-31st", last, rrule="FREQ=MONTHLY;BYMONTHDAY=31;COUNT=8")
    yield simple("from-the-31st", last, rrule="FREQ=MONTHLY;COUNT=8")
    birthday = wall.day(300)
    yield simple("yearly", [birthday.replace(year=birthday.year + number) for number in range(8)], rrule="FREQ=YEARLY;COUNT=8")
    yield simple("leap-day", [date(year, 2, 29) for year in (2028, 2032, 2036)], rrule="FREQ=YEARLY;COUNT=3")

    days, hour = weekly(wall.day(), 20), wall.hour()
    gone = [days[3], days[19]]
    made, spans = timed("excepted", days, hour=hour, gone=gone, rrule="FREQ=WEEKLY;COUNT=20",
                        exdates=[text(wall.at(day, hour)) for day in gone])  # fmt: skip
    yield made.at(list(spans))

    days, hour = weekly(changes[0] - timedelta(days=30), 12), wall.hour()
    moved = [wall.at(days[2] + timedelta(days=1), time(10)), wall.at(days[5], time(23)), wall.at(days[7], hour)]
    overrides = [
        {"occurrence": text(wall.at(days[2], hour)), "start": text(moved[0]), "end": text(moved[0] + timedelta(hours=1))},
        {"occurrence": text(wall.at(days[5], hour)), "start": text(moved[1])},
        {"occurrence": text(wall.at(days[7], hour)), "event_status": "cancelled"},
        {"occurrence": text(wall.at(days[9], hour)), "venue": {"name": "Another room"}, "note": "In another room"},
    ]
    made, spans = timed("overridden", days, hour=hour, rrule="FREQ=WEEKLY;COUNT=12", overrides=overrides)
    spans[2], spans[5] = (moved[0], moved[0] + timedelta(hours=1)), (moved[1], moved[1] + timedelta(minutes=90))
    yield made.at(list(spans))

    days = weekly(changes[0] - timedelta(days=15), 20, 1)
    yield simple("nightly", days, timedelta(hours=9), time(21), rrule="FREQ=DAILY;COUNT=20")
    twice = wall.repeated_hour() or wall.at(wall.day(), time(1, 30))
    days = weekly(twice.date() - timedelta(days=3), 7, 1)
    yield simple("hour-that-comes-twice", [twice.date()], timedelta(minutes=20), twice.time())
    yield simple("nightly-hour-that-comes-twice", days, timedelta(minutes=20), twice.time(), rrule="FREQ=DAILY;COUNT=7")
    fixed = datetime.combine(wall.day(), wall.hour(), wall.zone).astimezone(UTC)
    given = {
        "title": f"fixed offset {place}",
        "start": f"{fixed:%Y-%m-%dT%H:%M:00Z}",
        "end": f"{fixed + timedelta(hours=2):%Y-%m-%dT%H:%M:00Z}",
    }
    yield Happening(f"fixed-offset-{place}", given | {"timezone": zone}).at([(fixed, fixed + timedelta(hours=2))])

    day = wall.day()
    yield event("whole-day", day, day).at([(day, day)])
    yield event("whole-days", day, day + timedelta(days=3)).at([(day, day + timedelta(days=3))])
    days = weekly(changes[0] - timedelta(days=21), 10)
    made = event("weekly-day", days[0], days[0], rrule="FREQ=WEEKLY;COUNT=10", exdates=[text(days[4])])
    yield made.at([(each, each) for each in days if each != days[4]])
    days = [date(year, 4, 8) for year in range(2027, 2037)]
    made = event("anniversary", days[0], days[0] + timedelta(days=1), rrule="FREQ=YEARLY;UNTIL=20360408",
                 overrides=[{"occurrence": "2030-04-08", "start": "2030-04-13", "end": "2030-04-14"}])  # fmt: skip
    spans_of_days = [(each, each + timedelta(days=1)) for each in days]
    spans_of_days[3] = (date(2030, 4, 13), date(2030, 4, 14))
    yield made.at(spans_of_days)

    festivals = [date(2026, 9, 25), date(2027, 9, 15), date(2028, 10, 3), date(2029, 9, 22)]
    hour = time(18, 30)
    made = event("mid-autumn", wall.at(festivals[0], hour), wall.at(festivals[0], time(21)),
                 dates=[text(festivals[1]), text(wall.at(festivals[2], time(19))), text(festivals[3])],
                 overrides=[{"occurrence": text(festivals[3]), "start": text(wall.at(date(2029, 9, 23), hour))}])  # fmt: skip
    half = timedelta(hours=2, minutes=30)
    shown = [
        wall.at(festivals[0], hour),
        wall.at(festivals[1], hour),
        wall.at(festivals[2], time(19)),
        wall.at(date(2029, 9, 23), hour),
    ]
    planned = ["", "20270915T1830", "20281003T1900", "20290922T1830"]
    for start_of_one, key in zip(shown, planned, strict=True):
        made.at([(start_of_one, start_of_one + half)], f"events/{made.name}/{key}@{HOST}" if key else "")
    yield made
    made = event("new-year", date(2027, 2, 6), date(2027, 2, 8), dates=["2028-01-26", "2029-02-13"])
    made.at([(date(2027, 2, 6), date(2027, 2, 8))])
    for key, first in (("20280126", date(2028, 1, 26)), ("20290213", date(2029, 2, 13))):
        made.at([(first, first + timedelta(days=2))], f"events/{made.name}/{key}@{HOST}")
    yield made


def endless(zone: str) -> Happening:
    """An event every day without an end: pages and calendars stop after a thousand."""
    wall = Wall(zone, Random(zone))
    days = weekly(date(2026, 1, 5), 1000, 1)
    starts = [wall.at(day, time(7)) for day in days]
    fields = {
        "title": "Every day",
        "start": text(starts[0]),
        "end": text(starts[0] + timedelta(hours=1)),
        "timezone": zone,
        "rrule": "FREQ=DAILY",
    }
    return Happening("every-day", fields).at([(start, start + timedelta(hours=1)) for start in starts])


def chapters() -> str:
    """A chapter for each zone, as a workshop writes them."""
    return "".join(
        f"-- content/chapters/{place_of(zone)}.yaml --\ntitle: {zone}\ntype: overseas\nstatus: active\n" for zone in ZONES
    )


def all_happenings() -> list[Happening]:
    """Every generated event."""
    return [made for zone in ZONES for made in happenings(zone)] + [endless("Europe/London")]
