"""A body: an entry's Markdown as HTML, with marks where only the whole site knows what to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class EntryLink:
    """The href of a link to another entry: the ids it may mean, and the part of the page."""

    candidates: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class FileLink:
    """The href of a link to a file of the content folder."""

    path: str


@dataclass(frozen=True, slots=True)
class SiteLink:
    """The href of a link to a path of the built site."""

    path: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the text."""

    src: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A word of the theme in the reader's language, such as the title of an alert."""

    key: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named by an id: with the class where the text first names them, as a link where there is none around it."""

    name: str
    is_first: bool
    is_linked: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A block directive, drawn by the theme's partial of its name."""

    name: str
    attrs: dict[str, str]
    parts: tuple[Part, ...] = ()


Mark: TypeAlias = EntryLink | FileLink | SiteLink | Image | Message | Mention | Block
Part: TypeAlias = str | Mark


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, for the table of contents."""

    level: int
    title: str
    id: str


@dataclass(frozen=True, slots=True)
class Body:
    """HTML and marks in order, with what is derived from the words: headings, plain text, summary, count."""

    parts: tuple[Part, ...] = ()
    toc: tuple[Heading, ...] = ()
    text: str = ""
    summary: str = ""
    word_count: int = 0
    reading_minutes: int = 0
    links: tuple[tuple[str, ...], ...] = field(default=())


def marks(parts: tuple[Part, ...]) -> Iterator[Mark]:
    """Every mark, those inside blocks too."""
    for part in parts:
        if not isinstance(part, str):
            yield part
        if isinstance(part, Block):
            yield from marks(part.parts)
