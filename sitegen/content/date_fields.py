"""Fields that hold dates, times and zones."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from sitegen.content import strict_yaml as yaml
from sitegen.content.fields import Field
from sitegen.content.reading import Reading
from sitegen.problems import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Field):
    """A date, or a date and time; ISO 8601.  Without an offset it is in the zone of the site or of the event."""

    date_only: bool = False

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "a date").text.strip()
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text).isoformat()
            if not self.date_only and re.fullmatch(
                r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?", text
            ):
                return datetime.fromisoformat(text).isoformat()
        except ValueError:
            raise reading.reject(Code.BAD_DATE, f"{name} “{text}” is not in the calendar", node, _calendar_hint(text)) from None
        example = "2026-11-20" if self.date_only else "2026-11-20 or 2026-11-20 09:00"
        raise reading.reject(Code.BAD_DATE, f"{name} “{text}” is not a date", node, f"write it as {example}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate(Field):
    """A year, a month or a day: 1996, 1996-05, 1996-05-12."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "a date").text.strip()
        parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
        try:
            if parts:
                date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
                return text
        except ValueError:
            pass
        raise reading.reject(Code.BAD_DATE, f"{name} “{text}” is not a date", node, "write 1996, 1996-05 or 1996-05-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeZone(Field):
    """A name of the IANA time zone database."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        from sitegen.content.zones import is_zone

        text = self.scalar(node, name, reading, "a time zone").text
        if not is_zone(text):
            raise reading.reject(
                Code.WRONG_TYPE,
                f"{name} “{text}” is not a time zone",
                node,
                "write a city of the list, such as Asia/Shanghai or Europe/London",
            )
        return text


def _calendar_hint(text: str) -> str:
    year, month = int(text[:4]), int(text[5:7])
    if 1 <= month <= 12 and year and int(text[8:10]) > calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02} has {calendar.monthrange(year, month)[1]} days"
    return "months go to 12, hours to 23, minutes to 59"
