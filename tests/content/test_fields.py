"""Field types: what each takes, and how it says no: code, words, place and hint."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import Moment, PartialDate, TimeZone
from sitegen.content.field_groups import Anything, Group, ListOf, Named, read_fields
from sitegen.content.fields import Amount, Choice, Field, Flag, Integer, Number, Picture, Ref, Text, Url, Word
from sitegen.content.reading import Reading
from sitegen.content.translations import Translations
from sitegen.problems import Problem

PLACE = Group(fields={"name": Text(required=True), "geo": ListOf(item=Number(minimum=-180, maximum=180), length=2)})


def read(field: Field, text: str) -> tuple[dict[str, Any], Reading]:
    """What `f: text` gives for a field of this type."""
    reading = Reading("content/news/a.md", ("zh", "en"))
    node = yaml.parse(f"f: {text}", reading.path)
    assert isinstance(node, yaml.Mapping)
    return read_fields({"f": field}, node, "", reading), reading


def refusal(field: Field, text: str) -> Problem:
    values, reading = read(field, text)
    (problem,) = reading.problems
    assert problem.hint
    if not isinstance(field, Group | ListOf):  # these keep what is good in them
        assert "f" not in values, "a value that was refused must not be used"
    return problem


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (Text(), "校友论坛", "校友论坛"),
        (Text(), '"  校友 "', "校友"),
        (Text(), "123", "123"),
        (Text(), "true", "true"),
        (Text(), "2026-11-20", "2026-11-20"),
        (Text(), "no", "no"),
        (Text(), "{zh: 甲, en: A}", Translations(zh="甲", en="A")),
        (Text(), "{en: A}", Translations(en="A")),
        (Word(), "a-b", "a-b"),
        (Word(pattern="[a-z]+"), "abc", "abc"),
        (Choice(of=("a", "b")), "b", "b"),
        (Flag(), "true", True),
        (Flag(), "False", False),
        (Integer(), "3", 3),
        (Integer(minimum=-5), "-5", -5),
        (Number(maximum=100), "30.27", 30.27),
        (Number(), "1", 1),
        (Amount(), "250000", "250000"),
        (Amount(), "99.50", "99.50"),
        (Amount(), "0", "0"),
        (Moment(), "2026-11-20", "2026-11-20"),
        (Moment(), "2026-11-20 09:00", "2026-11-20T09:00:00"),
        (Moment(), "2026-11-20T09:00:30", "2026-11-20T09:00:30"),
        (Moment(), "2026-11-20T09:00+08:00", "2026-11-20T09:00:00+08:00"),
        (Moment(), "2026-11-20 09:00Z", "2026-11-20T09:00:00+00:00"),
        (Moment(), "2028-02-29", "2028-02-29"),
        (PartialDate(), "1996", "1996"),
        (PartialDate(), "1996-05", "1996-05"),
        (PartialDate(), "1996-05-12", "1996-05-12"),
        (TimeZone(), "Asia/Shanghai", "Asia/Shanghai"),
        (Url(), "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        (Url(), "/events/", "/events/"),
        (Url(), "mailto:a@b.example", "mailto:a@b.example"),
        (Picture(), "gate.jpg", "/news/gate.jpg"),
        (Picture(), "/media/gate.jpg", "/media/gate.jpg"),
        (Picture(), "../media/./gate.jpg", "/media/gate.jpg"),
        (Ref(folders=("chapters",)), "hangzhou", "hangzhou"),
        (ListOf(item=Word()), "[a, b]", ["a", "b"]),
        (ListOf(item=Word()), "\n  - a\n  - b", ["a", "b"]),
        (ListOf(item=Word()), "[]", []),
        (PLACE, "{name: 主楼, geo: [34.25, 108.98]}", {"name": "主楼", "geo": [34.25, 108.98]}),
        (Named(item=Integer()), "{a: 1, b: 2}", {"a": 1, "b": 2}),
        (Anything(), "{a: [1, x, null]}", {"a": [1, "x", None]}),
    ],
)
def test_values(field: Field, text: str, value: object) -> None:
    values, reading = read(field, text)
    assert reading.problems == []
    assert values == {"f": value}


@pytest.mark.parametrize(
    ("field", "text", "code", "column"),
    [
        pytest.param(Text(), "", "E011", 3, id="text empty"),
        pytest.param(Text(), "~", "E011", 4, id="text null"),
        pytest.param(Text(), "[甲]", "E011", 4, id="text is a list"),
        pytest.param(Text(), "{}", "E011", 4, id="text in no language"),
        pytest.param(Word(pattern="[a-z]+", hint="small letters"), "A", "E011", 4, id="word"),
        pytest.param(Choice(of=("news", "media")), "nwes", "E015", 4, id="choice"),
        pytest.param(Choice(of=("true",)), "True", "E015", 4, id="choice is as typed"),
        pytest.param(Flag(), "yes", "E011", 4, id="flag yes"),
        pytest.param(Flag(), "1", "E011", 4, id="flag 1"),
        pytest.param(Flag(), '"true"', "E011", 4, id="flag quoted"),
        pytest.param(Integer(), "3.0", "E011", 4, id="integer with a fraction"),
        pytest.param(Integer(), '"3"', "E011", 4, id="integer quoted"),
        pytest.param(Integer(), "true", "E011", 4, id="integer true"),
        pytest.param(Integer(), "-1", "E011", 4, id="integer too small"),
        pytest.param(Integer(maximum=9), "10", "E011", 4, id="integer too large"),
        pytest.param(Integer(), "9" * 30, "E011", 4, id="integer huge"),
        pytest.param(Integer(), "0123", "E011", 4, id="integer octal"),
        pytest.param(Integer(), "14:30", "E011", 4, id="integer sexagesimal"),
        pytest.param(Number(), "1.5", "E011", 4, id="number too large"),
        pytest.param(Number(), ".nan", "E011", 4, id="number nan"),
        pytest.param(Amount(), "-1", "E011", 4, id="amount negative"),
        pytest.param(Amount(), "1e16", "E011", 4, id="amount too large"),
        pytest.param(Amount(), "1,000", "E011", 4, id="amount with comma"),
        pytest.param(Amount(), "1万", "E011", 4, id="amount in words"),
        pytest.param(Amount(), "NaN", "E011", 4, id="amount nan"),
        pytest.param(Amount(), "Infinity", "E011", 4, id="amount infinite"),
        pytest.param(Amount(), "１００", "E011", 4, id="amount full-width"),
        pytest.param(Amount(), "1_000", "E011", 4, id="amount with underscore"),
        pytest.param(Amount(), "1e3", "E011", 4, id="amount with exponent"),
        pytest.param(Moment(), "2026-02-31", "E014", 4, id="31 February"),
        pytest.param(Moment(), "2027-02-29", "E014", 4, id="29 February of a common year"),
        pytest.param(Moment(), "2026-13-01", "E014", 4, id="13th month"),
        pytest.param(Moment(), "2026-11-20 25:00", "E014", 4, id="25 o'clock"),
        pytest.param(Moment(), "2026-11-20 09:60", "E014", 4, id="60 minutes"),
        pytest.param(Moment(), "0000-01-01", "E014", 4, id="year zero"),
        pytest.param(Moment(), "2026-1-2", "E014", 4, id="short date"),
        pytest.param(Moment(), "20261120", "E014", 4, id="date without hyphens"),
        pytest.param(Moment(), "2026/11/20", "E014", 4, id="date with slashes"),
        pytest.param(Moment(), "2026年11月20日", "E014", 4, id="date in Chinese"),
        pytest.param(Moment(), "２０２６-11-20", "E014", 4, id="date full-width"),
        pytest.param(Moment(), "tomorrow", "E014", 4, id="date in words"),
        pytest.param(Moment(), "14:30", "E014", 4, id="time only"),
        pytest.param(Moment(date_only=True), "2026-11-20 09:00", "E014", 4, id="time not wanted"),
        pytest.param(PartialDate(), "1996-13", "E014", 4, id="month that is not"),
        pytest.param(PartialDate(), "96", "E014", 4, id="two-digit year"),
        pytest.param(PartialDate(), "１９９６", "E014", 4, id="year full-width"),
        pytest.param(TimeZone(), "Asia/Xian", "E011", 4, id="time zone"),
        pytest.param(TimeZone(), "../../etc/passwd", "E011", 4, id="time zone as a path"),
        pytest.param(Url(), "javascript:alert(1)", "E018", 4, id="address that runs"),
        pytest.param(Url(), "//evil.example", "E018", 4, id="address without scheme"),
        pytest.param(Url(), '"https://a.example/ x"', "E018", 4, id="address with a space"),
        pytest.param(Picture(), "../../x.jpg", "E024", 4, id="picture outside"),
        pytest.param(Picture(), "https://a.example/x.jpg", "E024", 4, id="picture of the web"),
        pytest.param(Picture(), "..\\\\..\\\\x.jpg", "E024", 4, id="picture with backslashes"),
        pytest.param(Picture(), "C:/x.jpg", "E024", 4, id="picture on a drive"),
        pytest.param(ListOf(item=Word()), "a", "E011", 4, id="list is a word"),
        pytest.param(ListOf(item=Integer()), "[1, x, 3]", "E011", 8, id="list with a wrong value"),
        pytest.param(PLACE, "主楼", "E011", 4, id="group is a text"),
        pytest.param(PLACE, "{geo: [1, 2]}", "E013", 4, id="group without a needed field"),
        pytest.param(PLACE, "{name: 主楼, gEo: [1, 2]}", "E010", 15, id="group with an unknown field"),
        pytest.param(PLACE, "{name: 主楼, geo: [1]}", "E011", 20, id="list too short"),
        pytest.param(PLACE, "{name: 主楼, geo: [1, 200]}", "E011", 24, id="number outside its bounds"),
        pytest.param(Named(item=Integer()), "[1]", "E011", 4, id="named is a list"),
    ],
)
def test_refusals(field: Field, text: str, code: str, column: int) -> None:
    problem = refusal(field, text)
    assert (problem.code.value, problem.span.line, problem.span.column) == (code, 1, column)


def test_a_text_in_a_language_the_site_has_not() -> None:
    values, reading = read(Text(), "{zh: 甲, fr: A}")
    assert [(problem.code.value, problem.span.column) for problem in reading.problems] == [("E017", 12)]
    assert values == {"f": {"zh": "甲"}}


def test_the_values_beside_a_refused_one_are_kept() -> None:
    values, _ = read(ListOf(item=Integer()), "[1, x, 3]")
    assert values == {"f": [1, 3]}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("publishDate", "publish_date"), ("publish-date", "publish_date"), ("tilte", "title"), ("Title", "title")],
)
def test_an_unknown_key_names_the_one_that_was_meant(typed: str, meant: str) -> None:
    reading = Reading("a.md", ("zh",))
    node = yaml.parse(f"{typed}: x", "a.md")
    assert isinstance(node, yaml.Mapping)
    read_fields({"title": Text(), "publish_date": Moment(), "tags": ListOf(item=Word())}, node, "", reading)
    assert reading.problems[0].hint == f"did you mean {meant}?"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("hangzhou", ("chapters/hangzhou", "people/hangzhou")),
        ("people/lin", ("people/lin",)),
        ("a/b", ("chapters/a/b", "people/a/b")),
    ],
)
def test_a_reference_may_name_its_folder(text: str, candidates: tuple[str, ...]) -> None:
    _, reading = read(Ref(folders=("chapters", "people")), text)
    ((reference),) = reading.references
    assert (reference.candidates, reference.line, reference.column) == (candidates, 1, 4)
