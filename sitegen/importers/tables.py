"""Tables: a register as CSV or a workbook → headings and rows of cells, or every reason why it cannot be read.  Reads a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitegen.problems import Code, Problem, SiteError, Span

Cell = str | int | float | Any  # a workbook gives numbers, dates and flags as what they are


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number in the register, counted from 1, and its cells in the order of the headings; "" where empty."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A register: the name and digest of its file, its headings and its rows that are not empty."""

    file: str
    sha256: str
    sheet: str
    headings: Sequence[str]
    rows: Sequence[Row]

    def place(self, row: int, column: int = 0) -> Span:
        """A cell, for messages: row and column, both as a spreadsheet counts them."""
        return Span(self.file, row, column + 1)


def read_table(path: Path, sheet: str = "", heading_row: int = 1) -> Table:
    """The table in a file.  Raises SiteError with every problem."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(Code.UNREADABLE, f"the register cannot be read: {error.strerror}", path.name, "name the file") from None
    if content.startswith(b"PK"):
        sheet, rows = _workbook(content, path.name, sheet)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(Code.UNREADABLE, "the workbook is of the old kind, or locked", path.name, "save it as .xlsx, unlocked")
    else:
        rows = _csv(content, path.name, heading_row)
    headings, found = _split(rows, heading_row, path.name)
    return Table(path.name, sha256(content).hexdigest(), sheet, headings, found)


def _refused(code: Code, message: str, file: str, hint: str, row: int = 1, column: int = 1) -> SiteError:
    return SiteError([Problem(code, message, Span(file, row, column), hint)])


def _csv(content: bytes, file: str, heading_row: int) -> list[Sequence[Cell]]:
    text = _decoded(content, file)
    delimiter = max(",\t;", key="".join(text.splitlines()[heading_row - 1 : heading_row]).count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Sequence[Cell]] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        message = f"the table breaks off after row {len(rows)}: {error}"
        raise _refused(Code.UNREADABLE, message, file, "look for a quotation mark that is not closed", len(rows) + 1) from None
    return rows


def _decoded(content: bytes, file: str) -> str:
    """Text as spreadsheet programs export it: UTF-8 with or without mark, UTF-16, or GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _refused(Code.ENCODING, "the register is neither UTF-8 nor GB18030", file, "export it again as CSV UTF-8, or as .xlsx")


def _workbook(content: bytes, file: str, name: str) -> tuple[str, list[Sequence[Cell]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # a package can be broken in more ways than its reader has names for
        message = f"the workbook cannot be read ({type(error).__name__})"
        raise _refused(Code.UNREADABLE, message, file, "open it, and save it again as .xlsx without a password") from None
    names = [each.title for each in book.worksheets]
    if name and name not in names:
        raise _refused(Code.UNREADABLE, f"there is no sheet {name}", file, f"sheets: {', '.join(names)}")
    sheet = book[name] if name else book.worksheets[0]
    merged = sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
    if merged:
        hint = "take the cells apart: each row needs its own values, and each column one heading in one row"
        raise SiteError(
            Problem(Code.INCONSISTENT, f"the cells {area.coord} are merged", Span(file, area.min_row, area.min_col), hint)
            for area in merged[:20]
        )
    return sheet.title, [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _cell(value: Cell) -> Cell:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else value


def _split(rows: Sequence[Sequence[Cell]], heading_row: int, file: str) -> tuple[list[str], list[Row]]:
    if len(rows) < heading_row or not any(cell != "" for cell in rows[heading_row - 1]):
        hint = "say in the mapping where they stand: heading_row: 2"
        raise _refused(Code.EMPTY_SOURCE, f"row {heading_row} has no headings", file, hint, heading_row)
    headings = [str(cell) for cell in rows[heading_row - 1]]
    found, problems = [], []
    for number, cells in enumerate(rows[heading_row:], heading_row + 1):
        if not any(cell != "" for cell in cells):
            continue
        if any(cell != "" for cell in cells[len(headings) :]):
            message = f"row {number} has more cells than there are headings"
            hint = 'put amounts such as "1,234.00" in quotation marks, or give the column a heading'
            problems.append(Problem(Code.INCONSISTENT, message, Span(file, number, len(headings) + 1), hint))
        found.append(Row(number, [*cells[: len(headings)], *[""] * (len(headings) - len(cells))]))
    if problems:
        raise SiteError(problems)
    return headings, found


def lies_with(path: Path, root: Path) -> bool:
    """True for a file in the folder of a site, or in the repository that the site belongs to: it would be copied with it."""
    root = root.resolve()
    shared = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    return path.resolve().is_relative_to(shared)
