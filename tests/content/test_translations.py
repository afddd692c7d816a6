"""Texts in several languages: which one a reader gets."""

from __future__ import annotations

import pytest

from sitegen.content.translations import Translations, as_translations, localize


@pytest.mark.parametrize(("language", "text"), [("zh", "甲"), ("en", "A"), ("fr", "甲")])
def test_a_text_falls_back_to_the_default_language(language: str, text: str) -> None:
    value = {"a": [Translations(zh="甲", en="A"), {"b": Translations(zh="甲", en="A")}], "c": 1}
    assert localize(value, language, "zh") == {"a": [text, {"b": text}], "c": 1}


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_a_text_in_one_language_only_is_shown_in_all(language: str) -> None:
    assert localize(Translations(en="A"), language, "zh") == "A"


def test_free_values_with_language_codes_for_keys_are_texts() -> None:
    free = {"a": {"zh": "甲", "en": "A"}, "b": [{"zh": "乙"}], "c": {"zh": "丙", "x": "y"}, "d": {}, "e": {"zh": 1}}
    value = as_translations(free, ["zh", "en"])
    assert localize(value, "en", "zh") == {"a": "A", "b": ["乙"], "c": {"zh": "丙", "x": "y"}, "d": {}, "e": {"zh": 1}}
