"""What earlier builds left, in one SQLite file a destination: parsed sources, facts, and what each output was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.build.parsed import Parsed
from sitegen.problems import Code, Problem, SiteError, Span

FOLDER = ".sitegen"
SCHEMA = "6"
LINK = "link"
RACY = 2_000_000_000  # nanoseconds: a file this young may change again without a sign of it
CANNOT_BE_READ = "the state of earlier builds cannot be read: everything is made anew"
LOCK_TRIES = 3_000  # ten a second
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE parsed (path TEXT PRIMARY KEY, stat TEXT, digest BLOB, record TEXT, problems TEXT, seal BLOB);
CREATE TABLE bodies (path TEXT PRIMARY KEY, digest BLOB, text TEXT, seal BLOB);
CREATE TABLE facts (number INTEGER PRIMARY KEY, key TEXT, digest BLOB, seal BLOB);
CREATE TABLE outputs (file TEXT PRIMARY KEY, job BLOB, stat TEXT, digest BLOB, reads BLOB, why TEXT, seal BLOB);
"""
_DAMAGE = (sqlite3.Error, ValueError, TypeError, OverflowError, AttributeError)


class DamagedStateError(Exception):
    """The state holds something else than what was put into it."""


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
        self._door: tuple[int, sqlite3.Connection] | None = None

    def load(self, engine: str) -> tuple[Memory, str]:
        """What is remembered, and a line to say where a clean build is needed though there was a state."""
        if not self.path.exists():
            return Memory(), ""
        memory = self.read()
        if not memory.meta:
            return Memory(), CANNOT_BE_READ
        if memory.meta.get("engine") != engine:
            return Memory(), "sitegen or a library has changed: everything is made anew"
        return memory, ""

    def glance(self) -> tuple[dict[str, str], dict[str, str]]:
        """The notes of the last build, and the stats of the files it left; nothing if they cannot be read."""
        try:
            with contextlib.closing(self._open()) as connection:
                meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
                stats = dict(connection.execute("SELECT file, stat FROM outputs").fetchall())
        except _DAMAGE:
            return {}, {}
        sealed = meta.get("schema") == SCHEMA and meta.pop("glance", "") == _glance_seal(meta, stats)
        return (meta, stats) if sealed else ({}, {})

    def read(self) -> Memory:
        """What is remembered, whichever engine left it; nothing if it cannot be read."""
        try:
            with contextlib.closing(self._open()) as connection:
                return self._read(connection)
        except (*_DAMAGE, DamagedStateError):
            return Memory()

    def commit(self, memory: Memory, before: Memory) -> str:
        """Makes the state hold what is to be remembered, in one transaction; only what differs from `before` is written.

        Gives a line to say where that was not possible: the output is right all the same.
        """
        reason = ""
        for first in (before, Memory()):
            try:
                self._write(memory, first)
                return ""
            except (sqlite3.Error, OSError, DamagedStateError) as error:
                reason = reason or str(error)
                with contextlib.suppress(OSError):
                    self.forget()
        return f"the state cannot be kept ({reason}): the next build makes everything anew"

    def close(self) -> None:
        """Lets go of the file; bodies that are asked for later open it again."""
        if self._door is not None and self._door[0] == os.getpid():
            self._door[1].close()
        self._door = None

    def forget(self) -> None:
        """Removes the state, whatever stands in its place.  Raises OSError."""
        if self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        # Builds come one after the other, but a preview may run each in another thread.
        return sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, check_same_thread=False)

    def _read(self, connection: sqlite3.Connection) -> Memory:
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        if meta.get("schema") != SCHEMA:
            raise DamagedStateError
        total = 0
        tables: dict[str, list[tuple[Any, ...]]] = {}
        for name, columns in _COLUMNS.items():
            tables[name] = connection.execute(f"SELECT {columns} FROM {name}").fetchall()
            total += sum(_weight(row) for row in tables[name])
        if meta.get("seal") != _seal(total):
            raise DamagedStateError
        return Memory(
            parsed={
                path: Parsed(stat, digest, record, problems, partial(self._bodies, path, digest))
                for path, stat, digest, record, problems in tables["parsed"]
            },
            facts={number: (key, digest) for number, key, digest in tables["facts"]},
            outputs={file: Trace(*rest) for file, *rest in tables["outputs"]},
            meta=meta,
        )

    def _bodies(self, path: str, digest: bytes) -> str:
        """The bodies of a source with these bytes.  Raises DamagedStateError."""
        process = os.getpid()
        try:
            if self._door is None or self._door[0] != process:  # a connection must not be used on the other side of a fork
                self._door = (process, self._open())
            row = self._door[1].execute("SELECT path, digest, text, seal FROM bodies WHERE path = ?", (path,)).fetchone()
        except _DAMAGE:
            row = None
        if row is None or row[1] != digest or row[-1] != _row_seal(row[:-1]):
            raise DamagedStateError(path)
        return str(row[2])

    def _write(self, memory: Memory, before: Memory) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        bodies = (
            (path, entry.digest, entry.bodies())
            for path, entry in memory.parsed.items()
            if path not in before.parsed or before.parsed[path].digest != entry.digest
        )
        self.close()
        if not before.meta:
            self.forget()
        with contextlib.closing(sqlite3.connect(self.path)) as connection, connection:
            if not before.meta:
                connection.executescript(_TABLES)
            connection.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)", ((*row, _row_seal(row)) for row in bodies))
            connection.executemany(
                "DELETE FROM bodies WHERE path = ?", [(path,) for path in before.parsed.keys() - memory.parsed.keys()]
            )
            total = int(before.meta.get("seal", "0"), 16)
            total += _replace(connection, "parsed", "path", before.parsed, memory.parsed, _parsed_row)
            total += _replace(connection, "facts", "number", before.facts, memory.facts, _fact_row)
            total += _replace(connection, "outputs", "file", before.outputs, memory.outputs, _output_row)
            meta = {**memory.meta, "schema": SCHEMA, "seal": _seal(total)}
            meta["glance"] = _glance_seal(meta, {file: trace.stat for file, trace in memory.outputs.items()})
            connection.execute("DELETE FROM meta")
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())


_COLUMNS = {
    "parsed": "path, stat, digest, record, problems",
    "facts": "number, key, digest",
    "outputs": "file, job, stat, digest, reads, why",
}


def _parsed_row(path: str, entry: Parsed) -> tuple[Any, ...]:
    return (path, entry.stat, entry.digest, entry.record, entry.problems)


def _fact_row(number: int, fact: tuple[str, bytes]) -> tuple[Any, ...]:
    return (number, *fact)


def _output_row(file: str, trace: Trace) -> tuple[Any, ...]:
    return (file, trace.job, trace.stat, trace.digest, trace.reads, trace.why)


def _row_seal(row: tuple[Any, ...]) -> bytes:
    """What stands for a row: SQLite has no checksums, and a changed word would be believed."""
    return hashlib.blake2b(repr(row).encode(), digest_size=16).digest()


def _weight(row: tuple[Any, ...]) -> int:
    return int.from_bytes(_row_seal(row), "big")


def _seal(total: int) -> str:
    """The weights of all rows together: a sum, so that it need not be taken anew of all when a few change."""
    return f"{total % 2**128:032x}"


def _glance_seal(meta: Mapping[str, str], stats: Mapping[str, str]) -> str:
    return _row_seal((sorted(meta.items()), sorted(stats.items()))).hex()


def _replace(
    connection: sqlite3.Connection,
    table: str,
    key: str,
    old: Mapping[Any, Any],
    new: Mapping[Any, Any],
    row: Callable[[Any, Any], tuple[Any, ...]],
) -> int:
    """Writes the rows of a table that differ; gives how much more the table then weighs."""
    gone = [name for name in old if name not in new]
    changed = [row(name, value) for name, value in new.items() if old.get(name) != value]
    before = [row(name, old[name]) for name in (*gone, *(each[0] for each in changed)) if name in old]
    connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(name,) for name in gone])
    if changed:
        marks = ", ".join("?" * (len(changed[0]) + 1))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", [(*each, _row_seal(each)) for each in changed])
    return sum(map(_weight, changed)) - sum(map(_weight, before))


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
