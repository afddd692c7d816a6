"""Records as the state keeps them: as text, with bodies that are read back only where a render asks for one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from sitegen.build import codec
from sitegen.content.body import Body
from sitegen.content.record import Record
from sitegen.problems import Problem

_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Parsed:
    """A source as it was last parsed: its entry's id, what the file system said of it, its digest and problems as text.

    `record`, `bodies` and `words` read the texts of its record, of its bodies and of their plain words back from wherever they are.
    """

    id: str
    stat: str
    digest: bytes
    problems: str
    record: Callable[[], str] = field(compare=False)
    bodies: Callable[[], str] = field(compare=False)
    words: Callable[[], str] = field(compare=False)

    def at(self, stat: str) -> Parsed:
        """The same bytes, seen again with another stat."""
        return self if stat == self.stat else replace(self, stat=stat)


class StoredBody:
    """A body by its digest and summary; the rest is read back when it is asked for, its plain words apart from what pages show."""

    __slots__ = ("_bodies", "_language", "_words", "stamp", "summary")

    def __init__(self, bodies: Callable[[], str], words: Callable[[], str], language: str, stamp: str, summary: str) -> None:
        self._bodies, self._words, self._language = bodies, words, language
        self.stamp = bytes.fromhex(stamp)
        self.summary = summary

    def __reduce__(self) -> tuple[Any, ...]:
        return StoredBody, (self._bodies, self._words, self._language, self.stamp.hex(), self.summary)

    @property
    def text(self) -> str:
        """The plain words."""
        return str(_whole(self._words)[self._language])

    def __getattr__(self, name: str) -> Any:
        return getattr(_whole(self._bodies)[self._language], name)


@lru_cache(maxsize=64)  # a page asks for its own body many times, and for those of others hardly ever
def _whole(text: Callable[[], str]) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], codec.load(text()))


def to_text(record: Record | None, problems: list[Problem]) -> tuple[str, str, str, str, str]:
    """The id of a record, the record, its problems, its bodies and their plain words, each as text."""
    said = codec.dump(problems)
    if record is None:
        return "", "null", said, "{}", "{}"
    shown = {language: codec.dump(replace(body, text="")) for language, body in record.bodies.items()}
    words = {language: codec.dump(body.text) for language, body in record.bodies.items()}
    notes = {language: (_stamp(text, words[language]), record.bodies[language].summary) for language, text in shown.items()}
    values = {name: getattr(record, name) for name in Record.__slots__ if name != "bodies"} | {"notes": notes}
    return record.id, codec.dump(values), said, _joined(shown), _joined(words)


def _joined(texts: Mapping[str, str]) -> str:
    """A map of values that are text already, as text."""
    return "{" + ",".join(f"{codec.dump(name)}:{text}" for name, text in texts.items()) + "}"


def recall(entries: Iterable[Parsed]) -> Iterator[tuple[Record | None, list[Problem]]]:
    """The records and the problems of stored sources."""
    waiting = iter(entries)
    while some := list(islice(waiting, _AT_ONCE)):
        # Read together, records share the names of their fields.
        records = codec.load("[" + ",".join(entry.record() for entry in some) + "]")
        for entry, values in zip(some, records, strict=True):
            problems = [] if entry.problems == "[]" else list(codec.load(entry.problems))
            yield None if values is None else _record(values, entry), problems


def _record(values: dict[str, Any], entry: Parsed) -> Record:
    notes = values.pop("notes")
    for name in ("languages", "references", "pictures", "files", "reviews"):
        values[name] = tuple(tuple(item) if isinstance(item, list) else item for item in values[name])
    stored = {language: StoredBody(entry.bodies, entry.words, language, *note) for language, note in notes.items()}
    return Record(**values, bodies=cast(Mapping[str, Body], stored))


def _stamp(*texts: str) -> str:
    state = hashlib.blake2b(digest_size=16)
    for text in texts:  # each is JSON, which tells where it ends
        state.update(text.encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def changed_texts(old: Parsed, new: Parsed) -> dict[str, tuple[bytes, bytes]] | None:
    """The languages in which the text of an entry has changed, with the stamps of its bodies before and after.

    None where anything else has changed that listings, relations or messages may show.
    """
    if old.digest == new.digest:
        return {}
    if (old.id, old.problems, new.problems) != (new.id, "[]", "[]"):
        return None
    before, after = codec.load(old.record()), codec.load(new.record())
    if before is None or after is None:
        return None
    stamps, summaries = zip(*(_apart(record.pop("notes")) for record in (before, after)), strict=True)
    if summaries[0] != summaries[1] or _without_lines(before) != _without_lines(after):
        return None
    return {
        language: (bytes.fromhex(stamps[0][language]), bytes.fromhex(stamp))
        for language, stamp in stamps[1].items()
        if stamps[0][language] != stamp
    }


def _apart(notes: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    return {language: note[0] for language, note in notes.items()}, {language: note[1] for language, note in notes.items()}


def _without_lines(record: dict[str, Any]) -> dict[str, Any]:
    """A record without the places in the text, which move with every line written above them."""
    return record | {
        "references": [(each.candidates, each.field) for each in record["references"]],
        "pictures": [path for path, *_ in record["pictures"]],
        "files": [path for path, *_ in record["files"]],
    }
