"""Amounts as offices write them → exact decimals; never through a binary fraction."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from math import isfinite

UNITS = {
    "元": Decimal(1), "圆": Decimal(1), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10) ** 4, "十万": Decimal(10) ** 5,
    "百万": Decimal(10) ** 6, "千万": Decimal(10) ** 7, "亿": Decimal(10) ** 8,
}  # fmt: skip
# What a sign before a number may stand for.
_SIGNS = {
    "¥": ("CNY", "JPY"), "$": ("USD", "HKD", "SGD", "AUD", "CAD", "TWD"), "€": ("EUR",), "£": ("GBP",), "RMB": ("CNY",),
    "人民币": ("CNY",),
}  # fmt: skip
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_AMOUNT = re.compile(
    r"(?P<sign>¥|\$|€|£|人民币|[A-Z]{3})?\s*"
    r"(?P<number>-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:\.[0-9]+)?)"
    rf"\s*(?P<unit>{_UNIT})?(?P<yuan>\s*[元圆])?\s*[整正]?"
)
_HEADING_UNIT = re.compile(rf"[(（\[【/:：]\s*(?:单位)?[:：]?\s*(?P<unit>{_UNIT})[元圆]?\s*[)）\]】]?\s*\Z")
CENT = Decimal("0.01")
_MOST = Decimal(10) ** 15


class AmountError(ValueError):
    """An amount that cannot be read, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def unit_of(heading: str) -> str:
    """The unit that a heading states, such as 万 for 金额（万元）; 元 where it states none."""
    match = _HEADING_UNIT.search(unicodedata.normalize("NFKC", heading))
    return match["unit"] if match else "元"


def read_amount(cell: object, currency: str, unit: str = "元") -> Decimal:
    """The exact amount of a cell, in units of its currency.

    Digits may be full-width and grouped by thousands, with the sign of the currency; an own unit (5万元) goes before that of
    the column.  A number of a workbook is taken to 15 significant digits, as spreadsheets keep and show it.  Raises
    AmountError, for a sign of another currency too.
    """
    if isinstance(cell, bool) or (isinstance(cell, float) and not isfinite(cell)):
        raise AmountError(f"“{cell}” is no amount", _FORM)
    if isinstance(cell, int | float):
        return _sound(Decimal(format(cell, ".15g")) * UNITS[unit])
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise AmountError(f"“{text[:40]}” is no amount", _FORM)
    if match["sign"] and currency not in _SIGNS.get(match["sign"], (match["sign"],)):
        raise AmountError(f"{match['sign']} is not {currency}", "say the currency in a column of its own")
    own = match["unit"] or ("元" if match["yuan"] else unit)
    return _sound(Decimal(re.sub("[, ]", "", match["number"])) * UNITS[own])


def _sound(value: Decimal) -> Decimal:
    if value < 0:
        raise AmountError(f"{value:f} is below zero", "correct the gift itself, so that one row says what was given")
    if value >= _MOST:
        raise AmountError("the amount has more than 15 digits", "is it a number of something else?")
    if value != value.quantize(CENT):
        raise AmountError(f"{value.normalize():f} has more than two decimals", "round it as the receipt does")
    return value


_FORM = "write digits, such as 250000, 1,234.50 or 5万元"


def plain(amount: Decimal) -> str:
    """An amount as a roll writes it: 250000 or 99.50."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"
