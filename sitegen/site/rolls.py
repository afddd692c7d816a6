"""The rows of an honor roll in the orders in which pages show them: all, by class, by initial, by year, by years running."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from sitegen.content.giving import cohort_of
from sitegen.site.pinyin import sort_key
from sitegen.site.strokes import stroke_key

ROWS = 300
AXES = ("class", "name", "year", "running")
_OTHER = "other"
Fields: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RollPart:
    """The rows of one page; how many pages there are, and how many rows on all of them."""

    rows: Sequence[Fields]
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class Roll:
    """`rows` are in the order of the roll; `groups` has, by axis and by key, the numbers of the rows that belong there.

    The axis "" has all rows under the key ""; `headings` counts the rows under each heading; `totals` are safe to show.
    """

    rows: Sequence[Fields]
    groups: Mapping[str, Mapping[str, Sequence[int]]]
    headings: Mapping[str, int]
    totals: Fields

    def part(self, axis: str, key: str, number: int) -> RollPart | None:
        """The page of that number, the first being 1; None if there is none."""
        members = self.groups.get(axis, {}).get(key, ())
        pages = page_count(len(members))
        if not (members or not axis) or not 1 <= number <= pages:
            return None
        rows = tuple(self.rows[index] for index in members[(number - 1) * ROWS : number * ROWS])
        return RollPart(rows, pages, len(members))

    def total(self, sort: str, key: str) -> Fields | None:
        """Count and sum of all rows (`all`), of a level (`levels`) or of a class (`cohorts`)."""
        found: Fields | None = self.totals.get(sort) if sort == "all" else self.totals.get(sort, {}).get(key)
        return found

    def keys(self, axis: str) -> tuple[tuple[str, int], ...]:
        """The groups of an axis, each with the number of its rows."""
        return tuple((key, len(members)) for key, members in self.groups.get(axis, {}).items())


def page_count(rows: int) -> int:
    """How many pages so many rows fill: at least one."""
    return max(1, -(-rows // ROWS))


def make_roll(
    fields: Fields,
    person_of: Callable[[Fields], Fields | None],
    heading_of: Callable[[Fields, str], str],
    classes: Sequence[str] = (),
) -> Roll:
    """A roll from its public fields.

    `person_of` gives title and sort of the person an entry names, if they may be seen; `heading_of` the entry's heading.
    `classes` are those that may be seen, in the order in which they are to stand.
    """
    entries: Sequence[Fields] = fields.get("entries", ())
    levels = [level["id"] for level in sorted(fields.get("levels", ()), key=lambda level: -Decimal(level["min"]))]
    by = fields.get("group_by") or ("level" if levels else "")
    named = [_named(entry, person_of(entry)) for entry in entries]
    order = _in_order(named, fields.get("sort", "given"))
    headings = [heading_of(entry, by) if by else "" for entry in entries]
    first = {level: place for place, level in enumerate(levels)} if by == "level" else {}
    for index in order:
        first.setdefault(headings[index], len(first))
    order.sort(key=lambda index: first[headings[index]])
    rows = tuple({key: value for key, value in named[index].items() if key != "sort"} for index in order)
    counts = dict.fromkeys((headings[index] for index in order), 0)
    for heading in headings:
        counts[heading] += 1
    by_name = _in_order([named[index] for index in order], "pinyin")
    every = range(len(rows))
    place = {name: number for number, name in enumerate(classes)}

    def class_of(index: int) -> str:
        name = cohort_of(rows[index])
        return name if name in place else ""

    groups: dict[str, Mapping[str, Sequence[int]]] = {
        "": {"": every},
        "class": _grouped(every, class_of, lambda found: sorted(found, key=place.__getitem__)),
        "name": _grouped(by_name, lambda index: rows[index]["initial"], sorted),
        "year": _grouped(every, lambda index: str(rows[index].get("year", "")), _downwards),
        "running": _grouped(by_name, lambda index: str(rows[index].get("consecutive_years", "")), _downwards),
    }
    return Roll(rows, groups, counts, fields.get("totals", {}))


def without_name(entry: Fields, number: int) -> Fields:
    """The entry of a person who is not to be seen: what is described, or else only the gift."""
    if entry.get("recognition") == "described":
        return entry
    gift = {key: entry[key] for key in ("donor_kind", "level", "project", "year", "shown", "band") if key in entry}
    return {"id": f"anonymous-{number}", "recognition": "anonymous"} | gift


def _named(entry: Fields, person: Fields | None) -> Fields:
    """An entry with the name it stands under, how that sorts, and its initial; both empty where nobody is named."""
    anonymous = entry.get("recognition") == "anonymous"
    name = "" if anonymous else entry.get("name") or (person["title"] if person else "")
    sort = entry.get("sort") or (person.get("sort") if person else None) or {}
    latin = str(sort.get("pinyin") or (sort_key(name, is_name=True) if name else ""))
    letter = latin[:1].upper()
    initial = "" if not name or entry.get("recognition") == "described" else letter if "A" <= letter <= "Z" else _OTHER
    return {**entry, "name": name, "sort": {"pinyin": latin, "strokes": sort.get("strokes", "")}, "initial": initial}


def _in_order(entries: Sequence[Fields], order: str) -> list[int]:
    """The numbers of the entries in an order; those without a name come last where names decide."""
    keys: Callable[[int], Any]
    numbers = list(range(len(entries)))
    if order == "pinyin":
        keys = lambda index: (not entries[index]["name"], entries[index]["sort"]["pinyin"], entries[index]["id"])  # noqa: E731
    elif order == "stroke":
        keys = lambda index: (  # noqa: E731
            not entries[index]["name"],
            stroke_key(entries[index]["name"], entries[index]["sort"]["strokes"]),
            entries[index]["id"],
        )
    elif order == "amount":
        keys = lambda index: -_shown(entries[index])  # noqa: E731
    else:
        return numbers
    return sorted(numbers, key=keys)


def _shown(entry: Fields) -> Decimal:
    """The amount that readers see of an entry; of a band its lower end."""
    return Decimal(entry.get("shown") or (entry.get("band") or ("0",))[0])


def _grouped(
    numbers: Iterable[int], key_of: Callable[[int], str], order: Callable[[Iterable[str]], list[str]] = list
) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index in numbers:
        if key := key_of(index):
            found.setdefault(key, []).append(index)
    return {key: tuple(found[key]) for key in order(found)}


def _downwards(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=int, reverse=True)
