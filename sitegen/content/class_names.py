"""What a class is called, on its page, on rolls and beside a name: by the first pattern of which all words are known.

级 is the year of entry, 届 that of graduation, and one is never guessed from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sitegen.content import strict_yaml as yaml
from sitegen.content.fields import Text
from sitegen.content.reading import Reading
from sitegen.content.translations import Translations
from sitegen.problems import Code

WORDS = ("subject", "code", "entry", "entry_yy", "graduation", "graduation_yy")
_WORD = re.compile(r"\{(\w+)\}")

# The usual patterns, which follow those of config.yaml, so that every class with a year has a name; a language that is not
# here goes by the English ones.
_NAMES = {
    "zh": ("{subject}{entry}级", "{subject}{graduation}届"),
    "en": ("{subject}, entering class of {entry}", "{subject}, class of {graduation}"),
}
_SHORT = {
    "zh": ("{subject}{entry}级", "{subject}{graduation}届", "{entry}级", "{graduation}届"),
    "en": ("{code} ’{graduation_yy}", "’{graduation_yy}", "{code}, entered {entry}", "entered {entry}"),
}


class ClassWords(NamedTuple):
    """What is known of a class: its subject, as it is called in names of classes, its code, and its years with four digits."""

    subject: str = ""
    code: str = ""
    entry: int | None = None
    graduation: int | None = None

    @classmethod
    def of_cohort(cls, fields: Mapping[str, Any]) -> ClassWords:
        """The words of a cohort."""
        return cls(fields.get("subject", ""), fields.get("code", ""), fields.get("entry"), fields.get("graduation"))

    @classmethod
    def of_degree(cls, degree: Mapping[str, Any]) -> ClassWords:
        """The words of somebody's degree; the short form of its unit is both a subject (电气) and a code (EE)."""
        short = degree.get("unit_short", "")
        return cls(short or degree.get("unit", ""), short, degree.get("entry"), degree.get("graduation"))

    @property
    def has_year(self) -> bool:
        return self.entry is not None or self.graduation is not None


class Patterns(NamedTuple):
    """How one language calls classes: in full, and beside a name."""

    names: tuple[str, ...]
    short: tuple[str, ...]


class ClassName(NamedTuple):
    """A class in words, and whether they tell its year by two digits (’02)."""

    text: str = ""
    is_abbreviated: bool = False


def patterns_of(settings: Mapping[str, Any] | None, language: str) -> Patterns:
    """The patterns of a language: those that `cohorts` of config.yaml has for it, then the usual ones."""

    def all_of(key: str, usual: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        texts = (settings or {}).get(key, ())
        written = [text.get(language) if isinstance(text, Translations) else text for text in texts]
        return (*(each for each in written if each is not None), *usual.get(language.partition("-")[0], usual["en"]))

    return Patterns(all_of("names", _NAMES), all_of("short", _SHORT))


def class_name(words: ClassWords, patterns: Iterable[str]) -> ClassName:
    """The name by the first pattern of which all words are known; of a class without any year there is none."""
    known = {key: str(value) for key, value in words._asdict().items() if value}
    known |= {f"{key}_yy": known[key][-2:] for key in ("entry", "graduation") if key in known}
    for pattern in patterns if words.has_year else ():
        wanted = _WORD.findall(pattern)
        if known.keys() >= set(wanted):
            return ClassName(pattern.format_map(known), any(word.endswith("_yy") for word in wanted))
    return ClassName()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Text):
    """A pattern of the names of classes, in each language; an empty one, where it is allowed, is for no name at all."""

    may_be_empty: bool = False

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str | Translations:
        text = Text.read(self, node, name, reading)
        for item in node.items.values() if isinstance(node, yaml.Mapping) else (node,):
            if isinstance(item, yaml.Scalar):
                self._check(item, reading)
        return text

    def _check(self, item: yaml.Scalar, reading: Reading) -> None:
        pattern = item.text.strip()
        hint = " ".join(f"{{{each}}}" for each in WORDS) + " are known"
        if not pattern and not self.may_be_empty:
            reading.note(Code.CONFIG, "a class has to be called something", item, hint)
        if set(_WORD.findall(pattern)) - set(WORDS) or not re.fullmatch(r"(\{\w+\}|[^{}])*", pattern):
            reading.note(Code.CONFIG, f"a class cannot be called {pattern}", item, hint)
