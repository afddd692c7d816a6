"""One build of a project at a time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from sitegen.build.state import FOLDER
from sitegen.problems import Code, Problem, SiteError, Span

LOCK_TRIES = 3_000  # ten a second


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """One build of a project at a time: a second waits for the first.  Raises SiteError if that takes minutes."""
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there, two builds at once are not guarded against
        yield
        return
    folder = root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = open(folder / "lock", "w", encoding="utf-8")
    except OSError:  # a folder that may not be written to keeps no state either; the build itself can go on
        yield
        return
    with stream:
        for _ in range(LOCK_TRIES):
            with contextlib.suppress(OSError):
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.1)
        else:
            hint = "wait until it has ended"
            raise SiteError([Problem(Code.UNWRITABLE, "another build of this site is still running", Span(FOLDER), hint)])
        yield
