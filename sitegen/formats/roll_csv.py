"""An honor roll as a table to download: what its pages show, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from sitegen.site.reader import Reader

# Programs that show tables run a cell that begins so as a formula (OWASP, CSV Injection), some also with the full-width forms.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def render_roll_csv(entry_id: str, reader: Reader) -> bytes:
    """CSV (RFC 4180) in UTF-8, with the mark by which Excel knows it as such; columns that no row fills are left out."""
    roll = reader.entry(entry_id, reader.language)
    table = [[cell(row) for cell in _COLUMNS.values()] for row in roll.rows]
    filled = [index for index in range(len(_COLUMNS)) if any(line[index] for line in table)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(reader.message(list(_COLUMNS)[index])) for index in filled])
    yes = reader.message("honor.deceased")
    for line in table:
        writer.writerow([_harmless(yes if line[index] is True else line[index]) for index in filled])
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) else text


def _title(view: Any) -> str:
    return str(view.title) if view else ""


_COLUMNS: dict[str, Callable[[Any], Any]] = {
    "honor.name": lambda row: row.name,
    "honor.class": lambda row: _title(row.cohort),
    "honor.unit": lambda row: row.unit or "",
    "honor.chapter": lambda row: _title(row.chapter),
    "honor.level": lambda row: row.level,
    "honor.amount": lambda row: row.exact or row.amount,
    "honor.designation": lambda row: _title(row.project),
    "honor.tribute_column": lambda row: row.tribute.name if row.tribute else "",
    "honor.running_column": lambda row: str(row.consecutive_years or ""),
    "honor.deceased": lambda row: bool(row.deceased) or "",
    "honor.year": lambda row: str(row.year or ""),
    "honor.citation": lambda row: row.citation or "",
    "honor.awarded_by_column": lambda row: row.awarded_by or "",
}
