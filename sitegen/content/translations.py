"""Texts that stand in several languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Translations(dict[str, str]):
    """One text in several languages, as written: `{zh: …, en: …}`."""


def localize(value: Any, language: str, default: str) -> Any:
    """The value with every map of languages replaced by its text in `language`, or else the default's, or the first."""
    if isinstance(value, Translations):
        return value.get(language, value.get(default, next(iter(value.values()))))
    if isinstance(value, dict):
        return {key: localize(item, language, default) for key, item in value.items()}
    if isinstance(value, list):
        return [localize(item, language, default) for item in value]
    return value


def as_translations(value: Any, languages: Iterable[str]) -> Any:
    """Free values in which every map with only language codes for keys is taken for one text in several languages."""
    codes = set(languages)
    if isinstance(value, dict):
        if value and set(value) <= codes and all(isinstance(item, str) for item in value.values()):
            return Translations(value)
        return {key: as_translations(item, codes) for key, item in value.items()}
    if isinstance(value, list):
        return [as_translations(item, codes) for item in value]
    return value
