"""The values of pages that list: home, indexes, news by section and year, terms, months, archive, subscriptions."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sitegen.content.kinds.news import SECTIONS
from sitegen.formats.calendar_channels import calendar_groups
from sitegen.formats.chapter_index import axes, territories
from sitegen.site.addresses import month_path, section_path, year_path
from sitegen.site.locales import moment
from sitegen.site.paging import Sheet
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.views import TermView, item_view


@dataclass(frozen=True, slots=True)
class Choice:
    """A link among several of its sort: a section, a year, a month."""

    id: str
    url: str
    current: bool
    year: int = 0
    month: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's table."""

    date: date
    in_month: bool
    occurrences: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of events, in weeks from Monday to Sunday."""

    year: int
    month: int
    weeks: Sequence[Sequence[Day]]
    occurrences: Sequence[Any]
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class Channel:
    """Something to subscribe to."""

    title: str
    kind: str
    feed_url: str | None
    calendar_url: str | None


@dataclass(frozen=True, slots=True)
class Later:
    """A value worked out, and its facts read, only if the template asks for it."""

    value: Callable[[], Any]


class Part:
    """One page of a paginated listing, as far as its reader asks."""

    def __init__(self, reader: Reader, number: int | None, listed: tuple[Any, ...]) -> None:
        self._reader, self._listed = reader, listed
        self.sheet: Sheet[Any] = reader.fetch(("sheet", number, *listed))

    @property
    def items(self) -> list[Any]:
        views = [item_view(self._reader, item, self._reader.language) for item in self.sheet.items]
        return [view for view in views if view is not None]

    @property
    def total(self) -> int:
        return int(self._reader.fetch(("sheets", *self._listed)))


def listing(reader: Reader, path: str, subject: tuple[Any, ...]) -> tuple[dict[str, Any], Part | None]:
    """The values of `page` for a subject, and the part of the listing that the page shows."""
    match subject:
        case ("index", "home"):
            return {"kind": "home", "title": reader.config("title"), "summary": reader.config("description") or ""}, None
        case ("index", "events"):
            return _titled(reader, "events") | {
                "months": _months(reader, None),
                "calendar_url": _site(reader, "calendar.ics"),
            }, None
        case ("index", "chapters"):
            return _titled(reader, "chapters") | {
                "axes": Later(lambda: axes(reader)),
                "territories": Later(lambda: territories(reader)),
            }, None
        case ("index", "archive"):
            return _titled(reader, "archive") | {"years": _archive(reader)}, None
        case ("index", "subscribe"):
            return _titled(reader, "subscribe") | {
                "feeds": _channels(reader),
                "calendars": Later(lambda: calendar_groups(reader)),
            }, None
        case ("index", ("tags" | "topics") as taxonomy):
            terms = [TermView(reader, taxonomy, *each) for each in reader.fetch(("terms", taxonomy, reader.language))]
            return _titled(reader, taxonomy) | {"kind": "taxonomy", "terms": terms}, None
        case ("index", name):
            return _titled(reader, name), None
        case ("news", section, year, number):
            return _news(reader, section, year), Part(reader, number, _news_query(reader, section, year).key)
        case ("term", taxonomy, term, number):
            view = TermView(reader, taxonomy, term)
            values = {"kind": "term", "title": reader.message("term.title", term=view.label), "summary": "", "term": view}
            return values | {"feed_url": view.url + "feed.xml"}, Part(reader, number, ("term", taxonomy, term, reader.language))
        case ("month", year, month):
            return _month(reader, year, month), None
        case ("404",):
            return {"kind": "404", "title": reader.message("notfound.title"), "summary": ""}, None
        case ("tombstone", day, reason):
            values = {"kind": "tombstone", "title": reader.message("withdrawn.title"), "summary": ""}
            return values | {"date": date.fromisoformat(day) if day else None, "reason": reason}, None
    raise ValueError(f"no page has the subject {subject}")


def _titled(reader: Reader, name: str) -> dict[str, Any]:
    return {"kind": name, "title": reader.message(f"nav.{name}"), "summary": ""}


def _site(reader: Reader, file: str) -> str:
    return reader.href(f"{reader.prefix}/{file}")


def _news_query(reader: Reader, section: str | None, year: int | None) -> Query:
    query = Query(reader, "news")
    if section:
        return query.where(section=section)
    return query.where(year=year) if year else query


def _news(reader: Reader, section: str | None, year: int | None) -> dict[str, Any]:
    title = reader.message(f"section.{section}") if section else reader.message("nav.news")
    if year:
        title = reader.message("year.title", year=year)
    feed = section_path(section, reader.prefix) + "feed.xml" if section else f"{reader.prefix}/feed.xml"
    return {
        "kind": "section",
        "title": title,
        "summary": "",
        "section": section,
        "year": year,
        "feed_url": reader.href(feed),
        "sections": [Choice(each, reader.href(section_path(each, reader.prefix)), each == section) for each in SECTIONS],
        "years": Later(lambda: _years(reader, year)),
    }


def _years(reader: Reader, current: int | None) -> list[Choice]:
    return [
        Choice(str(year), reader.href(year_path(year, reader.prefix)), year == current, year=year, count=count)
        for year, count in reader.fetch(("years", "news", reader.language))
    ]


def _months(reader: Reader, current: tuple[int, int] | None) -> list[Choice]:
    return [
        Choice(
            f"{year}-{month:02}", reader.href(month_path(year, month, reader.prefix)), (year, month) == current, year, month, count
        )
        for year, month, count in reader.fetch(("months", reader.language))
    ]


def _month(reader: Reader, year: int, month: int) -> dict[str, Any]:
    views = [item_view(reader, item, reader.language) for item in reader.fetch(("month", reader.language, year, month))]
    by_day: dict[date, list[Any]] = {}
    for (entry_id, number), view in zip(reader.fetch(("month", reader.language, year, month)), views, strict=True):
        for day in reader.fetch(("occurrences", entry_id, reader.language))[number].days():
            by_day.setdefault(day, []).append(view)
    weeks = [
        [Day(day, day.month == month, by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]
    months = _months(reader, (year, month))
    index = next(index for index, each in enumerate(months) if each.current)
    title = reader.message("month.title", month=moment(date(year, month, 1), "month", reader.locale().locale), year=year)
    before = months[index - 1].url if index else None
    after = months[index + 1].url if index + 1 < len(months) else None
    return {
        "kind": "month",
        "title": title,
        "summary": "",
        "months": months,
        "month": Month(year, month, weeks, views, before, after),
        "calendar_url": _site(reader, "calendar.ics"),
    }


@dataclass(frozen=True, slots=True)
class ArchiveMonth:
    """The stories of one month."""

    month: int
    items: Sequence[Any]


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """The stories of one year."""

    year: int
    months: Sequence[ArchiveMonth]


def _archive(reader: Reader) -> list[ArchiveYear]:
    stories = [*Query(reader, "news"), *Query(reader, "feature")]
    years: dict[int, dict[int, list[Any]]] = {}
    for story in sorted(stories, key=lambda story: (str(story.date), story.id), reverse=True):
        if story.date:
            years.setdefault(story.date.year, {}).setdefault(story.date.month, []).append(story)
    return [ArchiveYear(year, [ArchiveMonth(month, items) for month, items in months.items()]) for year, months in years.items()]


def _channels(reader: Reader) -> list[Channel]:
    site = reader.config("title")
    channels = [Channel(site, "site", _site(reader, "feed.xml"), _site(reader, "calendar.ics"))]
    for section in SECTIONS:
        feed = reader.href(section_path(section, reader.prefix) + "feed.xml")
        channels.append(Channel(reader.message(f"section.{section}"), "section", feed, None))
    for chapter in Query(reader, "chapter"):
        if chapter.url:
            channels.append(Channel(chapter.title, "chapter", chapter.url + "feed.xml", chapter.url + "calendar.ics"))
    return channels
