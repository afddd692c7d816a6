"""Problems: the one shape of everything an author, a designer or a configuration can get wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a problem weighs: an error stops publication, a warning does not, a note only keeps something in mind."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(StrEnum):
    """Permanent codes. A code is never given a second meaning."""

    UNREADABLE = "E001"
    ENCODING = "E002"
    EMPTY_SOURCE = "E003"
    NO_FRONT_MATTER = "E004"
    UNCLOSED_FRONT_MATTER = "E005"
    YAML_SYNTAX = "E006"
    YAML_BANNED = "E007"
    YAML_DUPLICATE_KEY = "E008"
    TOO_LARGE = "E009"
    UNKNOWN_KEY = "E010"
    WRONG_TYPE = "E011"
    INCONSISTENT = "E012"
    MISSING_FIELD = "E013"
    BAD_DATE = "E014"
    UNKNOWN_CHOICE = "E015"
    UNKNOWN_KIND = "E016"
    UNKNOWN_LANGUAGE = "E017"
    UNSAFE_URL = "E018"
    DUPLICATE_ID = "E020"
    UNKNOWN_REFERENCE = "E021"
    CYCLE = "E022"
    COLLISION = "E023"
    UNSAFE_PATH = "E024"
    SYMLINK = "E025"
    MISSING_FILE = "E030"
    MISSING_ALT = "E031"
    BAD_PICTURE = "E032"
    BAD_DIRECTIVE = "E033"
    TEMPLATE_SYNTAX = "E040"
    TEMPLATE_UNDEFINED = "E041"
    TEMPLATE_MISSING = "E042"
    TEMPLATE_FAILED = "E043"
    THEME_MISSING = "E044"
    THEME_CYCLE = "E045"
    MESSAGE_MISSING = "E046"
    CONTRAST = "E047"
    CONFIG = "E050"
    EXTENSION = "E051"
    UNWRITABLE = "E060"
    STALE_OUTPUT = "E061"
    NOT_INDEXED = "E062"
    BROKEN_LINK = "E070"
    PERSONAL = "E080"
    PICTURE_PLACE = "E081"
    CONSENT = "E082"
    UNRECONCILED = "E083"
    EXPIRED_TERM = "W101"
    STALE = "W102"
    MISSING_TRANSLATION = "W103"
    UNUSED_FILE = "W104"
    UNNOTICED = "W105"
    NO_SEARCH = "W106"
    CONTACT = "W110"
    UNEXAMINED = "W111"
    STALE_REVIEW = "W112"
    SAME_DONOR = "W113"
    UNNAMED = "W114"
    OTHER_YEAR = "W115"
    REVIEWED = "N101"


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source: path relative to the project, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where, what in plain words, and what to do about it."""

    code: Code
    message: str
    span: Span
    hint: str = ""

    @property
    def severity(self) -> Severity:
        return _SEVERITIES[self.code.value[0]]

    @property
    def sort_key(self) -> tuple[Span, str, str]:
        return (self.span, self.code.value, self.message)


class SiteError(Exception):
    """Raised where work cannot go on; carries every problem known at that point."""

    def __init__(self, problems: Iterable[Problem], exit_code: int = 1) -> None:
        self.problems = tuple(problems)
        self.exit_code = exit_code
        super().__init__("; ".join(f"{p.span}: {p.message}" for p in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:  # an exception is otherwise copied to another process by its text alone
        return SiteError, (self.problems, self.exit_code)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop publication."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def failures(problems: Iterable[Problem], strict: bool) -> list[Problem]:
    """The problems that make a command fail: errors, and warnings where they are to fail too."""
    weighty = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return [problem for problem in problems if problem.severity in weighty]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known word, or the known words if none is close."""
    import difflib

    words = sorted(known)
    snake = "".join("_" + c.lower() if c.isupper() else c for c in word).replace("-", "_")
    for candidate in (snake, word):
        close = difflib.get_close_matches(candidate, words, n=1, cutoff=0.6)
        if close:
            return f"did you mean {close[0]}?"
    shown = ", ".join(words[:12]) + (", …" if len(words) > 12 else "")
    return f"known here: {shown}" if words else ""
