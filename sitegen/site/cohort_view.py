"""What a template sees of a cohort: its names, who is named of it, its gifts, events and reunions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from sitegen.content.class_names import ClassWords, Patterns, class_name
from sitegen.site.addresses import reunion_path, roll_path
from sitegen.site.query import Query
from sitegen.site.reunions import Anniversary, reunions_of
from sitegen.site.roll import Row
from sitegen.site.views import EntryView

_NAMES_SHOWN = 60  # of one roll, on the page of a class; the others are a click away


@dataclass(frozen=True)
class NamedIn:
    """A roll that names somebody of a class: how many, the first of them, what the class itself gave, and the page of all."""

    roll: EntryView
    url: str
    count: int
    rows: Sequence[Row]
    gifts: Sequence[Row]


@dataclass(frozen=True)
class Reunion:
    """A year in which a class has a round anniversary."""

    year: int
    anniversary: Anniversary
    url: str


class CohortView(EntryView):
    """A cohort: 级 by the year of entry, 届 by that of graduation."""

    @property
    def title(self) -> str:
        return class_name(self._words, self._patterns.names).text

    @property
    def name(self) -> str:
        return self.title

    @property
    def summary(self) -> str:
        """The summary as written; the beginning of the notes is no summary of a class."""
        return str(self._card.fields.get("summary", ""))

    @property
    def short(self) -> str:
        """What stands beside the name of one of them; empty where config.yaml wants nothing there."""
        return class_name(self._words, self._patterns.short).text

    @property
    def decade(self) -> int:
        """The decade of the year of entry, or else of graduation."""
        return int(self._card.fields.get("entry") or self._card.fields["graduation"]) // 10 * 10

    @property
    def members(self) -> list[EntryView]:
        """The persons with a page who say that they were of this class."""
        return [each for each in self.backlinks if each.kind == "person"]

    @property
    def stories(self) -> list[EntryView]:
        """The news and features that link to this class."""
        return [each for each in self.backlinks if each.kind in ("news", "feature")]

    @cached_property
    def named_in(self) -> list[NamedIn]:
        """The rolls that name somebody of this class."""
        return [self._named_in(roll_id, count) for roll_id, count in self._fetch("cohort_rolls")]

    @property
    def events(self) -> list[Any]:
        """The events to come that are for this class, soonest first."""
        found = {event.id: event for query in self._queries for event in query.upcoming() if event and self._invites(event)}
        for event in self._naming_us:
            coming = [each for each in event.occurrences if not each.past]
            found |= {event.id: coming[0]} if coming else {}
        return sorted(found.values(), key=_start)

    @property
    def past_events(self) -> list[Any]:
        """The events for this class that are over, latest first."""
        found = {event.id: event for query in self._queries for event in query.past() if event and self._invites(event)}
        for event in self._naming_us:
            times = event.occurrences
            found |= {event.id: times[-1]} if times and times[-1].past else {}
        return sorted(found.values(), key=_start, reverse=True)

    @property
    def reunions(self) -> list[Reunion]:
        """The round anniversaries of this year and the next ones."""
        years = self._reader.fetch(("reunion_years",))
        found = [(year, self.anniversary_in(year)) for year in years]
        return [
            Reunion(year, anniversary, self._reader.href(reunion_path(self._reader.prefix, year)))
            for year, anniversary in found
            if anniversary
        ]

    def anniversary_in(self, year: int) -> Anniversary | None:
        """The round anniversary of this class in a year, if it has one."""
        return reunions_of(self._reader.config("cohorts")).in_year(self._card.fields, year)

    @property
    def _words(self) -> ClassWords:
        return ClassWords.of_cohort(self._card.fields)

    @property
    def _patterns(self) -> Patterns:
        return self._reader.class_patterns(self.lang)

    def _named_in(self, roll_id: str, count: int) -> NamedIn:
        roll = self._reader.entry(roll_id, self.lang)
        name = self._card.name
        part = roll.part("class", name, 1)
        rows: list[Row] = part[0] if part else []
        given = [row for row in rows if row.donor_kind == "class"]
        people = list(islice((row for row in rows if row.donor_kind != "class"), _NAMES_SHOWN))
        return NamedIn(roll, self._reader.href(roll_path(roll.path, "class", name)), count, people, given)

    @property
    def _queries(self) -> list[Query]:
        """The events for all who entered, or graduated, in the same year."""
        years = [(basis, self._card.fields.get(basis)) for basis in ("entry", "graduation")]
        return [Query(self._reader, "event").where(audience=f"{basis}-{year}") for basis, year in years if year]

    @property
    def _naming_us(self) -> list[Any]:
        """The events that name this class."""
        return [each for each in self.backlinks if each.kind == "event"]

    def _invites(self, event: Any) -> bool:
        """False for an event that names classes, of which this is none."""
        classes = event.audience.classes if event.audience else ()
        return not classes or any(each.id == self._card.id for each in classes)


def _start(event: Any) -> str:
    start: str = event.start.isoformat()
    return start
