"""Dates and times as fields hold them (ISO 8601 text) → values with a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from sitegen.content.zones import zone


@lru_cache(maxsize=16_384)  # listings show the same few thousand days again and again
def parse_moment(text: str, timezone: str) -> date | datetime:
    """A date, or a datetime with a zone: its own offset if it has one, else `timezone`."""
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone(timezone))


@lru_cache(maxsize=16_384)
def instant(text: str, timezone: str) -> datetime:
    """The first instant of a date, or the instant of a time."""
    return start_of(parse_moment(text, timezone), timezone)


def start_of(moment: date | datetime, timezone: str) -> datetime:
    """The instant at which a date or time begins in a zone."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone(timezone))


@dataclass(frozen=True, slots=True, order=True)
class Partial:
    """A date known to the year, the month or the day; unknown parts are 0."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def text(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __str__(self) -> str:
        return self.text


def parse_partial(text: str) -> Partial:
    """1996, 1996-05 or 1996-05-12."""
    return Partial(*(int(part) for part in text.split("-")))
