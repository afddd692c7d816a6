"""Line breaking for titles: where Chinese and Latin text may break, and lines of about one length.

After the W3C's Requirements for Chinese Text Layout, 3.1.6: what closes does not begin a line, what opens does not end one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

_CLOSING = "。，、；：？！》」』）】〕〉”’…—·％%‰℃°～,.;:?!)]}»"
_OPENING = "《「『（【〔〈“‘￥$([{«#"
_PAUSES = "。，、；：？！——…:;,.?!"
_PAUSE = 0.06  # a line may be a quarter of its width shorter to end at one
_ROUNDING = 1e-6
_COUNTED = "年月日号周届级天次人"  # stay with the number before them
_CHINESE = (
    r"\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
    + re.escape("".join(c for c in _CLOSING + _OPENING if not c.isascii()))
)
_UNIT = re.compile(rf"\s+|[^\s{_CHINESE}]+|.")


def units(text: str) -> list[str]:
    """The parts of a text between which a line may end; the spaces after a part belong to it."""
    found: list[str] = []
    for part in _UNIT.findall(" ".join(text.split())):
        if found and _holds(found[-1], part):
            found[-1] += part
        else:
            found.append(part)
    return found


def _holds(before: str, part: str) -> bool:
    """True if no line may end between two parts."""
    if part.isspace():
        return True
    if before[-1].isspace():
        return before.strip()[-1:] in _OPENING and bool(before.strip())
    return part[0] in _CLOSING or before[-1] in _OPENING or (part in _COUNTED and before[-1].isdigit())


def lines(parts: Sequence[str], measure: Callable[[str], float], width: float) -> list[str]:
    """The fewest lines that fit the width, as even as can be, and rather ending where the sense does."""
    parts, lengths, bare = _measured(parts, measure, width)
    count = _fewest(lengths, bare, width)
    starts = [0.0]
    for length in lengths:
        starts.append(starts[-1] + length)
    ideal = starts[-1] / max(count, 1)
    # The least sum of squares, of all ways to end the text up to a part with so many lines.
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for end in range(1, len(parts) + 1):
        for start in range(end - 1, -1, -1):
            length = starts[end - 1] - starts[start] + bare[end - 1]
            if length > width + _ROUNDING:
                break
            cost = ((length - ideal) / width) ** 2 - _comfort(parts[end - 1], end == len(parts))
            for line in range(1, count + 1):
                before = best.get((start, line - 1))
                if (before and (end, line) not in best) or (before and before[0] + cost < best[end, line][0]):
                    best[end, line] = (before[0] + cost, start)
    ends = [len(parts)]
    while ends[-1]:
        ends.append(best[ends[-1], count - len(ends) + 1][1])
    return ["".join(parts[start:end]).rstrip() for end, start in pairwise(ends)][::-1]


def line_count(parts: Sequence[str], measure: Callable[[str], float], width: float) -> int:
    """How many lines that will be."""
    return _fewest(*_measured(parts, measure, width)[1:], width)


def _measured(parts: Sequence[str], measure: Callable[[str], float], width: float) -> tuple[list[str], list[float], list[float]]:
    """The parts, none wider than a line, with their lengths, and those without the spaces after them."""
    pieces = [piece for part in parts for piece in _pieces(part, measure, width)]
    return pieces, [measure(part) for part in pieces], [measure(part.rstrip()) for part in pieces]


def _comfort(part: str, is_last: bool) -> float:
    """What it is worth to end a line after a part."""
    return _PAUSE if not is_last and part.rstrip()[-1:] in _PAUSES else 0.0


def _fewest(lengths: Sequence[float], bare: Sequence[float], width: float) -> int:
    """How many lines there are if every one takes what it can."""
    count, used = 0, 0.0
    for length, shorn in zip(lengths, bare, strict=True):
        if not count or used + shorn > width:
            count, used = count + 1, 0.0
        used += length
    return count


def _pieces(part: str, measure: Callable[[str], float], width: float) -> list[str]:
    """A part that is wider than a line, cut where it must be."""
    if measure(part.rstrip()) <= width or len(part) < 2:
        return [part]
    fits = max(1, int(len(part) * width / measure(part)) - 1)
    return [part[start : start + fits] for start in range(0, len(part), fits)]
