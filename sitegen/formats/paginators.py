"""What a template sees as `paginator`: one page of several, and the way to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.formats.listings import Part
from sitegen.site.addresses import numbered
from sitegen.site.reader import Reader


@dataclass(frozen=True, slots=True)
class Paginator:
    """One page of a listing; `groups` where its rows stand under headings."""

    items: Any
    number: int
    total: int
    count: int = 0
    previous_url: str | None = None
    next_url: str | None = None
    first_url: str | None = None
    last_url: str | None = None
    groups: Any = ()


class ListingPaginator:
    """One page of a listing numbered from the oldest.

    Only who asks for the total, or on the newest page for the number, depends on how many pages there are.
    """

    groups: Any = ()

    def __init__(self, reader: Reader, part: Part, base: str) -> None:
        self._reader, self._part, self._base = reader, part, base
        self.items = part.items

    @property
    def number(self) -> int:
        return self._part.sheet.number or self.total

    @property
    def total(self) -> int:
        return self._part.total

    @property
    def previous_url(self) -> str | None:
        """The page with newer entries."""
        return self._address(self._part.sheet.newer) if self._part.sheet.number else None

    @property
    def next_url(self) -> str | None:
        """The page with older entries."""
        return self._address(self._part.sheet.older) if self._part.sheet.older else None

    @property
    def first_url(self) -> str | None:
        return self._address(None) if self._part.sheet.number else None

    @property
    def last_url(self) -> str | None:
        return self._address(1) if self._part.sheet.older else None

    def _address(self, number: int | None) -> str:
        return self._reader.href(numbered(self._base, number))
