"""Which facts the outputs read, by number: a process counts its own, and the build joins the counts of all."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sitegen.build import codec
from sitegen.site.facts import RELATIONS, Facts, Key

Thing = TypeVar("Thing")


def fact_digest(facts: Facts, key: Key) -> bytes:
    """The digest of a fact as it is now."""
    return codec.digest(facts.fetch(key))


@dataclass(frozen=True, slots=True)
class Met:
    """A fact as a process met it for the first time; its value as text if it is one that only the whole site can tell.

    Of one that is known to be what it was nothing but the key is told.
    """

    key: str
    digest: bytes = b""
    relation: str = ""


def numbers(reads: bytes) -> array[int]:
    """The numbers of facts, out of the bytes that they are kept as."""
    found = array("I")
    found.frombytes(reads)
    return found


@dataclass(frozen=True, slots=True)
class Reads:
    """What one output read, in the numbers of the process that rendered it, and by number the facts which that met first here."""

    process: int
    numbers: bytes
    first_met: Mapping[int, Met]


class _Numbers(dict[Thing, int]):
    """A number for each thing, given when it is first asked for."""

    def __init__(self, give: Callable[[Thing], int]) -> None:
        super().__init__()
        self._give = give

    def __missing__(self, thing: Thing) -> int:
        number = self[thing] = self._give(thing)
        return number


class Counter:
    """The numbers that one process gives to facts, as it meets them."""

    def __init__(self, facts: Facts, process: int) -> None:
        self._facts = facts
        self._process = process
        self._numbers: _Numbers[Key] = _Numbers(self._count)
        self._first_met: dict[int, Met] = {}

    def count(self, keys: Iterable[Key]) -> Reads:
        """The reads of an output."""
        self._first_met = {}
        return Reads(self._process, array("I", map(self._numbers.__getitem__, keys)).tobytes(), self._first_met)

    def _count(self, key: Key) -> int:
        number = len(self._numbers)
        self._first_met[number] = self._meet(key)
        return number

    def _meet(self, key: Key) -> Met:
        text = codec.dump_key(key)
        if self._facts.is_as_before(text):
            return Met(text)
        relation = codec.to_digest(self._facts.fetch(key)) if key[0] in RELATIONS else ""
        digest = self._facts.digests.get(key) or fact_digest(self._facts, key)
        return Met(text, digest, relation)


class Ledger:
    """The numbers of facts that outputs read, each with the fact's key and digest; a new fact's number is above `highest`.

    The table begins with the facts `kept`; of the other `known` ones, one that is entered again has its number back.
    `digest_of` tells the digest of a fact, by its key as text, that is not known though it is what it was.
    """

    def __init__(
        self,
        known: Mapping[int, tuple[str, bytes]],
        kept: Collection[int] | None = None,
        highest: int = 0,
        digest_of: Callable[[str], bytes] = lambda key: b"",
    ) -> None:
        self.table = {number: known[number] for number in (known if kept is None else sorted(kept))}
        self.relations: dict[str, str] = {}
        self._known = known
        self._numbers = {key: number for number, (key, _) in known.items()}
        self._highest = max(highest, *known) if known else highest
        self._digest_of = digest_of

    def enter(self, reads: Sequence[Reads]) -> list[bytes]:
        """The reads of outputs in the ledger's own numbers, which do not depend on who rendered what, and when."""
        met: dict[int, dict[int, Met]] = defaultdict(dict)
        for each in reads:
            met[each.process].update(each.first_met)
        own = {process: _Numbers(partial(self._number_of, facts)) for process, facts in met.items()}
        return [array("I", map(own[each.process].__getitem__, numbers(each.numbers))).tobytes() for each in reads]

    def _number_of(self, met: Mapping[int, Met], own: int) -> int:
        return self._number(met[own])

    def _number(self, met: Met) -> int:
        number = self._numbers.get(met.key)
        if number is None:
            self._highest += 1
            number = self._numbers[met.key] = self._highest
        elif not met.digest:
            if number not in self.table:
                self.table[number] = self._known[number]
            return number
        if met.relation and self._known.get(number) != (met.key, met.digest):
            self.relations[met.key] = met.relation
        self.table[number] = (met.key, met.digest or self._digest_of(met.key))
        return number

    def keys(self, *names: str) -> frozenset[Key]:
        """The keys of all facts of these names."""
        marks = tuple(f'["{name}"' for name in names)
        return frozenset(codec.load_key(key) for key, _ in self.table.values() if key.startswith(marks))
