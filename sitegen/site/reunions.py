"""When cohorts have round anniversaries, as config.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_EVERY, _FROM, _TO, _AHEAD = 5, 10, 80, 3


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A round number of years since a cohort entered or graduated."""

    basis: str
    years: int


@dataclass(frozen=True, slots=True)
class Reunions:
    """Which anniversaries are round: every so many years, from the first to the last; for how many years ahead they are told."""

    basis: str = "graduation"
    every: int = _EVERY
    first: int = _FROM
    last: int = _TO
    ahead: int = _AHEAD
    day: str = ""

    def in_year(self, fields: Mapping[str, Any], year: int) -> Anniversary | None:
        """The anniversary that a cohort has in a year, if it is a round one.  Without the year it goes by, a cohort has none."""
        begun = fields.get(self.basis)
        if begun is None:
            return None
        past = year - int(begun)
        is_round = self.first <= past <= self.last and (past - self.first) % self.every == 0
        return Anniversary(self.basis, past) if is_round else None

    def years(self, this_year: int) -> tuple[int, ...]:
        """The years that are told: this one and those to come."""
        return tuple(range(this_year, this_year + self.ahead + 1))


def reunions_of(settings: Mapping[str, Any] | None) -> Reunions:
    """The rule of config.yaml."""
    given = (settings or {}).get("reunions") or {}
    every = given.get("every", _EVERY)
    return Reunions(
        basis=given.get("basis", "graduation"),
        every=every,
        first=given.get("from", max(every, _FROM) if "every" not in given else every),
        last=given.get("to", _TO),
        ahead=given.get("ahead", _AHEAD),
        day=given.get("day", ""),
    )
