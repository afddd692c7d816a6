"""A spreadsheet program judges the workbook of a register: it computes the checks and colours them, and what it saves imports."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import html5lib
import pytest
from conftest import Workshop
from openpyxl import load_workbook
from outcome import Run
from register import ROLL
from samples import plain

from sitegen.importers.columns import COLUMNS

# A large program for what few changes touch: it is asked where it is, and the gate does not install it.
OFFICE = shutil.which("soffice") or shutil.which("localc")
pytestmark = pytest.mark.skipif(not OFFICE, reason="LibreOffice Calc (soffice) is not installed")
TARGET = "content/honors/annual-2026.yaml"
RED, GREEN = "#F2938C", "#B7E1C8"
RIGHT: dict[str, Any] = {
    "gift": "0001", "donor": "0007", "date": datetime.date(2026, 3, 1), "amount": 12345.5, "currency": "CNY", "name": "林样本",
    "donor_kind": "person", "recognition": "named", "amount_display": "exact", "consent_name": "true", "consent_amount": "true",
    "consent_ref": "A-1",
}  # fmt: skip
# By the check that must see it, in the order of the sheet, what is wrong with a row.
WRONG: dict[str, dict[str, Any]] = {
    "金额不是数字": {"amount": "一万元"},
    "没有捐赠人编号": {"donor": None},
    "没有到账日期": {"date": None},
    "没有署名方式": {"recognition": None, "consent_name": None},
    "署名而没有姓名": {"name": None},
    "署名而未经同意": {"consent_name": "false"},
    "公布金额而未经同意": {"consent_amount": None},
    "未成年人没有监护人同意": {"minor": "true"},
}
AS_WRONG = {
    "described without a name": ({"recognition": "described", "name": None}, "署名而没有姓名"),
    "described without consent": ({"recognition": "described", "consent_name": None}, "署名而未经同意"),
    "a band without consent": ({"amount_display": "band", "consent_amount": "false"}, "公布金额而未经同意"),
}
AS_RIGHT: dict[str, dict[str, Any]] = {
    "anonymous": {"recognition": "anonymous", "name": None, "consent_name": None},
    "hidden amount": {"amount_display": "hidden", "consent_amount": None},
    "a minor with a guardian": {"minor": "true", "guardian_consent": "B-1"},
    "no minor": {"minor": "false"},
}


def fill(path: Path, rows: list[dict[str, Any]], language: str) -> None:
    book = load_workbook(path)
    for number, row in enumerate(rows, 2):
        for index, column in enumerate(COLUMNS, 1):
            value = row.get(column.name)
            if column.words and value is not None:
                value = column.offered(language)[list(column.words).index(value)]
            book.worksheets[0].cell(number, index).value = value
    book.save(path)


def convert(files: list[Path], to: str, folder: Path) -> list[Path]:
    """What the program saves the files as."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    arguments = [OFFICE or "", profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(folder / "saved")]
    subprocess.run([*arguments, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [folder / "saved" / f"{file.stem}.{to.partition(':')[0]}" for file in files]


def checks(page: Path, language: str) -> dict[str, tuple[float, str]]:
    """The value and colour of each check, as the program shows them."""
    tables = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False).iter("table")
    found = {}
    for row in list(tables)[2].iter("tr"):
        cells = list(row.iter("td"))
        if len(cells) > 1 and "sdval" in cells[1].attrib:
            found["".join(cells[0].itertext()).strip()] = (
                float(cells[1].attrib["sdval"]),
                cells[1].attrib.get("bgcolor", "").upper(),
            )
    return found


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, tuple[float, str]]]:
    """By name of the case, the checks of a workbook that holds a right row and that of the case."""
    from sitegen.importers.register_template import write_template

    folder = tmp_path_factory.mktemp("office")
    cases = {"right": [RIGHT], "empty": []} | {name: [RIGHT, RIGHT | row] for name, row in WRONG.items()}
    cases |= {name: [RIGHT, RIGHT | row] for name, (row, _) in AS_WRONG.items()}
    cases |= {name: [RIGHT, RIGHT | row] for name, row in AS_RIGHT.items()}
    files = {}
    for number, (name, rows) in enumerate(cases.items()):
        files[name] = folder / f"case{number}.xlsx"
        write_template(files[name], folder / "site", "zh")
        fill(files[name], rows, "zh")
    english = folder / "english.xlsx"
    write_template(english, folder / "site", "en")
    fill(english, [RIGHT, *(RIGHT | row for row in WRONG.values())], "en")
    pages = convert([*files.values(), english], "html", folder)
    return {name: checks(page, "zh") for name, page in zip([*files, "english"], pages, strict=True)}


@pytest.mark.parametrize("case", ["right", *AS_RIGHT])
def test_right_rows_are_green(judged: dict[str, dict[str, tuple[float, str]]], case: str) -> None:
    assert {name: judged[case][name] for name in WRONG} == dict.fromkeys(WRONG, (0, GREEN))


@pytest.mark.parametrize(
    ("case", "check"), [*((name, name) for name in WRONG), *((name, check) for name, (_, check) in AS_WRONG.items())]
)
def test_a_wrong_row_turns_its_check_red_and_no_other(
    judged: dict[str, dict[str, tuple[float, str]]], case: str, check: str
) -> None:
    assert {name: judged[case][name] for name in WRONG} == dict.fromkeys(WRONG, (0, GREEN)) | {check: (1, RED)}


def test_sums_are_right_and_an_empty_register_is_not_wrong(judged: dict[str, dict[str, tuple[float, str]]]) -> None:
    assert [judged["anonymous"][name][0] for name in ("笔数", "金额合计")] == [2, 24691]
    assert set(judged["empty"].values()) == {(0, GREEN), (0, "")}


def test_the_checks_in_english_are_the_same(judged: dict[str, dict[str, tuple[float, str]]]) -> None:
    assert [value for value in judged["english"].values() if value[1]] == [(1, RED)] * len(WRONG)


@pytest.mark.parametrize(
    "style",
    ["xlsx:Calc MS Excel 2007 XML", "csv:Text - txt - csv (StarCalc):44,34,76,1", "csv:Text - txt - csv (StarCalc):44,34,67,1"],
    ids=["workbook", "CSV in UTF-8", "CSV in GBK"],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_program_saves_imports_as_the_template_does(
    workshop: Workshop, run: Run, tmp_path: Path, language: str, style: str
) -> None:
    plain(workshop).write(f"-- {TARGET} --\n{ROLL}")
    folder = tmp_path.parent / f"{tmp_path.name}-office"
    folder.mkdir()
    template = folder / "register.xlsx"
    run("new", "honor-roll", "--xlsx", str(template), "--lang", language)
    fill(template, [RIGHT, RIGHT | {"gift": "0002", "donor": "0008", "name": "单样本", "amount": 0.07}], language)
    (saved,) = convert([template], style, folder)
    told = {}
    for file in (template, saved):
        done = run("import", "honor-roll", str(file), "--to", TARGET)
        assert (done.code, done.err) == (0, "")
        text = (workshop.root / TARGET).read_text(encoding="utf-8")
        told[file] = re.sub(r"(?m)^source: .*\n", "", text)
    assert told[saved] == told[template]
    assert "amount: 12345.50" in told[saved]
    assert "amount: 0.07" in told[saved]
