"""Queries of templates: `site.events.where(chapter=…).upcoming().limit(5)`; a query is a list fact, read when iterated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sitegen.content.field_groups import ListOf
from sitegen.content.fields import Ref
from sitegen.site.reader import Reader
from sitegen.site.selections import Item
from sitegen.site.views import EntryView, OccurrenceView, TermView, item_view


class Grouping(NamedTuple):
    """Items that share a value."""

    key: Any
    items: list[Any]


class Query:
    """Entries of one kind in the page's language; each step gives a new query."""

    def __init__(self, reader: Reader, kind: str, steps: tuple[tuple[Any, ...], ...] = ()) -> None:
        self._reader = reader
        self._kind = kind
        self._steps = steps

    def where(self, **conditions: Any) -> Query:
        """Only entries whose field has the value, or whose list has it; several conditions must all hold."""
        fields = self._reader.kinds[self._kind].fields
        steps = []
        for name, value in conditions.items():
            field = name if name in fields or name + "s" not in fields else name + "s"
            if field not in fields and field != "year":
                raise AttributeError(f"a {self._kind} has no field {name}")
            steps.append(("where", field, self._comparable(field, value)))
        return self._with(*steps)

    def sort(self, order: str) -> Query:
        """By a field, or several with commas; - for descending."""
        return self._with(("sort", order))

    def limit(self, count: int | str) -> Query:
        return self._with(("limit", int(count)))

    def offset(self, count: int) -> Query:
        return self._with(("offset", count))

    def pinned(self) -> Query:
        """Only entries whose pin_until is still to come."""
        return self._with(("pinned",))

    def upcoming(self) -> Query:
        """The next occurrence of each event, soonest first."""
        return self._with(("upcoming",))

    def past(self) -> Query:
        """The last occurrence of each event that is over, latest first."""
        return self._with(("past",))

    def group_by(self, name: str) -> list[Grouping]:
        """The entries in groups by a field, or by "year", in the order in which the groups first appear."""
        groups: dict[Any, list[Any]] = {}
        for view in self:
            value = view.date.year if name == "year" and view.date else getattr(view, name, None)
            groups.setdefault(value, []).append(view)
        return [Grouping(key, items) for key, items in groups.items()]

    @property
    def key(self) -> tuple[Any, ...]:
        """What is asked, as the facts know it: kind, language and steps."""
        return (self._kind, self._reader.language, *self._steps)

    @property
    def items(self) -> tuple[Item, ...]:
        found: tuple[Item, ...] = self._reader.fetch(("list", *self.key))
        return found

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def first(self) -> EntryView | OccurrenceView | None:
        return next(iter(self), None)

    def __iter__(self) -> Iterator[EntryView | OccurrenceView]:
        for item in self.items:
            view = item_view(self._reader, item, self._reader.language)
            if view is not None:
                yield view

    def __len__(self) -> int:
        return self.count

    def _with(self, *steps: tuple[Any, ...]) -> Query:
        return Query(self._reader, self._kind, self._steps + steps)

    def _comparable(self, field: str, value: Any) -> Any:
        """An id for an entry; the full id for a short one."""
        wanted = self._reader.kinds[self._kind].fields.get(field)
        reference = wanted.item if isinstance(wanted, ListOf) else wanted
        if isinstance(reference, Ref) and value is not None:
            text = value.id if isinstance(value, EntryView | OccurrenceView) else str(value)
            return reference.candidates(text)[0]
        if isinstance(value, TermView):
            return value.id
        if value is not None and not isinstance(value, str | int | float):
            raise TypeError(f"{field} is compared with a word or a number, not with a {type(value).__name__}")
        return value
