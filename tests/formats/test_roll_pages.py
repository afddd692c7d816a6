"""The pages of a roll: by class, initial, year and years of giving; the table to download; the pages of classes and reunions."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime

import pytest
from conftest import Workshop
from icalendar import Calendar
from samples import entry

COHORTS = """
-- content/cohorts/ee-1998.yaml --
subject: {zh: 电气, en: Electrical Engineering}
code: EE
entry: 1998
graduation: 2002
-- content/cohorts/me-2012.yaml --
subject: {zh: 机械, en: Mechanical Engineering}
code: ME
entry: 2012
-- content/cohorts/law-1997.yaml --
subject: {zh: 法学, en: Law}
graduation: 1997
"""
ROLL = (
    COHORTS
    + """
-- content/honors/annual.yaml --
title: {zh: 芳名录, en: Honor Roll}
type: donors
period: {from: 2026-01-01, to: 2026-12-31, basis: received}
currency: CNY
levels: [{id: pillar, min: 1000000, name: {zh: 栋梁, en: Pillar}}, {id: friend, min: 0, name: {zh: 同行, en: Friend}}]
sort: pinyin
entries:
  - {id: e1, name: {zh: 曾样本, en: "=cmd|' /C calc'!A0"}, level: friend, cohort: ee-1998,
     amount: 500, amount_display: exact, consecutive_years: 7}
  - {id: e2, name: {zh: 解样本, en: Xie Yangben}, level: friend, cohort: ee-1998,
     amount: 73123, amount_display: hidden, consent_ref: drawer-9}
  - {id: e3, name: {zh: 电气1998级, en: EE 1998}, donor_kind: class, level: pillar, cohort: ee-1998,
     amount: 2000000, amount_display: exact}
  - {id: e4, name: {zh: "王,“样”\\n本", en: Wang}, level: friend, cohort: me-2012,
     amount: 100, amount_display: exact, consecutive_years: 3}
  - {id: e5, recognition: anonymous, level: friend, amount: 81234, amount_display: hidden}
"""
)


def links(page: str) -> set[str]:
    return set(re.findall(r'href="([^"#]+)"', page))


@pytest.mark.parametrize("prefix", ["/", "/en/"], ids=["zh", "en"])
def test_a_class_is_two_clicks_from_the_list_of_rolls(prefix: str, workshop: Workshop) -> None:
    workshop.write(ROLL).build()
    seen = {f"{prefix}honors/"}
    for _ in range(2):
        for page in sorted(seen):
            if page.endswith("/"):
                seen |= {link for link in links(workshop.read(page.lstrip("/") + "index.html")) if link.startswith("/")}
    assert {f"{prefix}honors/annual/class/{name}/" for name in ("ee-1998", "me-2012")} <= seen


def test_each_way_through_a_roll_has_its_pages(workshop: Workshop) -> None:
    workshop.write(ROLL).build()
    pages = {
        file.removeprefix("honors/annual/")
        for file in workshop.files()
        if file.startswith("honors/annual/") and file.endswith("html")
    }
    assert pages == {
        "index.html",
        *(f"{axis}/index.html" for axis in ("class", "name", "running")),
        *(f"class/{name}/index.html" for name in ("ee-1998", "me-2012")),
        *(f"name/{letter}/index.html" for letter in "DWXZ"),
        *(f"running/{years}/index.html" for years in (3, 7)),
    }
    page = workshop.read("honors/annual/class/ee-1998/index.html")
    assert "曾样本" in page
    assert "王" not in re.sub(r"<head>.*?</head>", "", page, flags=re.DOTALL)
    assert "/en/honors/annual/class/ee-1998/" in links(page)


def test_no_page_holds_more_than_three_hundred_rows(workshop: Workshop) -> None:
    rows = "".join(f"\n  - {{id: e{n}, name: 王{n}, cohort: ee-1998, year: 2026}}" for n in range(650))
    workshop.write(COHORTS + f"-- content/honors/v.yaml --\ntitle: V\ntype: awards\nentries:{rows}\n").build()
    for base in ("", "class/ee-1998/", "name/W/", "year/2026/"):
        counts = [workshop.read(f"honors/v/{base}{page}index.html").count('class="award"') for page in ("", "page/2/", "page/3/")]
        assert counts == [300, 300, 50], base


def table(workshop: Workshop, path: str) -> list[list[str]]:
    raw = (workshop.root / "public" / path).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in re.sub(rb'"[^"]*"', b"", raw).replace(b"\r\n", b""), "lines end in CRLF"
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_table_holds_what_is_public_and_nothing_else(workshop: Workshop) -> None:
    workshop.write(ROLL).build()
    rows = table(workshop, "honors/annual/annual.csv")
    assert rows[0] == ["姓名", "年级", "级别", "金额", "连续捐赠年数"]
    assert ["电气1998级", "电气1998级", "栋梁", "2000000", ""] in rows
    assert ["匿名", "", "同行", "", ""] in rows
    assert len(rows) == 6
    text = (workshop.root / "public/honors/annual/annual.csv").read_text(encoding="utf-8")
    assert not any(secret in text for secret in ("73123", "81234", "drawer-9"))


def test_no_cell_of_the_table_is_a_formula(workshop: Workshop) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1", "\\t=1", "\\r=1", "ordinary"]
    rows = "".join(f'\n  - {{id: e{n}, name: "{name}x"}}' for n, name in enumerate(names))
    workshop.write(f"-- content/honors/v.yaml --\ntitle: V\ntype: volunteers\nentries:{rows}\n").build()
    cells = [row[0] for row in table(workshop, "honors/v/v.csv")[1:]]
    assert len(cells) == len(names)
    assert [cell for cell in cells if cell.strip(" ")[0] in "=+-@\t\r＝＋－＠"] == []
    assert cells[-1] == "ordinaryx"


@pytest.mark.parametrize(
    ("path", "name", "short"),
    [
        ("cohorts/ee-1998", "电气1998级", None),
        ("en/cohorts/ee-1998", "Electrical Engineering, entering class of 1998", "EE ’02"),
        ("en/cohorts/me-2012", "Mechanical Engineering, entering class of 2012", "ME, entered 2012"),
        ("cohorts/law-1997", "法学1997届", None),
    ],
)
def test_a_class_is_called_by_the_year_it_has(path: str, name: str, short: str | None, workshop: Workshop) -> None:
    workshop.write(ROLL).build()
    assert f"<h1>{name}</h1>" in workshop.read(f"{path}/index.html")
    if short:
        assert short in workshop.read("en/honors/annual/index.html")


def test_a_style_of_ones_own(workshop: Workshop) -> None:
    with (workshop.root / "config.yaml").open("a") as config:
        config.write('cohorts: {short: [{zh: "{subject}{graduation_yy}届", en: "{code} {graduation}"}]}\n')
    workshop.write(ROLL).build()
    assert "电气02届" in workshop.read("honors/annual/index.html")
    assert ">EE 2002<" in workshop.read("en/honors/annual/index.html")


def test_no_class_beside_names(workshop: Workshop) -> None:
    """Rolls have none then either, and no link without words."""
    with (workshop.root / "config.yaml").open("a") as config:
        config.write('cohorts: {short: [{en: ""}]}\n')
    workshop.write(ROLL).build()
    assert ">电气1998级</a>" in workshop.read("honors/annual/index.html")
    english = workshop.read("en/honors/annual/index.html")
    assert "Xie Yangben" in english
    assert "’02" not in english
    assert not re.search(r"<a [^>]*></a>", english)


def test_the_page_of_a_class_shows_who_agreed(workshop: Workshop) -> None:
    degree = "degrees: [{level: bachelor, cohort: ee-1998}]"
    people = entry("people/open", f"name: 开放同学\n{degree}") + entry(
        "people/named", f"name: 只名同学\n{degree}\nvisibility: name-only"
    )
    people += entry("people/hidden", f"name: 隐去同学\n{degree}\nvisibility: hidden")
    ours = "start: 2027-05-01 09:00\nend: 2027-05-01 10:00\naudience: "
    events = entry("events/all", f"title: 全体九八\n{ours}{{cohorts: {{basis: entry, years: [1998]}}}}")
    events += entry("events/me", f"title: 别的班\n{ours}{{classes: [me-2012], cohorts: {{basis: entry, years: [1998]}}}}")
    events += entry("events/ee", f"title: 本班\n{ours}{{classes: [ee-1998]}}")
    workshop.write(ROLL + people + events).build()
    page = workshop.read("cohorts/ee-1998/index.html")
    for shown in ("开放同学", "全体九八", "本班", "曾样本", "¥2,000,000", "/honors/annual/class/ee-1998/"):
        assert shown in page
    for absent in ("只名同学", "隐去同学", "别的班"):
        assert absent not in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("subject: 电气", "the cohort has no year"),
        ("subject: 电气\nentry: 2002\ngraduation: 1998", "the cohort graduates in 1998, and enters in 2002"),
        ("subject: 电气\nentry: 98", "entry is 98"),
    ],
    ids=["no year", "backwards", "two digits"],
)
def test_a_class_that_cannot_be_is_an_error(fields: str, message: str, workshop: Workshop) -> None:
    assert message in workshop.write(entry("cohorts/x", fields)).problems()[0]


def test_an_unknown_class_in_a_roll_is_an_error_with_a_guess(workshop: Workshop) -> None:
    workshop.write(COHORTS + "-- content/honors/v.yaml --\ntitle: V\ntype: awards\nentries: [{id: a, name: 甲, cohort: ee-1989}]\n")
    assert workshop.problems() == [
        "content/honors/v.yaml:3:36: E021: entries[1].cohort names ee-1989, which is not in content/cohorts"
    ]


def test_a_class_that_is_still_a_draft_is_nowhere(workshop: Workshop) -> None:
    workshop.write(ROLL.replace("code: ME", "code: ME\nstatus: draft")).build()
    assert not any(
        "me-2012" in file or b"me-2012" in content for file, content in workshop.files().items() if not file.endswith(".csv")
    )


def test_round_years_are_told_for_this_year_and_the_next(workshop: Workshop) -> None:
    with (workshop.root / "config.yaml").open("a") as config:
        config.write('cohorts: {reunions: {basis: graduation, every: 5, from: 10, ahead: 2, day: "04-08"}}\n')
    workshop.write(ROLL).build()
    assert "电气1998级" in workshop.read("cohorts/reunions/2027/index.html")
    assert "电气1998级" not in workshop.read("cohorts/reunions/2026/index.html")
    assert not (workshop.root / "public/cohorts/reunions/2029").exists()
    calendar = Calendar.from_ical(workshop.read("cohorts/reunions/calendar.ics"))
    marks = {str(event["uid"]): str(event["description"]) for event in calendar.walk("VEVENT")}
    assert marks == {"reunions/2027@alumni.example.edu": "毕业25周年：电气1998级\n毕业30周年：法学1997届"}


def test_the_turn_of_the_year_moves_the_reunions_and_a_clean_build_agrees(workshop: Workshop) -> None:
    workshop.write(ROLL)
    first = workshop.build()
    assert first.next_change == datetime.fromisoformat("2027-01-01T00:00:00+08:00")
    workshop.build(now=datetime.fromisoformat("2027-01-01T00:00:00+08:00"))
    moved = workshop.files()
    assert "cohorts/reunions/2026/index.html" not in moved
    assert "cohorts/reunions/2030/index.html" in moved
    workshop.build(now=datetime.fromisoformat("2027-01-01T00:00:00+08:00"), clean=True)
    assert workshop.files() == moved


def test_an_edit_of_one_row_makes_few_pages_again(workshop: Workshop) -> None:
    rows = "".join(
        f"\n  - {{id: e{n}, name: 王{n:04}, cohort: {('ee-1998', 'me-2012')[n % 2]}, consecutive_years: {n % 9 + 1}}}"
        for n in range(1000)
    )
    roll = f"-- content/honors/v.yaml --\ntitle: {{zh: V, en: V}}\ntype: volunteers\nsort: pinyin\nentries:{rows}\n"
    whole = workshop.write(COHORTS + roll).build()
    again = workshop.write(roll.replace("王0500", "王0500甲")).build()
    assert len(again.rendered) < len(whole.rendered) / 3
    incremental = workshop.files()
    workshop.build(clean=True)
    assert workshop.files() == incremental
