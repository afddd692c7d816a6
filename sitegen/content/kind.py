"""A kind: the declared type of an entry, with its fields, folder, address and order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import Moment
from sitegen.content.field_groups import Anything, Group, ListOf
from sitegen.content.fields import Choice, Field, Flag, Integer, Number, Picture, Text, Word
from sitegen.content.privacy_review import REVIEWED
from sitegen.content.reading import Reading

EDITORIAL_STATUS = ("draft", "in_review", "approved", "published", "withdrawn", "archived")
SLUG = r"[^\s/\\?#%:*\"<>|.][^\s/\\?#%:*\"<>|]*"
TERM = Word(
    pattern=r"(?i)(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])\Z)[^\s/\\?#%.:][^\s/\\?#%.:]*",
    hint="use a short word without spaces and dots, such as anniversary",
)

PICTURE: dict[str, Field] = {
    "src": Picture(required=True),
    "alt": Text(required=True),
    "caption": Text(),
    "credit": Text(),
    "focal": ListOf(item=Number(), length=2),
}

SORT = Group(
    fields={
        "pinyin": Word(),
        "strokes": Word(pattern=r"[1-9]\d?(-[1-9]\d?)*", hint="write the strokes of each character, such as 12-4-7"),
    }
)

COMMON: dict[str, Field] = {
    "title": Text(),
    "date": Moment(),
    "updated": Moment(),
    "summary": Text(),
    "slug": Word(pattern=SLUG, hint="use letters, digits and hyphens, without a slash"),
    "id": Word(pattern=rf"{SLUG}(/{SLUG})*", hint="use letters, digits and hyphens"),
    "kind": Word(),
    "aliases": ListOf(item=Word(pattern=r"/[^\s\\?#]*", hint="write the old path, beginning with /")),
    "tags": ListOf(item=TERM),
    "topics": ListOf(item=TERM),
    "authors": ListOf(item=Text(), translated=True),
    "cover": Group(fields=PICTURE),
    "weight": Integer(minimum=-(10**6)),
    "layout": Word(pattern=r"[a-z][a-z0-9-]*", hint="use the name of a layout of the theme, such as about"),
    "params": Anything(),
    "sample": Flag(),
    "status": Choice(of=EDITORIAL_STATUS),
    "publish_date": Moment(),
    "expiry_date": Moment(),
    "pin_until": Moment(),
    "withdrawal": Group(fields={"date": Moment(date_only=True), "reason": Text()}),
    "body": Text(),
    "privacy_reviewed": REVIEWED,
}


def all_public(fields: dict[str, Any]) -> dict[str, Any]:
    """The public part of the fields of kinds that hold nothing private."""
    return fields


def nothing_to_check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """The rule of kinds whose fields do not depend on each other."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type of entry.

    `own` are its fields beside the common ones; `required` must be present after a translation has inherited;
    `has_tombstone` says whether the address of a withdrawn entry tells so;
    `order` lists fields, with - for descending; `check` compares the fields of one file with each other;
    `apart` are fields that no card holds, since they are long and pages show them in parts;
    `publish` gives what of the fields may be seen at all: nothing else of an entry leaves the content room.
    """

    name: str
    folder: str
    plural: str
    own: Mapping[str, Field]
    permalink: str
    required: tuple[str, ...] = ()
    title_field: str = "title"
    order: tuple[str, ...] = ("weight", "title")
    has_index: bool = True
    in_feeds: bool = False
    has_tombstone: bool = True
    apart: tuple[str, ...] = ()
    check: Callable[[dict[str, Any], yaml.Mapping, Reading], None] = nothing_to_check
    publish: Callable[[dict[str, Any]], dict[str, Any]] = all_public
    fields: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", COMMON | dict(self.own))
