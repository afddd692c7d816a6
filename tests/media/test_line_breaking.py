"""Titles in lines: as readers of Chinese and English expect them to be broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.media.line_breaking import line_count, lines, units


def wide(text: str) -> float:
    """Chinese characters are as wide as they are high, others half as wide."""
    return sum(1.0 if ord(character) > 0x2000 else 0.5 for character in text)


@pytest.mark.parametrize(
    ("title", "width", "wanted"),
    [
        ("校友返校", 12, ["校友返校"]),
        ("同一个位置，五十二个星期五", 12, ["同一个位置，", "五十二个星期五"]),
        ("关于举办校友返校日活动的通知", 12, ["关于举办校友返", "校日活动的通知"]),
        ("把名字读出来，再把花放下", 11, ["把名字读出来，", "再把花放下"]),
        ("西迁书信里的一百二十个清晨与黄昏", 9, ["西迁书信里的一百", "二十个清晨与黄昏"]),
        ("2027年4月8日返校", 5, ["2027年4月", "8日返校"]),
        ("在《西迁书信》出版之后", 4, ["在《西迁", "书信》出", "版之后"]),
        ("我们从何处来？——写给一百三十年", 9, ["我们从何处来？——", "写给一百三十年"]),
        ("A year under the plane trees", 9, ["A year under", "the plane trees"]),
        ("Homecoming Day 2027返校日活动", 9, ["Homecoming Day", "2027返校日活动"]),
        ("Donaudampfschifffahrtsgesellschaft", 8, None),
        ("", 8, []),
    ],
)
def test_a_title_in_lines(title: str, width: float, wanted: list[str] | None) -> None:
    found = lines(units(title), wide, width)
    if wanted is None:
        assert "".join(found) == title, "a word that is wider than a line is cut where it must be"
        assert all(wide(line) <= width for line in found)
    else:
        assert found == wanted


TITLES = st.text(st.sampled_from("校友会返校日的通知，。、：；？！）》”（《“—…·％Homecoming Day 2027年, (x)"), max_size=60)


@given(TITLES, st.integers(6, 30))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(title: str, width: int) -> None:
    parts = units(title)
    found = lines(parts, wide, width)
    whole = " ".join(title.split())
    assert "".join(found).replace(" ", "") == whole.replace(" ", "")
    if all(wide(part.rstrip()) <= width for part in parts):
        assert len(found) == line_count(parts, wide, width)
        assert all(wide(line) <= width for line in found)
        place = 0
        for line in found:
            place = whole.index(line, place)
            if place and line[0] in "，。、：；？！）》”":
                pytest.fail(f"{line!r} begins with {line[0]}")
            place += len(line)
            if place < len(whole) and line[-1] in "（《“":
                pytest.fail(f"{line!r} ends with {line[-1]}")


@given(st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=9), min_size=1, max_size=12), st.integers(5, 20))
def test_no_word_is_broken(words: list[str], width: int) -> None:
    found = lines(units(" ".join(words)), wide, width)
    assert [word for line in found for word in line.split()] == words
