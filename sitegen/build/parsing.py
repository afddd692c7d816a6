"""One source → its parse, ready to be remembered: what a worker does with each file that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.build.parsed import Parsed, to_text
from sitegen.build.spool import Spool
from sitegen.build.stats import RACY, stat_text
from sitegen.config import Config
from sitegen.content.entries import load_entry
from sitegen.content.record import Record
from sitegen.content.sources import Source, read_source
from sitegen.media.examination import examine
from sitegen.problems import Problem, SiteError


@dataclass(frozen=True, slots=True)
class Reparsed:
    """A source read again: its id, record, problems, bodies and words as text, or nothing but its stat if its bytes were known."""

    path: str
    stat: str
    digest: bytes
    texts: tuple[str, str, str, str, str] | None

    def kept(self, before: Parsed | None, spool: Spool) -> Parsed:
        """The same to be remembered, with its longer texts in a spool."""
        if self.texts is None:
            assert before
            return before.at(self.stat)
        entry_id, record, problems, bodies, words = self.texts
        spooled = [spool.put_text(text) for text in (record, bodies, words)]
        return Parsed(entry_id, self.stat, self.digest, problems, *spooled)


@dataclass(frozen=True, slots=True)
class Parser:
    """Parses sources, by path and the time of their last change; `known` are the digests of those parsed before.

    That time and `clock`, which is now, are nanoseconds of the file system.
    """

    config: Config
    dialect: bytes
    known: Mapping[str, bytes]
    clock: int

    def __call__(self, source: tuple[str, int]) -> Reparsed | list[Problem]:
        """The parse of a source, or problems where it cannot be read."""
        path, changed = source
        stat = stat_text(f"{self.config.root}/{path}")
        try:
            content = read_source(self.config.root, path)
        except SiteError as error:
            return list(error.problems)
        # The dialect is part of the digest: the same bytes mean something else to another configuration.
        digest = hashlib.blake2b(content, digest_size=16, key=self.dialect).digest()
        stat = "" if changed > self.clock - RACY else stat
        texts = None if self.known.get(path) == digest else to_text(*_told(path, content, self.config))
        return Reparsed(path, stat, digest, texts)


def _told(path: str, content: bytes, config: Config) -> tuple[Record | None, list[Problem]]:
    """What a source says; of another file, only what it should not tell."""
    return load_entry(path, content, config) if Source(path, 0, 0).is_entry else (None, examine(path, content))
