"""The tables of a state, and how what is remembered stands in their rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.build.memory import Trace
from sitegen.build.parsed import Parsed
from sitegen.build.seals import row_seal, weight

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE parsed (path TEXT PRIMARY KEY, id TEXT, stat TEXT, digest BLOB, record TEXT, problems TEXT, seal BLOB);
CREATE INDEX parsed_id ON parsed (id);
CREATE TABLE bodies (path TEXT PRIMARY KEY, digest BLOB, text TEXT, seal BLOB);
CREATE TABLE words (path TEXT PRIMARY KEY, digest BLOB, text TEXT, seal BLOB);
CREATE TABLE facts (number INTEGER PRIMARY KEY, key TEXT, digest BLOB, seal BLOB);
CREATE TABLE relations (key TEXT PRIMARY KEY, value TEXT, seal BLOB);
CREATE TABLE outputs (file TEXT PRIMARY KEY, job TEXT, stat TEXT, digest BLOB, reads BLOB, why TEXT, seal BLOB);
"""
COLUMNS = {
    "parsed": "path, id, stat, digest, record, problems",
    "facts": "number, key, digest",
    "outputs": "file, job, stat, digest, reads, why",
    "bodies": "path, digest, text",
    "words": "path, digest, text",
    "relations": "key, value",
}
WEIGHED = ("parsed", "facts", "outputs")  # the sum of whose rows proves that none is missing


def parsed_of(row: tuple[Any, ...], bodies: Callable[[], str], words: Callable[[], str]) -> Parsed:
    """A parsed source out of its row."""
    _, entry_id, stat, digest, record, problems = row
    return Parsed(entry_id, stat, digest, problems, partial(str, record), bodies, words)


def parsed_row(path: str, entry: Parsed) -> tuple[Any, ...]:
    return (path, entry.id, entry.stat, entry.digest, entry.record(), entry.problems)


def fact_row(number: int, fact: tuple[str, bytes]) -> tuple[Any, ...]:
    return (number, *fact)


def output_row(file: str, trace: Trace) -> tuple[Any, ...]:
    return (file, trace.job, trace.stat, trace.digest, trace.reads, trace.why)


def put(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Writes rows, each with its seal; gives how much they weigh."""
    weights = 0

    def sealed() -> Iterator[tuple[Any, ...]]:
        nonlocal weights
        for row in rows:
            seal = row_seal(row)
            weights += weight(seal)
            yield (*row, seal)

    places = ", ".join("?" for _ in f"{COLUMNS[table]}, seal".split(", "))
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", sealed())
    return weights


def remove(connection: sqlite3.Connection, table: str, key: str, names: Iterable[Any]) -> None:
    """Deletes the rows of these names."""
    connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", ((name,) for name in names))


def replace_rows(
    connection: sqlite3.Connection,
    table: str,
    key: str,
    old: Mapping[Any, Any],
    new: Mapping[Any, Any],
    row: Callable[[Any, Any], tuple[Any, ...]],
) -> int:
    """Writes the rows of a table that differ; gives how much more the table then weighs."""
    gone = [name for name in old if name not in new]
    changed = [name for name, value in new.items() if old.get(name) != value]
    before = sum(weight(row_seal(row(name, old[name]))) for name in (*gone, *changed) if name in old)
    remove(connection, table, key, gone)
    return put(connection, table, (row(name, new[name]) for name in changed)) - before
