"""What a roll of donors may show: amounts as each donor agreed, totals that give no hidden gift away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

MIN_HIDDEN = 3
ROUND_TO = 10_000
_PRIVATE = ("amount", "amount_display", "consent_ref", "soft_credit_of", "minor", "guardian_consent")


def publish(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a roll with only public amounts in its entries, a band or nothing for the others, and safe totals.

    Each entry gains `shown` (exact amount or None) and `band` ((low, high), (low, None) or None); the roll gains `totals`
    (for all, and by level): {count, amount or None, rounded}.
    """
    levels = sorted(fields.get("levels", ()), key=lambda level: Decimal(level["min"]))
    entries = fields.get("entries", [])
    privacy = fields.get("privacy", {})
    least, step = privacy.get("min_hidden", MIN_HIDDEN), privacy.get("round_to", ROUND_TO)
    parts = {level["id"]: [entry for entry in entries if entry.get("level") == level["id"]] for level in levels}
    by_level = {level: _total(members, least, step) for level, members in parts.items()}
    whole = _total(entries, least, step)
    # Gifts without a level are in no subtotal, so they too are what the whole less the subtotals would give.
    withheld = [entry for entry in entries if by_level.get(entry.get("level"), {}).get("amount") is None]
    if 0 < _hidden(withheld) < least:
        # The whole less the subtotals shown would give the few hidden gifts away.
        whole = whole | {"amount": None, "rounded": False}
    public = {key: value for key, value in fields.items() if key not in ("privacy", "source")}
    return public | {
        "entries": [_public_entry(entry, levels) for entry in entries],
        "totals": {"all": whole, "levels": by_level},
    }


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


def _total(entries: Iterable[dict[str, Any]], least: int, step: int) -> dict[str, Any]:
    """Count and sum of gifts.  Soft credits do not count; a sum over few hidden gifts is left out, over many rounded down."""
    counted = [entry for entry in entries if "soft_credit_of" not in entry]
    gifts = [entry for entry in counted if "amount" in entry]
    amount = sum((Decimal(entry["amount"]) for entry in gifts), Decimal(0))
    total: dict[str, Any] = {"count": len(counted), "amount": None, "rounded": False}
    hidden = _hidden(counted)
    if not gifts or 0 < hidden < least:
        return total
    if hidden:
        return total | {"amount": _rounded(amount, step), "rounded": True}
    return total | {"amount": str(amount)}


def _hidden(entries: Iterable[dict[str, Any]]) -> int:
    """How many gifts have an amount that is not shown exactly."""
    return sum(
        "amount" in entry and "soft_credit_of" not in entry and entry.get("amount_display", "hidden") != "exact"
        for entry in entries
    )


def _rounded(amount: Decimal, step: int) -> str:
    return str(int(amount) // step * step)
