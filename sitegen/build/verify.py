"""verify: which outputs must be made again.

An output is dirty if it is new, its job changed, its file is not the one written, or a fact it read has another digest.
A render's only input is the facts it fetches, and the first of them is fixed by its job; so while every digest is the
same, it would fetch the same facts, and give the same bytes.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping, Sequence
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
        self._destination = destination
        self._digests: dict[Key, bytes] = {}
        self._fresh: dict[int, bool] = {}

    def reason(self, output: Output) -> str:
        """Why an output must be made again; '' if it need not."""
        trace = self._memory.outputs.get(output.file)
        if trace is None:
            return "it is new"
        if trace.job != job_digest(output):
            return "it is asked to be something else"
        if self.stat_of(output.file, trace) is None:
            return "its file is not the one that was written"
        changed = next((number for number in trace.facts if not self._is_fresh(number)), None)
        return (
            ""
            if changed is None
            else "changed: " + self._memory.facts[changed][0]
            if changed in self._memory.facts
            else "a fact is gone"
        )

    def stat_of(self, file: str, trace: Trace) -> str | None:
        """The stat of a file that still is what was written; None if it is not."""
        path = self._destination / file
        stat = stat_text(path)
        if stat and stat == trace.stat:
            return stat
        try:
            same = not path.is_symlink() and hashlib.blake2b(path.read_bytes(), digest_size=16).digest() == trace.digest
        except OSError:
            return None
        return stat if same else None

    def digest(self, key: Key) -> bytes:
        """The digest of a fact as it is now."""
        if key not in self._digests:
            self._digests[key] = codec.digest(self._facts.fetch(key))
        return self._digests[key]

    def _is_fresh(self, number: int) -> bool:
        if number not in self._fresh:
            self._fresh[number] = self._holds(number)
        return self._fresh[number]

    def _holds(self, number: int) -> bool:
        known = self._memory.facts.get(number)
        if known is None:
            return False
        try:
            return self.digest(codec.load_key(known[0])) == known[1]
        except (ValueError, KeyError, TypeError, LookupError, StopIteration, RuntimeError):
            return False  # the question itself makes no sense any more, of a kind that is gone for instance


def remember_facts(
    kept: Mapping[str, Trace], made: Mapping[str, tuple[Trace, Sequence[Key]]], memory: Memory, verifier: Verifier
) -> tuple[dict[int, tuple[str, bytes]], dict[str, Trace]]:
    """The table of facts that the outputs read, and the traces with their numbers in it."""
    numbers: dict[str, int] = {}
    table: dict[int, tuple[str, bytes]] = {}
    for trace in kept.values():
        for number in trace.facts:
            table[number] = memory.facts[number]
    numbers = {key: number for number, (key, _) in table.items()}
    following = max(table, default=0) + 1
    traces = dict(kept)
    for file, (trace, keys) in made.items():
        reads = array("I")
        for key in keys:
            text = codec.dump(key)
            if text not in numbers:
                numbers[text] = following
                table[following] = (text, verifier.digest(key))
                following += 1
            reads.append(numbers[text])
        traces[file] = Trace(trace.job, trace.stat, trace.digest, reads.tobytes(), trace.why)
    return table, traces
