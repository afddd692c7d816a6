"""What is remembered of a build: parsed sources, facts, and what each output was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sitegen.build.parsed import Parsed


@dataclass(frozen=True, slots=True)
class Trace:
    """An output as it was last made: its job, the file as written, the numbers of the facts it read, and why it was made."""

    job: str
    stat: str
    digest: bytes
    reads: bytes = b""
    why: str = ""

    def at(self, seen: str) -> Trace:
        """The same file, seen again with another stat."""
        return self if seen == self.stat else replace(self, stat=seen)


@dataclass(frozen=True, slots=True)
class Memory:
    """All that a state holds, or a part of it.  An empty one means a clean build.

    `relations` are the values of facts that need the whole site, as JSON text, by key; with those that have not changed left out.
    """

    parsed: Mapping[str, Parsed] = field(default_factory=dict)
    facts: Mapping[int, tuple[str, bytes]] = field(default_factory=dict)
    outputs: Mapping[str, Trace] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
