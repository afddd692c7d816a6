"""What a roll of donors may show: amounts as each donor agreed, totals that give no hidden gift away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sitegen.content.safe_totals import NEVER, HiddenGift, what_to_tell

MIN_HIDDEN = 3
ROUND_TO = 10_000
_PRIVATE = ("amount", "amount_display", "consent_ref", "soft_credit_of", "minor", "guardian_consent")


def publish(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a roll with only public amounts in its entries, a band or nothing for the others, and safe totals.

    Each entry gains `shown` (exact amount or None) and `band` ((low, high), (low, None) or None); the roll gains `totals`
    (of all, by level and by cohort: {count, amount or None, rounded}; and whether any is rounded or left out).
    """
    levels = sorted(fields.get("levels", ()), key=lambda level: Decimal(level["min"]))
    entries = fields.get("entries", [])
    privacy = fields.get("privacy", {})
    public = {key: value for key, value in fields.items() if key not in ("privacy", "source")}
    return public | {
        "entries": [_public_entry(entry, levels) for entry in entries],
        "totals": _totals(entries, levels, privacy.get("min_hidden", MIN_HIDDEN), privacy.get("round_to", ROUND_TO)),
    }


def _totals(entries: Sequence[dict[str, Any]], levels: Sequence[dict[str, Any]], least: int, step: int) -> dict[str, Any]:
    """Soft credits count in none.  A sum with hidden gifts is rounded down, or left out where it would tell too much."""
    counted = [entry for entry in entries if "soft_credit_of" not in entry]
    known = {level["id"] for level in levels}
    groups = [(level if (level := entry.get("level", "")) in known else "", cohort_of(entry)) for entry in counted]
    hidden = [_hidden_gift(entry, group, levels) for entry, group in zip(counted, groups, strict=True) if _is_hidden(entry)]
    told = what_to_tell(hidden, 2, least)
    by_level: dict[str, list[dict[str, Any]]] = {level["id"]: [] for level in levels}
    by_cohort: dict[str, list[dict[str, Any]]] = {}
    for entry, (level, cohort) in zip(counted, groups, strict=True):
        for sort, group in ((by_level, level), (by_cohort, cohort)):
            if group:
                sort.setdefault(group, []).append(entry)
    totals: dict[str, Any] = {"all": _total(counted, told.whole, step)}
    for name, sort, left_out in (("levels", by_level, told.left_out[0]), ("cohorts", by_cohort, told.left_out[1])):
        totals[name] = {group: _total(members, group not in left_out, step) for group, members in sort.items()}
    return totals | {"protected": bool(hidden)}


def cohort_of(entry: Mapping[str, Any]) -> str:
    """The cohort of an entry without its folder; "" for none."""
    return str(entry.get("cohort", "")).removeprefix("cohorts/")


def _hidden_gift(entry: dict[str, Any], groups: tuple[str, str], levels: Sequence[dict[str, Any]]) -> HiddenGift:
    """A gift with the bounds that its band or its level tells; without either, it may be anything."""
    amount = Decimal(entry["amount"])
    band = _band(amount, levels) if entry.get("amount_display") == "band" or groups[0] else None
    low, high = band or ("0", None)
    return HiddenGift(amount, Decimal(low), NEVER if high is None else Decimal(high), groups)


def _public_entry(entry: dict[str, Any], levels: Sequence[dict[str, Any]]) -> dict[str, Any]:
    shown = {key: value for key, value in entry.items() if key not in _PRIVATE}
    display = entry.get("amount_display", "hidden") if "amount" in entry else "hidden"
    return shown | {
        "shown": entry["amount"] if display == "exact" else None,
        "band": _band(Decimal(entry["amount"]), levels) if display == "band" else None,
    }


def _band(amount: Decimal, levels: Sequence[dict[str, Any]]) -> tuple[str, str | None] | None:
    """The minimum of the level an amount falls in, and that of the next."""
    bounds = [level["min"] for level in levels]
    for low, high in zip(reversed(bounds), [None, *reversed(bounds[1:])], strict=False):
        if amount >= Decimal(low):
            return low, high
    return None


def _total(entries: Sequence[dict[str, Any]], may_be_told: bool, step: int) -> dict[str, Any]:
    """Count and sum of gifts; without the sum where it may not be told, and rounded down where it holds hidden gifts."""
    gifts = [entry for entry in entries if "amount" in entry]
    total: dict[str, Any] = {"count": len(entries), "amount": None, "rounded": False}
    if not gifts or not may_be_told:
        return total
    amount = sum((Decimal(entry["amount"]) for entry in gifts), Decimal(0))
    if any(map(_is_hidden, gifts)):
        told = int(amount) // step * step
        return total | {"amount": str(told), "rounded": True} if told else total
    return total | {"amount": str(amount)}


def _is_hidden(entry: dict[str, Any]) -> bool:
    """True for a gift whose amount is not shown exactly."""
    return "amount" in entry and entry.get("amount_display", "hidden") != "exact"
