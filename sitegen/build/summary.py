"""What there is to say of a build when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sitegen.problems import Problem


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
