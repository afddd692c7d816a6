"""Dates, numbers and money as readers of a locale write them (CLDR, through Babel)."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_gmt, get_timezone_location, get_timezone_name
from babel.numbers import format_currency, format_decimal

from sitegen.site.times import Partial, parse_partial


@lru_cache
def cldr(locale: str) -> Locale:
    """The CLDR locale of a BCP 47 tag."""
    return Locale.parse(locale, sep="-")


def territory(code: str, locale: str) -> str:
    """The name of a country or region by its code (ISO 3166-1 alpha-2), or the code itself."""
    return str(cldr(locale).territories.get(code, code))


def money(amount: Any, currency: str, locale: str) -> str:
    """An amount with its currency; whole amounts without a fraction."""
    value = Decimal(str(amount))
    whole = value == value.to_integral_value()
    return format_currency(value, currency, locale=cldr(locale), currency_digits=not whole, format="¤#,##0" if whole else None)


def number(value: Any, locale: str) -> str:
    """A number with the locale's separators."""
    return format_decimal(Decimal(str(value)), locale=cldr(locale))


def moment(value: date | datetime | Partial | str | None, style: str, locale: str) -> str:
    """A date or time in words, exact or partial (also as text, 1996-05), in one of a few styles."""
    if not value:
        return ""
    if isinstance(value, str):
        value = parse_partial(value)
    if style == "iso":
        return value.text if isinstance(value, Partial) else value.isoformat()
    if style == "zone":
        return _zone(value, locale) if isinstance(value, datetime) else ""
    # Words tell the time on the wall.  With its zone, a time would share its place in the cache with equal times elsewhere.
    return _words(value.replace(tzinfo=None) if isinstance(value, datetime) else value, style, locale)


@lru_cache(maxsize=32_768)  # a listing shows the same few days and styles again and again
def _words(value: date | datetime | Partial, style: str, locale: str) -> str:
    if isinstance(value, Partial):
        return _partial(value, locale)
    where = cldr(locale)
    if style == "time":
        return format_time(value, "short", locale=where) if isinstance(value, datetime) else ""
    if style == "datetime":
        if not isinstance(value, datetime):
            return format_date(value, "long", locale=where)
        return f"{format_date(value, 'long', locale=where)} {format_time(value, 'short', locale=where)}"
    if style == "weekday":
        return format_date(value, "EEEE", locale=where)
    if style in _SKELETONS:
        return str(format_skeleton(_SKELETONS[style], _midnight(value), locale=where))
    return format_date(value, style, locale=where)


def _zone(value: datetime, locale: str) -> str:
    """The name of the zone at that time, or of its place, and the offset: China Standard Time (UTC+08:00)."""
    where = cldr(locale)
    offset = "UTC" + get_timezone_gmt(value, "iso8601", locale=where).replace("Z", "")
    if not isinstance(value.tzinfo, ZoneInfo):
        return offset
    name = get_timezone_name(value, "long", locale=where)
    return f"{get_timezone_location(value, locale=where) if name.startswith('GMT+') else name} ({offset})"


_SKELETONS = {"month": "yMMMM", "month_day": "MMMd", "year": "y"}


def _midnight(value: date | datetime) -> datetime:
    # A skeleton is formatted from a datetime; a naive one is not moved to another zone.
    return datetime.combine(value.date() if isinstance(value, datetime) else value, time())


def _partial(value: Partial, locale: str) -> str:
    day = date(value.year, value.month or 1, value.day or 1)
    return moment(day, "long" if value.day else "month" if value.month else "year", locale)
