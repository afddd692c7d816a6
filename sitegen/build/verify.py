"""verify: which outputs must be made again.

An output is dirty if it is new, its job changed, its file is not the one written, or a fact it read has another digest.
A render's only input is the facts it fetches, and the first of them is fixed by its job; so while every digest is the
same, it would fetch the same facts, and give the same bytes.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from sitegen.build import codec
from sitegen.build.ledger import fact_digest, numbers
from sitegen.build.memory import Memory, Trace
from sitegen.build.plan import Output, job_of
from sitegen.build.stats import stat_text
from sitegen.site.facts import Facts, Key


class Verifier:
    """Compares what is remembered with what is; each fact is evaluated and digested once.

    Where `only` facts of one name can have changed, the others are not looked at.
    """

    def __init__(self, memory: Memory, facts: Facts, destination: Path, only: str = "") -> None:
        self._memory = memory
        self._facts = facts
        self._destination = str(destination)
        self._beginning = f'["{only}"' if only else ""
        self._stats: dict[str, str | None] = {}

    @cached_property
    def _stale(self) -> set[int]:
        """The facts that are not what they were."""
        suspects = ((number, known) for number, known in self._memory.facts.items() if known[0].startswith(self._beginning))
        return {number for number, known in suspects if not self._holds(*known)}

    def reason(self, output: Output) -> str:
        """Why an output must be made again; '' if it need not."""
        trace = self._memory.outputs.get(output.file)
        if trace is None:
            return "it is new"
        if trace.job != job_of(output):
            return "it is asked to be something else"
        if self.stat_of(output.file, trace) is None:
            return "its file is not the one that was written"
        changed = self._stale.intersection(numbers(trace.reads))
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
        if key not in self._facts.digests:
            self._facts.digests[key] = fact_digest(self._facts, key)
        return self._facts.digests[key]

    def _holds(self, text: str, digest: bytes) -> bool:
        try:
            return self.digest(codec.load_key(text)) == digest
        except (ValueError, TypeError, LookupError, RuntimeError):
            return False  # the question itself makes no sense any more, of a kind that is gone for instance
