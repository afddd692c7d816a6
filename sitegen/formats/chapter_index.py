"""The chapters of a site in two orders: by type, each below its parent, and by place, as the map shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.site.locales import territory
from sitegen.site.query import Query
from sitegen.site.reader import Reader

# Alumni look for their city first, then for their school, then for company.
_TYPES = ("regional", "joint", "overseas", "school", "industry", "interest", "cohort")


@dataclass(frozen=True, slots=True)
class Branch:
    """A chapter in the tree; `depth` counts the chapters above it that are shown with it."""

    item: Any
    depth: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The chapters of one type."""

    id: str
    branches: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class Place:
    """A city and its chapters; `x` and `y` on the map of 360 by 150 degrees, None where nothing says where it is."""

    name: str
    x: float | None
    y: float | None
    chapters: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Territory:
    """The places of one country or region."""

    name: str
    places: Sequence[Place]


def axes(reader: Reader) -> list[Axis]:
    """Every chapter once, below its type."""
    by_type: dict[str, list[Any]] = {}
    for chapter in Query(reader, "chapter"):
        by_type.setdefault(chapter.type, []).append(chapter)
    order = [*_TYPES, *sorted(by_type.keys() - set(_TYPES))]
    return [Axis(name, list(_tree(by_type[name]))) for name in order if name in by_type]


def _tree(chapters: Sequence[Any]) -> Iterator[Branch]:
    """The chapters with those below each right after it.  One whose parent is elsewhere stands at the top."""
    ids = {chapter.id for chapter in chapters}
    below: dict[str, list[Any]] = {}
    for chapter in chapters:
        parent = chapter.parent
        below.setdefault(parent.id if parent and parent.id in ids else "", []).append(chapter)
    waiting = [(chapter, 0) for chapter in reversed(below.get("", []))]
    while waiting:
        chapter, depth = waiting.pop()
        yield Branch(chapter, depth)
        waiting += [(child, depth + 1) for child in reversed(below.get(chapter.id, []))]


def territories(reader: Reader) -> list[Territory]:
    """Every chapter that has a region, by country and city; those with the most chapters first."""
    found: dict[str, dict[str, list[Any]]] = {}
    for chapter in Query(reader, "chapter"):
        region = chapter.region
        if region and (region.city or region.admin):
            cities = found.setdefault(region.country or "", {})
            cities.setdefault(str(region.city or region.admin), []).append(chapter)
    ordered = sorted(found.items(), key=lambda each: (-sum(map(len, each[1].values())), each[0]))
    return [Territory(_name(code, reader), _places(cities)) for code, cities in ordered]


def _places(cities: Mapping[str, Sequence[Any]]) -> list[Place]:
    return [_place(name, chapters) for name, chapters in sorted(cities.items(), key=lambda each: -len(each[1]))]


def _place(name: str, chapters: Sequence[Any]) -> Place:
    """Degrees become units: the map begins at 30° West, so that no land but Greenland is cut, and at 84° North."""
    geo = next((chapter.region.geo for chapter in chapters if chapter.region.geo), None)
    if geo is None:
        return Place(name, None, None, chapters)
    latitude, longitude = geo
    return Place(name, round((longitude + 390) % 360, 2), round(84 - latitude, 2), chapters)


def _name(code: str, reader: Reader) -> str:
    """The catalog may name a territory in its own way; else CLDR does."""
    word = reader.label("territory", code)
    return word if word != code else territory(code, reader.locale().locale)
