"""The template of a register: a workbook to fill in, with words to choose from, a guide, and a sheet of checks.  Writes a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.importers.columns import BY_NAME, COLUMNS, Column
from sitegen.importers.tables import lies_with
from sitegen.problems import Code, Problem, SiteError, Span

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "honor-roll-register.xlsx"
LAST_ROW = 20_001
_SHEETS = {"zh": ("登记", "填写说明", "校验"), "en": ("Register", "Guide", "Checks")}
_WARNING = {
    "zh": "登记表含个人信息：请存放在网站文件夹之外，只让经办人读取。不必填写身份证号和银行卡号。",
    "en": "The register holds personal data: keep it outside the site's folder, for the office only. It needs no identity numbers.",
}
_GUIDE_HEADS = {"zh": ("栏目", "说明", "可填写"), "en": ("Column", "What it holds", "Words")}
_COLORS = {"notEqual": "F2938C", "equal": "B7E1C8"}  # red for what is wrong, green for what is right
_CHECK_HEADS = {"zh": ("校验项", "结果", "应为"), "en": ("Check", "Result", "Should be")}


def write_template(path: Path, root: Path, language: str) -> None:
    """Writes the workbook, in Chinese for any language zh-…, else in English.  Raises SiteError where it must not be."""
    if lies_with(path, root):
        hint = "name a folder outside of it, such as --xlsx ../../register.xlsx"
        raise _refused(path, "a register does not belong into the folder or the repository of the site", hint)
    if path.exists():
        raise _refused(path, f"{path.name} is there already", "name another file, with --xlsx FILE")
    from openpyxl import Workbook

    language = "zh" if language.startswith("zh") else "en"
    book = Workbook()
    register, guide, checks = book.active, book.create_sheet(), book.create_sheet()
    assert register is not None
    for sheet, title in zip((register, guide, checks), _SHEETS[language], strict=True):
        sheet.title = title
    _fill_register(register, language)
    _fill_guide(guide, language)
    _fill_checks(checks, language)
    try:
        book.save(path)
    except OSError as error:
        raise _refused(path, f"the workbook cannot be written: {error.strerror}", "name a folder that is there") from None


def _refused(path: Path, message: str, hint: str) -> SiteError:
    return SiteError([Problem(Code.UNWRITABLE, message, Span(str(path)), hint)], exit_code=2)


def _fill_register(sheet: Worksheet, language: str) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    formats = {"amount": "#,##0.00", "date": "yyyy-mm-dd", "year": "0", "consecutive_years": "0"}
    sheet.append([column.heading(language) for column in COLUMNS])
    sheet.freeze_panes = "A2"
    for index, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(index)
        sheet.cell(1, index).font = Font(bold=True)
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.heading("zh")) + 4)
        # The whole column, so that numbers of donors keep their zeros in every row that will be typed.
        sheet.column_dimensions[letter].number_format = formats.get(column.name, "@")
        rule = None
        if column.words:
            rule = DataValidation("list", formula1=f'"{",".join(column.offered(language))}"', allow_blank=True)
        elif column.name == "amount":
            rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        elif column.name == "date":
            rule = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
        if rule is not None:
            rule.showErrorMessage = True
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)


def _fill_guide(sheet: Worksheet, language: str) -> None:
    sheet.append([_WARNING[language]])
    sheet.append([])
    sheet.append(_GUIDE_HEADS[language])
    for column in COLUMNS:
        note = column.note_zh if language == "zh" else column.note
        sheet.append([column.heading(language), note, " / ".join(column.offered(language))])
    for letter, width in zip("ABC", (24, 48, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _fill_checks(sheet: Worksheet, language: str) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    sheet.append(_CHECK_HEADS[language])
    for zh, en, formula, wanted in _checks(language):
        sheet.append([zh if language == "zh" else en, f"={formula}", wanted])
        if wanted is not None:
            cell = sheet.cell(sheet.max_row, 2).coordinate
            for operator, color in _COLORS.items():
                fill = PatternFill("solid", start_color=color, end_color=color)
                rule = CellIsRule(operator=operator, formula=["0"], fill=fill)  # type: ignore[no-untyped-call]
                sheet.conditional_formatting.add(cell, rule)
    for letter, width in zip("ABC", (48, 24, 12), strict=True):
        sheet.column_dimensions[letter].width = width


def _checks(language: str) -> Iterator[tuple[str, str, str, int | None]]:
    """What is counted, in both languages, its formula, and what it should come to."""

    def cells(name: str) -> str:
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(COLUMNS.index(BY_NAME[name]) + 1)
        return f"'{_SHEETS[language][0]}'!${letter}$2:${letter}${LAST_ROW}"

    def word(column: Column, meaning: str) -> str:
        return column.offered(language)[list(column.words).index(meaning)]

    def without(what: str, meanings: tuple[str, ...], needed: str, value: str) -> str:
        return "+".join(f'COUNTIFS({cells(what)},"{word(BY_NAME[what], each)}",{cells(needed)},"{value}")' for each in meanings)

    no = f"<>{word(BY_NAME['consent_name'], 'true')}"
    yield "笔数", "Gifts", f"COUNT({cells('amount')})", None
    yield "金额合计", "Sum of amounts", f"SUM({cells('amount')})", None
    for currency, zh, en in zip(
        BY_NAME["currency"].words, BY_NAME["currency"].offered("zh"), BY_NAME["currency"].offered("en"), strict=True
    ):
        if currency != "CNY":
            said = word(BY_NAME["currency"], currency)
            yield f"　其中{zh}", f"  of them in {en}", f'SUMIFS({cells("amount")},{cells("currency")},"{said}")', None
    yield "金额不是数字", "Amounts that are no numbers", f"COUNTA({cells('amount')})-COUNT({cells('amount')})", 0
    yield "没有捐赠人编号", "Without a donor number", f'COUNTIFS({cells("amount")},">=0",{cells("donor")},"")', 0
    yield "没有到账日期", "Without a date", f'COUNTIFS({cells("amount")},">=0",{cells("date")},"")', 0
    yield "没有署名方式", "Without a recognition", f'COUNTIFS({cells("amount")},">=0",{cells("recognition")},"")', 0
    yield "署名而没有姓名", "Named without a name", without("recognition", ("named", "described"), "name", ""), 0
    yield "署名而未经同意", "Named without consent", without("recognition", ("named", "described"), "consent_name", no), 0
    yield (
        "公布金额而未经同意",
        "Amount shown without consent",
        without("amount_display", ("exact", "band"), "consent_amount", no),
        0,
    )
    yield "未成年人没有监护人同意", "Minors without a guardian's consent", without("minor", ("true",), "guardian_consent", ""), 0
