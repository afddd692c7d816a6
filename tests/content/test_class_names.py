"""What classes are called: 级 and 届, four digits or two, and neither year guessed from the other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.class_names import WORDS, ClassName, ClassWords, class_name, patterns_of
from sitegen.content.translations import Translations

YEARS = st.none() | st.integers(1896, 2999)
NAMES = st.text(st.characters(categories=("Lu", "Ll", "Lo"), exclude_characters="级届"), max_size=6)
PATTERNS = st.lists(
    st.lists(st.sampled_from([f"{{{word}}}" for word in WORDS] + ["级", "届", " ", "’", ", entered "]), max_size=4).map("".join),
    max_size=4,
)
BY_GRADUATION = [Translations(zh="{subject}{graduation}届")]
BOTH = {"subject": "电气", "code": "EE", "entry": 1998, "graduation": 2002}


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in BOTH.items() if key not in keys}


@pytest.mark.parametrize(
    ("language", "fields", "full", "short"),
    [
        ("zh", BOTH, "电气1998级", "电气1998级"),
        ("zh", without("entry"), "电气2002届", "电气2002届"),
        ("zh-Hant", BOTH, "电气1998级", "电气1998级"),
        ("en", BOTH, "电气, entering class of 1998", "EE ’02"),
        ("en", BOTH | {"graduation": 2009}, "电气, entering class of 1998", "EE ’09"),
        ("en", without("entry"), "电气, class of 2002", "EE ’02"),
        ("en", without("code"), "电气, entering class of 1998", "’02"),
        ("en", without("graduation"), "电气, entering class of 1998", "EE, entered 1998"),
        ("en", without("graduation", "code"), "电气, entering class of 1998", "entered 1998"),
        ("fr", without("code"), "电气, entering class of 1998", "’02"),
    ],
)
def test_what_a_class_is_usually_called(language: str, fields: dict[str, Any], full: str, short: str) -> None:
    words, patterns = ClassWords.of_cohort(fields), patterns_of(None, language)
    assert (class_name(words, patterns.names).text, class_name(words, patterns.short).text) == (full, short)


@pytest.mark.parametrize(
    ("short", "language", "degree", "expected"),
    [
        ([], "zh", {"unit": "电气工程学院", "unit_short": "电气", "entry": 1998}, "电气1998级"),
        ([], "zh", {"unit": "电气工程学院", "entry": 1998}, "电气工程学院1998级"),
        ([], "zh", {"graduation": 2002}, "2002届"),
        ([], "en", {"unit": "School of EE", "graduation": 2002}, "’02"),
        ([], "en", {"unit_short": "EE", "graduation": 2002}, "EE ’02"),
        ([], "zh", {"unit": "电气工程学院", "unit_short": "电气"}, ""),
        (BY_GRADUATION, "zh", {"unit_short": "电气", "entry": 1998, "graduation": 2002}, "电气2002届"),
        (BY_GRADUATION, "zh", {"unit_short": "电气", "entry": 1998}, "电气1998级"),
        (BY_GRADUATION, "en", {"unit_short": "EE", "graduation": 2002}, "EE ’02"),
        (["{graduation}"], "en", {"unit_short": "EE", "graduation": 2002}, "2002"),
        ([Translations(zh="")], "zh", {"unit_short": "电气", "entry": 1998}, ""),
        ([Translations(zh="")], "en", {"unit_short": "EE", "entry": 1998}, "EE, entered 1998"),
    ],
    ids=[
        "the short unit", "the unit", "a year alone", "no code", "the short unit as a code", "no year",
        "a pattern of one's own", "the usual follow it", "a language without any", "for all languages",
        "nothing", "elsewhere something",
    ],
)  # fmt: skip
def test_what_stands_beside_a_name(short: list[Any], language: str, degree: dict[str, Any], expected: str) -> None:
    assert class_name(ClassWords.of_degree(degree), patterns_of({"short": short}, language).short).text == expected


@pytest.mark.parametrize(("pattern", "expected"), [("{code} ’{graduation_yy}", True), ("{code} {graduation}", False), ("", False)])
def test_a_name_says_whether_it_has_two_digits(pattern: str, expected: bool) -> None:
    assert class_name(ClassWords.of_cohort(BOTH), [pattern]).is_abbreviated == expected


@given(NAMES, YEARS, YEARS, st.sampled_from(["zh", "en", "de"]), PATTERNS)
def test_a_degree_and_a_cohort_of_the_same_words_have_one_name(
    short: str, entry: int | None, graduation: int | None, language: str, patterns: list[str]
) -> None:
    years = {key: year for key, year in (("entry", entry), ("graduation", graduation)) if year is not None}
    beside = patterns_of({"short": patterns}, language).short
    of_degree = class_name(ClassWords.of_degree({"unit_short": short} | years), beside)
    of_cohort = class_name(ClassWords.of_cohort({"subject": short, "code": short} | years), beside)
    assert of_degree == of_cohort
    assert years or of_degree == ClassName()


@given(NAMES, NAMES, YEARS, YEARS, st.sampled_from(["zh", "en"]))
def test_every_class_with_a_year_has_a_name_and_no_year_is_guessed(
    subject: str, code: str, entry: int | None, graduation: int | None, language: str
) -> None:
    words = ClassWords(subject, code, entry, graduation)
    short = class_name(words, patterns_of(None, language).short).text
    assert bool(short) == words.has_year
    for year, mark in ((entry, "级|entered "), (graduation, "届|’")):
        told = re.search(rf"(\d+)(?:{mark})|(?:{mark})(\d+)", short)
        assert told is None or (year is not None and str(year).endswith(told[1] or told[2]))
