"""Records → cards: translations inherit, required fields are asked for, the hidden is set aside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sitegen.config import Config
from sitegen.content.body import Body
from sitegen.content.field_groups import example
from sitegen.content.kind import Kind
from sitegen.content.record import Record
from sitegen.content.translations import localize
from sitegen.problems import Code, Problem
from sitegen.site.times import instant
from sitegen.site.visibility import Policy, Verdict, visible


class Address(NamedTuple):
    """One entry: its id and its language."""

    id: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """What listings and pages know of an entry without its text."""

    id: str
    kind: str
    language: str
    source: str
    title: str
    summary: str
    fields: Mapping[str, Any]

    @property
    def address(self) -> Address:
        return Address(self.id, self.language)

    @property
    def name(self) -> str:
        """The id without the folder of its kind."""
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Withheld:
    """An entry that this build does not show."""

    card: Card
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cards:
    """All entries of the site, those that may be seen apart from those that may not."""

    shown: Mapping[Address, Card]
    bodies: Mapping[Address, Body]
    withheld: tuple[Withheld, ...]
    next_change: datetime | None
    ids: frozenset[str]
    apart: Mapping[Address, Mapping[str, Any]]  # fields that no card holds, of kinds that have some


def make_cards(
    records: Iterable[Record], config: Config, now: datetime, policy: Policy, unread: Collection[str] = ()
) -> tuple[Cards, list[Problem]]:
    """The cards of all records.  Each id and language may come from one source only.

    `unread` are ids with a source that could not be read: nobody knows what their translations would inherit.
    """
    problems: list[Problem] = []
    by_id = _by_id(records, problems)
    shown: dict[Address, Card] = {}
    apart: dict[Address, Mapping[str, Any]] = {}
    bodies: dict[Address, Body] = {}
    withheld: list[Withheld] = []
    changes: list[datetime] = []
    for entry_id in sorted(by_id):
        versions = by_id[entry_id]
        origin = versions.get(config.default_language) or next(iter(versions.values()))
        for language, record in sorted(versions.items()):
            kind = config.kind(record.kind)
            fields = _merge(record, origin, kind, language, config)
            problems += [] if entry_id in unread else _missing(fields, record, origin, kind)
            body = Body() if fields.get("visibility") == "name-only" else record.bodies.get(language, Body())
            card, rest = _card(record, kind, language, fields, body, sound=record.sound and origin.sound)
            verdict = visible(fields, now, config.timezone, policy)
            if verdict.until:
                changes.append(verdict.until)
            if "pin_until" in fields and instant(fields["pin_until"], config.timezone) > now:
                changes.append(instant(fields["pin_until"], config.timezone))
            if not verdict.visible:
                withheld.append(Withheld(card, verdict))
                continue
            shown[card.address] = card
            bodies[card.address] = body
            if kind.apart:
                apart[card.address] = rest
    return Cards(shown, bodies, tuple(withheld), min(changes, default=None), frozenset(by_id), apart), problems


def _by_id(records: Iterable[Record], problems: list[Problem]) -> dict[str, dict[str, Record]]:
    by_id: dict[str, dict[str, Record]] = {}
    for record in sorted(records, key=lambda record: record.source):
        versions = by_id.setdefault(record.id, {})
        for language in record.languages:
            first = versions.get(language)
            if first is None:
                versions[language] = record
                continue
            message = f"{record.id} ({language}) is already in {first.source}"
            problems.append(Problem(Code.DUPLICATE_ID, message, record.place("id"), "rename one of the two, or join them"))
    return by_id


def _merge(record: Record, origin: Record, kind: Kind, language: str, config: Config) -> dict[str, Any]:
    """The record's own fields, and from the default language all that is not text."""
    own = record.fields
    if origin is not record:
        inherited = {key: value for key, value in origin.fields.items() if not kind.fields[key].translated}
        own = inherited | dict(own)
    localized: dict[str, Any] = localize(own, language, config.default_language)
    return localized


def _missing(fields: Mapping[str, Any], record: Record, origin: Record, kind: Kind) -> list[Problem]:
    """A problem for each required field that is not there; a value that was refused has its problem already."""
    problems = []
    for key in kind.required:
        written = key in record.places or (key in origin.places and not kind.fields[key].translated)
        if key not in fields and not written:
            message = f"{key} is missing: every {kind.name.replace('_', ' ')} needs it"
            problems.append(Problem(Code.MISSING_FIELD, message, record.place(""), f"add {example(kind.fields[key], key)}"))
    return problems


def _card(
    record: Record, kind: Kind, language: str, fields: dict[str, Any], body: Body, sound: bool
) -> tuple[Card, Mapping[str, Any]]:
    """The card, and the fields that it does not hold."""
    title = str(fields.get(kind.title_field) or fields.get("title") or record.id)
    public = kind.publish({key: value for key, value in fields.items() if key != "title"}) if sound else {}
    rest = {key: public.pop(key) for key in kind.apart if key in public}
    return Card(record.id, record.kind, language, record.source, title, public.get("summary") or body.summary, public), rest


def slug(card: Card) -> str:
    """The last part of the address: as given, or the file's name without its date."""
    return str(card.fields.get("slug") or re.sub(r"\A\d{4}-\d{2}-\d{2}-(?=.)", "", card.name.rpartition("/")[2]))


def path_of(card: Card, config: Config) -> str:
    """The path of an entry's page below the base address, language first."""
    kind = config.kind(card.kind)
    moment = str(card.fields.get("date") or card.fields.get("start") or "0000-00-00")
    path = config.permalink(kind).format(
        year=moment[:4],
        month=moment[5:7],
        day=moment[8:10],
        slug=slug(card),
        section=card.fields.get("section", ""),
        path=card.name,
    )
    return config.prefix(card.language) + path
