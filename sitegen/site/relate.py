"""Cards → Site: addresses, order, translations, backlinks, terms, neighbours.  Cheap, and made anew for every build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from sitegen.config import Config
from sitegen.content.kind import Kind
from sitegen.content.mentions import FIELD as MENTION
from sitegen.content.record import Record
from sitegen.problems import Code, Problem, Span, did_you_mean
from sitegen.site.addresses import INDEXES
from sitegen.site.cards import Address, Card, Cards, path_of
from sitegen.site.degrees import contradictions
from sitegen.site.mentions import mistakes
from sitegen.site.occurrences import event_zone, occurrences
from sitegen.site.pinyin import sort_key
from sitegen.site.rolls import Roll, make_roll, without_name
from sitegen.site.site import Site
from sitegen.site.strokes import stroke_key
from sitegen.site.times import instant

_COMMON_PLACES = ("slug", "aliases", "officers", "reviewed_on")
_PLACES = {"event": (*_COMMON_PLACES, "start", "dates", "rrule", "venue", "event_status", "sequence")}


def relate(
    cards: Cards, records: Iterable[Record], config: Config, now: datetime, data: Mapping[str, Any]
) -> tuple[Site, list[Problem]]:
    """The site, and every reference that leads nowhere."""
    records = list(records)
    problems = _dangling(records, cards) + mistakes(records, cards) + contradictions(records, cards)
    problems += _cycles(cards, records) + _unknown_menu_items(config, cards)
    order = _order(cards.shown, config)
    listed = {Address(entry_id, language) for (_, language), ids in order.items() for entry_id in ids}
    languages: dict[str, list[str]] = defaultdict(list)
    for code in config.language_codes:
        for entry_id, language in cards.shown:
            if language == code:
                languages[entry_id].append(code)
    named = _named(records, config.default_language)
    site = Site(
        config=config,
        now=now,
        cards=cards.shown,
        bodies=cards.bodies,
        urls={address: path_of(card, config) for address, card in cards.shown.items() if _has_page(card)},
        order=order,
        languages={entry_id: tuple(codes) for entry_id, codes in languages.items()},
        backlinks=_backlinks(named, cards.shown, order, config),
        persons=_persons(named, cards.shown),
        terms=_terms(cards.shown, config, order),
        neighbours=_neighbours(order, config),
        occurrences={
            address: occurrences(card.fields, config.timezone)
            for address, card in cards.shown.items()
            if card.kind == "event" and "start" in card.fields
        },
        withheld=cards.withheld,
        places=_places(records, listed),
        data=data,
        barred=frozenset(each.card.id for each in cards.withheld if each.verdict.is_final) - languages.keys(),
    )
    return replace(site, rolls={address: _roll(site, address, fields) for address, fields in cards.apart.items()}), problems


def _roll(site: Site, address: Address, fields: Mapping[str, Any]) -> Roll:
    """A roll with the names of the persons in it, and the titles of what it is grouped by."""

    def person_of(entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
        if "person" not in entry:
            return None
        found = site.resolve((f"people/{str(entry['person']).removeprefix('people/')}",), address.language)
        card = site.cards[found] if found else None
        return {"title": card.title, "sort": card.fields.get("sort", {})} if card else None

    def heading_of(entry: Mapping[str, Any], by: str) -> str:
        value = str(entry.get(by, ""))
        if not value or by not in ("chapter", "project", "cohort"):
            return value
        found = site.resolve((f"{by}s/{value.removeprefix(f'{by}s/')}",), address.language)
        return found.id if found else ""

    def may_name(entry: Mapping[str, Any]) -> bool:
        return "person" not in entry or f"people/{str(entry['person']).removeprefix('people/')}" not in site.barred

    entries = [entry if may_name(entry) else without_name(entry, number) for number, entry in enumerate(fields.get("entries", ()))]
    languages = (address.language, *site.config.language_codes)
    shown = dict.fromkeys(entry_id for language in languages for entry_id in site.order["cohort", language])
    classes = [entry_id.partition("/")[2] for entry_id in shown]
    return make_roll({**site.cards[address].fields, **fields, "entries": entries}, person_of, heading_of, classes)


def _has_page(card: Card) -> bool:
    return bool(card.fields.get("visibility", "public") == "public")


def _dangling(records: list[Record], cards: Cards) -> list[Problem]:
    problems = []
    for record in records:
        for reference in record.references:
            if reference.field == MENTION or any(candidate in cards.ids for candidate in reference.candidates):
                continue
            folder, _, name = reference.candidates[0].partition("/")
            known = [entry_id.partition("/")[2] for entry_id in cards.ids if entry_id.startswith(folder + "/")]
            message = f"{reference.field} names {name}, which is not in content/{folder}"
            span = Span(record.source, reference.line, reference.column)
            hint = did_you_mean(name, known) or f"nothing is in content/{folder} yet: write {name} first, or delete this"
            problems.append(Problem(Code.UNKNOWN_REFERENCE, message, span, hint))
    return problems


def _unknown_menu_items(config: Config, cards: Cards) -> list[Problem]:
    folders = {kind.name: kind.folder for kind in config.kinds}
    problems = []
    for reference in config.menu_references:
        kind, _, name = reference.candidates[0].partition(":")
        if reference.candidates[0] in INDEXES or f"{folders.get(kind)}/{name}" in cards.ids:
            continue
        known = [*INDEXES, *(f"page:{each.partition('/')[2]}" for each in cards.ids if each.startswith("pages/"))]
        message = f"the menu names {reference.candidates[0]}, which is no list and no page"
        span = Span(config.file, reference.line, reference.column)
        problems.append(Problem(Code.UNKNOWN_REFERENCE, message, span, did_you_mean(reference.candidates[0], known)))
    return problems


def _cycles(cards: Cards, records: list[Record]) -> list[Problem]:
    parents = {card.id: f"chapters/{str(card.fields['parent']).removeprefix('chapters/')}"
               for card in cards.shown.values() if card.kind == "chapter" and "parent" in card.fields}  # fmt: skip
    problems = []
    cleared: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        current: str | None = start
        while current in parents and current not in cleared and current not in path:
            path.append(current)
            current = parents[current]
        if current in path:
            loop = path[path.index(current) :]
            place = next(record.place("parent") for record in records if record.id == loop[0] and "parent" in record.places)
            message = "parent goes in a circle: " + " → ".join([*loop, loop[0]])
            problems.append(Problem(Code.CYCLE, message, place, "let one of them have no parent"))
        cleared.update(path)
    return problems


def _order(shown: Mapping[Address, Card], config: Config) -> dict[tuple[str, str], tuple[str, ...]]:
    order: dict[tuple[str, str], tuple[str, ...]] = {}
    groups: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in shown.values():
        groups[card.kind, card.language].append(card)
    for kind in config.kinds:
        for language in config.language_codes:
            members = groups[kind.name, language]
            order[kind.name, language] = tuple(card.id for card in in_order(members, kind.order, kind, config))
    return order


def in_order(cards: Iterable[Card], fields: Iterable[str], kind: Kind, config: Config) -> list[Card]:
    """Cards sorted by fields, the first named weighing most, - for descending; those without the field come last."""
    ordered = sorted(cards, key=lambda card: card.id)
    for name in reversed(tuple(fields)):
        descending, name = name.startswith("-"), name.lstrip("-")
        present = [(sort_value(card, name, kind, config), card) for card in ordered]
        having = [pair for pair in present if pair[0] is not None]
        having.sort(key=lambda pair: pair[0], reverse=descending)
        ordered = [card for _, card in having] + [card for value, card in present if value is None]
    return ordered


def sort_value(card: Card, name: str, kind: Kind, config: Config) -> Any:
    """What a card sorts by under a field: instants for dates, pinyin for words, numbers for numbers."""
    if name == "id":
        return card.id
    if name == "title":
        return sort_key(card.title, is_name=kind.title_field == "name")
    if name == "weight":
        return card.fields.get("weight", 0)
    value: Any = card.fields
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if name == "sort.pinyin":
        return sort_key(str(value) if value else card.title, is_name=not value)
    if name == "sort.strokes":
        return stroke_key(card.title, str(value or ""))
    if value is None or isinstance(value, list | Mapping):
        return None
    if name in ("date", "updated", "start", "end"):
        return instant(value, event_zone(card.fields, config.timezone))
    if isinstance(value, bool | int | float):
        return Decimal(value)
    return sort_key(str(value))


def _backlinks(
    named: Mapping[Address, Mapping[str, None]],
    shown: Mapping[Address, Card],
    order: Mapping[tuple[str, str], tuple[str, ...]],
    config: Config,
) -> dict[Address, tuple[str, ...]]:
    """For each entry, the ids of those that name it in a field, a link or a mention: kind by kind, each in its own order."""
    ranks = {
        code: {entry_id: rank for rank, entry_id in enumerate(chain.from_iterable(order[kind.name, code] for kind in config.kinds))}
        for code in config.language_codes
    }
    found: dict[Address, set[str]] = defaultdict(set)
    for address, targets in named.items():
        for target in targets if address in shown and _has_page(shown[address]) else ():
            there = Address(target, address.language)
            if target != address.id and there in shown:
                found[there].add(address.id)
    return {address: tuple(sorted(ids, key=ranks[address.language].__getitem__)) for address, ids in found.items()}


def _persons(named: Mapping[Address, Mapping[str, None]], shown: Mapping[Address, Card]) -> dict[Address, tuple[str, ...]]:
    """For each entry, the ids of the persons it names, each once, in the order in which it names them."""
    found: dict[Address, tuple[str, ...]] = {}
    for address in named.keys() & shown.keys():
        others = (Address(each, address.language) for each in named[address] if each != address.id)
        persons = tuple(each.id for each in others if each in shown and shown[each].kind == "person")
        if persons:
            found[address] = persons
    return found


def _named(records: list[Record], default: str) -> dict[Address, dict[str, None]]:
    """The ids each entry names, in order: in its own fields and text, and in the fields it inherits."""
    origins: dict[str, Record] = {}
    for record in records:
        if default in record.languages:
            origins[record.id] = record
    named: dict[Address, dict[str, None]] = defaultdict(dict)
    for record in records:
        for language in record.languages:
            origin = origins.get(record.id, record)
            inherited = [] if origin is record else [each for each in origin.references if not each.in_text]
            for reference in (*inherited, *record.references):
                named[Address(record.id, language)].update(dict.fromkeys(reference.candidates))
    return named


def _terms(
    shown: Mapping[Address, Card], config: Config, order: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    terms: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for taxonomy in config.taxonomies:
        for language in config.language_codes:
            by_term: dict[str, list[Card]] = defaultdict(list)
            for kind in config.kinds:
                for entry_id in order[kind.name, language]:
                    card = shown[Address(entry_id, language)]
                    for term in dict.fromkeys(card.fields.get(taxonomy, ())):
                        by_term[term].append(card)
            terms[taxonomy, language] = {
                term: tuple(card.id for card in sorted(by_term[term], key=lambda card: _moment(card, config), reverse=True))
                for term in sorted(by_term)
            }
    return terms


def _moment(card: Card, config: Config) -> datetime:
    text = card.fields.get("date") or card.fields.get("start") or "1896-01-01"
    return instant(text, event_zone(card.fields, config.timezone))


def _neighbours(order: Mapping[tuple[str, str], tuple[str, ...]], config: Config) -> dict[Address, tuple[str | None, str | None]]:
    """For each entry, the one before it (older, for dated kinds) and the one after."""
    neighbours: dict[Address, tuple[str | None, str | None]] = {}
    for (name, language), ids in order.items():
        if config.kind(name).order[0].startswith("-"):
            ids = ids[::-1]
        for index, entry_id in enumerate(ids):
            before = ids[index - 1] if index else None
            after = ids[index + 1] if index + 1 < len(ids) else None
            neighbours[Address(entry_id, language)] = (before, after)
    return neighbours


def _places(records: Iterable[Record], listed: set[Address]) -> dict[Address, dict[str, Span]]:
    places: dict[Address, dict[str, Span]] = {}
    for record in records:
        title = record.place("title")
        keys = _PLACES.get(record.kind, _COMMON_PLACES)
        named = {key: record.place(key) if key in record.places else title for key in keys}
        for language in record.languages:
            address = Address(record.id, language)
            if address in listed:
                places.setdefault(address, named)
    return places
