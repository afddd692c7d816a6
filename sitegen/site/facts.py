"""fetch(key): the one table of facts that templates and formats read.  Total and pure: absence is a value too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from heapq import nlargest
from itertools import islice
from typing import Any, Protocol, TypeAlias

from sitegen.content.body import Body
from sitegen.content.field_groups import ListOf
from sitegen.content.fields import Field, Ref
from sitegen.content.reading import localize
from sitegen.content.zones import zone
from sitegen.site.audience import audiences, axes
from sitegen.site.cards import Address, Card
from sitegen.site.occurrences import event_zone
from sitegen.site.paging import sheet, sheet_count
from sitegen.site.relate import RELATED, Site, in_order
from sitegen.site.times import instant

Key: TypeAlias = tuple[Any, ...]
# Facts that only the whole site can tell; their values are plain: words, numbers, tuples and Sheets of them.
RELATIONS = frozenset(
    "list sheet sheets near url languages resolve terms term backlinks related past years calendars months month data".split()
)
# Facts that a single entry, the configuration, the theme or a file can tell.
OWN = frozenset("card body occurrences config label message setting asset template picture file today".split())
Item: TypeAlias = tuple[str, int]  # an id, and the number of its occurrence (-1 for the entry itself)


class ThemeFacts(Protocol):
    """What the theme knows."""

    def message(self, language: str, key: str) -> Any: ...
    def asset_url(self, name: str) -> str | None: ...
    def setting(self, name: str) -> Any: ...
    def template(self, name: str) -> str: ...


class MediaFacts(Protocol):
    """What is known of pictures and attached files."""

    def picture(self, source: str) -> Any: ...
    def file_url(self, path: str) -> str | None: ...


class Facts:
    """Each distinct fact is evaluated once.

    `files` are what the plan knows of the whole output: "pages" for the sitemap, "redirects" for hosts.
    `shared` are values that readers made from facts, with these.
    """

    def __init__(self, site: Site, theme: ThemeFacts, media: MediaFacts, files: Mapping[str, Any]) -> None:
        self._site = site
        self._theme = theme
        self._media = media
        self._files = files
        self._known: dict[Key, Any] = {}
        self.shared: dict[Key, tuple[Any, Mapping[Key, Any]]] = {}
        self._indexes: dict[Key, dict[Any, list[str]]] = {}
        self._evaluators: Mapping[str, Callable[..., Any]] = {
            "card": self._card,
            "body": self._body,
            "list": self._list,
            "sheet": lambda number, *listed: sheet(self._listed(*listed), site.config.paginate, number),
            "sheets": lambda *listed: sheet_count(len(self._listed(*listed)), site.config.paginate),
            "near": lambda entry_id, language: site.neighbours.get(Address(entry_id, language), (None, None)),
            "url": lambda entry_id, language: site.urls.get(Address(entry_id, language)),
            "languages": lambda entry_id: site.languages.get(entry_id, ()),
            "resolve": site.resolve,
            "terms": self._terms,
            "term": lambda taxonomy, term, language: site.terms.get((taxonomy, language), {}).get(term, ()),
            "label": self._label,
            "backlinks": lambda entry_id, language: site.backlinks.get(Address(entry_id, language), ()),
            "related": self._related,
            "occurrences": lambda entry_id, language: site.occurrences.get(Address(entry_id, language), ()),
            "past": self._past,
            "years": self._years,
            "calendars": lambda language: axes(
                site.cards[Address(entry_id, language)].fields for entry_id in site.order.get(("event", language), ())
            ),
            "months": self._months,
            "month": self._month,
            "config": self._config,
            "data": lambda name, language: localize(site.data.get(name), language, site.config.default_language),
            "message": theme.message,
            "setting": theme.setting,
            "asset": theme.asset_url,
            "picture": media.picture,
            "file": media.file_url,
            "files": files.get,
            "template": theme.template,
            "today": lambda: site.now.astimezone(zone(site.config.timezone)).date(),
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return Facts, (self._site, self._theme, self._media, self._files)

    def fetch(self, key: Key) -> Any:
        """The value of a fact; None, or an empty tuple, where there is nothing."""
        try:
            return self._known[key]
        except KeyError:
            return self._value(key)

    def _value(self, key: Key) -> Any:
        if key not in self._known:
            self._known[key] = self._evaluators[key[0]](*key[1:])
        return self._known[key]

    def _card(self, entry_id: str, language: str) -> Card | None:
        return self._site.cards.get(Address(entry_id, language))

    def _body(self, entry_id: str, language: str) -> Body:
        return self._site.bodies.get(Address(entry_id, language), Body())

    def _config(self, name: str, language: str) -> Any:
        config = self._site.config
        if name in (
            "base_url",
            "base_path",
            "has_search",
            "paginate",
            "feed_limit",
            "feed_full_text",
            "id_host",
            "host",
            "timezone",
        ):
            return getattr(config, name)
        if name == "languages":
            return config.languages
        if name == "params":
            return localize(config.params, language, config.default_language)
        return config.text(name, language)

    def _list(self, kind: str, language: str, *steps: tuple[Any, ...]) -> tuple[Item, ...]:
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

    def _listed(self, kind: str, *rest: Any) -> Sequence[Item]:
        """The items of a paginated listing: a list, or the entries of a term."""
        if kind == "term":
            return [(entry_id, -1) for entry_id in self._value(("term", *rest))]
        items: Sequence[Item] = self._value(("list", kind, *rest))
        return items

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

    def _past(self, entry_id: str, language: str) -> int:
        """How many occurrences are over."""
        event = Address(entry_id, language)
        zone = self._zone(event)
        return sum(1 for each in self._site.occurrences.get(event, ()) if each.ends(zone) <= self._site.now)

    def _begins(self, event: Address, number: int) -> datetime:
        return self._site.occurrences[event][number].begins(self._zone(event))

    def _zone(self, event: Address) -> str:
        return event_zone(self._site.cards[event].fields, self._site.config.timezone)

    def _terms(self, taxonomy: str, language: str) -> tuple[tuple[str, int], ...]:
        return tuple((term, len(ids)) for term, ids in self._site.terms.get((taxonomy, language), {}).items())

    def _label(self, taxonomy: str, term: str, language: str) -> str:
        terms = self._site.config.taxonomies.get(taxonomy, {}).get("terms", {})
        return str(localize(terms.get(term), language, self._site.config.default_language) or term)

    def _related(self, entry_id: str, language: str) -> tuple[str, ...]:
        """Entries of feeds that share the most tags and topics; the newest first among equals."""
        card = self._site.cards.get(Address(entry_id, language))
        if card is None:
            return ()
        shared: Counter[str] = Counter()
        for taxonomy in self._site.config.taxonomies:
            for term in card.fields.get(taxonomy, ()):
                shared.update(self._newest_of_term(taxonomy, term, language))
        del shared[entry_id]
        by_rank, ranks = self._by_date(language)
        best = nlargest(RELATED, (count * len(by_rank) + ranks[other] for other, count in shared.items()))
        return tuple(by_rank[number % len(by_rank)] for number in best)

    def _newest_of_term(self, taxonomy: str, term: str, language: str) -> list[str]:
        """The newest fifty entries of feeds under a term: enough, and a large site does not compare all with all."""
        key = ("newest", taxonomy, term, language)
        if key not in self._known:
            ids = self._site.terms[taxonomy, language].get(term, ())
            self._known[key] = list(islice((each for each in ids if self._in_feeds(each, language)), 50))
        newest: list[str] = self._known[key]
        return newest

    def _by_date(self, language: str) -> tuple[list[str], dict[str, int]]:
        """All entries, oldest first, and the place of each: comparing two numbers is quicker than two dates."""
        key = ("by date", language)
        if key not in self._known:
            cards = [card for address, card in self._site.cards.items() if address.language == language]
            ids = [card.id for card in sorted(cards, key=lambda card: (str(card.fields.get("date", "")), card.id))]
            self._known[key] = (ids, {entry_id: place for place, entry_id in enumerate(ids)})
        found: tuple[list[str], dict[str, int]] = self._known[key]
        return found

    def _in_feeds(self, entry_id: str, language: str) -> bool:
        return self._site.config.kind(self._site.cards[Address(entry_id, language)].kind).in_feeds

    def _years(self, kind: str, language: str) -> tuple[tuple[int, int], ...]:
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

    def _months(self, language: str) -> tuple[tuple[int, int, int], ...]:
        """Year, month and number of occurrences, for each month that has any."""
        return tuple(sorted((year, month, len(items)) for (code, year, month), items in self._by_month.items() if code == language))

    def _month(self, language: str, year: int, month: int) -> tuple[Item, ...]:
        items = self._by_month.get((language, year, month), [])
        return tuple(sorted(items, key=lambda item: (self._begins(Address(item[0], language), item[1]), item)))
