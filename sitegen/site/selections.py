"""Selections: entries of a kind by conditions and in an order, and occurrences of events by what is to come and by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, TypeAlias

from sitegen.content.field_groups import ListOf
from sitegen.content.fields import Field, Ref
from sitegen.site.audience import audiences
from sitegen.site.cards import Address, Card
from sitegen.site.occurrences import event_zone
from sitegen.site.relate import in_order
from sitegen.site.site import Site
from sitegen.site.times import instant

Item: TypeAlias = tuple[str, int]  # an id, and the number of its occurrence (-1 for the entry itself)


class Selections:
    """What queries find in a site; indexes are made as they are needed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._indexes: dict[tuple[str, str, str], dict[Any, list[str]]] = {}

    def listed(self, kind: str, language: str, *steps: tuple[Any, ...]) -> tuple[Item, ...]:
        """The items of a list: those of a kind, after each of the steps."""
        if steps and steps[0][0] == "where":
            ids: Iterable[str] = self._index(kind, language, steps[0][1]).get(steps[0][2], ())
            steps = steps[1:]
        else:
            ids = self._site.order.get((kind, language), ())
        items: list[Item] = [(entry_id, -1) for entry_id in ids]
        for step, *arguments in steps:
            if step == "where":
                allowed = set(self._index(kind, language, arguments[0]).get(arguments[1], ()))
                items = [item for item in items if item[0] in allowed]
            elif step == "sort":
                items = self._sorted(kind, language, items, arguments[0])
            elif step == "limit":
                items = items[: arguments[0]]
            elif step == "offset":
                items = items[arguments[0] :]
            elif step == "pinned":
                items = [item for item in items if self._is_pinned(item[0], language)]
            elif step == "upcoming":
                items = self._upcoming(items, language)
            elif step == "past":
                items = self._bygone(items, language)
        return tuple(items)

    def _index(self, kind: str, language: str, name: str) -> dict[Any, list[str]]:
        """value → ids, in the kind's order: a query costs what it finds, not what there is."""
        key = (kind, language, name)
        if key not in self._indexes:
            index: dict[Any, list[str]] = defaultdict(list)
            wanted = self._site.config.kind(kind).fields.get(name)
            for entry_id in self._site.order.get((kind, language), ()):
                for value in set(self._values(self._site.cards[Address(entry_id, language)], name, wanted)):
                    index[value].append(entry_id)
            self._indexes[key] = index
        return self._indexes[key]

    def _values(self, card: Card, name: str, wanted: Field | None) -> list[Any]:
        if name == "year":
            moment = card.fields.get("date") or card.fields.get("start")
            return [int(moment[:4])] if moment else []
        if name == "audience" and card.kind == "event":
            return audiences(card.fields)
        value = card.fields.get(name)
        values = value if isinstance(value, list) else [value]
        reference = wanted.item if isinstance(wanted, ListOf) else wanted
        if isinstance(reference, Ref):
            found = [self._site.resolve(reference.candidates(each), card.language) for each in values if each]
            return [address.id for address in found if address] or [None]
        return [each for each in values if isinstance(each, str | int | float | bool | type(None))]

    def _sorted(self, kind_name: str, language: str, items: list[Item], order: str) -> list[Item]:
        config = self._site.config
        numbers = dict(items)
        cards = [self._site.cards[Address(entry_id, language)] for entry_id, _ in items]
        return [(card.id, numbers[card.id]) for card in in_order(cards, order.split(","), config.kind(kind_name), config)]

    def _is_pinned(self, entry_id: str, language: str) -> bool:
        until: str = self._site.cards[Address(entry_id, language)].fields.get("pin_until", "")
        return bool(until) and instant(until, self._site.config.timezone) > self._site.now

    def _upcoming(self, items: list[Item], language: str) -> list[Item]:
        """The running or next occurrence of each event that has one, soonest first."""
        found = []
        for entry_id, _ in items:
            number = self._next(Address(entry_id, language))
            if number is not None:
                found.append((self._begins(Address(entry_id, language), number), entry_id, number))
        return [(entry_id, number) for _, entry_id, number in sorted(found)]

    def _bygone(self, items: list[Item], language: str) -> list[Item]:
        """The last occurrence of each event that has no more, latest first."""
        found = []
        for entry_id, _ in items:
            times = self._site.occurrences.get(Address(entry_id, language), ())
            if times and self._next(Address(entry_id, language)) is None:
                found.append((self._begins(Address(entry_id, language), len(times) - 1), entry_id, len(times) - 1))
        return [(entry_id, number) for _, entry_id, number in sorted(found, reverse=True)]

    def _next(self, event: Address) -> int | None:
        """The number of the running or next occurrence."""
        zone = self._zone(event)
        times = self._site.occurrences.get(event, ())
        return next((number for number, each in enumerate(times) if each.ends(zone) > self._site.now), None)

    def past(self, entry_id: str, language: str) -> int:
        """How many occurrences are over."""
        event = Address(entry_id, language)
        zone = self._zone(event)
        return sum(1 for each in self._site.occurrences.get(event, ()) if each.ends(zone) <= self._site.now)

    def _begins(self, event: Address, number: int) -> datetime:
        return self._site.occurrences[event][number].begins(self._zone(event))

    def _zone(self, event: Address) -> str:
        return event_zone(self._site.cards[event].fields, self._site.config.timezone)

    def years(self, kind: str, language: str) -> tuple[tuple[int, int], ...]:
        """The years that entries of a kind are of, the latest first, each with their number."""
        index = self._index(kind, language, "year")
        return tuple((year, len(index[year])) for year in sorted(index, reverse=True))

    @cached_property
    def _by_month(self) -> dict[tuple[str, int, int], list[Item]]:
        months: dict[tuple[str, int, int], list[Item]] = defaultdict(list)
        for (kind, language), ids in self._site.order.items():
            for entry_id in ids if kind == "event" else ():
                for number, each in enumerate(self._site.occurrences.get(Address(entry_id, language), ())):
                    for year, month in sorted({(day.year, day.month) for day in each.days()}):
                        months[language, year, month].append((entry_id, number))
        return months

    def months(self, language: str) -> tuple[tuple[int, int, int], ...]:
        """Year, month and number of occurrences, for each month that has any."""
        return tuple(sorted((year, month, len(items)) for (code, year, month), items in self._by_month.items() if code == language))

    def month(self, language: str, year: int, month: int) -> tuple[Item, ...]:
        """The occurrences in a month, in order."""
        items = self._by_month.get((language, year, month), [])
        return tuple(sorted(items, key=lambda item: (self._begins(Address(item[0], language), item[1]), item)))
