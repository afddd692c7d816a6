"""How classes are written: 级 and 届, four digits, and neither guessed from the other."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from conftest import PROJECT

from sitegen.site.degrees import ClassYear, class_of, label, style_of

CATALOGS = {
    code: yaml.safe_load((PROJECT / f"themes/beacon/messages/{code}.yaml").read_text(encoding="utf-8")) for code in ("zh", "en")
}
BOTH, ENTRY, GRADUATION = ClassYear("电气", 1998, 2002), ClassYear("电气", entry=1998), ClassYear("电气", graduation=2002)


@pytest.mark.parametrize(
    ("language", "style", "known", "expected"),
    [
        ("zh", "entry", BOTH, "电气1998级"),
        ("zh", "entry", GRADUATION, "电气2002届"),
        ("zh", "graduation", BOTH, "电气2002届"),
        ("zh", "graduation", ENTRY, "电气1998级"),
        ("zh", "short", BOTH, "2002届"),
        ("zh", "entry", ClassYear(entry=1998), "1998级"),
        ("en", "short", BOTH._replace(unit="EE"), "’02"),
        ("en", "short", BOTH._replace(graduation=2009), "’09"),
        ("en", "short", ENTRY._replace(unit="EE"), "EE, entered 1998"),
        ("en", "graduation", BOTH._replace(unit="EE"), "EE 2002"),
        ("en", "graduation", ClassYear(graduation=2002), "2002"),
        ("en", "entry", BOTH._replace(unit="EE"), "EE, entered 1998"),
        ("en", "entry", ClassYear(entry=1998), "entered 1998"),
        ("zh", "none", BOTH, ""),
        ("zh", "entry", ClassYear("电气"), ""),
    ],
)
def test_a_class_in_words(language: str, style: str, known: ClassYear, expected: str) -> None:
    def message(key: str, **values: str) -> str:
        return str(CATALOGS[language][key]).format(**values)

    assert label(known, style, message)[0] == expected


@pytest.mark.parametrize(
    ("configured", "language", "expected"),
    [
        (None, "zh", "entry"),
        ({}, "zh-Hant", "entry"),
        ({}, "en", "short"),
        ({"en": "graduation"}, "en", "graduation"),
        ({"en": "none"}, "zh", "entry"),
    ],
)
def test_each_language_has_its_style(configured: dict[str, str] | None, language: str, expected: str) -> None:
    assert style_of(configured, language) == expected


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        ([], ClassYear()),
        ([{"level": "bachelor", "unit": "电气工程学院"}], ClassYear()),
        ([{"unit": "电气工程学院", "unit_short": "电气", "entry": 1998}, {"unit": "管理", "graduation": 2009}], ENTRY),
        ([{"unit": "机械"}, {"unit": "电气", "graduation": 2002}], GRADUATION),
    ],
    ids=["none", "no year", "the first", "the first with a year"],
)
def test_somebody_is_known_by_the_first_degree_with_a_year(degrees: list[dict[str, Any]], expected: ClassYear) -> None:
    assert class_of(degrees) == expected
