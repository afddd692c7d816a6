"""What a template sees of entries: fields with their dates and references, each read through a Reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from sitegen.content.body import Heading
from sitegen.content.date_fields import Moment, PartialDate
from sitegen.content.field_groups import Anything, Group, ListOf
from sitegen.content.fields import Amount, Attachment, Field, Ref
from sitegen.content.kind import Kind
from sitegen.site.addresses import term_path
from sitegen.site.cards import Card
from sitegen.site.occurrences import Occurrence, event_zone
from sitegen.site.reader import Reader
from sitegen.site.times import parse_moment, parse_partial


def present(field: Field, value: Any, reader: Reader, timezone: str) -> Any:
    """A field's value for templates: dates with zones, references as entries, absent values as None or []."""
    match field:
        case Amount():
            return None if value is None else Decimal(value)
        case ListOf():
            items = [present(field.item, item, reader, timezone) for item in value or () if not names_barred(item, reader)]
            return [item for item in items if item is not None]
        case Group():
            return None if value is None else FieldsView(field, value, reader, timezone)
        case Moment():
            return None if value is None else parse_moment(value, timezone)
        case PartialDate():
            return None if value is None else parse_partial(value)
        case Ref():
            return None if value is None else referenced(reader, field.candidates(value))
        case Attachment():
            path = None if value is None else reader.fetch(("file", value))
            return None if path is None else reader.href(path)
        case Anything():
            return {} if value is None else value
        case _:
            return value


def names_barred(item: Any, reader: Reader) -> bool:
    """True for a part of an entry, such as an officer, that is about a person who is not to be seen, whatever else it says."""
    if not isinstance(item, Mapping) or "person" not in item:
        return False
    return bool(reader.fetch(("barred", "people/" + str(item["person"]).removeprefix("people/"))))


def referenced(reader: Reader, candidates: tuple[str, ...]) -> EntryView | None:
    """The entry that one of the ids means, if it may be seen."""
    address = reader.resolve(candidates)
    return None if address is None else reader.entry(*address)


class FieldsView:
    """A group of fields; a declared field that is absent reads as None or []."""

    __slots__ = ("_group", "_reader", "_timezone", "_values")

    def __init__(self, group: Group, values: Mapping[str, Any], reader: Reader, timezone: str) -> None:
        self._group, self._values, self._reader, self._timezone = group, values, reader, timezone

    def __getattr__(self, name: str) -> Any:
        field = self._group.fields.get(name)
        if field is None:
            raise AttributeError(name)
        return present(field, self._values.get(name), self._reader, self._timezone)


class TermView:
    """A tag or topic."""

    def __init__(self, reader: Reader, taxonomy: str, term: str, count: int | None = None) -> None:
        self.id = term
        self.label = reader.fetch(("label", taxonomy, term, reader.language))
        self.url = reader.href(term_path(taxonomy, term, reader.prefix))
        self.count = count


class EntryView:
    """An entry: what every kind has, and the fields its kind declares."""

    def __init__(self, reader: Reader, card: Card) -> None:
        self._reader = reader
        self._card = card

    def __getattr__(self, name: str) -> Any:
        field = self._kind.fields.get(name)
        if field is None:
            # What another kind declares is absent here, so that one partial can serve several kinds; a typing error is none's.
            field = next((kind.fields[name] for kind in self._reader.kinds.values() if name in kind.fields), None)
            if field is None or name.startswith("_"):
                raise AttributeError(name)
            return present(field, None, self._reader, self._timezone)
        return present(field, self._card.fields.get(name), self._reader, self._timezone)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntryView) and self._card.address == other._card.address

    def __hash__(self) -> int:
        return hash(self._card.address)

    @property
    def _kind(self) -> Kind:
        return self._reader.kinds[self._card.kind]

    @property
    def _timezone(self) -> str:
        return event_zone(self._card.fields, self._reader.config("timezone"))

    def _fetch(self, name: str) -> Any:
        return self._reader.fetch((name, self._card.id, self._card.language))

    @property
    def id(self) -> str:
        return self._card.id

    @property
    def kind(self) -> str:
        return self._card.kind

    @property
    def lang(self) -> str:
        return self._card.language

    @property
    def title(self) -> str:
        return self._card.title

    @property
    def name(self) -> str:
        return self._card.title

    @property
    def summary(self) -> str:
        return self._reader.words(self._card.summary)

    @property
    def sample(self) -> bool:
        return bool(self._card.fields.get("sample"))

    @property
    def url(self) -> str | None:
        return self._reader.url(self._card.id, self._card.language)

    @property
    def path(self) -> str | None:
        path: str | None = self._fetch("url")
        return path

    @property
    def permalink(self) -> str | None:
        path = self.path
        return None if path is None else self._reader.permalink(path)

    @property
    def has_page(self) -> bool:
        return self.path is not None

    @property
    def date(self) -> date | datetime | None:
        value = self._card.fields.get("date") or self._card.fields.get("start")
        return None if value is None else parse_moment(value, self._timezone)

    @property
    def content(self) -> Markup:
        return self._reader.html(self._fetch("body"))

    @property
    def text(self) -> str:
        return self._reader.words(self._fetch("body").text)

    @property
    def toc(self) -> list[Heading]:
        return [replace(heading, title=self._reader.words(heading.title)) for heading in self._fetch("body").toc]

    @property
    def word_count(self) -> int:
        return int(self._fetch("body").word_count)

    @property
    def reading_minutes(self) -> int:
        return int(self._fetch("body").reading_minutes)

    @property
    def tags(self) -> list[TermView]:
        return [TermView(self._reader, "tags", term) for term in self._card.fields.get("tags", ())]

    @property
    def topics(self) -> list[TermView]:
        return [TermView(self._reader, "topics", term) for term in self._card.fields.get("topics", ())]

    @property
    def previous(self) -> EntryView | None:
        return self._entry(self._fetch("near")[0])

    @property
    def next(self) -> EntryView | None:
        return self._entry(self._fetch("near")[1])

    @property
    def related(self) -> list[EntryView]:
        return self._entries(self._fetch("related"))

    @property
    def backlinks(self) -> list[EntryView]:
        return self._entries(self._fetch("backlinks"))

    @property
    def mentions(self) -> list[EntryView]:
        """The persons it names, in its fields and in its text."""
        return self._entries(self._fetch("persons"))

    def _entry(self, entry_id: str | None) -> EntryView | None:
        return None if entry_id is None else self._reader.entry(entry_id, self._card.language)

    def _entries(self, ids: tuple[str, ...]) -> list[EntryView]:
        views = [self._entry(entry_id) for entry_id in ids]
        return [view for view in views if view is not None]


class OccurrenceView:
    """One time of an event: the event's own fields, with this time's start, end and state."""

    def __init__(self, event: EntryView, occurrence: Occurrence, number: int) -> None:
        self._event = event
        self._number = number
        self.event = event
        self.start, self.end = occurrence.start, occurrence.end
        self.planned = occurrence.planned
        self.status = self.event_status = occurrence.status
        self.note = occurrence.note
        self._venue = occurrence.venue

    def __getattr__(self, name: str) -> Any:
        return getattr(self._event, name)

    @property
    def date(self) -> date | datetime:
        return self.start

    @property
    def past(self) -> bool:
        return bool(self._number < self._event._fetch("past"))

    @property
    def venue(self) -> Any:
        if self._venue is None:
            return self._event.venue
        return present(self._event._kind.fields["venue"], self._venue, self._event._reader, self._event._timezone)


class EventView(EntryView):
    """An event and its occurrences."""

    @property
    def zone_label(self) -> str:
        return self._timezone

    @property
    def times(self) -> tuple[Occurrence, ...]:
        """All occurrences, without regard to which of them are over."""
        found: tuple[Occurrence, ...] = self._fetch("occurrences")
        return found

    @property
    def occurrences(self) -> list[OccurrenceView]:
        return [OccurrenceView(self, each, number) for number, each in enumerate(self.times)]

    @property
    def event_status(self) -> str:
        return str(self._card.fields.get("event_status") or "scheduled")


def item_view(reader: Reader, item: tuple[str, int], language: str) -> EntryView | OccurrenceView | None:
    """The view of an item of a list: an entry, or one occurrence of an event."""
    entry_id, number = item
    view: EntryView | None = reader.entry(entry_id, language)
    if view is None or number < 0:
        return view
    occurrence = reader.fetch(("occurrences", entry_id, language))[number]
    return OccurrenceView(view, occurrence, number)
