"""Values ↔ JSON, for the state: data only, so that a state can never run anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sitegen.content.body import Block, Body, EntryLink, FileLink, Heading, Image, Message, SiteLink
from sitegen.content.entries import Record
from sitegen.content.reading import Reference, Translations
from sitegen.media.library import Picture
from sitegen.problems import Code, Problem, Span

_CLASS = "!"
_CLASSES = {
    each.__name__: each
    for each in (Body, Block, EntryLink, FileLink, Heading, Image, Message, SiteLink, Record, Reference, Picture, Problem, Span)
}


def canonical(value: Any) -> Any:
    """A value as JSON can say it: classes by name, languages' texts marked, tuples as lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, Translations):
        return {_CLASS: "Translations", "texts": dict(value)}
    if isinstance(value, Mapping):
        plain = {str(key): canonical(item) for key, item in value.items()}
        return {_CLASS: "map", "items": plain} if _CLASS in plain else plain
    if is_dataclass(value):
        return {_CLASS: type(value).__name__} | {each.name: canonical(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, set | frozenset):
        return sorted(canonical(item) for item in value)
    if isinstance(value, date):
        return {_CLASS: "date", "text": value.isoformat(), "zone": str(getattr(value, "tzinfo", ""))}
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the state")


def dump(value: Any) -> str:
    """The value as JSON text; equal values give equal texts."""
    return json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> bytes:
    """Sixteen bytes that stand for a value."""
    return hashlib.blake2b(dump(value).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def load(text: str) -> Any:
    """The value that was dumped: a record, a problem, a picture, or plain values.  Raises ValueError for anything else."""
    return _value(json.loads(text), inside_class=False)


def load_key(text: str) -> tuple[Any, ...]:
    """The key of a fact: lists inside it are tuples."""
    key = _value(json.loads(text), inside_class=True)
    if not isinstance(key, tuple):
        raise ValueError("a key is a list")
    return key


def _value(data: Any, inside_class: bool) -> Any:
    """Lists of classes are tuples, since their values are frozen; lists of free values stay lists."""
    if isinstance(data, list):
        items = [_value(item, inside_class) for item in data]
        return tuple(items) if inside_class else items
    if not isinstance(data, dict):
        return data
    name = data.pop(_CLASS, None)
    if name is None:
        return {key: _value(item, inside_class) for key, item in data.items()}
    if name == "Translations":
        return Translations(data["texts"])
    if name == "map":
        return {key: _value(item, inside_class) for key, item in data["items"].items()}
    if name not in _CLASSES:
        raise ValueError(f"the state holds no {name}")
    # The fields of a record are what an author wrote, lists and all; everything else of a class is frozen.
    values = {key: _value(item, inside_class=not (name == "Record" and key == "fields")) for key, item in data.items()}
    if name == "Problem":
        values["code"] = Code(values["code"])
    return _CLASSES[name](**values)
