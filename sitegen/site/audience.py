"""Whom an event is for: groups such as students, and classes by year of entry or graduation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
