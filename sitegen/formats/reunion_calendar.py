"""What the calendar of reunions holds: the events for classes, and each year a day that tells the classes with round years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Event, vCalAddress, vUri

from sitegen.formats.calendar_text import Text, line, parameter
from sitegen.formats.reunion_pages import reunion_groups
from sitegen.site.addresses import reunion_path
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.reunions import reunions_of


def reunion_events(reader: Reader) -> list[Any]:
    """The events that are reunions, or for classes of certain years."""
    return [event for event in Query(reader, "event") if _is_for_classes(event)]


def _is_for_classes(event: Any) -> bool:
    return event.type == "reunion" or bool(event.audience and (event.audience.cohorts or event.audience.classes))


def reunion_marks(reader: Reader) -> Sequence[Event]:
    """One all-day entry a year, on the day that config.yaml names for it; none where it names none."""
    day = reunions_of(reader.config("cohorts")).day
    marks = [_mark(year, day, reader) for year in reader.fetch(("reunion_years",))] if day else []
    return [mark for mark in marks if mark is not None]


def _mark(year: int, day: str, reader: Reader) -> Event | None:
    groups = reunion_groups(reader, year)
    try:
        begins = date.fromisoformat(f"{year}-{day}")
    except ValueError:  # 29 February in a common year
        begins = date(year, 3, 1)
    if not groups:
        return None
    mark = Event()
    mark.add("uid", f"reunions/{year}@{reader.config('id_host')}")
    mark.add("dtstamp", datetime(year - 1, 1, 1, tzinfo=UTC))  # the rule decides long before; the file is read anew each time
    mark.add("dtstart", begins)
    mark.add("dtend", begins + timedelta(days=1))
    mark.add("summary", Text(line(reader.message("reunions.title_year", year=year))))
    lines = [
        f"{_anniversary(group.anniversary, reader)}{reader.message('list.colon')}"
        + reader.message("list.separator").join(line(cohort.title) for cohort in group.classes)
        for group in groups
    ]
    mark.add("description", Text("\n".join(lines)))
    mark.add("url", vUri(reader.permalink(reunion_path(reader.prefix, year))))
    mark.add("transp", "TRANSPARENT")
    organizer = vCalAddress(reader.permalink(reader.prefix + "/"))
    organizer.params["CN"] = parameter(str(reader.config("title")))
    mark.add("organizer", organizer)  # RFC 5546, 3.2.1
    return mark


def _anniversary(anniversary: Any, reader: Reader) -> str:
    return reader.message(f"reunions.{anniversary.basis}", years=anniversary.years)
