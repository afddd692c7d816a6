"""Gifts: the rows of a register, read; with every cell that cannot be understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sitegen.importers.amounts import CENT, AmountError, read_amount, unit_of
from sitegen.importers.columns import BY_NAME
from sitegen.importers.mapping import Mapping, positions
from sitegen.importers.tables import Cell, Row, Table
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?|(\d{4})(\d{2})(\d{2})")
_TOTALS = ("合计", "总计", "合計", "總計", "total")


@dataclass(frozen=True, slots=True)
class Gift:
    """A row: what was given, in the roll's currency and as it was given, and what else is said of it, as meanings or texts.

    `donor` is the register's own number of the donor, or of the row where there is none; it is never published.
    """

    row: int
    donor: str
    amount: Decimal | None
    currency: str
    given: Decimal | None
    date: str = ""
    values: Map[str, str] = field(default_factory=dict)

    def says(self, column: str) -> bool:
        """True where a flag is set."""
        return self.values.get(column) == "true"


@dataclass(frozen=True, slots=True)
class Gifts:
    """All gifts of a register, where in its rows each column stands, and the unit its amounts are in."""

    rows: Sequence[Gift]
    positions: Map[str, int]
    unit: str

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.positions)


def read_gifts(table: Table, mapping: Mapping, currency: str) -> Gifts:
    """The gifts of a register, amounts in `currency`.  Raises SiteError with every problem in it."""
    where = positions(mapping, table)
    unit = mapping.amounts_in or (unit_of(table.headings[where["amount"]]) if "amount" in where else "元")
    reader = _Reader(table, mapping, where, currency, unit)
    gifts = [gift for row in table.rows for gift in reader.read(row)]
    reader.check_numbers(gifts)
    if reader.problems:
        raise SiteError(reader.problems)
    return Gifts(gifts, where, unit)


class _Reader:
    def __init__(self, table: Table, mapping: Mapping, where: Map[str, int], currency: str, unit: str) -> None:
        self._table, self._mapping, self._where, self._currency, self._unit = table, mapping, where, currency, unit
        self._sum = Decimal(0)
        self.problems: list[Problem] = []

    def read(self, row: Row) -> list[Gift]:
        """The gift of a row; none of a row that only adds up those above it."""
        if any(isinstance(cell, str) and _folded(cell) in _TOTALS for cell in row.cells):
            self._check_total(row)
            return []
        values: dict[str, str] = {}
        for name, index in self._where.items():
            if name not in ("amount", "date") and (text := _text(row.cells[index])):
                values[name] = self._meaning(name, text, row)
        currency = values.pop("currency", self._currency)
        given = self._amount(row, currency)
        amount = self._converted(given, currency, row)
        self._sum += given or 0
        donor = values.pop("donor", "") or f"row {row.number}"
        return [Gift(row.number, donor, amount, currency, given, self._date(row), values)]

    def check_numbers(self, gifts: Sequence[Gift]) -> None:
        """Numbers of gifts stand once."""
        first: dict[str, int] = {}
        for gift in gifts:
            number = gift.values.get("gift")
            if number and number in first:
                self._note(
                    Code.DUPLICATE_ID, f"the gift has the number of row {first[number]}", gift.row, "gift", "one of them is wrong"
                )
            elif number:
                first[number] = gift.row

    def _meaning(self, name: str, text: str, row: Row) -> str:
        meaning = self._mapping.meaning(name, text)
        if meaning is None:
            known = [word for words in BY_NAME[name].words.values() for word in words if word]
            hint = f"{did_you_mean(text, known)}; or say in the mapping what it means: words: {{{name}: {{{text}: …}}}}"
            self._note(Code.UNKNOWN_CHOICE, f"“{text[:40]}” is not understood here", row.number, name, hint)
        return meaning or ""

    def _amount(self, row: Row, currency: str) -> Decimal | None:
        cell = row.cells[self._where["amount"]] if "amount" in self._where else ""
        if cell == "":
            return None
        try:
            return read_amount(cell, currency, self._unit)
        except AmountError as error:
            self._note(Code.WRONG_TYPE, str(error), row.number, "amount", error.hint)
            return None

    def _converted(self, given: Decimal | None, currency: str, row: Row) -> Decimal | None:
        if given is None or currency == self._currency:
            return given
        rate = self._mapping.rates.get(currency)
        if rate is None:
            hint = f"say in the mapping what one {currency} is worth: rates: {{{currency}: …}}"
            message = f"the gift is in {currency}, the roll in {self._currency}"
            self._note(Code.INCONSISTENT, message, row.number, "currency" if "currency" in self._where else "amount", hint)
            return None
        return (given * rate).quantize(CENT, ROUND_HALF_UP)

    def _date(self, row: Row) -> str:
        cell = row.cells[self._where["date"]] if "date" in self._where else ""
        if isinstance(cell, date):
            return f"{cell:%Y-%m-%d}"
        text = _text(cell)
        if not text and "date" not in self._where:
            return ""
        match = _DATE.fullmatch(text)
        try:
            if match is None:
                raise ValueError
            return date(*(int(part) for part in match.groups() if part)).isoformat()
        except ValueError:
            said = f"“{text[:20]}” is no day" if text else "the gift has no date"
            self._note(Code.BAD_DATE, said, row.number, "date", "write it as 2026-01-31")
            return ""

    def _check_total(self, row: Row) -> None:
        cell = row.cells[self._where["amount"]] if "amount" in self._where else ""
        try:
            total = read_amount(cell, self._currency, self._unit) if cell != "" else self._sum
        except AmountError:
            total = None
        if total != self._sum:
            message = f"the register's own total is {cell}, its rows above make {self._sum:f}"
            self._note(Code.UNRECONCILED, message, row.number, "amount", "find the row that is missing, or wrong, or there twice")

    def _note(self, code: Code, message: str, row: int, column: str, hint: str) -> None:
        self.problems.append(Problem(code, message, self._span(row, column), hint))

    def _span(self, row: int, column: str) -> Span:
        return self._table.place(row, self._where.get(column, 0))


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFC", str(cell)).strip()


def _folded(text: str) -> str:
    return "".join(text.split()).casefold().rstrip(":：")
