"""What somebody decided to let stand, though it seems private."""

from __future__ import annotations

from typing import NamedTuple


class Review(NamedTuple):
    """One finding that may stand: the file it is in, its mask, the reason, and where that is written."""

    file: str
    found: str
    reason: str
    source: str
    line: int
    column: int
