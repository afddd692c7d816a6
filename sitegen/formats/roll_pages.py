"""The pages of an honor roll below its own: by class, by initial, by year, and by years running."""

from __future__ import annotations

from typing import Any

from sitegen.formats.paginators import Paginator
from sitegen.site.addresses import index_path, roll_path
from sitegen.site.reader import Reader


def roll_paginator(reader: Reader, roll: Any, axis: str, key: str, number: int) -> Paginator:
    """One page of a roll: under headings if it is one of the roll's own, for which axis and key are empty."""
    rows, part = roll.part(axis, key, number) or ((), None)
    total = part.pages if part else 1

    def address(other: int) -> str | None:
        return reader.href(roll_path(roll.path, axis, key or None, other)) if 1 <= other <= total and other != number else None

    return Paginator(
        items=rows,
        number=number,
        total=total,
        count=part.count if part else 0,
        previous_url=address(number - 1),
        next_url=address(number + 1),
        first_url=address(1) if number > 1 else None,
        last_url=address(total) if number < total else None,
        groups=() if axis else roll.groups(rows),
    )


def roll_values(reader: Reader, subject: tuple[Any, ...]) -> dict[str, Any]:
    """The values of `page` for an axis of a roll, or for one group of it."""
    _, entry_id, axis, *rest = subject
    roll = reader.entry(entry_id, reader.language)
    values = {"kind": "roll", "roll": roll, "axis": axis, "sample": roll.sample, "summary": "", "type": roll.type}
    if not rest:
        return values | {"title": reader.message(f"honor.title_{axis}", roll=roll.title), "groups": roll.parts(axis)}
    key = rest[0]
    title = roll.part_title(axis, key)
    groups = roll.parts(axis)
    place = next(index for index, group in enumerate(groups) if group.id == key)
    return values | {
        "axis_url": reader.href(roll_path(roll.path, axis)),
        "title": reader.message("honor.title_group", roll=roll.title, group=title),
        "group": groups[place],
        "earlier": groups[place - 1] if place else None,
        "later": groups[place + 1] if place + 1 < len(groups) else None,
        "totals": roll.class_totals(key) if axis == "class" else None,
    }


def roll_trail(reader: Reader, subject: tuple[Any, ...]) -> list[tuple[str, str]]:
    """The steps between the home page and a page of a roll."""
    _, entry_id, axis, *rest = subject
    roll = reader.entry(entry_id, reader.language)
    trail = [(reader.message("nav.honors"), index_path("honors", reader.prefix)), (roll.title, roll.path)]
    trail.append((reader.message(f"honor.by_{axis}"), roll_path(roll.path, axis)))
    return trail + ([(roll.part_title(axis, rest[0]), roll_path(roll.path, axis, rest[0]))] if rest else [])


def roll_path_in(reader: Reader, subject: tuple[Any, ...], language: str) -> str | None:
    """Where the same page is in another language, if it is there too."""
    _, entry_id, axis, *rest = subject
    path = reader.fetch(("url", entry_id, language))
    if path is None or (rest and rest[1] > 1):
        return None
    keys = dict(reader.fetch(("roll_keys", entry_id, language, axis)))
    return roll_path(path, axis, *rest) if keys and (not rest or rest[0] in keys) else None
