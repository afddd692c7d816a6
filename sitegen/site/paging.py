"""Pages of a listing, numbered from the oldest, so that a new story changes two of them and not all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a listing.  `number` is None for the newest, which stands at the listing's own address.

    It does not say how many pages there are: that would change with every new page, and this one would have to with it.
    """

    items: Sequence[T]
    number: int | None
    newer: int | None
    older: int | None


def sheet_numbers(count: int, size: int) -> list[int | None]:
    """Which pages a listing of `count` items has: the newest (None), then the full older ones from high to low."""
    return [None, *range(sheet_count(count, size) - 1, 0, -1)]


def sheet_count(count: int, size: int) -> int:
    """How many pages a listing has."""
    return max(1, count // size)


def sheet(items: Sequence[T], size: int, number: int | None) -> Sheet[T]:
    """One page of items given newest first.

    Page 1 holds the oldest `size` items, and so on; the newest page holds the rest: `size` to 2 × `size` - 1 items.
    """
    older_pages = sheet_count(len(items), size) - 1
    if number is None:
        rest = len(items) - older_pages * size
        return Sheet(items[:rest], None, None, older_pages or None)
    end = len(items) - (number - 1) * size
    newer = number + 1 if number < older_pages else None
    return Sheet(items[end - size : end], number, newer, number - 1 or None)


def chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Items in parts of `size`, first to last: at least one part."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]
