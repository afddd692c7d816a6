"""Reconciliation: what the gifts of a register add up to, what the entries of a roll do, and whether both agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sitegen.importers.donors import Donor
from sitegen.importers.roll_file import Terms


class Tally(NamedTuple):
    """A number of gifts or entries, and their sum."""

    number: int = 0
    amount: Decimal = Decimal(0)

    def plus(self, amount: Decimal | None) -> Tally:
        return Tally(self.number + 1, self.amount + (amount or 0))


@dataclass(frozen=True, slots=True)
class Figures:
    """Entries that count, by the level shown ('' for none), and soft credits, which do not."""

    levels: Mapping[str, Tally]
    soft: Tally

    @property
    def all(self) -> Tally:
        return Tally(
            sum(each.number for each in self.levels.values()), sum((each.amount for each in self.levels.values()), Decimal(0))
        )


def tally(amounts: Iterable[Decimal | None]) -> Tally:
    """How many, and how much."""
    total = Tally()
    for amount in amounts:
        total = total.plus(amount)
    return total


def figures_of_register(donors: Sequence[Donor], terms: Terms, hidden_amounts: bool) -> Figures:
    """What the entries have to come to, counted from the gifts alone."""
    levels: dict[str, Tally] = defaultdict(Tally)
    soft = Tally()
    for donor in donors:
        hidden = donor.display == "hidden"
        amount = None if hidden and not hidden_amounts else sum((gift.amount or Decimal(0) for gift in donor.gifts), Decimal(0))
        if not donor.is_soft:
            level = "" if hidden else terms.level(donor.amount)
            levels[level] = levels[level].plus(amount)
        elif donor.is_named:
            soft = soft.plus(amount)
    return Figures(dict(levels), soft)


def figures_of_roll(entries: Iterable[Mapping[str, Any]]) -> Figures:
    """What the entries of a roll come to, as a build reads them."""
    levels: dict[str, Tally] = defaultdict(Tally)
    soft = Tally()
    for entry in entries:
        amount = Decimal(entry["amount"]) if "amount" in entry else None
        if "soft_credit_of" in entry:
            soft = soft.plus(amount)
        else:
            level = entry.get("level", "")
            levels[level] = levels[level].plus(amount)
    return Figures(dict(levels), soft)


def differences(wanted: Figures, found: Figures) -> list[str]:
    """Where two tallies do not agree, in words."""
    pairs = [(f"level {level or 'not shown'}", wanted.levels.get(level, Tally()), found.levels.get(level, Tally()))
             for level in sorted(wanted.levels.keys() | found.levels.keys())]  # fmt: skip
    pairs.append(("soft credits", wanted.soft, found.soft))
    return [f"{name}: {_said(want)} in the register, {_said(got)} in the roll" for name, want, got in pairs if want != got]


def _said(each: Tally) -> str:
    return f"{each.number:,} with {each.amount:,.2f}"
