"""What of a text a calendar can carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.calendar_text import clean, line, parameter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\x00\x07a\x0b\x1f\x7f\x9fb", "ab"),
        ("a\ud800b", "ab"),
        ("\u202eمرحبا 👩‍👩‍👧 ]]>", "\u202eمرحبا 👩‍👩‍👧 ]]>"),
    ],
)
def test_a_text_keeps_all_but_what_clients_stumble_over(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_name_is_one_line_and_a_parameter_holds_no_quotation_marks() -> None:
    assert line(" a \n\n b ") == "a b"
    assert parameter('the "A"\nB') == "the 'A' B"


@given(st.text(alphabet=st.characters()))
def test_a_cleaned_text_has_one_sort_of_line_end_and_nothing_more_to_clean(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.split("\n") == cleaned.splitlines() or cleaned.endswith("\n") or not cleaned
    assert clean(cleaned) == cleaned
    assert cleaned.encode() is not None
