"""What a template sees of an honor roll: rows with ready texts, in groups, with safe totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from sitegen.content.field_groups import Group, ListOf
from sitegen.site.addresses import roll_path
from sitegen.site.cards import slug
from sitegen.site.locales import money
from sitegen.site.rolls import AXES, RollPart
from sitegen.site.views import EntryView, FieldsView, referenced

# What every roll may show of an entry; the rest of its fields never leaves the content room.
_AS_IS = ("donor_kind", "recognition", "unit", "consecutive_years", "deceased", "year", "citation", "awarded_by")


@dataclass(frozen=True)
class Row:
    """One line of a roll."""

    id: str
    name: str
    amount: str
    exact: str
    level: str
    level_id: str
    initial: str
    cohort: EntryView | None
    cohort_url: str | None
    chapter: EntryView | None
    project: EntryView | None
    story: EntryView | None
    person: EntryView | None
    tribute: FieldsView | None
    values: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name in _AS_IS:
            return self.values.get(name)
        raise AttributeError(name)


@dataclass(frozen=True)
class RowGroup:
    """Rows under one heading; `count` of them on all pages; `subtotal` is ready text, or None where it would give a gift away."""

    id: str
    title: str
    rows: list[Row]
    count: int
    subtotal: str | None


@dataclass(frozen=True)
class RollGroup:
    """The rows of a class, an initial, a year, or a number of years running, on pages of their own."""

    id: str
    title: str
    url: str
    count: int
    cohort: EntryView | None = None


@dataclass(frozen=True)
class RollAxis:
    """A way to look through a roll: `class`, `name`, `year`, `running`."""

    id: str
    title: str
    url: str


class RollView(EntryView):
    """An honor roll."""

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, read page by page as they are asked for."""
        number = 1
        while part := self.part("", "", number):
            yield from part[0]
            number += 1

    def part(self, axis: str, key: str, number: int) -> tuple[list[Row], RollPart] | None:
        """The rows of one page, and how many there are beside them; None if there is no such page."""
        found: RollPart | None = self._ask("roll", axis, key, number)
        return None if found is None else ([self._row(entry) for entry in found.rows], found)

    @property
    def axes(self) -> list[RollAxis]:
        """The ways to look through this roll that it has rows for."""
        shown = [axis for axis in AXES if self._ask("roll_keys", axis)]
        return [RollAxis(axis, self._reader.message(f"honor.by_{axis}"), self._at(axis)) for axis in shown]

    def parts(self, axis: str) -> list[RollGroup]:
        """The groups of an axis."""
        return [self._group(axis, key, count) for key, count in self._ask("roll_keys", axis)]

    def part_title(self, axis: str, key: str) -> str:
        """What the group of an axis is called."""
        return self._group(axis, key, 0).title

    @property
    def csv_url(self) -> str:
        """The table of all rows, to download."""
        return self._reader.href(f"{self.path}{slug(self._card)}.csv")

    @property
    def totals(self) -> dict[str, Any]:
        return self._texts(self._ask("roll_total", "all", "")) | {"note": self.note}

    def class_totals(self, cohort: str) -> dict[str, Any]:
        """Count and sum of the gifts of a class."""
        return self._texts(self._ask("roll_total", "cohorts", cohort))

    @property
    def note(self) -> str:
        """Why totals are rounded or missing, where some are."""
        return self._reader.message("honor.total_note") if self._ask("roll_protected") else ""

    def groups(self, rows: Sequence[Row]) -> list[RowGroup]:
        """Rows under the headings of `group_by`; by level where nothing is said and there are levels."""
        by = self._card.fields.get("group_by") or ("level" if self._levels else "")
        counts = self._ask("roll_headings") if by else {}
        grouped: dict[str, list[Row]] = {}
        titles: dict[str, str] = {level["id"]: level["name"] for level in self._levels}
        for row in rows:
            key, title = self._heading(row, by)
            titles.setdefault(key, title)
            grouped.setdefault(key, []).append(row)
        return [
            RowGroup(key or "all", titles.get(key, ""), members, counts.get(key, len(members)), self._subtotal(by, key))
            for key, members in grouped.items()
        ]

    def _subtotal(self, by: str, key: str) -> str | None:
        sort = {"level": "levels", "cohort": "cohorts"}.get(by)
        total = self._ask("roll_total", sort, key.removeprefix("cohorts/")) if sort and key else None
        return None if total is None else self._total(total)

    def _texts(self, total: dict[str, Any] | None) -> dict[str, Any]:
        return {"count": total["count"], "amount": self._total(total)} if total else {"count": 0, "amount": None}

    def _heading(self, row: Row, by: str) -> tuple[str, str]:
        if by == "level":
            return row.level_id, row.level
        value = getattr(row, by) if by else None
        if isinstance(value, EntryView):
            return value.id, value.title
        return (str(value), str(value)) if value is not None else ("", "")

    def _group(self, axis: str, key: str, count: int) -> RollGroup:
        cohort = self._cohort(key) if axis == "class" else None
        match axis:
            case "class":
                title = cohort.title if cohort else key
            case "running":
                title = self._reader.message("honor.years", count=int(key))
            case "name" if key == "other":
                title = self._reader.message("honor.other_initial")
            case _:
                title = key
        return RollGroup(key, title, self._at(axis, key), count, cohort)

    def _cohort(self, name: str) -> EntryView | None:
        return referenced(self._reader, (f"cohorts/{name.removeprefix('cohorts/')}",))

    def _at(self, axis: str, key: str | None = None) -> str:
        return self._reader.href(roll_path(self.path or "", axis, key))

    def _ask(self, name: str, *asked: Any) -> Any:
        return self._reader.fetch((name, self._card.id, self._card.language, *asked))

    @cached_property
    def _levels(self) -> list[dict[str, Any]]:
        return sorted(self._card.fields.get("levels", ()), key=lambda level: -Decimal(level["min"]))

    @cached_property
    def _level_names(self) -> dict[str, str]:
        return {level["id"]: level["name"] for level in self._levels}

    @cached_property
    def _shared(self) -> dict[str, EntryView | None]:
        """Classes, chapters and projects that rows of this page name: each is looked up once."""
        return {}

    def _named(self, folder: str, entry: Mapping[str, Any], key: str) -> EntryView | None:
        if key not in entry:
            return None
        name = f"{folder}/{str(entry[key]).removeprefix(f'{folder}/')}"
        if name not in self._shared:
            self._shared[name] = referenced(self._reader, (name,))
        return self._shared[name]

    def _row(self, entry: Mapping[str, Any]) -> Row:
        schema = self._kind.fields["entries"]
        assert isinstance(schema, ListOf) and isinstance(schema.item, Group)
        shown = FieldsView(schema.item, entry, self._reader, self._timezone)
        anonymous = entry.get("recognition") == "anonymous"
        cohort = self._named("cohorts", entry, "cohort")
        return Row(
            id=entry["id"],
            name=entry["name"] or (self._reader.message("honor.anonymous") if anonymous else ""),
            amount=self._amount(entry),
            exact=str(entry.get("shown") or ""),
            level=self._level_names.get(entry.get("level", ""), ""),
            level_id=entry.get("level", ""),
            initial=entry["initial"],
            cohort=cohort,
            cohort_url=self._at("class", cohort.id.partition("/")[2]) if cohort else None,
            chapter=self._named("chapters", entry, "chapter"),
            project=self._named("projects", entry, "project"),
            story=shown.story if "story" in entry else None,
            person=None if anonymous else self._named("people", entry, "person"),
            tribute=shown.tribute if "tribute" in entry else None,
            values={key: entry.get(key) for key in _AS_IS},
        )

    def _amount(self, entry: Mapping[str, Any]) -> str:
        if entry.get("shown") is not None:
            return self._money(entry["shown"])
        if not entry.get("band"):
            return ""
        low, high = entry["band"]
        if high is None:
            return self._reader.message("honor.band_above", low=self._money(low))
        return self._reader.message("honor.band", low=self._money(low), high=self._money(high))

    def _total(self, total: dict[str, Any]) -> str | None:
        return None if total["amount"] is None else self._money(total["amount"])

    def _money(self, amount: str) -> str:
        return money(amount, self._card.fields.get("currency", "CNY"), self._reader.locale().locale)
