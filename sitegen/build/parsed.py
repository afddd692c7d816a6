"""Records as the state keeps them: as text, with bodies that are read back only where a render asks for one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from sitegen.build import codec
from sitegen.content.body import Body
from sitegen.content.entries import Record
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """A source as it was last parsed: what the file system said of it, its digest, its record, bodies and problems as text."""

    stat: str
    digest: bytes
    record: str
    bodies: str
    problems: str

    def at(self, stat: str) -> Parsed:
        """The same bytes, seen again with another stat."""
        return self if stat == self.stat else replace(self, stat=stat)


class StoredBody:
    """A body by its digest and summary; the rest is read back when it is asked for."""

    __slots__ = ("_bodies", "_language", "stamp", "summary")

    def __init__(self, bodies: StoredBodies, language: str, stamp: str, summary: str) -> None:
        self._bodies, self._language = bodies, language
        self.stamp = bytes.fromhex(stamp)
        self.summary = summary

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bodies.whole(self._language), name)


class StoredBodies(Mapping[str, Body]):
    """The bodies of a record by language."""

    def __init__(self, notes: Mapping[str, tuple[str, str]], text: str, known: Mapping[str, Body] | None = None) -> None:
        self._notes, self._text, self._known = notes, text, known

    def whole(self, language: str) -> Body:
        if self._known is None:
            self._known = cast(Mapping[str, Body], codec.load(self._text))
        return self._known[language]

    def __getitem__(self, language: str) -> Body:
        return cast(Body, StoredBody(self, language, *self._notes[language]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._notes)

    def __len__(self) -> int:
        return len(self._notes)


def store(stat: str, digest: bytes, record: Record | None, problems: list[Problem]) -> tuple[Parsed, Record | None]:
    """A parsed source as text, and the record as it will be recalled."""
    said = codec.dump(problems)
    if record is None:
        return Parsed(stat, digest, "null", "{}", said), None
    texts = {language: codec.dump(body) for language, body in record.bodies.items()}
    bodies = "{" + ",".join(f"{codec.dump(language)}:{text}" for language, text in texts.items()) + "}"
    notes = {language: (_stamp(text), record.bodies[language].summary) for language, text in texts.items()}
    values = {name: getattr(record, name) for name in Record.__slots__ if name != "bodies"} | {"notes": notes}
    stored = Parsed(stat, digest, codec.dump(values), bodies, said)
    return stored, replace(record, bodies=StoredBodies(notes, bodies, known=record.bodies))


def recall(parsed: Parsed) -> tuple[Record | None, list[Problem]]:
    """The record and the problems of a stored source."""
    problems = [] if parsed.problems == "[]" else list(codec.load(parsed.problems))
    values = codec.load(parsed.record)
    if values is None:
        return None, problems
    notes = values.pop("notes")
    for name in ("languages", "references", "pictures", "files"):
        values[name] = tuple(tuple(item) if isinstance(item, list) else item for item in values[name])
    return Record(**values, bodies=StoredBodies(notes, parsed.bodies)), problems


def _stamp(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
