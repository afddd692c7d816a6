"""verify: which outputs must be made again.

An output is dirty if it is new, its job changed, its file is not the one written, or a fact it read has another digest.
A render's only input is the facts it fetches, and the first of them is fixed by its job; so while every digest is the
same, it would fetch the same facts, and give the same bytes.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from sitegen.build import codec
from sitegen.build.plan import Output
from sitegen.build.state import Memory, Trace, stat_text
from sitegen.site.facts import Facts, Key


def job_digest(output: Output) -> bytes:
    """What an output is asked to be."""
    return codec.digest([output.path, output.format, output.language, output.subject])


class Verifier:
    """Compares what is remembered with what is; each fact is evaluated and digested once."""

    def __init__(self, memory: Memory, facts: Facts, destination: Path) -> None:
        self._memory = memory
        self._facts = facts
        self._destination = str(destination)
        self._digests: dict[Key, bytes] = {}
        self._stats: dict[str, str | None] = {}

    @cached_property
    def _stale(self) -> set[int]:
        """The facts that are not what they were."""
        return {number for number, known in self._memory.facts.items() if not self._holds(*known)}

    def reason(self, output: Output) -> str:
        """Why an output must be made again; '' if it need not."""
        trace = self._memory.outputs.get(output.file)
        if trace is None:
            return "it is new"
        if trace.job != job_digest(output):
            return "it is asked to be something else"
        if self.stat_of(output.file, trace) is None:
            return "its file is not the one that was written"
        changed = self._stale.intersection(trace.facts)
        return "changed: " + self._memory.facts[min(changed)][0] if changed else ""

    def stat_of(self, file: str, trace: Trace) -> str | None:
        """The stat of a file that still is what was written; None if it is not."""
        if file not in self._stats:
            self._stats[file] = self._look(f"{self._destination}/{file}", trace)
        return self._stats[file]

    def _look(self, path: str, trace: Trace) -> str | None:
        stat = stat_text(path)
        if not stat or stat == trace.stat:
            return stat or None
        try:
            content = Path(path).read_bytes() if not Path(path).is_symlink() else b""
        except OSError:
            return None
        return stat if hashlib.blake2b(content, digest_size=16).digest() == trace.digest else None

    def digest(self, key: Key) -> bytes:
        """The digest of a fact as it is now."""
        if key not in self._digests:
            self._digests[key] = codec.digest(self._facts.fetch(key))
        return self._digests[key]

    def _holds(self, text: str, digest: bytes) -> bool:
        try:
            return self.digest(codec.load_key(text)) == digest
        except (ValueError, TypeError, LookupError, RuntimeError):
            return False  # the question itself makes no sense any more, of a kind that is gone for instance


def remember_facts(
    kept: Mapping[str, Trace], made: Mapping[str, tuple[Trace, Sequence[Key]]], memory: Memory, verifier: Verifier
) -> tuple[dict[int, tuple[str, bytes]], dict[str, Trace]]:
    """The table of facts that the outputs read, and the traces with their numbers in it."""
    read: set[int] = set()
    for trace in kept.values():
        read.update(trace.facts)
    table = {number: memory.facts[number] for number in sorted(read)}
    numbers = {key: number for number, (key, _) in table.items()}
    following = max(table, default=0) + 1
    seen: dict[Key, int] = {}
    traces = dict(kept)
    for file, (trace, keys) in made.items():
        reads = array("I")
        for key in keys:
            if key not in seen:
                text = codec.dump(key)
                if text not in numbers:
                    numbers[text] = following
                    table[following] = (text, verifier.digest(key))
                    following += 1
                seen[key] = numbers[text]
            reads.append(seen[key])
        traces[file] = Trace(trace.job, trace.stat, trace.digest, reads.tobytes(), trace.why)
    return table, traces
