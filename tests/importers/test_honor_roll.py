"""The import of an honor roll: exact, reconciled, within what donors agreed to, and nothing of the register beside."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import Workshop
from outcome import Outcome, Run
from register import LEVELS, ROLL, Register, register
from samples import entry, load, plain

from sitegen.content import strict_yaml
from sitegen.content.field_groups import plain as values_of

TARGET = "content/honors/annual-2026.yaml"
HEADINGS = ("编号", "日期", "金额", "姓名", "类别", "署名", "公开", "同意署名", "同意金额", "授权书")
MAP = f"""\
to: {TARGET}
columns: {{donor: 编号, date: 日期, amount: 金额, name: 姓名, donor_kind: 类别, recognition: 署名, amount_display: 公开,
  consent_name: 同意署名, consent_amount: 同意金额, consent_ref: 授权书}}
"""
GIFT = ("D1", "2026-03-01", "5000", "林样本", "个人", "署名", "公布金额", "是", "是", "A-1")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder outside the site, where the register lies."""
    folder = tmp_path.parent / f"{tmp_path.name}-office"
    folder.mkdir()
    return folder


class Desk:
    """A site with a roll, and an office with a register and a mapping."""

    def __init__(self, workshop: Workshop, office: Path, run: Run) -> None:
        self.site, self.office, self._run = plain(workshop), office, run
        self.site.write(f"-- {TARGET} --\n{ROLL}")
        self.map(MAP)

    def map(self, text: str) -> None:
        (self.office / "mapping.yaml").write_text(text, encoding="utf-8")

    def rows(self, *rows: Iterable[Any], headings: Iterable[str] = HEADINGS) -> None:
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([list(headings), *rows])
        (self.office / "register.csv").write_text(stream.getvalue(), encoding="utf-8")

    def keep(self, content: bytes, name: str = "register.csv") -> None:
        (self.office / name).write_bytes(content)

    def run(self, *arguments: str, name: str = "register.csv") -> Outcome:
        return self._run("import", "honor-roll", str(self.office / name), "--map", str(self.office / "mapping.yaml"), *arguments)

    def take(self, *arguments: str, name: str = "register.csv") -> str:
        told = self.run(*arguments, name=name)
        assert told.code == 0, told.err
        return told.out

    def refuse(self) -> list[str]:
        """The problems of an import that must leave the file as it was, without hints."""
        before = self.text
        told = self.run()
        assert told.code in (1, 2)
        assert self.text == before
        assert "Traceback" not in told.err
        lines = [line for line in told.err.splitlines() if re.match(r"\S+:\d+:\d+: ", line)]
        assert told.err.count("  hint: ") == len(lines)
        return [line.replace(f"{self.office}/", "") for line in lines]

    @property
    def text(self) -> str:
        return (self.site.root / TARGET).read_text(encoding="utf-8")

    @property
    def entries(self) -> list[dict[str, Any]]:
        node = values_of(strict_yaml.parse(self.text, TARGET))
        assert isinstance(node["entries"], list)
        return node["entries"]


@pytest.fixture
def desk(workshop: Workshop, office: Path, run: Run) -> Desk:
    return Desk(workshop, office, run)


def gift(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(heading, cell) for heading, cell in zip(HEADINGS, GIFT, strict=True))


def figures(told: str) -> dict[str, tuple[int, Decimal]]:
    """The lines of an account: what, how many, how much."""
    pattern = re.compile(r"^\s*(\S.*?)\s{2,}([\d,]+) (?:gifts|entries)\s+([\d,.]+)", re.MULTILINE)
    return {what: (int(count.replace(",", "")), Decimal(amount.replace(",", ""))) for what, count, amount in pattern.findall(told)}


LARGE = 20_000
PROJECT = "category: library\nstate: open\nrecipient_org: 样例基金会"
COHORTS = "".join(entry(f"cohorts/ee-{year}", f"subject: 电气\nentry: {year}") for year in range(1978, 2021))
PROJECTS = entry("projects/plane-tree-fund", f"title: 梧桐基金\n{PROJECT}") + entry(
    "projects/reading-room", f"title: 阅览室\n{PROJECT}"
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_register_of_20000_gifts_reconciles_to_the_cent(desk: Desk, form: str) -> None:
    """Against figures counted while the register was made, by level; and nothing of it is in the site that nobody agreed to."""
    size = LARGE if form == "csv" else 4_000
    made = register(size, style="text" if form == "csv" else "number")
    desk.keep(made.csv("gb18030") if form == "csv" else made.xlsx(), f"register.{form}")
    desk.map(f'to: {TARGET}\nrates: {{USD: "7.1050"}}\n')
    desk.site.write(PROJECTS + COHORTS)
    said = desk.take(name=f"register.{form}")
    told, entries = figures(said), desk.entries
    counted = [amount for amounts in made.levels.values() for amount in amounts]
    assert told["in the register"] == (size, made.total)
    assert told["outside the period"] == (len(made.outside), sum(made.outside))
    assert told["in the roll"] == (len(counted), sum(counted))
    assert told["counted"][1] == told["in the roll"][1]
    for level in (*LEVELS, ""):
        amounts = made.levels[level]
        assert told[level or "no level shown"] == (len(amounts), sum(amounts)), level
        shown = [each for each in entries if each.get("level", "") == level and "soft_credit_of" not in each]
        assert (len(shown), sum(Decimal(str(each["amount"])) for each in shown)) == (len(amounts), sum(amounts))
    soft = [each for each in entries if "soft_credit_of" in each]
    assert (len(soft), sum(Decimal(str(each["amount"])) for each in soft)) == (len(made.soft), sum(made.soft))
    assert _leaks(said + desk.text, made) == []
    load(desk.site)


def _leaks(said: str, made: Register) -> list[str]:
    words = set(re.findall(r"[\w-]+", said))
    return [secret for secret in made.secrets if secret in words or (secret.startswith("秘") and secret in said)]


def test_all_that_was_typed_by_hand_stays(desk: Desk) -> None:
    desk.rows(gift())
    desk.take()
    before, after = ROLL.splitlines(), desk.text.splitlines()
    assert [line for line in before if line not in after] == ["  - {id: old, name: 旧条目, recognition: named}"]
    (entry,) = [line for line in after if line.startswith("- ")]
    assert entry == (
        "- {id: lin-yang-ben, donor_kind: person, name: 林样本, recognition: named, level: friend, amount: 5000,"
        " amount_display: exact, consent_ref: A-1}"
    )
    assert re.fullmatch(r"source: \{file: register.csv, sha256: [0-9a-f]{64}\}", after[after.index("entries:") - 1])
    assert after.index("# What follows is for readers.") == after.index(entry) + 1


def test_a_second_import_of_the_same_changes_nothing(desk: Desk) -> None:
    desk.rows(gift())
    desk.take()
    text = desk.text
    told = desk.take()
    assert desk.text == text
    assert "0 new, 0 gone, 0 changed" in told
    assert told.endswith(f"{TARGET} is as it should be\n")


def test_front_matter_of_markdown_is_a_roll_too(desk: Desk) -> None:
    path = TARGET.replace(".yaml", ".md")
    (desk.site.root / TARGET).unlink()
    fields = ROLL.replace("body: |\n  怎样读这份名录。\n", "")
    desk.site.write(f"-- {path} --\n---\n{fields}---\n\n怎样读这份名录。\n")
    desk.rows(gift())
    desk.take("--to", path)
    text = (desk.site.root / path).read_text(encoding="utf-8")
    assert text.endswith("sample: true\n---\n\n怎样读这份名录。\n")
    assert "name: 林样本" in text
    assert not desk.site.problems()


def test_a_dry_run_tells_and_does_not_write(desk: Desk) -> None:
    desk.rows(gift())
    told = desk.take("--dry-run")
    assert desk.text == ROLL
    assert "  + lin-yang-ben" in told
    assert "  - old" in told
    assert told.endswith("would be written (--dry-run)\n")


def test_gifts_of_one_donor_are_added_up_and_reach_a_level_together(desk: Desk) -> None:
    desk.rows(
        gift(金额="60,000"),
        gift(金额="4万元"),
        gift(编号="D2", 姓名="周样本", 金额="0.10"),
        gift(编号="D2", 姓名="周样本", 金额="0.20"),
    )
    desk.take()
    assert [(entry["id"], entry["level"], str(entry["amount"])) for entry in desk.entries] == [
        ("lin-yang-ben", "plane-tree", "100000"),
        ("zhou-yang-ben", "friend", "0.3"),
    ]
    assert "amount: 0.30," in desk.text


def test_the_unit_of_a_heading_counts(desk: Desk) -> None:
    headings = [heading.replace("金额", "金额（万元）") if heading == "金额" else heading for heading in HEADINGS]
    desk.map(MAP.replace("amount: 金额", "amount: 金额（万元）"))
    desk.rows(gift(金额="5"), headings=headings)
    assert "amounts are in 万元" in desk.take()
    assert desk.entries[0]["amount"] == 50_000


def test_another_currency_needs_a_rate(desk: Desk) -> None:
    desk.map(MAP.replace("amount: 金额", "amount: 金额, currency: 币种"))
    desk.rows((*gift(金额="100.10"), "美元"), headings=(*HEADINGS, "币种"))
    assert desk.refuse() == ["register.csv:2:11: error[E012]: the gift is in USD, the roll in CNY"]
    desk.map(MAP.replace("amount: 金额", "amount: 金额, currency: 币种") + 'rates: {USD: "7.1050"}\n')
    assert "100.10 = 711.21 CNY" in desk.take()
    assert "amount: 711.21" in desk.text


def test_of_an_anonymous_donor_nothing_is_written_but_the_amount(desk: Desk) -> None:
    secret = gift(编号="D9", 姓名="隐名者", 署名="匿名", 同意署名="否", 授权书="隐柜", 公开="公布级别")
    desk.rows(gift(), secret)
    told = desk.take()
    assert desk.entries[-1] == {
        "id": "anonymous-1", "donor_kind": "person", "recognition": "anonymous", "level": "friend", "amount": 5000,
        "amount_display": "band",
    }  # fmt: skip
    for word in ("隐名者", "yin-ming", "D9", "隐柜"):
        assert word not in desk.text + told


def test_the_place_of_an_anonymous_donor_tells_nothing_of_the_register(desk: Desk) -> None:
    rows = [gift(编号=f"D{n}", 姓名=f"第{n}人", 署名="匿名", 同意署名="否", 金额=str(n * 1000)) for n in (3, 1, 2)]
    desk.rows(*rows)
    desk.take()
    one = desk.entries
    desk.rows(*sorted(rows))
    desk.take()
    assert desk.entries == one


def test_a_hidden_amount_shows_no_level_and_can_be_kept_back(desk: Desk) -> None:
    desk.rows(gift(公开="不公布", 同意金额="否", 金额="7319246"))
    desk.take()
    assert "level" not in desk.entries[0]
    assert desk.entries[0]["amount_display"] == "hidden"
    desk.map(MAP + "hidden_amounts: false\n")
    assert figures(desk.take())["of them not written"] == (1, Decimal(7_319_246))
    assert "7319246" not in desk.text


AMOUNT = "2:9: error[E082]: the donor has not agreed to have the amount shown"
REFUSALS: dict[str, tuple[tuple[str, ...], str]] = {
    "name without consent": (gift(同意署名="否"), "2:8: error[E082]: the donor has not agreed to be named"),
    "described without consent": (gift(署名="描述", 同意署名=""), "2:8: error[E082]: the donor has not agreed to be named"),
    "amount without consent": (gift(同意金额="否"), AMOUNT),
    "band without consent": (
        gift(公开="公布级别", 同意金额=""),
        AMOUNT,
    ),
    "no recognition": (gift(署名=""), "2:6: error[E013]: it does not say how the donor is named"),
    "no name": (gift(姓名=""), "2:4: error[E013]: the donor has no name"),
    "no amount": (gift(金额=""), "2:3: error[E013]: the gift has no amount"),
    "bad amount": (gift(金额="伍千"), "2:3: error[E011]: “伍千” is no amount"),
    "no date": (gift(日期=""), "2:2: error[E014]: the gift has no date"),
    "no such day": (gift(日期="2026-02-30"), "2:2: error[E014]: “2026-02-30” is no day"),
    "unknown word": (gift(类别="人"), "2:5: error[E015]: “人” is not understood here"),
    "identity number as a name": (
        gift(姓名="11010519491231002X"),
        "2:1: error[E080]: a resident identity number: 11**************2X",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_wrong_or_not_agreed_is_refused_by_row_and_column(desk: Desk, case: str) -> None:
    row, expected = REFUSALS[case]
    desk.rows(row)
    assert desk.refuse() == [f"register.csv:{expected}"]


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    desk.rows(gift(金额="x"), gift(编号="D2", 类别="y"), gift(编号="D3", 日期="z"))
    assert len(desk.refuse()) == 3
    desk.rows(*(gift(编号=f"D{n}", 同意署名="否", 同意金额="否") for n in range(40)))
    assert len(desk.refuse()) == 80


def test_gifts_of_one_donor_must_agree(desk: Desk) -> None:
    desk.rows(gift(), gift(姓名="林样木"), gift(公开="不公布"))
    assert desk.refuse() == [
        "register.csv:3:4: error[E012]: row 2 has the same donor number, and says something else here",
        "register.csv:4:7: error[E012]: row 2 has the same donor number, and says something else here",
    ]


def test_without_a_word_on_consent_nothing_is_taken(desk: Desk) -> None:
    desk.map(MAP.replace("consent_name: 同意署名, consent_amount: 同意金额, consent_ref: 授权书", "unit: 授权书"))
    desk.rows(gift())
    assert desk.refuse() == ["register.csv:1:1: error[E082]: no column says what the donors have agreed to"]


def test_an_agreement_that_is_filed_is_consent_where_nothing_else_is_asked(desk: Desk) -> None:
    desk.map(MAP.replace("consent_name: 同意署名, consent_amount: 同意金额, ", ""))
    desk.rows(gift(), gift(编号="D2", 姓名="周样本", 授权书=""))
    assert [line.partition(" ")[2] for line in desk.refuse()] == [
        "error[E082]: the donor has not agreed to be named",
        "error[E082]: the donor has not agreed to have the amount shown",
    ]


def test_a_minor_needs_a_guardian_to_be_named(desk: Desk) -> None:
    desk.map(MAP.replace("consent_ref", "minor: 未成年, guardian_consent: 监护人, consent_ref"))
    headings = (*HEADINGS, "未成年", "监护人")
    desk.rows((*gift(), "是", ""), headings=headings)
    assert desk.refuse() == ["register.csv:2:11: error[E082]: no guardian has agreed to have a minor named"]
    desk.rows((*gift(), "是", "G-1"), headings=headings)
    desk.take()
    assert desk.entries[0]["guardian_consent"] == "G-1"


def test_the_total_of_the_register_itself_is_checked(desk: Desk) -> None:
    desk.rows(gift(), ("合计", "", "5000", *[""] * 7))
    desk.take()
    desk.rows(gift(), ("合计", "", "5001", *[""] * 7))
    assert desk.refuse() == ["register.csv:3:3: error[E083]: the register's own total is 5001, its rows above make 5000"]


def test_numbers_of_gifts_stand_once(desk: Desk) -> None:
    desk.map(MAP.replace("donor: 编号", "gift: 编号"))
    desk.rows(gift(), gift())
    assert desk.refuse() == ["register.csv:3:1: error[E020]: the gift has the number of row 2"]


def test_donors_who_may_be_one_are_named_by_row(desk: Desk) -> None:
    desk.rows(
        gift(姓名="张三"),
        gift(编号="D2", 姓名="張 三先生"),
        gift(编号="D3", 姓名="李四", 日期="2026-04-01"),
        gift(编号="D4", 姓名="李四"),
        gift(编号="D3", 姓名="李四", 日期="2026-04-01"),
    )
    told = desk.run()
    assert told.code == 0
    assert re.findall(r"warning\[W113\]: (.*)", told.err) == [
        "rows 2, 3 may be of one donor",
        "the row says the same as row 4: the same donor, day and amount",
    ]
    assert "张" not in told.err


def test_a_soft_credit_names_the_entry_that_counts(desk: Desk) -> None:
    desk.map(MAP.replace("consent_ref", "soft_credit_of: 归属, consent_ref"))
    headings = (*HEADINGS, "归属")
    desk.rows((*gift(), ""), (*gift(编号="D2", 姓名="周样本"), "D1"), headings=headings)
    assert figures(desk.take())["in the roll"] == (1, Decimal(5000))
    assert desk.entries[1]["soft_credit_of"] == "lin-yang-ben"
    desk.rows((*gift(), "D7"), headings=headings)
    assert desk.refuse() == ["register.csv:2:11: error[E021]: the donor whose gift counts is not among the gifts of this period"]


def test_names_that_sound_alike_have_ids_of_their_own(desk: Desk) -> None:
    desk.rows(*(gift(编号=f"D{n}", 姓名=name) for n, name in enumerate(("林样本", "临样本", "林样本", "林样本 2"))))
    desk.take()
    assert [entry["id"] for entry in desk.entries] == ["lin-yang-ben", "lin-yang-ben-2", "lin-yang-ben-3", "lin-yang-ben-2-2"]


def test_a_register_inside_the_site_is_refused(desk: Desk, run: Run) -> None:
    (desk.site.root / "register.csv").write_text("姓名\n", encoding="utf-8")
    told = run("import", "honor-roll", "register.csv", "--to", TARGET)
    assert told.code == 1
    assert "error[E024]: the register lies in the folder or the repository of the site" in told.err


def test_a_register_beside_the_site_in_one_repository_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    run("init", str(tmp_path / "site"))
    (tmp_path / "register.csv").write_text("姓名\n", encoding="utf-8")
    told = run("import", "honor-roll", str(tmp_path / "register.csv"), "--to", TARGET, "-s", str(tmp_path / "site"))
    assert told.code == 1
    assert "error[E024]" in told.err


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("columns: {nmae: 姓名}", "mapping.yaml:1:11: error[E010]: unknown key columns.nmae"),
        ("columns: {name: 名字}\nto: " + TARGET, "mapping.yaml:1:11: error[E013]: no column is headed 名字"),
        ("to: pages/a.md", "mapping.yaml:1:5: error[E011]: to cannot be “pages/a.md”"),
        ("to: content/news/a.md", "content/news/a.md:1:1: error[E024]: content/news/a.md is no roll"),
        ("to: content/honors/none.yaml", "content/honors/none.yaml:1:1: error[E030]: there is no file content/honors/none.yaml"),
        ("words: {recognition: {登报: publish}}", "mapping.yaml:1:27: error[E015]: words.recognition.登报 cannot be “publish”"),
        ("rates: {usd: 7}", "mapping.yaml:1:8: error[E011]: usd is no currency"),
        ("heading_row: 1", "mapping.yaml:1:1: error[E013]: nothing says which roll to write"),
        ("amounts_in: 兆", "mapping.yaml:1:13: error[E015]: amounts_in cannot be “兆”"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(desk: Desk, mapping: str, expected: str) -> None:
    desk.map(mapping)
    desk.rows(gift())
    assert desk.refuse() == [expected]


def test_a_project_is_one_of_the_site_by_its_id_or_by_a_word_of_the_mapping(desk: Desk) -> None:
    desk.site.write(PROJECTS + COHORTS)
    desk.map(MAP.replace("consent_ref", "project: 项目, consent_ref"))
    headings = (*HEADINGS, "项目")
    desk.rows((*gift(), "梧桐基金"), (*gift(编号="D2", 姓名="周样本"), "梧桐基金"), headings=headings)
    assert desk.refuse() == ["register.csv:2:11: error[E021]: there is no project 梧桐基金 (in 2 rows)"]
    desk.map(MAP.replace("consent_ref", "project: 项目, consent_ref") + "words: {project: {梧桐基金: plane-tree-fund}}\n")
    desk.take()
    assert [each["project"] for each in desk.entries] == ["plane-tree-fund"] * 2


def test_words_of_an_office_of_its_own(desk: Desk) -> None:
    desk.map(MAP + "words: {recognition: {登报: named}}\n")
    desk.rows(gift(署名="登报"))
    desk.take()
    assert desk.entries[0]["recognition"] == "named"


def test_headings_below_a_title_are_pointed_out(desk: Desk) -> None:
    desk.keep(("2026年登记" + "," * 9 + "\n" + ",".join(HEADINGS) + "\n" + ",".join(GIFT) + "\n").encode())
    told = desk.run()
    assert "the headings seem to stand in row 2: say heading_row: 2" in told.err
    desk.map(MAP + "heading_row: 2\n")
    desk.take()


def test_the_roll_is_published_as_donors_agreed(desk: Desk) -> None:
    """From the register to the page: hidden amounts and unnamed donors are in no file."""
    desk.rows(
        gift(), gift(编号="D2", 姓名="周样本", 公开="不公布", 同意金额="否", 金额="7319246"),
        gift(编号="D3", 姓名="隐名者", 署名="匿名", 同意署名="否", 公开="不公布", 同意金额="否", 金额="8642197"),
    )  # fmt: skip
    desk.take()
    desk.site.build()
    told = "".join(content.decode("utf-8", "replace") for content in desk.site.files().values())
    assert "林样本" in told
    assert "周样本" in told
    for secret in ("隐名者", "7319246", "7,319,246", "8642197", "8,642,197", "15961443", "register.csv", "A-1"):
        assert secret not in told
