"""The site: everything that may be seen, related."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sitegen.config import Config
from sitegen.content.body import Body
from sitegen.content.zones import zone
from sitegen.problems import Span
from sitegen.site.cards import Address, Card, Withheld
from sitegen.site.occurrences import Occurrence
from sitegen.site.rolls import Roll


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that may be seen, related.  All ids in it have cards."""

    config: Config
    now: datetime
    cards: Mapping[Address, Card]
    bodies: Mapping[Address, Body]
    urls: Mapping[Address, str]
    order: Mapping[tuple[str, str], tuple[str, ...]]  # (kind, language) → ids
    languages: Mapping[str, tuple[str, ...]]  # id → languages it exists in
    backlinks: Mapping[Address, tuple[str, ...]]
    persons: Mapping[Address, tuple[str, ...]]
    terms: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]  # (taxonomy, language) → term → ids
    neighbours: Mapping[Address, tuple[str | None, str | None]]
    occurrences: Mapping[Address, tuple[Occurrence, ...]]
    withheld: tuple[Withheld, ...]
    places: Mapping[Address, Mapping[str, Span]]  # of the fields that later steps may complain about
    data: Mapping[str, Any]
    barred: frozenset[str] = frozenset()  # the ids of entries that somebody decided are not to be seen, in any language
    rolls: Mapping[Address, Roll] = field(default_factory=dict)

    def resolve(self, candidates: Iterable[str], language: str) -> Address | None:
        """The first candidate that may be seen, in the language or else in the first one it has."""
        for entry_id in candidates:
            languages = self.languages.get(entry_id, ())
            if languages:
                return Address(entry_id, language if language in languages else languages[0])
        return None


def this_year(site: Site) -> int:
    """The year of the build, in the site's time zone."""
    return site.now.astimezone(zone(site.config.timezone)).year
