"""What earlier builds left, in one SQLite file a destination: parsed sources, facts, and what each output was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sitegen.build.held import Held
from sitegen.build.memory import Memory, Trace
from sitegen.build.parsed import Parsed
from sitegen.build.seals import DamagedStateError, glance_seal, reads_seal, seal_of, sound, weight
from sitegen.build.stats import stat_text
from sitegen.build.tables import COLUMNS, TABLES, WEIGHED, fact_row, output_row, parsed_of, parsed_row, put, remove, replace_rows

Value = TypeVar("Value")
FOLDER = ".sitegen"
SCHEMA = "9"
_MANY = 500  # rows: more than these are picked out of all
CANNOT_BE_READ = "the state of earlier builds cannot be read: everything is made anew"
_DAMAGE = (sqlite3.Error, ValueError, TypeError, OverflowError, AttributeError)


class State:
    """The state of one destination.  One that is kept from build to build need not read again what it has written."""

    def __init__(self, root: Path, destination: Path) -> None:
        folder = root / FOLDER
        name = destination.relative_to(root).as_posix() if destination.is_relative_to(root) else str(destination)
        short = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
        self.path = folder / f"state-{destination.name}-{short}.sqlite3"
        self._door: tuple[int, sqlite3.Connection] | None = None
        self._last_written: Held | None = None
        self._begun: tuple[sqlite3.Connection, int] | None = None  # a clean build's rows, and what they weigh

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path, "_door": None, "_last_written": None, "_begun": None}  # another process opens the file itself

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

    def glance(self) -> tuple[dict[str, str], Mapping[str, str]]:
        """The notes of the last build, and the stats of the files it left; nothing if they cannot be read."""
        if held := self._held():
            return dict(held.meta), held.stats
        try:
            meta = self._meta()
            stats = self._pairs("SELECT file, stat FROM outputs", str)
        except DamagedStateError:
            return {}, {}
        sealed = meta.get("schema") == SCHEMA and meta.pop("glance", "") == glance_seal(meta, stats)
        return (meta, stats) if sealed else ({}, {})

    def read(self) -> Memory:
        """What is remembered, whichever engine left it; nothing if it cannot be read."""
        try:
            meta = self._meta()
            if meta.get("schema") != SCHEMA:
                return Memory()
            seals = [self._pairs(f"SELECT CAST(rowid AS TEXT), seal FROM {name}", bytes) for name in WEIGHED]
            total = sum(weight(seal) for table in seals for seal in table.values())
            return (
                self._memory({name: self._rows(name) for name in WEIGHED}, meta) if meta.get("seal") == seal_of(total) else Memory()
            )
        except DamagedStateError:
            return Memory()

    def part(self, paths: Collection[str] = (), facts: Collection[int] = (), files: Collection[str] = ()) -> Memory:
        """What is remembered of these sources, facts and outputs.  Raises DamagedStateError."""
        meta = self._meta()
        tables = {
            "parsed": self._rows_with("parsed", "path", paths),
            "facts": self._rows_with("facts", "number", facts),
            "outputs": self._rows_with("outputs", "file", files),
        }
        return self._memory(tables, meta)

    def sources(self) -> Mapping[str, str]:
        """Every source with its stat.  Raises DamagedStateError."""
        if held := self._held():
            return held.sources
        return self._pairs("SELECT path, stat FROM parsed", str)

    def ids(self) -> list[str]:
        """The ids of all entries, in order.  Raises DamagedStateError."""
        return [str(row[0]) for row in self._select("SELECT DISTINCT id FROM parsed ORDER BY id")]

    def sources_of(self, first: str, end: str) -> Mapping[str, Parsed]:
        """The sources of the entries from the first id up to the one at the end, without that.  Raises DamagedStateError."""
        return self._memory({"parsed": self._rows("parsed", "WHERE id >= ? AND id < ?", first, end)}, {}).parsed

    def facts_of(self, keys: Collection[str]) -> dict[str, tuple[int, bytes]]:
        """The numbers and digests of facts by their keys.  Raises DamagedStateError."""
        return {key: (number, digest) for number, key, digest in self._rows_with("facts", "key", keys)}

    def facts_named(self, *names: str) -> dict[int, tuple[str, bytes]]:
        """The facts of these names by their numbers, with keys and digests.  Raises DamagedStateError."""
        which = " OR ".join("key GLOB ?" for _ in names)
        rows = self._rows("facts", f"WHERE {which}", *(f'[[]"{name}"*' for name in names))
        return {number: (key, digest) for number, key, digest in rows}

    def highest_fact(self) -> int:
        """The highest number that a fact has.  Raises DamagedStateError."""
        return int(self._select("SELECT max(number) FROM facts")[0][0] or 0)

    def reads(self) -> Mapping[str, bytes]:
        """Every output with the numbers of the facts that it read.  Raises DamagedStateError."""
        if held := self._held():
            return held.reads
        reads = self._pairs("SELECT file, reads FROM outputs", bytes)
        if self._select("SELECT value FROM meta WHERE name = 'reads'") != [(reads_seal(reads),)]:
            raise DamagedStateError
        return reads

    def relation(self, key: str) -> str | None:
        """The value of a fact as JSON text; None where it is not remembered.  Raises DamagedStateError."""
        rows = self._rows("relations", "WHERE key = ?", key)
        return str(rows[0][1]) if rows else None

    def relations(self) -> Callable[[str], str | None]:
        """The same for who asks for most of them: all are read at once, and each is proved when it is asked for."""
        rows = {row[0]: row for row in self._select("SELECT key, value, seal FROM relations")}
        return lambda key: str(sound(rows[key])[1]) if key in rows else None

    def begin(self, memory: Memory) -> None:
        """Writes what a clean build knows before its files are written.  Nothing of it stays unless commit() follows."""
        with contextlib.suppress(sqlite3.Error, OSError, DamagedStateError):  # which commit() will meet again, and tell of
            self._begun = self._site_written(memory, Memory())

    def commit(self, memory: Memory, before: Memory, stats: Mapping[str, str], reads: Mapping[str, bytes]) -> str:
        """Makes the state hold what is to be remembered, in one transaction; only what differs from `before` is written.

        `stats` and `reads` are of all outputs.
        Gives a line to say where that was not possible: the output is right all the same.
        """
        reason = ""
        sources = {path: entry.stat for path, entry in memory.parsed.items()}
        for first in (before, Memory()):
            try:
                self._write(memory, first, stats, reads, sources)
                return ""
            except (sqlite3.Error, OSError, DamagedStateError) as error:
                reason = reason or str(error)
                with contextlib.suppress(OSError):
                    self.forget()
        return _not_kept(reason)

    def amend(
        self, memory: Memory, before: Memory, stats: Mapping[str, str], reads: Mapping[str, bytes], sources: Mapping[str, str]
    ) -> str:
        """As commit, of a part of the whole; `sources` are all with their stats."""
        try:
            self._write(memory, before, stats, reads, sources)
        except (sqlite3.Error, OSError, DamagedStateError) as error:
            with contextlib.suppress(OSError):
                self.forget()
            return _not_kept(str(error))
        return ""

    def close(self) -> None:
        """Lets go of the file, and of what was begun; what is asked for later opens it again."""
        begun, self._begun = self._begun, None
        if begun is not None:
            begun[0].close()
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)  # else the next build would take it for a state that cannot be read
        if self._door is not None and self._door[0] == os.getpid():
            self._door[1].close()
        self._door = None

    def forget(self) -> None:
        """Removes the state, whatever stands in its place.  Raises OSError."""
        self.close()
        if self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def _select(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        process = os.getpid()
        try:
            if self._door is None or self._door[0] != process:  # a connection must not be used on the other side of a fork
                # Builds come one after the other, but a preview may run each in another thread.
                connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, check_same_thread=False)
                connection.execute("BEGIN")  # the file is then locked once, and not anew for every question
                self._door = (process, connection)
            return self._door[1].execute(statement, values).fetchall()
        except _DAMAGE as error:
            raise DamagedStateError from error

    def _meta(self) -> dict[str, str]:
        return self._pairs("SELECT name, value FROM meta", str)

    def _pairs(self, statement: str, value: type[Value]) -> dict[str, Value]:
        """Names and values, both of the type they were written in: of a damaged row, SQLite may give anything."""
        rows = self._select(statement)
        if not all(type(first) is str and type(second) is value for first, second in rows):
            raise DamagedStateError
        return dict(rows)

    def _rows(self, table: str, which: str = "", *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a table, each proved by its seal."""
        return [sound(row) for row in self._select(f"SELECT {COLUMNS[table]}, seal FROM {table} {which}", values)]

    def _rows_with(self, table: str, key: str, values: Collection[Any]) -> list[tuple[Any, ...]]:
        """The rows that have one of these values."""
        if len(values) < _MANY:
            return self._rows(table, f"WHERE {key} IN ({', '.join('?' * len(values))})", *values)
        place, wanted = COLUMNS[table].split(", ").index(key), set(values)
        return [row for row in self._rows(table) if row[place] in wanted]

    def _memory(self, tables: Mapping[str, Iterable[tuple[Any, ...]]], meta: Mapping[str, str]) -> Memory:
        return Memory(
            parsed={
                row[0]: parsed_of(row, *(partial(self._text, table, row[0], row[3]) for table in ("bodies", "words")))
                for row in tables.get("parsed", ())
            },
            facts={number: (key, digest) for number, key, digest in tables.get("facts", ())},
            outputs={file: Trace(*rest) for file, *rest in tables.get("outputs", ())},
            meta=meta,
        )

    def _text(self, table: str, path: str, digest: bytes) -> str:
        """A text of a source with these bytes.  Raises DamagedStateError."""
        rows = self._rows(table, "WHERE path = ?", path)
        if not rows or rows[0][1] != digest:
            raise DamagedStateError
        return str(rows[0][2])

    def _held(self) -> Held | None:
        held = self._last_written
        return held if held is not None and held.stat and held.stat == stat_text(self.path) else None

    def _write(
        self,
        memory: Memory,
        before: Memory,
        stats: Mapping[str, str],
        reads: Mapping[str, bytes],
        sources: Mapping[str, str],
    ) -> None:
        self._last_written = None
        begun, self._begun = self._begun, None
        connection, total = begun or self._site_written(memory, before)
        with contextlib.closing(connection), connection:
            total += replace_rows(connection, "outputs", "file", before.outputs, memory.outputs, output_row)
            meta = {**memory.meta, "schema": SCHEMA, "seal": seal_of(total), "reads": reads_seal(reads)}
            meta.pop("glance", None)
            meta["glance"] = glance_seal(meta, stats)
            remove(connection, "meta", "name", before.meta.keys())
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        del meta["glance"]
        self._last_written = Held(stat_text(self.path), meta, stats, sources, reads)

    def _site_written(self, memory: Memory, before: Memory) -> tuple[sqlite3.Connection, int]:
        """Sources, facts and relations, written but not committed; and what all rows weigh then."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not before.meta:
            self.forget()
        known = before.parsed
        new = [(path, entry) for path, entry in memory.parsed.items() if path not in known or known[path].digest != entry.digest]
        gone = {key for key, _ in before.facts.values()} - {key for key, _ in memory.facts.values()}
        self.close()
        connection = sqlite3.connect(self.path)
        try:
            connection.execute("PRAGMA secure_delete = ON")  # what an author has deleted is nowhere any more
            if not before.meta:
                connection.executescript(TABLES)
            put(connection, "bodies", ((path, entry.digest, entry.bodies()) for path, entry in new))
            put(connection, "words", ((path, entry.digest, entry.words()) for path, entry in new))
            for table in ("bodies", "words"):
                remove(connection, table, "path", known.keys() - memory.parsed.keys())
            put(connection, "relations", memory.relations.items())
            remove(connection, "relations", "key", gone)
            total = int(before.meta.get("seal", "0"), 16)
            total += replace_rows(connection, "parsed", "path", before.parsed, memory.parsed, parsed_row)
            total += replace_rows(connection, "facts", "number", before.facts, memory.facts, fact_row)
        except BaseException:
            connection.close()
            raise
        return connection, total


def _not_kept(reason: str) -> str:
    return f"the state cannot be kept ({reason}): the next build makes everything anew"
