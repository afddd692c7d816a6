"""What earlier builds left, in one SQLite file a destination: parsed sources, facts, and what each output was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
import time
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sitegen.build.parsed import Parsed
from sitegen.problems import Code, Problem, SiteError, Span

FOLDER = ".sitegen"
SCHEMA = "4"
LINK = "link"
RACY = 2_000_000_000  # nanoseconds: a file this young may change again without a sign of it
LOCK_TRIES = 3_000  # ten a second
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE parsed (path TEXT PRIMARY KEY, stat TEXT, digest BLOB, record TEXT, bodies TEXT, problems TEXT);
CREATE TABLE facts (number INTEGER PRIMARY KEY, key TEXT, digest BLOB);
CREATE TABLE outputs (file TEXT PRIMARY KEY, job BLOB, stat TEXT, digest BLOB, reads BLOB, why TEXT);
"""


@dataclass(frozen=True, slots=True)
class Trace:
    """An output as it was last made: its job, the file as written, the numbers of the facts it read, and why it was made."""

    job: bytes
    stat: str
    digest: bytes
    reads: bytes = b""
    why: str = ""

    def at(self, seen: str) -> Trace:
        """The same file, seen again with another stat."""
        return self if seen == self.stat else replace(self, stat=seen)

    @property
    def facts(self) -> array[int]:
        numbers = array("I")
        numbers.frombytes(self.reads)
        return numbers


@dataclass(frozen=True, slots=True)
class Memory:
    """All that a state holds.  An empty one means a clean build."""

    parsed: Mapping[str, Parsed] = field(default_factory=dict)
    facts: Mapping[int, tuple[str, bytes]] = field(default_factory=dict)
    outputs: Mapping[str, Trace] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


class State:
    """The state of one destination."""

    def __init__(self, root: Path, destination: Path) -> None:
        folder = root / FOLDER
        name = destination.relative_to(root).as_posix() if destination.is_relative_to(root) else str(destination)
        short = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
        self.path = folder / f"state-{destination.name}-{short}.sqlite3"

    def load(self, engine: str) -> tuple[Memory, str]:
        """What is remembered, and a line to say where a clean build is needed though there was a state."""
        if not self.path.exists():
            return Memory(), ""
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
                memory = _read(connection)
        except (sqlite3.DatabaseError, ValueError, TypeError, OverflowError):
            return Memory(), "the state of earlier builds cannot be read: everything is made anew"
        if memory.meta.get("schema") != SCHEMA or memory.meta.get("engine") != engine:
            return Memory(), "sitegen or a library has changed: everything is made anew"
        return memory, ""

    def glance(self) -> tuple[dict[str, str], dict[str, str]]:
        """The notes of the last build, and the stats of the files it left; nothing if they cannot be read."""
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
                meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
                stats = dict(connection.execute("SELECT file, stat FROM outputs").fetchall())
        except (sqlite3.Error, ValueError, TypeError):
            return {}, {}
        return (meta, stats) if meta.get("schema") == SCHEMA else ({}, {})

    def read(self) -> Memory:
        """What is remembered, whichever engine left it; nothing if it cannot be read."""
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
                return _read(connection)
        except (sqlite3.Error, ValueError, TypeError, OverflowError):
            return Memory()

    def commit(self, memory: Memory, before: Memory) -> None:
        """Makes the state hold what is to be remembered, in one transaction; only what differs from `before` is written."""
        with contextlib.closing(self._open()) as connection, connection:
            if not before.meta:
                for table in ("parsed", "facts", "outputs"):
                    connection.execute(f"DELETE FROM {table}")
            connection.execute("DELETE FROM meta")
            connection.executemany("INSERT INTO meta VALUES (?, ?)", {**memory.meta, "schema": SCHEMA}.items())
            _replace(
                connection,
                "parsed",
                "path",
                before.parsed,
                memory.parsed,
                lambda e: (e.stat, e.digest, e.record, e.bodies, e.problems),
            )
            _replace(connection, "facts", "number", before.facts, memory.facts, lambda fact: fact)
            _replace(
                connection, "outputs", "file", before.outputs, memory.outputs, lambda t: (t.job, t.stat, t.digest, t.reads, t.why)
            )

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path)
        try:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                connection.executescript(_TABLES)
            _read_names(connection)
        except sqlite3.DatabaseError:
            connection.close()
            self.forget()
            connection = sqlite3.connect(self.path)
            connection.executescript(_TABLES)
        return connection


def _replace(
    connection: sqlite3.Connection,
    table: str,
    key: str,
    old: Mapping[Any, Any],
    new: Mapping[Any, Any],
    row: Callable[[Any], tuple[Any, ...]],
) -> None:
    """The rows of a table that differ."""
    connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(name,) for name in old if name not in new])
    changed = [(name, *row(value)) for name, value in new.items() if old.get(name) != value]
    if changed:
        marks = ", ".join("?" * len(changed[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", changed)


def _read_names(connection: sqlite3.Connection) -> None:
    connection.execute("SELECT file, why FROM outputs LIMIT 1").fetchall()
    connection.execute("SELECT bodies FROM parsed LIMIT 1").fetchall()


def _read(connection: sqlite3.Connection) -> Memory:
    parsed = connection.execute("SELECT path, stat, digest, record, bodies, problems FROM parsed")
    outputs = connection.execute("SELECT file, job, stat, digest, reads, why FROM outputs")
    return Memory(
        parsed={path: Parsed(*rest) for path, *rest in parsed},
        facts={number: (key, digest) for number, key, digest in connection.execute("SELECT number, key, digest FROM facts")},
        outputs={file: Trace(*rest) for file, *rest in outputs},
        meta=dict(connection.execute("SELECT name, value FROM meta").fetchall()),
    )


def stat_text(path: str | Path) -> str:
    """What the file system says of a file that changes when its content does; '' where there is none.

    The time of the last change of the inode cannot be set back, unlike the time of modification.
    """
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return ""
    if stat.S_ISLNK(status.st_mode):
        return LINK
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


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
