"""Kinds: what each needs, and the rules that join its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Workshop
from samples import load

from sitegen.build.load import load_site
from sitegen.content.date_fields import Moment, PartialDate
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Amount, Choice, Field, Integer
from sitegen.content.kind import Kind
from sitegen.content.kinds import BUILT_IN
from sitegen.problems import SiteError

LEAST: dict[str, dict[str, str]] = {
    "news": {"title": "校友论坛", "date": "2026-11-01", "section": "association"},
    "feature": {"title": "校友林示例", "date": "2026-11-01", "form": "profile"},
    "event": {"title": "返校日", "start": "2027-04-08 09:00", "end": "2027-04-08 17:00"},
    "chapter": {"title": "杭州校友会", "type": "regional", "status": "active"},
    "honor_roll": {"title": "校友奖", "type": "awards"},
    "person": {"name": "林示例"},
    "project": {"title": "晨光奖学金", "category": "scholarship", "state": "open", "recipient_org": "样例基金会"},
    "service": {"title": "图书馆", "audience": "[校友]", "steps": "[登记, 办卡]"},
    "cohort": {"subject": "电气", "entry": "1998"},
    "page": {"title": "关于我们"},
}
KINDS = pytest.mark.parametrize("kind", BUILT_IN, ids=[kind.name for kind in BUILT_IN])


def source(kind: str, **fields: str | None) -> str:
    """A YAML source with the least a kind needs and these fields; None leaves one out."""
    folder = next(each.folder for each in BUILT_IN if each.name == kind)
    lines = [f"{key}: {value}" for key, value in (LEAST[kind] | fields).items() if value is not None]
    return f"-- content/{folder}/a.yaml --\n" + "\n".join(lines) + "\n"


def found(workshop: Workshop, kind: str, **fields: str | None) -> list[str]:
    """`line:column: code` of every problem of a site with one entry."""
    problems = sorted(load_site(workshop.write(source(kind, **fields)).options).problems, key=lambda problem: problem.sort_key)
    assert all(problem.hint for problem in problems)
    return [f"{problem.span.line}:{problem.span.column}: {problem.code.value}" for problem in problems]


@KINDS
def test_the_least_a_kind_needs_is_enough(kind: Kind, workshop: Workshop) -> None:
    loaded = load(workshop, source(kind.name))
    assert loaded.problems == []
    assert [address.id for address in loaded.site.cards] == [f"{kind.folder}/a"]


@pytest.mark.parametrize(("kind", "key"), [(kind.name, key) for kind in BUILT_IN for key in kind.required])
def test_each_required_field_is_asked_for(kind: str, key: str, workshop: Workshop) -> None:
    (problem,) = load_site(workshop.write(source(kind, **{key: None}, summary="摘要")).options).problems
    assert (problem.code.value, problem.span.line, problem.span.column) == ("E013", 1, 1)
    assert problem.message.startswith(f"{key} is missing")


def test_the_documented_kinds_ask_for_the_documented_fields() -> None:
    assert {kind.name: set(kind.required) for kind in BUILT_IN} == {
        name: set(fields) - {"end", "entry"} for name, fields in LEAST.items()
    }


RULES = [
    # kind, fields, problems
    ("event", {"end": "2027-04-07 17:00"}, ["3:6: E012"]),
    ("event", {"end": "2027-04-08 09:00"}, ["3:6: E012"]),
    ("event", {"end": "2027-04-08 09:01"}, []),
    ("event", {"start": "2027-04-08 09:00+08:00", "end": "2027-04-08 02:00Z"}, []),
    ("event", {"start": "2027-04-08 09:00+08:00", "end": "2027-04-08 01:00Z"}, ["3:6: E012"]),
    ("event", {"end": None}, ["2:8: E013"]),
    ("event", {"end": None, "all_day": "true"}, ["2:8: E014"]),
    ("event", {"start": "2027-04-08", "end": None, "all_day": "true"}, []),
    ("event", {"start": "2027-04-08", "end": "2027-04-08", "all_day": "true"}, []),
    ("event", {"start": "2027-04-08", "end": "2027-04-07", "all_day": "true"}, ["3:6: E012"]),
    ("event", {"start": "2027-04-08", "end": "2027-04-09"}, ["2:8: E014"]),
    ("event", {"rrule": "FREQ=WEEKLY;BYDAY=TH;COUNT=5"}, []),
    ("event", {"rrule": "FREQ=MONTHLY;BYDAY=2TH;UNTIL=20271231"}, []),
    ("event", {"rrule": "FREQ=WEEKLY;BYDAY=TU"}, ["4:8: E012"]),  # the day of its start is no Tuesday
    ("event", {"rrule": "每周二"}, ["4:8: E011"]),
    ("event", {"rrule": "FREQ=HOURLY"}, ["4:8: E011"]),
    ("event", {"rrule": "FREQ=WEEKLY;BYDAY=SUN"}, ["4:8: E011"]),
    ("event", {"rrule": "FREQ=WEEKLY;COUNT=many"}, ["4:8: E011"]),
    ("event", {"agenda": "[{time: 9:30, title: 开幕}, {time: 14:30, title: 论坛}]"}, []),
    ("event", {"agenda": "[{time: 上午, title: 开幕}]"}, ["4:17: E011"]),
    ("event", {"venue": "{name: 主楼, geo: [34.25, 108.98]}"}, []),
    ("event", {"audience": "{cohorts: {every: 10}}"}, ["4:21: E013"]),
    ("event", {"timezone": "Asia/Xian"}, ["4:11: E011"]),
    ("feature", {"subjects": "[{name: 林示例, consent: file-7}]"}, []),
    ("feature", {"subjects": "[{name: 林示例}]"}, ["4:12: E013"]),
    ("feature", {"subjects": "[{consent: file-7}]"}, []),
    ("chapter", {"officers": "[{role: president, name: 欧阳占位, term: {from: 2026-01, to: 2027-12, rotating: true}}]"}, []),
    ("chapter", {"officers": "[{role: president, name: 欧阳占位, term: {from: 2026-01, to: 2025-12}}]"}, ["4:48: E012"]),
    ("chapter", {"officers": "[甲, {role: president, name: 乙, term: {from: 2026, to: 2025}}]"}, ["4:12: E011"]),
    ("chapter", {"founded": "{date: 1996-05, precision: month}"}, []),
    ("chapter", {"founded": "{precision: month}"}, ["4:10: E013"]),
    ("chapter", {"region": "{country: China}"}, ["4:19: E011"]),
    ("chapter", {"status": "withdrawn"}, []),
    ("person", {"degrees": "[{level: bachelor, entry: 1998, graduation: 2002}]"}, []),
    ("person", {"degrees": "[{level: bachelor, entry: 98}]"}, ["2:36: E011"]),
    ("person", {"visibility": "secret"}, ["2:13: E015"]),
    ("project", {"raised": "{amount: 100}"}, ["5:9: E013"]),
    ("project", {"donate": "{url: javascript:alert(1)}"}, ["5:15: E018"]),
    ("project", {"use_of_funds": "[{label: 奖学金, share: 101}]"}, ["5:36: E011"]),
    ("service", {"steps": "登记"}, ["3:8: E011"]),
    ("service", {"reviewed_on": "2026-11", "review_every": "12"}, ["4:14: E014"]),
    ("service", {"reviewed_on": "2026-01-01", "review_every": "6"}, ["4:1: W102"]),
    ("news", {"corrections": "[{date: 2026-11-02, text: 更正}]"}, []),
    ("news", {"corrections": "[{text: 更正}]"}, ["4:15: E013"]),
    ("news", {"press_contact": "{phone: 029-12345678}"}, ["4:16: E013"]),
    ("news", {"gallery": "[{src: a.jpg}]"}, ["4:11: E031", "4:17: E030"]),
    ("page", {"layout": "../secret"}, ["2:9: E011"]),
    ("page", {"section": "media"}, ["2:1: E010"]),
]


@pytest.mark.parametrize(("kind", "fields", "problems"), RULES, ids=[f"{kind}-{fields}" for kind, fields, _ in RULES])
def test_rules(kind: str, fields: dict[str, str | None], problems: list[str], workshop: Workshop) -> None:
    assert found(workshop, kind, **fields) == problems


DONORS = {
    "type": "donors",
    "period": "{from: 2026-01-01, to: 2026-12-31, basis: received}",
    "currency": "CNY",
    "levels": "[{id: pillar, min: 1000, name: 栋梁}, {id: friend, min: 0, name: 同行}]",
}
ROLLS = [
    # entries or other fields, problems
    ({"entries": "[{id: e1, name: 占位同学, level: friend, amount: 5, amount_display: exact}]"}, []),
    ({"entries": "[{id: e1, recognition: anonymous, amount: 5}]"}, []),
    ({"entries": "[{id: e1, name: 甲, recognition: anonymous}]"}, ["6:26: E012"]),
    ({"entries": "[{id: e1, recognition: anonymous, cohort: ee-1998}]"}, ["6:52: E012", "6:52: E021"]),
    ({"entries": "[{id: e1}]"}, ["6:11: E013"]),
    ({"entries": "[{name: 甲}]"}, ["6:11: E013"]),
    ({"entries": "[{id: e1, name: 甲}, {id: e1, name: 乙}]"}, ["6:35: E020"]),
    ({"entries": "[{id: e1, name: 甲, level: gold}]"}, ["6:36: E015"]),
    ({"entries": "[{id: e1, name: 甲, level: pillar, amount: 999.99}]"}, ["6:52: E012"]),
    ({"entries": "[{id: e1, name: 甲, level: pillar, amount: 1000}]"}, []),
    ({"entries": "[{id: e1, name: 甲, amount: 5, soft_credit_of: e2}]"}, ["6:56: E021"]),
    ({"entries": "[{id: e1, name: 甲}, {id: e2, name: 乙, soft_credit_of: e1}]"}, []),
    ({"entries": "[甲, {id: e1, name: 乙, level: gold}]"}, ["6:11: E011"]),
    ({"levels": "[{id: a, name: x}]"}, ["5:10: E013"]),
    ({"levels": "[{min: 0, name: x}]"}, ["5:10: E013"]),
    ({"period": None, "currency": None}, ["1:1: E013", "1:1: E013"]),
    ({"period": "{from: 2026-12-31, to: 2026-01-01, basis: received}"}, ["3:9: E012"]),
    ({"currency": "yuan"}, ["4:11: E011"]),
    ({"privacy": "{min_hidden: -1}"}, ["6:23: E011"]),
    ({"type": "awards", "period": None, "currency": None, "levels": None, "entries": "[{id: a, name: 甲, year: 2026}]"}, []),
]


@pytest.mark.parametrize(("fields", "problems"), ROLLS, ids=[str(fields) for fields, _ in ROLLS])
def test_rules_of_honor_rolls(fields: dict[str, str | None], problems: list[str], workshop: Workshop) -> None:
    assert found(workshop, "honor_roll", **{**DONORS, **fields}) == problems


def test_an_event_that_lasts_for_centuries_is_a_mistake(workshop: Workshop) -> None:
    assert found(workshop, "event", end="2206-04-08 17:00") == ["3:6: E012"]


ODD = [
    "",
    "x",
    "-5",
    "true",
    "[]",
    "{}",
    "[x]",
    "[{}]",
    "2026-11-01",
    "1.5",
    '"<b>&"',
    '"{{ x }}"',
    "{en: x}",
    "FREQ=DAILY",
    "会长",
]
DECIDES_MORE = {"slug", "id", "kind", "layout", "aliases", "cover", "gallery", "photo"}


def variants(field: Field) -> Iterator[str]:
    """YAML with %s where each scalar of a field stands, beside the least its groups need."""
    yield "%s"
    if isinstance(field, ListOf):
        yield from (f"[{inner}]" for inner in variants(field.item))
    if isinstance(field, Group):
        for key, inner in field.fields.items():
            needed = [f"{name}: {plausible(each)}" for name, each in field.fields.items() if each.required and name != key]
            yield from ("{" + ", ".join([f"{key}: {text}", *needed]) + "}" for text in variants(inner))


def plausible(field: Field) -> str:
    match field:
        case Choice():
            return field.of[0]
        case Moment() | PartialDate():
            return "2026-11-01"
        case Integer() | Amount():
            return "1"
    return '"9:30"'


@KINDS
def test_what_passes_the_checks_can_be_built(kind: Kind, make_workshop: Callable[[], Workshop]) -> None:
    """Every field of a kind with many odd values: each file has a problem with place and hint, or becomes a page."""
    workshop = make_workshop()
    folder = workshop.root / "content" / kind.folder
    folder.mkdir(parents=True)
    texts = [
        (name, text % odd)
        for name in kind.fields
        if name not in DECIDES_MORE
        for text in variants(kind.fields[name])
        for odd in ODD
    ]
    for number, (name, text) in enumerate(texts):
        least = {key: value for key, value in LEAST[kind.name].items() if key != name}
        lines = [f"{key}: {value}" for key, value in {**least, name: text}.items()]
        (folder / f"n{number}.yaml").write_text("\n".join(lines), encoding="utf-8")
    for _ in range(4):  # a problem may hide others: references are looked up once all files can be read
        for path in wrong_files(workshop):
            path.unlink(missing_ok=True)
    assert len(list(folder.iterdir())) > len(texts) / 20
    workshop.build()


def wrong_files(workshop: Workshop) -> set[Path]:
    try:
        workshop.build()
    except SiteError as error:
        for problem in error.problems:
            assert problem.hint, problem
            assert problem.span.path.startswith("content/"), problem
        return {workshop.root / problem.span.path for problem in error.problems}
    return set()
