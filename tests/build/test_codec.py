"""What is put into the state comes back as it was, and two values have one digest only where they are the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build import codec
from sitegen.content.body import Block, Body, Heading, Image
from sitegen.content.reference import Reference
from sitegen.content.translations import Translations

quick = settings(deadline=None, derandomize=True, database=None)
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("!\ud800\udfff\x00\u2028𠮷")), max_size=8)
KEYS = st.one_of(TEXTS, st.sampled_from(["!", "items", "texts"]))
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=3),
        st.dictionaries(KEYS, TEXTS, min_size=1, max_size=2).map(Translations),
    ),
    max_leaves=20,
)


@quick
@given(VALUES)
def test_a_value_comes_back(value: Any) -> None:
    found = codec.load(codec.dump(value))
    assert found == value
    assert repr(found) == repr(value)  # 1, 1.0 and True are equal, and not the same; the order of a map is part of it


@quick
@given(TEXTS, st.integers(), st.dictionaries(TEXTS, TEXTS, max_size=2))
def test_a_body_comes_back(text: str, count: int, attrs: dict[str, str]) -> None:
    parts = (text, Image(text, "alt"), Block("quote", attrs, (text, Block("note", {"!": text}))))
    body = Body(parts, (Heading(2, text, "id"),), text, text, count, 3, (("link", text),))
    assert codec.load(codec.dump(body)) == body


@quick
@given(VALUES, VALUES)
def test_other_values_have_other_digests(one: Any, other: Any) -> None:
    assert (codec.digest(one) == codec.digest(other)) == (repr(one) == repr(other))


class Pair(NamedTuple):
    first: str
    second: Decimal


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (date(2026, 1, 2), date(2026, 1, 3)),
        (date(2026, 1, 2), "2026-01-02"),
        (date(2026, 1, 2), datetime(2026, 1, 2)),
        (datetime(2026, 1, 2), datetime(2026, 1, 2, 1)),
        (Decimal("1.10"), Decimal("1.1")),
        (Reference(("a",), 1, 2, "link"), Reference(("a",), 1, 3, "link")),
        (Heading(2, "a", "b"), (2, "a", "b")),
        (Pair("a", Decimal(1)), Pair("a", Decimal(2))),
        (frozenset({"a", "b"}), frozenset({"a"})),
        ((2**70, "\ud800"), (2**70 + 1, "\ud800")),
        ((2**70, "\ud800"), (2**70, "\ud801")),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (b"a", b"b"),
    ],
)
def test_what_json_cannot_say_has_a_digest_too(value: Any, other: Any) -> None:
    assert codec.digest(value) == codec.digest(value)
    assert codec.digest(value) != codec.digest(other)


@pytest.mark.parametrize("key", [("card", "news/a", "en"), ("list", "news", "zh", ("where", "tag", 2**70)), ("message", "\ud800")])
def test_the_key_of_a_fact_comes_back(key: tuple[Any, ...]) -> None:
    assert codec.load_key(codec.dump_key(key)) == key
    assert codec.dump_key(key).startswith(f'["{key[0]}"')


def test_what_has_no_place_in_the_state_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no place in the state"):
        codec.dump({"a": object()})
    with pytest.raises(TypeError, match="object has no digest"):
        codec.digest([object()])
