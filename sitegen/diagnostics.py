"""Problems → what a person or a machine reads: text with the source line, JSON, or GitHub annotations.

Everything that is said goes through here, and nothing leaves with the number of a person in it: it is masked.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TextIO

from sitegen.problems import Code, Problem, Severity

FORMATS = ("text", "json", "github")


def default_format() -> str:
    """Annotations inside GitHub Actions, text elsewhere."""
    return "github" if os.environ.get("GITHUB_ACTIONS") else "text"


def wants_color(stream: TextIO) -> bool:
    """NO_COLOR (https://no-color.org) and FORCE_COLOR before what the stream is."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def show(problems: Sequence[Problem], root: Path, style: str, color: bool) -> str:
    """All problems in order of place, ready to print."""
    ordered = sorted(problems, key=lambda problem: problem.sort_key)
    excerpts = [_source_line(root, problem) for problem in ordered] if style == "text" else []
    ordered = [_discreet(problem) for problem in ordered]
    if style == "json":
        return json.dumps([_as_json(problem) for problem in ordered], ensure_ascii=False, indent=1) + "\n"
    if style == "github":
        return "".join(_annotation(problem) for problem in ordered)
    return "".join(_text(problem, excerpt, color) for problem, excerpt in zip(ordered, excerpts, strict=True))


def _discreet(problem: Problem) -> Problem:
    """The problem as it may stand in a log."""
    span = replace(problem.span, path=discreet(problem.span.path.replace("/", "\n")).replace("\n", "/"))
    return replace(problem, message=discreet(problem.message), hint=discreet(problem.hint), span=span)


def discreet(text: str) -> str:
    """A text as it may stand in a log."""
    if not _SUSPECT.search(text):
        return text
    from sitegen.content.privacy import masked

    return masked(text)


def _text(problem: Problem, excerpt: str | None, color: bool) -> str:
    red, dim, bold, off = ("\x1b[31m", "\x1b[2m", "\x1b[1m", "\x1b[0m") if color else ("", "", "", "")
    if problem.severity is not Severity.ERROR:
        red = ("\x1b[33m" if problem.severity is Severity.WARNING else "\x1b[36m") if color else ""
    lines = [f"{bold}{problem.span}{off}: {red}{problem.severity.value}[{problem.code.value}]{off}: {problem.message}"]
    if excerpt is not None:
        number = str(problem.span.line)
        lines.append(f"{dim}  {number} | {off}{excerpt}")
        if excerpt.strip() and problem.span.column > 1:
            lines.append(" " * (len(number) + 2) + f"{dim} | {off}{_indent(excerpt, problem.span.column)}{red}^{off}")
    if problem.hint:
        lines.append(f"  hint: {problem.hint}")
    return "\n".join(lines) + "\n"


def _indent(line: str, column: int) -> str:
    """Spaces up to a column; a full-width character takes two on a terminal."""
    from unicodedata import east_asian_width

    return "".join("  " if east_asian_width(c) in "WF" else " " for c in line[: column - 1])


_TEXT = (".md", ".yaml", ".yml", ".html", ".css", ".xml", ".jinja", ".txt")
# Whatever `sitegen.content.privacy` could find has one of these; most of what is said has neither.
_SUSPECT = re.compile(r"\d(?:\W?\d){10}|[@＠]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def _source_line(root: Path, problem: Problem) -> str | None:
    """The line of the source; none of a file whose bytes are the problem, or that only leads elsewhere."""
    path = root / problem.span.path
    if not path.name.endswith(_TEXT) or problem.code in (Code.ENCODING, Code.SYMLINK, Code.TOO_LARGE) or path.is_symlink():
        return None
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            line = next(islice(stream, problem.span.line - 1, None), "").rstrip("\r\n")
    except OSError:
        return None
    line = discreet(_UNPRINTABLE.sub("�", line.replace("\t", " ")))
    return line if len(line) <= 160 else line[:157] + "…"


def _as_json(problem: Problem) -> dict[str, object]:
    span = problem.span
    return {
        "code": problem.code.value, "severity": problem.severity.value, "message": problem.message,
        "path": span.path, "line": span.line, "column": span.column, "hint": problem.hint,
    }  # fmt: skip


def _annotation(problem: Problem) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    span = problem.span
    place = f"file={_escaped(span.path, ':,')},line={span.line},col={span.column},title={problem.code.value}"
    text = problem.message + (f" ({problem.hint})" if problem.hint else "")
    kind = "notice" if problem.severity is Severity.NOTE else problem.severity.value
    return f"::{kind} {place}::{_escaped(text)}\n"


def _escaped(text: str, also: str = "") -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in also:
        escaped = escaped.replace(character, f"%{ord(character):02X}")
    return escaped


def write(text: str) -> None:
    """Diagnostics go to standard error."""
    sys.stderr.write(text)
    sys.stderr.flush()


def say(line: str) -> None:
    """Everything else goes to standard output."""
    import click

    click.echo(discreet(line))


def tell_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program itself, as `sys.excepthook` gets it: what it was working on may be in its words."""
    import traceback

    write(discreet("".join(traceback.format_exception(kind, error, trace))))
