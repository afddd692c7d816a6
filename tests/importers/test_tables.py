"""Registers as spreadsheet programs save them: every encoding and separator, and plain words for what cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from sitegen.importers.tables import read_table
from sitegen.problems import SiteError

ROWS = [["姓名", "金额"], ["林样本", "1,234.50"], ["", ""], ["周，样本", "5万元"]]
WANTED = [(2, ["林样本", "1,234.50"]), (4, ["周，样本", "5万元"])]


def csv(separator: str = ",") -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)


def book(*rows: tuple[object, ...], merged: str = "", title: str = "登记") -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


GOOD: dict[str, Callable[[], bytes]] = {
    "utf-8": lambda: csv().encode(),
    "utf-8 with mark": lambda: csv().encode("utf-8-sig"),
    "gb18030": lambda: csv().encode("gb18030"),
    "utf-16, tabs": lambda: csv("\t").encode("utf-16"),
    "semicolons": lambda: csv(";").encode(),
    "unix line ends": lambda: csv().replace("\r\n", "\n").encode(),
    "no last line end": lambda: csv().rstrip().encode(),
    "workbook": lambda: book(*(tuple(cell or None for cell in row) for row in ROWS)),
}


@pytest.mark.parametrize("form", GOOD)
def test_a_register_of_any_form_is_the_same_table(tmp_path: Path, form: str) -> None:
    path = tmp_path / "register"
    path.write_bytes(GOOD[form]())
    table = read_table(path)
    assert list(table.headings) == ROWS[0]
    assert [(row.number, list(row.cells)) for row in table.rows] == WANTED


def test_a_line_break_within_a_cell_does_not_shift_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text('姓名,金额\n"林\n样本",5\n周样本,6\n', encoding="utf-8")
    assert [(row.number, row.cells[1]) for row in read_table(path).rows] == [(2, "5"), (3, "6")]


BAD: dict[str, tuple[bytes, str]] = {
    "latin-1": ("Émile,5\xa0\n".encode("latin-1") + b"\xff\xff\xff", "E002 1:1 the register is neither UTF-8 nor GB18030"),
    "open quote": (
        '姓名,金额\n"林样本,5\n周样本,6\n'.encode(),
        "E001 2:1 the table breaks off after row 1: unexpected end of data",
    ),
    "comma in amount": ("姓名,金额\n林样本,1,234\n".encode(), "E012 2:3 row 2 has more cells than there are headings"),
    "empty": (b"", "E003 1:1 row 1 has no headings"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + bytes(99), "E001 1:1 the workbook is of the old kind, or locked"),
    "broken workbook": (b"PK\x03\x04broken", "E001 1:1 the workbook cannot be read (BadZipFile)"),
    "merged headings": (book(("捐赠人", None), ("姓名", "金额"), merged="A1:B1"), "E012 1:1 the cells A1:B1 are merged"),
    "merged cells": (book(("姓名", "金额"), ("林样本", 5), (None, 6), merged="A2:A3"), "E012 2:1 the cells A2:A3 are merged"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_said_in_plain_words(tmp_path: Path, case: str) -> None:
    content, expected = BAD[case]
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(SiteError) as refused:
        read_table(path)
    (problem,) = refused.value.problems
    assert f"{problem.code.value} {problem.span.line}:{problem.span.column} {problem.message}" == expected
    assert problem.hint
    assert problem.span.path == "register.csv"


def test_the_headings_may_stand_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("2026年捐赠登记,,\n,,\n姓名,金额,\n林样本,5,\n", encoding="gb18030")
    table = read_table(path, heading_row=3)
    assert [(row.number, row.cells[0]) for row in table.rows] == [(4, "林样本")]


def test_a_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(book(("姓名",), ("林样本",), title="二月"))
    assert read_table(path, "二月").sheet == "二月"
    with pytest.raises(SiteError) as refused:
        read_table(path, "三月")
    assert refused.value.problems[0].hint == "sheets: 二月"
