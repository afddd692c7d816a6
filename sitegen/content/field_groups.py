"""Fields made of fields: lists, groups with names of their own, free values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import Moment
from sitegen.content.fields import Choice, Field
from sitegen.content.reading import Reading, RejectedError
from sitegen.problems import Code, Problem, Span, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf(Field):
    """A list of values of one type."""

    item: Field
    length: int | None = None

    def read(self, node: yaml.Node, name: str, reading: Reading) -> list[Any]:
        if not isinstance(node, yaml.Sequence):
            raise reading.reject(Code.WRONG_TYPE, f"{name} must be a list", node, "write [one, two] or a line with - for each")
        if self.length is not None and len(node.items) != self.length:
            raise reading.reject(
                Code.WRONG_TYPE, f"{name} needs {self.length} values", node, "write them in brackets, such as [0.5, 0.3]"
            )
        values = []
        for number, item in enumerate(node.items, 1):
            try:
                values.append(self.item.read(item, f"{name}[{number}]", reading))
            except RejectedError:
                continue
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Field):
    """Named fields together, with a rule that looks at all of them."""

    fields: Mapping[str, Field]
    check: Callable[[dict[str, Any], yaml.Mapping, Reading], None] | None = None

    def read(self, node: yaml.Node, name: str, reading: Reading) -> dict[str, Any]:
        if not isinstance(node, yaml.Mapping):
            first = sorted(self.fields, key=lambda key: not self.fields[key].required)[:2]
            shown = ", ".join(f"{key}: …" for key in first)
            message, hint = (
                f"{name} needs fields of its own, not one value",
                f"write - {{{shown}}}" if name.endswith("]") else f"write {name}: {{{shown}}}",
            )
            if isinstance(node, yaml.Scalar) and "：" in node.text:
                hint = "a full-width colon (：) is no colon here: type an ordinary one, and a space"
            raise reading.reject(Code.WRONG_TYPE, message, node, hint)
        values = read_fields(self.fields, node, name + ".", reading)
        for key, wanted in self.fields.items():
            if wanted.required and key not in node.items:
                code = Code.MISSING_ALT if key == "alt" else Code.MISSING_FIELD
                reading.note(code, f"{name}.{key} is missing", node, _missing_hint(key, wanted))
        if self.check:
            self.check(values, node, reading)
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Field):
    """A map from free names to values of one type."""

    item: Field

    def read(self, node: yaml.Node, name: str, reading: Reading) -> dict[str, Any]:
        if not isinstance(node, yaml.Mapping):
            raise reading.reject(Code.WRONG_TYPE, f"{name} needs fields of its own, not one value", node, "write {name: value}")
        return read_fields(dict.fromkeys(node.items, self.item), node, name + ".", reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anything(Field):
    """Free values for templates."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> Any:
        return plain(node)


def plain(node: yaml.Node | None) -> Any:
    """The value of a node without places."""
    if isinstance(node, yaml.Mapping):
        return {key: plain(item) for key, item in node.items.items()}
    if isinstance(node, yaml.Sequence):
        return [plain(item) for item in node.items]
    return node.value if node else None


def read_fields(fields: Mapping[str, Field], node: yaml.Mapping, prefix: str, reading: Reading) -> dict[str, Any]:
    """The values of all known keys; notes every unknown key and refused value."""
    values: dict[str, Any] = {}
    for key, item in node.items.items():
        wanted = fields.get(key)
        if wanted is None:
            line, column = node.keys[key]
            span = Span(reading.path, line, column)
            reading.problems.append(Problem(Code.UNKNOWN_KEY, f"unknown key {prefix}{key}", span, did_you_mean(key, fields)))
            continue
        try:
            values[key] = wanted.read(item, prefix + key, reading)
        except RejectedError:
            continue
    return values


def example(field: Field, key: str) -> str:
    """How a missing field would be written."""
    if isinstance(field, Choice):
        return f"{key}: with one of {', '.join(field.of[:8])}"
    return f"{key}: 2026-11-20" if isinstance(field, Moment) else f"{key}: …"


def _missing_hint(key: str, wanted: Field) -> str:
    return "say in a few words what the picture shows: alt: …" if key == "alt" else f"add {example(wanted, key)}"
