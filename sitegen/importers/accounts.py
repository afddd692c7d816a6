"""Accounts: what an import says of a register and a roll, in lines for the terminal.  Rows by number, donors by public id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sitegen.importers.donors import Donor
from sitegen.importers.gifts import Gift
from sitegen.importers.reconciliation import Figures, Tally, tally
from sitegen.importers.roll_file import Terms

SHOWN = 20  # of a list that may be long


def account(gifts: Sequence[Gift], donors: Sequence[Donor], terms: Terms, hidden_amounts: bool) -> Iterator[str]:
    """Lines: all gifts of the register, where each of them went, so that the numbers add up."""
    counted = {gift.row for donor in donors for gift in donor.gifts}
    left_out = [gift for gift in gifts if gift.row not in counted]
    soft = [gift for donor in donors if donor.is_soft for gift in donor.gifts]
    hard = [gift for donor in donors if not donor.is_soft for gift in donor.gifts]
    yield _line("in the register", "gifts", tally(gift.amount for gift in gifts))
    for currency in sorted({gift.currency for gift in gifts} - {terms.currency}):
        given = [gift for gift in gifts if gift.currency == currency]
        into = tally(gift.amount for gift in given).amount
        yield _line(f"  of them in {currency}", "gifts", tally(gift.given for gift in given)) + f" = {into:,.2f} {terms.currency}"
    if left_out:
        yield (
            _line("outside the period", "gifts", tally(gift.amount for gift in left_out))
            + f"  {_rows(each.row for each in left_out)}"
        )
    if soft:
        yield _line("soft credits, in no total", "gifts", tally(gift.amount for gift in soft))
    yield _line("counted", "gifts", tally(gift.amount for gift in hard))
    if not hidden_amounts:
        kept_back = [gift for gift in hard if gift.values.get("amount_display", "hidden") == "hidden"]
        yield _line("  of them not written", "gifts", tally(gift.amount for gift in kept_back))
    without = [donor.row for donor in donors if donor.amount is None]
    if without and terms.type == "donors":
        yield f"  without an amount: {_rows(without)}"
    silent = [donor.row for donor in donors if not donor.is_listed]
    if silent:
        yield f"  anonymous soft credits, not listed: {_rows(silent)}"


def by_level(found: Figures, terms: Terms) -> Iterator[str]:
    """Lines: entries of a roll by the level they show."""
    for level in sorted(found.levels, key=lambda level: -terms.levels.get(level, Decimal(-1))):
        yield _line(f"  {level or 'no level shown'}", "entries", found.levels[level])
    yield _line("in the roll", "entries", found.all)


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], everything: bool) -> Iterator[str]:
    """Lines: entries that are new, gone or changed.  Anonymous ones are counted: their numbers mean nothing."""
    old, new = _named(before), _named(after)
    kinds = {
        "new": [f"  + {name}" for name in new if name not in old],
        "gone": [f"  - {name}" for name in old if name not in new],
        "changed": [
            f"  ~ {name}: {', '.join(_changed(old[name], new[name]))}" for name in new if name in old and old[name] != new[name]
        ],
    }
    counts = ", ".join(f"{len(lines):,} {kind}" for kind, lines in kinds.items())
    yield f"against the file as it was: {counts}; anonymous: {len(before) - len(old):,} then, {len(after) - len(new):,} now"
    for lines in kinds.values():
        yield from lines if everything else lines[:SHOWN]
        if not everything and len(lines) > SHOWN:
            yield f"    … and {len(lines) - SHOWN:,} more (--verbose names them)"


def _named(entries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {entry["id"]: entry for entry in entries if entry.get("recognition") != "anonymous"}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]


def _line(what: str, noun: str, each: Tally) -> str:
    return f"{what:<28}{each.number:>8,} {noun:<8}{each.amount:>20,.2f}"


def _rows(numbers: Iterable[int]) -> str:
    found = list(numbers)
    more = f" and {len(found) - SHOWN:,} more" if len(found) > SHOWN else ""
    return f"{'row' if len(found) == 1 else 'rows'} {', '.join(map(str, found[:SHOWN]))}{more}"
