"""Reading one source: the problems, references and pictures met, and texts that stand in several languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.problems import Code, Problem, Span


class Translations(dict[str, str]):
    """One text in several languages, as written: `{zh: …, en: …}`."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names another entry: the ids it may mean, and where it stands."""

    candidates: tuple[str, ...]
    line: int
    column: int
    field: str

    @property
    def in_text(self) -> bool:
        """True for a link, a mention or a block of the text, false for a field of the front matter."""
        return self.field in ("link", "@") or self.field.startswith(":::")


class RejectedError(Exception):
    """A value was refused; the problem is already noted."""


@dataclass(slots=True)
class Reading:
    """One file being read: where it is, what the site allows, and what has been met in it so far."""

    path: str
    languages: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    files: list[tuple[str, int, int]] = field(default_factory=list)

    def aligned(self, values: list[Any] | None, node: yaml.Node | None) -> list[tuple[Any, Any]]:
        """The values of a list with their nodes; nothing if an item was refused, so that no place is taken for another."""
        nodes = node.items if isinstance(node, yaml.Sequence) else ()
        return list(zip(values or (), nodes, strict=True)) if len(values or ()) == len(nodes) else []

    def note(self, code: Code, message: str, node: yaml.Node, hint: str = "") -> None:
        self.problems.append(Problem(code, message, Span(self.path, node.line, node.column), hint))

    def reject(self, code: Code, message: str, node: yaml.Node, hint: str = "") -> RejectedError:
        self.note(code, message, node, hint)
        return RejectedError()


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
