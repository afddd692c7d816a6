"""What earlier builds left, in one SQLite file a destination: parsed sources, facts, and what each output was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
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
SCHEMA = "5"
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
        memory = self.read()
        if memory.meta.get("schema") != SCHEMA or memory.meta.get("seal") != _seal(memory):
            return Memory(), "the state of earlier builds cannot be read: everything is made anew"
        if memory.meta.get("engine") != engine:
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
        sealed = meta.get("schema") == SCHEMA and meta.pop("glance", "") == _glance_seal(meta, stats)
        return (meta, stats) if sealed else ({}, {})

    def read(self) -> Memory:
        """What is remembered, whichever engine left it; nothing if it cannot be read."""
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
                return _read(connection)
        except (sqlite3.Error, ValueError, TypeError, OverflowError, AttributeError):
            return Memory()

    def commit(self, memory: Memory, before: Memory) -> str:
        """Makes the state hold what is to be remembered, in one transaction; only what differs from `before` is written.

        Gives a line to say where that was not possible: the output is right all the same.
        """
        meta = {**memory.meta, "schema": SCHEMA, "seal": _seal(memory)}
        meta["glance"] = _glance_seal(meta, {file: trace.stat for file, trace in memory.outputs.items()})
        for first in (before, Memory()):
            try:
                self._write(memory, first, meta)
                return ""
            except (sqlite3.Error, OSError) as error:
                reason = str(error)
                with contextlib.suppress(OSError):
                    self.forget()
        return f"the state cannot be kept ({reason}): the next build makes everything anew"

    def _write(self, memory: Memory, before: Memory, meta: Mapping[str, str]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not before.meta:
            self.forget()
        with contextlib.closing(sqlite3.connect(self.path)) as connection, connection:
            if not before.meta:
                connection.executescript(_TABLES)
            connection.execute("DELETE FROM meta")
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            _replace(connection, "parsed", "path", before.parsed, memory.parsed, _parsed_row)
            _replace(connection, "facts", "number", before.facts, memory.facts, lambda fact: fact)
            _replace(connection, "outputs", "file", before.outputs, memory.outputs, _output_row)

    def forget(self) -> None:
        """Removes the state, whatever stands in its place.  Raises OSError."""
        if self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)
        else:
            self.path.unlink(missing_ok=True)


def _parsed_row(entry: Parsed) -> tuple[Any, ...]:
    return (entry.stat, entry.digest, entry.record, entry.bodies, entry.problems)


def _output_row(trace: Trace) -> tuple[Any, ...]:
    return (trace.job, trace.stat, trace.digest, trace.reads, trace.why)


def _seal(memory: Memory) -> str:
    """A digest of all that is remembered: SQLite has no checksums, and a changed word would be believed."""
    state = hashlib.blake2b(digest_size=16)
    for path, entry in sorted(memory.parsed.items()):
        _add(state, path, *_parsed_row(entry))
    for number, fact in sorted(memory.facts.items()):
        _add(state, str(number), *fact)
    for file, trace in sorted(memory.outputs.items()):
        _add(state, file, *_output_row(trace))
    return state.hexdigest()


def _glance_seal(meta: Mapping[str, str], stats: Mapping[str, str]) -> str:
    state = hashlib.blake2b(digest_size=16)
    for name, text in (*sorted(meta.items()), *sorted(stats.items())):
        _add(state, name, text)
    return state.hexdigest()


def _add(state: hashlib.blake2b, *values: str | bytes) -> None:
    for value in values:
        content = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        state.update(len(content).to_bytes(8, "big"))
        state.update(content)


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
