"""What there is to say of a build, while it runs and when it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sitegen.problems import Problem

# Is told how much there is to do, and of what; gives what is called for each.
Progress: TypeAlias = Callable[[int, str], Callable[[], None]]


def silent(_total: int, _what: str) -> Callable[[], None]:
    """Shows no progress."""
    return lambda: None


def nothing() -> None:
    """Is called where nobody wants to be told."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts, warnings, what was withheld (one line each), and when the site changes by itself."""

    pages: int
    rendered: int
    written: int
    unchanged: int
    removed: int
    withheld: Sequence[str]
    problems: Sequence[Problem]
    next_change: datetime | None
    files: frozenset[str]
    remark: str = ""
    lacks_font: bool = False
