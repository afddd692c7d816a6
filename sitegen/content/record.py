"""What one source says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.content.body import Body
from sitegen.content.reference import Reference
from sitegen.content.review import Review
from sitegen.problems import Span


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says: an entry's fields (texts in every language given) and its bodies by language."""

    id: str
    kind: str
    source: str
    line: int
    languages: tuple[str, ...]
    fields: Mapping[str, Any]
    bodies: Mapping[str, Body]
    places: Mapping[str, tuple[int, int]]
    sound: bool = True  # false for a source with errors: its entry is related, so that more can be said, but never shown
    references: tuple[Reference, ...] = ()
    pictures: tuple[tuple[str, int, int], ...] = ()
    files: tuple[tuple[str, int, int], ...] = field(default=())
    reviews: tuple[Review, ...] = ()

    def place(self, key: str) -> Span:
        """Where a field stands in the source, or where its front matter begins."""
        return Span(self.source, *self.places.get(key, (self.line, 1)))
