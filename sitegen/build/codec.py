"""Values ↔ JSON, for the state: data only, so that a state can never run anything."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import orjson

from sitegen.content.body import Block, Body, EntryLink, FileLink, Heading, Image, Mention, Message, SiteLink
from sitegen.content.reference import Reference
from sitegen.content.translations import Translations
from sitegen.problems import Code, Problem, Span

_CLASS = "!"
_LONG_NUMBER = re.compile(r"\d{19}")  # which orjson would take for a fraction
_PLAIN = (str, int, float)
_CLASSES = {
    each.__name__: each
    for each in (Body, Block, EntryLink, FileLink, Heading, Image, Mention, Message, SiteLink, Reference, Problem, Span)
}


def canonical(value: Any) -> Any:
    """A value as JSON can say it: classes by name, languages' texts marked, tuples as lists."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, Translations):
        return {_CLASS: "Translations", "texts": list(value.items())}
    if isinstance(value, Mapping):
        plain = {str(key): canonical(item) for key, item in value.items()}
        return {_CLASS: "map", "items": list(plain.items())} if _CLASS in plain else plain
    return _named(value)


def _named(value: Any) -> dict[str, Any] | list[Any]:
    """An object of a known class as a map, what is inside it as it is but for maps, whose keys are anybody's."""
    if isinstance(value, tuple):
        return list(value)
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} has no place in the state")
    named: dict[str, Any] = {_CLASS: type(value).__name__}
    for name in _field_names(value.__class__):
        item = getattr(value, name)
        named[name] = canonical(item) if isinstance(item, Mapping) else item
    return named


@cache
def _field_names(of: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(of))


def _text(value: Any, default: Callable[[Any], Any]) -> str:
    try:
        return orjson.dumps(value, default, _AS_GIVEN).decode()
    except TypeError:  # whole numbers of more than 64 bits, half characters
        return json.dumps(value, default=default, separators=(",", ":"))


_AS_GIVEN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def dump(value: Any) -> str:
    """The value as JSON text.  The order of a map is part of it, since a template may show it."""
    return _text(value if is_dataclass(value) else canonical(value), _named)


def load(text: str) -> Any:
    """The value that was dumped: bodies, references, problems, plain values.  Raises ValueError for anything else.

    Lists inside a class come back as tuples, since classes are frozen; lists of free values stay lists.
    """
    return _DECODER.decode(text)


def dump_key(key: tuple[Any, ...]) -> str:
    """The key of a fact as JSON text: words, numbers, and tuples of them."""
    return _text(key, _named)


def load_key(text: str) -> tuple[Any, ...]:
    """The key of a fact: lists inside it are tuples.  Raises ValueError."""
    try:
        key = tupled(json.loads(text) if _LONG_NUMBER.search(text) else orjson.loads(text))
    except orjson.JSONDecodeError:  # half characters
        key = tupled(json.loads(text))
    if not isinstance(key, tuple):
        raise ValueError("a key is a list")
    return key


def digest(value: Any) -> bytes:
    """Sixteen bytes that stand for a value.  A value that knows its own digest is asked for it."""
    stamp = getattr(value, "stamp", None)
    return bytes(stamp) if stamp is not None else digest_of(to_digest(value))


def to_digest(value: Any) -> str:
    """A value as the JSON text that its digest is of.  Of what JSON cannot say by itself, it cannot be read back."""
    return _text(value, _said)


def digest_of(text: str) -> bytes:
    """The digest of such a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _said(value: Any) -> Any:
    """What JSON cannot say by itself, for a digest."""
    if is_dataclass(value):
        return [type(value).__name__, *(getattr(value, name) for name in _field_names(value.__class__))]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, date):
        return ["date", value.isoformat(), str(getattr(value, "tzinfo", ""))]
    if isinstance(value, Decimal | bytes):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no digest")


def _revived(data: dict[str, Any]) -> Any:
    name = data.pop(_CLASS, None)
    if name is None:
        return data
    if name == "Translations":
        return Translations(data["texts"])
    if name == "map":
        return dict(data["items"])
    if name not in _CLASSES:
        raise ValueError(f"the state holds no {name}")
    values = {key: tupled(item) if isinstance(item, list) else item for key, item in data.items()}
    if name == "Problem":
        values["code"] = Code(values["code"])
    return _CLASSES[name](**values)


def tupled(value: Any) -> Any:
    """A value of JSON with tuples for its lists."""
    return tuple([tupled(item) if type(item) is list else item for item in value]) if isinstance(value, list) else value


_DECODER = json.JSONDecoder(object_hook=_revived)  # made once: a call of loads would make one each time
