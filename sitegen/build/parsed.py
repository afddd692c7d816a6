"""Records as the state keeps them: as text, with bodies that are read back only where a render asks for one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, cast

from sitegen.build import codec
from sitegen.content.body import Body
from sitegen.content.entries import Record
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """A source as it was last parsed: what the file system said of it, its digest, its record and problems as text.

    `bodies` reads the text of its bodies back from wherever it is.
    """

    stat: str
    digest: bytes
    record: str
    problems: str
    bodies: Callable[[], str] = field(compare=False)

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

    def __init__(self, notes: Mapping[str, tuple[str, str]], text: Callable[[], str]) -> None:
        self._notes, self._text = notes, text

    def whole(self, language: str) -> Body:
        return _whole(self._text)[language]

    def __getitem__(self, language: str) -> Body:
        return cast(Body, StoredBody(self, language, *self._notes[language]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._notes)

    def __len__(self) -> int:
        return len(self._notes)


@lru_cache(maxsize=64)  # a page asks for its own body many times, and for those of others hardly ever
def _whole(text: Callable[[], str]) -> Mapping[str, Body]:
    return cast(Mapping[str, Body], codec.load(text()))


def to_text(record: Record | None, problems: list[Problem]) -> tuple[str, str, str]:
    """A record, its problems and its bodies, each as text."""
    said = codec.dump(problems)
    if record is None:
        return "null", said, "{}"
    texts = {language: codec.dump(body) for language, body in record.bodies.items()}
    bodies = "{" + ",".join(f"{codec.dump(language)}:{text}" for language, text in texts.items()) + "}"
    notes = {language: (_stamp(text), record.bodies[language].summary) for language, text in texts.items()}
    values = {name: getattr(record, name) for name in Record.__slots__ if name != "bodies"} | {"notes": notes}
    return codec.dump(values), said, bodies


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
