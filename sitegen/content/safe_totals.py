"""Which sums of gifts may be told, so that no hidden gift can be computed from all of them together.

Sums that are told cut the hidden gifts into blocks: gifts are in one block if they are in the same sums.  Suppose that
a reader learned the exact sum of every block, which is more than all sums, rounded as they are, can tell.  Blocks share
no gift, so each can be judged by itself: it must hold enough gifts, and even for a donor who knows one of them no other
may be closer to be told than to a tenth (the p % rule of the Handbook on Statistical Disclosure Control, with the bounds
that a level sets).  A sum that would make a block unsafe is left out, and its gifts join the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

NEVER = Decimal("Infinity")
_CLOSENESS = 10  # a tenth


@dataclass(frozen=True, slots=True)
class HiddenGift:
    """An amount that is not shown, what readers know of it anyway (`low` to `high`), and its group on each axis ("" for none)."""

    amount: Decimal
    low: Decimal
    high: Decimal
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Whether the sum of all may be told, and on each axis the groups whose sum may not."""

    whole: bool
    left_out: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Room:
    """How far the gifts of a block can be from what they are, but for two: one may be sought, and one known to who seeks."""

    most: tuple[Decimal, ...]
    rest: Decimal

    def __add__(self, other: _Room) -> _Room:
        ordered = sorted((*self.most, *other.most), reverse=True)
        return _Room(tuple(ordered[:2]), sum(ordered[2:], self.rest + other.rest))


@dataclass(frozen=True, slots=True)
class _Block:
    """Gifts that are in the same sums: how many, their room downwards and upwards, and the room that the largest needs."""

    count: int
    below: _Room
    above: _Room
    needed: Decimal

    def __add__(self, other: _Block) -> _Block:
        return _Block(self.count + other.count, self.below + other.below, self.above + other.above, max(self.needed, other.needed))

    def is_safe(self, least: int) -> bool:
        return self.count >= least and min(self.below.rest, self.above.rest) >= self.needed


def _block(gift: HiddenGift) -> _Block:
    zero = Decimal(0)
    below, above = gift.amount - gift.low, gift.high - gift.amount
    return _Block(1, _Room((below,), zero), _Room((above,), zero), gift.amount / _CLOSENESS)


def what_to_tell(gifts: Iterable[HiddenGift], axes: int, least: int) -> Told:
    """The sums that may be told.  Those of the first axis weigh most, then the whole, then those of the other axes."""
    blocks: dict[tuple[str, ...], _Block] = {}
    for gift in gifts:
        blocks[gift.groups] = blocks[gift.groups] + _block(gift) if gift.groups in blocks else _block(gift)
    whole = True
    left_out: list[set[str]] = [set() for _ in range(axes)]
    while True:
        unsafe = [key for key, block in blocks.items() if (whole or any(key)) and not block.is_safe(least)]
        if not unsafe:
            return Told(whole, tuple(map(frozenset, left_out)))
        for key in unsafe:
            axis, group = _to_leave_out(key, blocks)
            if axis < 0:
                whole = False
            else:
                left_out[axis].add(group)
        joined: dict[tuple[str, ...], _Block] = {}
        for key, block in blocks.items():
            merged = tuple("" if group in out else group for group, out in zip(key, left_out, strict=True))
            joined[merged] = joined[merged] + block if merged in joined else block
        blocks = joined


def _to_leave_out(key: Sequence[str], blocks: dict[tuple[str, ...], _Block]) -> tuple[int, str]:
    """The axis and group whose sum weighs least of those that keep a block apart; axis -1 for the whole."""
    for axis in reversed(range(len(key))):
        if axis == 0 and not any(key):
            break
        if key[axis]:
            return axis, key[axis]
        beside = [
            (block.count, other[axis])
            for other, block in blocks.items()
            if other[axis] and other[:axis] == key[:axis] and other[axis + 1 :] == key[axis + 1 :]
        ]
        if beside:
            return axis, min(beside)[1]
    return -1, ""
