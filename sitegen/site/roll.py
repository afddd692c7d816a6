"""What a template sees of an honor roll: rows with ready texts, in groups, with safe totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sitegen.content.field_groups import Group, ListOf
from sitegen.site.locales import money
from sitegen.site.pinyin import sort_key
from sitegen.site.views import EntryView, FieldsView, names_barred, referenced

# What every roll may show of an entry; the rest of its fields never leaves the content room.
_AS_IS = ("donor_kind", "recognition", "cohort", "unit", "consecutive_years", "deceased", "year", "citation", "awarded_by")


@dataclass(frozen=True)
class Row:
    """One line of a roll."""

    id: str
    name: str
    amount: str
    level: str
    level_id: str
    initial: str
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
    """Rows under one heading; `subtotal` is ready text, or None where it would give a gift away."""

    id: str
    title: str
    rows: list[Row]
    subtotal: str | None


class RollView(EntryView):
    """An honor roll."""

    @property
    def rows(self) -> list[Row]:
        order = self._card.fields.get("sort", "given")
        entries = [self._nameless(number, entry) for number, entry in enumerate(self._card.fields.get("entries", ()))]
        rows = [self._row(entry) for entry in entries]
        if order == "pinyin":
            return sorted(rows, key=lambda row: (row.recognition == "anonymous", sort_key(row.name, is_name=True), row.id))
        if order == "amount":
            amounts = {entry["id"]: Decimal(entry.get("shown") or (entry.get("band") or [0])[0] or 0) for entry in entries}
            return sorted(rows, key=lambda row: -amounts[row.id])
        return rows

    def _nameless(self, number: int, entry: dict[str, Any]) -> dict[str, Any]:
        """The entry; of a person who is not to be seen, what is described, or else only the gift."""
        if entry.get("recognition") == "described" or not names_barred(entry, self._reader):
            return entry
        gift = {key: entry[key] for key in ("donor_kind", "level", "project", "year", "shown", "band") if key in entry}
        return {"id": f"anonymous-{number}", "recognition": "anonymous"} | gift

    @property
    def totals(self) -> dict[str, Any]:
        total = self._card.fields["totals"]["all"]
        return {
            "count": total["count"],
            "amount": self._total(total),
            "note": self._reader.message("honor.total_note") if total["rounded"] else "",
        }

    def groups(self, rows: list[Row]) -> list[RowGroup]:
        """Rows under the headings of `group_by`; by level where nothing is said and there are levels."""
        levels = {level["id"]: level["name"] for level in self._levels()}
        by = self._card.fields.get("group_by") or ("level" if levels else "")
        grouped: dict[str, list[Row]] = {level: [] for level in levels} if by == "level" else {}
        titles: dict[str, str] = dict(levels)
        for row in rows:
            key, title = self._heading(row, by)
            titles.setdefault(key, title)
            grouped.setdefault(key, []).append(row)
        totals = self._card.fields["totals"]["levels"]
        return [
            RowGroup(
                key or "all", titles.get(key, ""), members, self._total(totals[key]) if by == "level" and key in totals else None
            )
            for key, members in grouped.items()
            if members
        ]

    def _heading(self, row: Row, by: str) -> tuple[str, str]:
        if by == "level":
            return row.level_id, row.level
        value = getattr(row, by) if by else None
        if isinstance(value, EntryView):
            return value.id, value.title
        return (str(value), str(value)) if value is not None else ("", "")

    def _levels(self) -> list[dict[str, Any]]:
        return sorted(self._card.fields.get("levels", ()), key=lambda level: -Decimal(level["min"]))

    def _row(self, entry: dict[str, Any]) -> Row:
        schema = self._kind.fields["entries"]
        assert isinstance(schema, ListOf) and isinstance(schema.item, Group)
        shown = FieldsView(schema.item, entry, self._reader, self._timezone)
        person = referenced(self._reader, (f"people/{entry['person']}",)) if "person" in entry else None
        name = entry.get("name") or (person.name if person else "")
        if entry.get("recognition") == "anonymous":
            name, person = self._reader.message("honor.anonymous"), None
        level = next((level["name"] for level in self._levels() if level["id"] == entry.get("level")), "")
        return Row(
            id=entry["id"],
            name=name,
            amount=self._amount(entry),
            level=level,
            level_id=entry.get("level", ""),
            initial=sort_key(name, is_name=True)[:1].upper() if entry.get("recognition") != "anonymous" else "",
            chapter=shown.chapter,
            project=shown.project,
            story=shown.story,
            person=person,
            tribute=shown.tribute,
            values={key: entry.get(key) for key in _AS_IS},
        )

    def _amount(self, entry: dict[str, Any]) -> str:
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
