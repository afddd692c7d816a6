"""What there is to say of a build, while it runs and when it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sitegen.problems import Problem

Progress: TypeAlias = Callable[[int], Callable[[], None]]  # is told how much there is to do, gives what is called for each


def silent(_total: int) -> Callable[[], None]:
    """Shows no progress."""
    return lambda: None


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
