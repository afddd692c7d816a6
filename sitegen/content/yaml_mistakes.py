"""What a person did when a YAML parser gives up: the place to look at, plain words, and the remedy."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml


class Mistake(NamedTuple):
    """Line and column counted from 0, what is wrong, and what to do."""

    line: int
    column: int
    message: str
    hint: str


_KEY = r"\s*(?:- )?[^\s:#\"'\[{]+"
_NO_SPACE = re.compile(r"(\s*(?:- )?([A-Za-z_]+)):(?=[^\s/:])")
_WIDE_COLON = re.compile(r"\s*(?:- )?(\w+)：")
_AFTER_QUOTE = re.compile(_KEY + r":\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s*(?=[^\s#,\]}])")
_AFTER_BRACKET = re.compile(_KEY + r":\s+(?:\[[^\[\]]*\]|\{[^{}]*\})\s*(?=[^\s#,\]}])")
_QUOTE_ALL = "put the whole value in 'single quotes'"


def explain(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    """The likeliest mistake behind a parser's error."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    near = range(min(line, len(lines) - 1), max(-1, line - 3), -1)
    for look in (_unclosed, _tag_or_alias):
        found = look(error)
        if found:
            return found
    for number in near:
        found = _in_line(lines[number], number, column if number == line else -1)
        if found:
            return found
    return _flow(error, line, column) or Mistake(line, column, *_PLAIN.get(error.problem or "", _UNKNOWN))


def _unclosed(error: yaml.MarkedYAMLError) -> Mistake | None:
    if "quoted scalar" not in (error.context or "") or error.context_mark is None:
        return None
    where = (error.context_mark.line, error.context_mark.column)
    if "escape" in (error.problem or ""):
        return Mistake(*where, "a backslash stands inside double quotes", "use 'single quotes', or write the backslash twice")
    return Mistake(*where, "the quotation mark opened here is not closed", "close it at the end of the text")


def _tag_or_alias(error: yaml.MarkedYAMLError) -> Mistake | None:
    context, where = error.context or "", error.context_mark
    if where is None:
        return None
    if "tag" in context:
        return Mistake(where.line, where.column, "text that begins with ! has a special meaning", 'put the text in "quotes"')
    if "alias" in context or "anchor" in context:
        return Mistake(where.line, where.column, "text that begins with * or & has a special meaning", 'put the text in "quotes"')
    return None


def _in_line(line: str, number: int, column: int) -> Mistake | None:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or (column >= 0 and line[column : column + 1] == "\t"):
        return Mistake(number, line.index("\t"), "a tab stands where YAML needs spaces", "replace the tab with spaces")
    if match := _WIDE_COLON.match(line):
        return full_width_colon(match[1], number, match.end(1))
    if match := _AFTER_QUOTE.match(line):
        return Mistake(number, match.end(), "text stands after the closing quotation mark", _QUOTE_ALL + ", or use “ ”")
    if match := _AFTER_BRACKET.match(line):
        return Mistake(number, match.end(), "text stands after the closing bracket", _QUOTE_ALL + ", or use 【】")
    if match := _NO_SPACE.match(line):
        return Mistake(number, match.end(1) + 1, f"a space is missing after {match[2]}:", f"write {match[2]}: …")
    return None


def _flow(error: yaml.MarkedYAMLError, line: int, column: int) -> Mistake | None:
    match = re.fullmatch(r"did not find expected ',' or '([\]}])'", error.problem or "")
    if match is None:
        return None
    opened = error.context_mark
    if opened is not None and opened.line != line:
        what = "list opened with [" if match[1] == "]" else "group opened with {"
        return Mistake(opened.line, opened.column, f"the {what} here is not closed", f"add the {match[1]}")
    return Mistake(line, column, f"a comma or {match[1]} is missing before this", f"separate by commas, and close with {match[1]}")


def full_width_colon(key: str, line: int, column: int) -> Mistake:
    """A key followed by the Chinese colon, which YAML reads as text."""
    return Mistake(line, column, f"a full-width colon (：) stands after {key}", f"type an ordinary colon and a space: {key}: …")


_UNKNOWN = ("this is not valid YAML", "check quotes, colons and indentation")
_PLAIN = {
    "mapping values are not allowed in this context": (
        "a colon followed by a space stands inside a value",
        'put the whole value in "quotes"',
    ),
    "could not find expected ':'": ("a key without its colon", "write key: value, with a space after the colon"),
    "did not find expected key": ("the indentation does not fit the lines above", "let the keys of one group begin in one column"),
    "found character that cannot start any token": ("this character cannot begin a value", 'put the value in "quotes"'),
    "did not find expected '-' indicator": (
        "the indentation of this list does not fit",
        "let the - of one list stand in one column",
    ),
    "block sequence entries are not allowed in this context": (
        "a list item (-) cannot stand here",
        "begin the list on a line of its own",
    ),
    "did not find expected <document start>": ("text stands where a key was expected", "write key: value"),
}
