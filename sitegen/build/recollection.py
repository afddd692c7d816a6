"""Facts without the site: what a single entry, the theme or a file tells is asked anew, everything else remembered.

Holds only while all that relates entries to each other is as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sitegen.build import codec
from sitegen.build.parsed import Parsed, recall
from sitegen.build.state import State
from sitegen.config import Config
from sitegen.site.cards import Address, Card, Cards, make_cards
from sitegen.site.facts import OWN, RELATIONS, Facts, Key, MediaFacts, ThemeFacts
from sitegen.site.occurrences import Occurrence, occurrences
from sitegen.site.paging import Sheet
from sitegen.site.site import Site
from sitegen.site.visibility import Policy

Value = TypeVar("Value")


class NotRememberedError(LookupError):
    """A fact is wanted that only the whole site can tell, and that no output asked for before."""


class Recollection(Facts):
    """The facts of the last build, but for the entries parsed again since.  Raises DamagedStateError, NotRememberedError."""

    def __init__(
        self,
        state: State,
        parsed: Mapping[str, Parsed],
        config: Config,
        now: datetime,
        policy: Policy,
        theme: ThemeFacts,
        media: MediaFacts,
    ) -> None:
        self._state, self._parsed, self._settings = state, parsed, (config, now, policy)
        self._entries: dict[str, Cards] = {}
        super().__init__(self._lone_entries(config, now), theme, media, {})

    def fetch(self, key: Key) -> Any:
        """The value of a fact."""
        if key[0] in OWN:
            return super().fetch(key)
        if key not in self._known:
            self._known[key] = self._remembered(key)
        return self._known[key]

    def _remembered(self, key: Key) -> Any:
        text = self._state.relation(codec.dump_key(key)) if key[0] in RELATIONS else None
        if text is None:
            raise NotRememberedError(key)
        return _REVIVED.get(key[0], codec.tupled)(json.loads(text))

    def _lone_entries(self, config: Config, now: datetime) -> Site:
        """A site of entries that know nothing of each other."""
        return Site(
            config=config,
            now=now,
            cards=_Lazy(lambda address: self._cards(address).shown.get(address)),
            bodies=_Lazy(lambda address: self._cards(address).bodies.get(address)),
            occurrences=_Lazy(self._occurrences),
            urls={}, order={}, languages={}, backlinks={}, persons={}, terms={}, neighbours={}, withheld=(), places={}, data={},
        )  # fmt: skip

    def _cards(self, address: Address) -> Cards:
        if address.id not in self._entries:
            sources = self._state.sources_of(address.id)
            records = recall(self._parsed.get(path, source) for path, source in sources.items())
            cards, _ = make_cards([record for record, _ in records if record], *self._settings)
            self._entries[address.id] = cards
        return self._entries[address.id]

    def _occurrences(self, address: Address) -> tuple[Occurrence, ...] | None:
        card: Card | None = self._cards(address).shown.get(address)
        if card is None or card.kind != "event" or "start" not in card.fields:
            return None
        return occurrences(card.fields, self._settings[0].timezone)


class _Lazy(Mapping[Address, Value]):
    """A map whose values are found when they are asked for."""

    def __init__(self, find: Callable[[Address], Value | None]) -> None:
        self._find = find

    def __getitem__(self, address: Address) -> Value:
        value = self._find(address)
        if value is None:
            raise KeyError(address)
        return value

    def __iter__(self) -> Iterator[Address]:
        raise NotRememberedError

    def __len__(self) -> int:
        raise NotRememberedError


def _sheet(value: list[Any]) -> Sheet[Any]:
    _, items, number, newer, older = value
    return Sheet(codec.tupled(items), number, newer, older)


_REVIVED: Mapping[str, Callable[[Any], Any]] = {
    "sheet": _sheet,
    "resolve": lambda value: None if value is None else Address(*value),
    "data": lambda value: value,
}
