"""The workbook that an office fills in: what it offers is understood, what it checks is there, and it imports as it is."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from conftest import Workshop
from openpyxl import load_workbook
from outcome import Run
from register import ROLL
from samples import plain

from sitegen.importers.columns import COLUMNS

TARGET = "content/honors/annual-2026.yaml"
ROW = {
    "donor": "D1", "date": datetime.date(2026, 3, 1), "amount": 1234.5, "name": "林样本", "donor_kind": 0, "recognition": 0,
    "amount_display": 0, "consent_name": 0, "consent_amount": 0, "consent_ref": "A-1", "currency": 0,
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_filled_template_imports_without_a_mapping(workshop: Workshop, run: Run, tmp_path: Path, language: str) -> None:
    plain(workshop).write(f"-- {TARGET} --\n{ROLL}")
    path = tmp_path.parent / f"{tmp_path.name}-{language}.xlsx"
    assert run("new", "honor-roll", "--xlsx", str(path), "--lang", language).out == f"{path}\n"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for index, column in enumerate(COLUMNS, 1):
        if column.name in ROW:
            value = ROW[column.name]
            sheet.cell(2, index).value = column.offered(language)[value] if isinstance(value, int) else value
    book.save(path)
    told = run("import", "honor-roll", str(path), "--to", TARGET)
    assert (told.code, told.err) == (0, "")
    assert "- {id: lin-yang-ben, donor_kind: person, name: 林样本, recognition: named, level: friend, amount: 1234.50," in (
        workshop.root / TARGET
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_it_offers_is_understood_and_every_check_counts_the_right_column(
    workshop: Workshop, run: Run, tmp_path: Path, language: str
) -> None:
    path = tmp_path.parent / f"{tmp_path.name}-{language}.xlsx"
    run("new", "honor-roll", "--xlsx", str(path), "--lang", language)
    book = load_workbook(path)
    register, guide, checks = book.worksheets
    headings = {cell.column_letter: str(cell.value) for cell in register[1]}
    assert len(set(headings.values())) == len(COLUMNS)
    offered = {
        str(rule.sqref).partition("2:")[0]: rule.formula1
        for rule in register.data_validations.dataValidation
        if rule.type == "list"
    }
    for letter, words in offered.items():
        column = next(column for column in COLUMNS if column.heading(language) == headings[letter])
        assert [column.meaning(word) for word in words.strip('"').split(",")] == list(column.words)
        assert len(words) <= 257, "Excel takes no longer lists"
    assert len(offered) == sum(bool(column.words) for column in COLUMNS)
    assert {row[0].value for row in guide.iter_rows(min_row=4)} == set(headings.values())
    said = {str(row[0].value): str(row[1].value) for row in checks.iter_rows(min_row=2)}
    name = "署名而没有姓名" if language == "zh" else "Named without a name"
    used = {headings[letter] for letter in re.findall(r"!\$([A-Z]+)\$2:\$\1\$20001", said[name])}
    assert used == {column.heading(language) for column in COLUMNS if column.name in ("recognition", "name")}
    assert all(formula.startswith("=") and formula.count("(") == formula.count(")") for formula in said.values())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("new", "honor-roll", "--xlsx", "register.xlsx"),
            "does not belong into the folder or the repository of the site",
        ),
        (("new", "honor-roll", "--xlsx", "/nowhere/at/all.xlsx"), "the workbook cannot be written"),
        (("new", "event", "--xlsx"), "the kind event has no register"),
        (("new", "honor-rolls", "--xlsx", "x.xlsx"), "a register does not belong"),
        (("new", "honor-roll"), "a title is missing"),
    ],
)
def test_what_cannot_be_is_refused(workshop: Workshop, run: Run, arguments: tuple[str, ...], reason: str) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert reason in told.err


def test_a_register_that_is_there_is_never_written_over(workshop: Workshop, run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("init", str(site))
    assert run("new", "honor-roll", "--xlsx", "-s", str(site)).out == f"{tmp_path}/honor-roll-register.xlsx\n"
    before = (tmp_path / "honor-roll-register.xlsx").read_bytes()
    assert run("new", "honor-roll", "--xlsx", "-s", str(site)).code == 2
    assert (tmp_path / "honor-roll-register.xlsx").read_bytes() == before
