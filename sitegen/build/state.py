"""What earlier builds left: the files they wrote, so that a build removes its own and nothing else.  One SQLite file."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen.problems import Code, Problem, SiteError, Span

FOLDER = ".sitegen"
LOCK_TRIES = 3_000  # ten a second


class State:
    """The state of a project, below .sitegen/.  A file that is not ours, or is broken, is set aside for a new one."""

    def __init__(self, root: Path) -> None:
        self._path = root / FOLDER / "state.sqlite3"

    def emitted(self, destination: Path) -> dict[str, str]:
        """Files written to a destination by the last build that finished, with their digests."""
        try:
            with contextlib.closing(self._open()) as connection:
                rows = connection.execute("SELECT file, digest FROM outputs WHERE destination = ?", (str(destination),))
                return dict(rows.fetchall())
        except sqlite3.DatabaseError:
            return {}

    def commit(self, destination: Path, files: Mapping[str, str]) -> None:
        """Replaces what is known of a destination, in one transaction."""
        try:
            connection = self._open()
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            connection = self._open()
        with contextlib.closing(connection), connection:
            gone = [row for row in connection.execute("SELECT DISTINCT destination FROM outputs") if not Path(row[0]).exists()]
            connection.executemany("DELETE FROM outputs WHERE destination = ?", [*gone, (str(destination),)])
            connection.executemany("INSERT INTO outputs VALUES (?, ?, ?)", [(str(destination), *row) for row in files.items()])

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS outputs (destination TEXT, file TEXT, digest TEXT, PRIMARY KEY (destination, file))"
            )
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """One build of a project at a time: a second waits for the first.  Raises SiteError if that takes minutes."""
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there, two builds at once are not guarded against
        yield
        return
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as stream:
        for _ in range(LOCK_TRIES):
            with contextlib.suppress(OSError):
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.1)
        else:
            hint = "wait until it has ended"
            raise SiteError([Problem(Code.UNWRITABLE, "another build of this site is still running", Span(FOLDER), hint)])
        yield
