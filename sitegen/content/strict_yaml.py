"""YAML 1.2 core values with a place for every key and value; bounded, no duplicates, no aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from sitegen.content.yaml_mistakes import explain
from sitegen.problems import Code, Problem, SiteError, Span

MAX_DEPTH = 50
MAX_OPEN_BRACKETS = 1_000
MAX_INTEGER_DIGITS = 18

Value: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as YAML 1.2 core reads it, and the text the author typed."""

    value: Value
    text: str
    line: int
    column: int
    is_block: bool = False  # written on the lines after its key, with | or >


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys (with their places) and nodes, in the order written."""

    items: dict[str, Node]
    keys: dict[str, tuple[int, int]]
    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_PREFIXED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def resolve(text: str) -> Value:
    """The YAML 1.2 core value of a plain scalar.

    Whatever YAML 1.1 would have bent (`14:30`, `0123`, `no`, dates, integers of more than 18 digits) stays the text typed.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.":
        return text
    if _INTEGER.match(text):
        return int(text) if len(text.lstrip("+-")) <= MAX_INTEGER_DIGITS else text
    if _PREFIXED.match(text) and len(text) <= MAX_INTEGER_DIGITS:
        return int(text, 0)
    if _FLOAT.match(text):
        number = float(text)
        return text if number in (float("inf"), float("-inf")) else number
    return text


def parse(text: str, path: str, first_line: int = 1) -> Node | None:
    """The root node of one YAML document, or None for an empty one.

    `first_line` is the line of the file on which `text` begins.  Raises SiteError with one problem.
    """
    return _Composer(text, path, first_line).document()


class _Composer:
    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._path = path
        self._offset = first_line
        self._text = text
        self._events: Iterator[yaml.Event] = iter(())

    def document(self) -> Node | None:
        self._refuse_control_characters()
        self._refuse_bracket_floods()
        try:
            # The C parser reads lazily, so the depth check below stops it early.
            self._events = yaml.parse(self._text, Loader=_LOADER)
            next(self._events)
            event = next(self._events)
            if isinstance(event, yaml.StreamEndEvent):
                return None
            root = self._node(next(self._events), 1)
            next(self._events)
            event = next(self._events)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_problem(error) from None
        if not isinstance(event, yaml.StreamEndEvent):
            line, column = _begins(event)
            raise self._fail(
                Code.YAML_BANNED,
                "a second YAML document begins here",
                line,
                column,
                "delete this line ---, or put what follows in a file of its own",
            )
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line, column = _begins(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._fail(
                Code.YAML_BANNED, f"the alias *{getattr(event, 'anchor', '')} is not allowed", line, column, "write the value out"
            )
        anchor = getattr(event, "anchor", None)
        if anchor:
            hint = 'write the value without it, or put the text in "quotes"'
            raise self._fail(Code.YAML_BANNED, f"the anchor &{anchor} is not allowed", line, column, hint)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line, column)
        tag = getattr(event, "tag", None)
        if tag is not None and not getattr(event, "implicit", False):
            raise self._tag_problem(tag, line, column)
        if depth > MAX_DEPTH:
            raise self._fail(
                Code.YAML_BANNED, f"nested more than {MAX_DEPTH} levels deep", line, column, "write it with fewer levels"
            )
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return Sequence(tuple(items), line + self._offset, column + 1)
        return self._mapping(line, column, depth)

    def _mapping(self, line: int, column: int, depth: int) -> Mapping:
        items: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._at(Code.WRONG_TYPE, "a key must be a word, not a list or a map", key, "put text before the colon")
            if key.text == "<<":
                raise self._at(Code.YAML_BANNED, "merge keys (<<) are not allowed", key, "write the fields out")
            if key.text in items:
                first = keys[key.text][0]
                raise self._at(
                    Code.YAML_DUPLICATE_KEY, f"the key {key.text} stands twice", key, f"the first is on line {first}: keep one"
                )
            keys[key.text] = (key.line, key.column)
            items[key.text] = self._node(next(self._events), depth + 1)
        return Mapping(items, keys, line + self._offset, column + 1)

    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> Scalar:
        text = event.value
        if event.tag is not None and not event.implicit[0] and not event.implicit[1]:
            raise self._tag_problem(event.tag, line, column)
        control = _CONTROL.search(text)
        if control:
            message = f"an invisible character (U+{ord(control[0]):04X}), written as an escape"
            raise self._fail(Code.YAML_SYNTAX, message, line, column, "delete the escape")
        value = resolve(text) if event.implicit[0] else text
        return Scalar(value, text, line + self._offset, column + 1, event.style in ("|", ">"))

    def _refuse_control_characters(self) -> None:
        found = _CONTROL.search(self._text)
        if found:
            line = self._text.count("\n", 0, found.start())
            column = found.start() - (self._text.rfind("\n", 0, found.start()) + 1)
            raise self._fail(
                Code.YAML_SYNTAX, f"an invisible character (U+{ord(found[0]):04X})", line, column, "delete the character"
            )

    def _refuse_bracket_floods(self) -> None:
        opened = self._text.count("[") + self._text.count("{")
        if opened <= MAX_OPEN_BRACKETS:
            return
        unclosed: list[int] = []
        for match in re.finditer(r"[\[\]{}]", self._text):
            if match[0] in "[{":
                unclosed.append(match.start())
            elif unclosed:
                unclosed.pop()
            if len(unclosed) > MAX_OPEN_BRACKETS:
                line = self._text.count("\n", 0, unclosed[0])
                column = unclosed[0] - self._text.rfind("\n", 0, unclosed[0]) - 1
                raise self._fail(Code.YAML_BANNED, f"more than {MAX_OPEN_BRACKETS} open brackets", line, column, "close them")

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> SiteError:
        mistake = explain(error, self._text)
        return self._fail(Code.YAML_SYNTAX, mistake.message, mistake.line, mistake.column, mistake.hint)

    def _tag_problem(self, tag: str, line: int, column: int) -> SiteError:
        typed = tag.replace("tag:yaml.org,2002:", "!!")
        return self._fail(
            Code.YAML_BANNED, f"the tag {typed} is not allowed", line, column, 'put text beginning with ! in "quotes"'
        )

    def _at(self, code: Code, message: str, node: Node, hint: str) -> SiteError:
        return SiteError([Problem(code, message, Span(self._path, node.line, node.column), hint)])

    def _fail(self, code: Code, message: str, line: int, column: int, hint: str) -> SiteError:
        return SiteError([Problem(code, message, Span(self._path, line + self._offset, column + 1), hint)])


def _begins(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)
