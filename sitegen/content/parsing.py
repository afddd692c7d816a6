"""One Markdown text being parsed: where it stands, and what has been met in it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.content.body import Mark
from sitegen.content.reference import Reference
from sitegen.problems import Code, Problem, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

# Control characters cannot stand in a source, so these can stand in the HTML for marks.
MARK_OPEN, MARK_END, BLOCK_CLOSE = "\x02", "\x03", "\x04"
NAME_OPEN, NAME_END = "\x05", "\x06"  # the same for names of persons, in plain texts too

_RECENT = 20  # whoever is named twice on a line is named there once


@dataclass(slots=True)
class Parsing:
    """One text being parsed: where it stands, and what it has met so far."""

    path: str
    first_line: int
    folders: Mapping[str, str]
    raw_html: bool = False
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    files: list[tuple[str, int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def note(self, code: Code, message: str, token: Token, hint: str) -> None:
        self.problems.append(Problem(code, message, Span(self.path, self.line(token)), hint))

    def refer(self, candidate: str, token: Token, how: str, column: int = 1, further: int = 0) -> None:
        """Notes that an entry is named; `further` lines below the first one of the token."""
        reference = Reference((candidate,), self.line(token) + further, column, how)
        if reference not in self.references[-_RECENT:]:
            self.references.append(reference)

    def line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def mark(self, mark: Mark) -> str:
        self.marks.append(mark)
        return f"{MARK_OPEN}{len(self.marks) - 1}{MARK_END}"
