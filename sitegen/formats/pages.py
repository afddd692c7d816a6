"""What a template sees as `page` and `paginator`, from the subject of an output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sitegen.content.kinds.news import SECTIONS
from sitegen.formats import json_ld
from sitegen.formats.calendar_links import calendar_links
from sitegen.formats.feed_formats import FeedLink, feed_links
from sitegen.formats.listings import Later, listing
from sitegen.formats.paginators import ListingPaginator, Paginator
from sitegen.formats.reunion_pages import reunion_values
from sitegen.formats.roll_pages import roll_paginator, roll_path_in, roll_trail, roll_values
from sitegen.site.addresses import INDEXES, index_path, listing_path, reunion_path, section_path
from sitegen.site.reader import Reader


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one language."""

    lang: str
    label: str
    locale: str
    url: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page."""

    title: str
    url: str


class Page:
    """The page being rendered: an entry's fields, or a listing's, and what every page has."""

    def __init__(self, reader: Reader, path: str, subject: tuple[Any, ...], values: dict[str, Any], entry: Any = None) -> None:
        self._reader, self._path, self._subject = reader, path, subject
        self._values, self._entry = values, entry

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._values:
            value = self._values[name]
            return value.value() if isinstance(value, Later) else value
        if self._entry is not None:
            return getattr(self._entry, name)
        if name in _ABSENT_ON_LISTINGS:
            return None
        raise AttributeError(name)

    @property
    def url(self) -> str:
        return self._reader.href(self._path)

    @property
    def permalink(self) -> str:
        return self._reader.permalink(self._path)

    @property
    def lang(self) -> str:
        return self._reader.language

    @property
    def alternates(self) -> list[Alternate]:
        """This page in every language that has it, its own included."""
        return [self._alternate(code, path) for code, path in self._paths()]

    @property
    def translations(self) -> list[Alternate]:
        """Where the language switch leads: this page in each other language, or that language's nearest page."""
        exact = dict(self._paths())
        others = [language.code for language in self._reader.config("languages") if language.code != self._reader.language]
        return [self._alternate(code, exact.get(code) or self._nearest(code)) for code in others]

    @property
    def feed_links(self) -> tuple[FeedLink, ...]:
        """The feed of this page, if it has one, in each of its formats."""
        return feed_links(self.feed_url)

    @property
    def breadcrumbs(self) -> list[Crumb]:
        return [Crumb(title, self._reader.href(path)) for title, path in self._trail()]

    @cached_property
    def json_ld(self) -> Any:
        return json_ld.describe(self, self._entry, self._reader)

    def _alternate(self, code: str, path: str) -> Alternate:
        language = self._reader.locale(code)
        return Alternate(code, language.label, language.locale, self._reader.href(path), self._reader.permalink(path))

    def _paths(self) -> Iterator[tuple[str, str]]:
        """Language and path of every version of this page."""
        for language in self._reader.config("languages"):
            code = language.code
            if code == self._reader.language:
                yield code, self._path
            elif self._subject[0] == "entry":
                path = self._reader.fetch(("url", self._subject[1], code))
                if path is not None and len(self._subject) == 2:
                    yield code, path
            elif self._subject[0] == "roll":
                path = roll_path_in(self._reader, self._subject, code)
                if path is not None:
                    yield code, path
            elif self._exists_in(code):
                yield code, listing_path(self._subject, self._reader.prefix_of(code))

    def _exists_in(self, code: str) -> bool:
        match self._subject:
            case ("index", _) | ("404",) | ("news", _, None, None):
                return True
            case ("news", None, year, None):
                return year in dict(self._reader.fetch(("years", "news", code)))
            case ("term", taxonomy, term, None):
                return bool(self._reader.fetch(("term", taxonomy, term, code)))
            case ("reunions", _):
                return bool(self._reader.fetch(("list", "cohort", code)))
            case ("month", year, month):
                return bool(self._reader.fetch(("month", code, year, month)))
        return False

    def _nearest(self, code: str) -> str:
        prefix = self._reader.prefix_of(code)
        match self._subject:
            case ("entry", entry_id, *_):
                return self._reader.fetch(("url", entry_id, code)) or index_path(self._index(), prefix)
            case ("roll", entry_id, *_):
                return self._reader.fetch(("url", entry_id, code)) or index_path("honors", prefix)
            case ("news", section, None, _) if section:
                return section_path(section, prefix)
            case ("news", *_):
                return index_path("news", prefix)
            case ("month", *_):
                return index_path("events", prefix)
            case ("reunions", *_):
                return index_path("cohorts", prefix)
            case ("term", taxonomy, *_):
                return index_path(taxonomy, prefix)
        return prefix + "/"

    def _index(self) -> str:
        """The index page that an entry belongs under."""
        kind = self._reader.kinds[self._entry.kind]
        return {"features": "people", "pages": "home"}.get(kind.folder, kind.folder)

    def _trail(self) -> list[tuple[str, str]]:
        reader = self._reader
        home = [(reader.message("nav.home"), reader.prefix + "/")]
        match self._subject:
            case ("index", "home"):
                return home
            case ("entry", *_):
                return home + self._ancestors() + [(self.title, self._path)]
            case ("roll", *_):
                return home + roll_trail(reader, self._subject)
            case ("news", None, None, None):
                return [*home, (self.title, self._path)]
            case ("news", None, None, number):
                news = (reader.message("nav.news"), index_path("news", reader.prefix))
                return [*home, news, (reader.message("page.number", number=number), self._path)]
            case ("news", *_):
                return [*home, (reader.message("nav.news"), index_path("news", reader.prefix)), (self.title, self._path)]
            case ("reunions", year):
                cohorts = (reader.message("nav.cohorts"), index_path("cohorts", reader.prefix))
                reunions = (reader.message("reunions.title"), reunion_path(reader.prefix))
                return [*home, cohorts, reunions, *([(str(year), self._path)] if year else [])]
            case ("month", *_):
                return [*home, (reader.message("nav.events"), index_path("events", reader.prefix)), (self.title, self._path)]
            case ("term", taxonomy, *_):
                return [*home, (reader.message(f"nav.{taxonomy}"), index_path(taxonomy, reader.prefix)), (self.title, self._path)]
        return [*home, (self.title, self._path)]

    def _ancestors(self) -> list[tuple[str, str]]:
        reader, entry = self._reader, self._entry
        index = self._index()
        trail = []
        if index in INDEXES and index != "home":
            trail.append((reader.message(f"nav.{index}"), index_path(index, reader.prefix)))
        if entry.kind == "news" and entry.section in SECTIONS:
            trail.append((reader.message(f"section.{entry.section}"), section_path(entry.section, reader.prefix)))
        parent = entry.parent if entry.kind == "chapter" else self._parent_page()
        if parent is not None and parent.path:
            trail.append((parent.title, parent.path))
        return trail

    def _parent_page(self) -> Any:
        folder = self._entry.id.rpartition("/")[0]
        address = self._reader.resolve((folder,)) if self._entry.kind == "page" else None
        return self._reader.entry(*address) if address else None


_ABSENT_ON_LISTINGS = frozenset(("feed_url", "calendar_url", "cover", "date", "updated", "status", "id", "section", "year"))


def entry_page(reader: Reader, path: str, subject: tuple[Any, ...]) -> tuple[Page, Paginator | None]:
    """An entry's page; for a roll, with one part of its rows."""
    entry = reader.entry(subject[1], reader.language)
    values: dict[str, Any] = {"feed_url": None, "calendar_url": None}
    paginator = None
    if entry.kind == "chapter":
        values = {"feed_url": entry.url + "feed.xml", "calendar_url": entry.url + "calendar.ics"}
    elif entry.kind == "event":
        values |= {"ics_url": entry.url + "event.ics"}
        values |= {name: Later(partial(_calendar_link, entry, name)) for name in ("google_url", "outlook_url", "outlook_work_url")}
    elif entry.kind == "honor_roll":
        paginator = roll_paginator(reader, entry, "", "", subject[2] if len(subject) > 2 else 1)
    return Page(reader, path, subject, values, entry), paginator


def _calendar_link(event: Any, name: str) -> str:
    """The link that adds the running or next occurrence, or the last where there is no more."""
    times = event.occurrences
    return calendar_links(next((each for each in times if not each.past), times[-1]))[name]


def listing_page(reader: Reader, path: str, subject: tuple[Any, ...]) -> tuple[Page, ListingPaginator | Paginator | None]:
    """A page that is no entry."""
    if subject[0] == "roll":
        page = Page(reader, path, subject, values := roll_values(reader, subject))
        return page, roll_paginator(reader, values["roll"], *subject[2:]) if len(subject) > 3 else None
    if subject[0] == "reunions":
        return Page(reader, path, subject, reunion_values(reader, subject[1])), None
    values, part = listing(reader, path, subject)
    page = Page(reader, path, subject, values)
    if part is None:
        return page, None
    return page, ListingPaginator(reader, part, listing_path((*subject[:-1], None), reader.prefix))
