"""Facts without the site: what a single entry, the theme or a file tells is asked anew, everything else remembered.

Holds only while all that relates entries to each other is as it was.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
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
_NEIGHBOURS = 128  # entries
_LAST = "\U0010ffff"  # after all ids


class NotRememberedError(LookupError):
    """A fact is wanted that only the whole site can tell, and that no output asked for before."""


class Recollection(Facts):
    """The facts of the last build, but for those `changed`, by their keys as text, and for the sources `parsed` again since.

    Raises DamagedStateError, NotRememberedError.
    Where most of them will be asked for, they are read in `bulk`: entries with their neighbours, relations all at once.
    """

    def __init__(
        self,
        state: State,
        parsed: Mapping[str, Parsed],
        config: Config,
        now: datetime,
        policy: Policy,
        theme: ThemeFacts,
        media: MediaFacts,
        changed: Collection[str] = (),
        bulk: bool = False,
    ) -> None:
        self._state, self._parsed, self._settings = state, parsed, (config, now, policy)
        self._changed, self._bulk = changed, bulk
        self._relation = state.relations() if bulk else state.relation
        # Neighbours are often shown by one page, and by those that one process makes after it.
        self._neighbourhoods = state.ids()[::_NEIGHBOURS] if bulk else []
        self._entries: dict[str, Cards] = {}
        super().__init__(self._lone_entries(config, now), theme, media, {})

    def __reduce__(self) -> tuple[Any, ...]:
        return Recollection, (self._state, self._parsed, *self._settings, self._theme, self._media, self._changed, self._bulk)

    def is_as_before(self, text: str) -> bool:
        return text not in self._changed

    def _value(self, key: Key) -> Any:
        if key[0] in OWN:
            return super()._value(key)
        if key not in self._known:
            self._known[key] = self._remembered(key)
        return self._known[key]

    def _remembered(self, key: Key) -> Any:
        text = self._relation(codec.dump_key(key)) if key[0] in RELATIONS else None
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
            sources = self._state.sources_of(*self._neighbours(address.id))
            records = recall(self._parsed.get(path, source) for path, source in sources.items())
            cards, _ = make_cards([record for record, _ in records if record], *self._settings)
            self._entries |= dict.fromkeys((address.id, *cards.ids), cards)
        return self._entries[address.id]

    def _neighbours(self, entry_id: str) -> tuple[str, str]:
        """The first of the ids that are asked for together, and the first after them."""
        place = bisect_right(self._neighbourhoods, entry_id)
        if place == 0:
            return entry_id, f"{entry_id}\0"
        return self._neighbourhoods[place - 1], (*self._neighbourhoods, _LAST)[place]

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
