"""Whom an event is for, and of what type it is: what calendars of a part of all events go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.content.kinds.event import AUDIENCES, TYPES

OLDEST = 80  # years after entry or graduation; few come to a later anniversary


def audiences(fields: Mapping[str, Any]) -> list[str]:
    """The words for an event's audience: `students`, `graduation-1997`, `entry-1998`.

    `every: 10, from: 20` means the classes that have, in the year of the event, their 20th, 30th, … anniversary.
    """
    audience = fields.get("audience") or {}
    words = list(audience.get("groups", ()))
    cohorts = audience.get("cohorts") or {}
    years = set(cohorts.get("years", ()))
    if "every" in cohorts and "start" in fields:
        first = cohorts.get("from", cohorts["every"])
        years |= {int(fields["start"][:4]) - past for past in range(first, OLDEST + 1, cohorts["every"])}
    return list(dict.fromkeys(words + [f"{cohorts['basis']}-{year}" for year in sorted(years, reverse=True)]))


def axes(events: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The types and the audiences that any event has: `("type", "lecture")`, `("audience", "graduation-1997")`.

    In the order in which the kind declares them; then classes, the youngest first.
    """
    types, whom = set(), set()
    for fields in events:
        types.add(fields.get("type"))
        whom.update(audiences(fields))
    classes = sorted(whom - set(AUDIENCES), key=lambda word: (word.rpartition("-")[2], word), reverse=True)
    groups = [word for word in AUDIENCES if word in whom]
    return tuple([("type", word) for word in TYPES if word in types] + [("audience", word) for word in groups + classes])
