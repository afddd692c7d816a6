"""The progress of long work, on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

_FEW = {"pages": 200, "pictures": 4}  # less is done before a bar could be read


class progress_bar:  # noqa: N801  # used as a with-statement, like a function
    """A progress bar for long work on a terminal; nothing elsewhere, and nothing with CI=true."""

    def __init__(self, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet and not os.environ.get("CI")
        self._bar: Any = None

    def __enter__(self) -> Callable[[int, str], Callable[[], None]]:
        return self._start

    def _start(self, total: int, what: str) -> Callable[[], None]:
        if not self._shown or total < _FEW[what]:
            return lambda: None
        from rich.console import Console
        from rich.progress import Progress

        if self._bar is None:
            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
        task = self._bar.add_task(what, total=total)
        return lambda: self._bar.advance(task)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
