"""Whom an event is for, as its calendars go by it."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.site.audience import audiences, axes


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (None, []),
        ({"text": "Everybody"}, []),
        ({"groups": ["students", "public", "students"]}, ["students", "public"]),
        ({"cohorts": {"basis": "entry"}}, []),
        ({"cohorts": {"basis": "entry", "years": [1998, 2002]}}, ["entry-2002", "entry-1998"]),
        ({"cohorts": {"basis": "graduation", "every": 25}}, ["graduation-2002", "graduation-1977", "graduation-1952"]),
        ({"cohorts": {"basis": "graduation", "every": 30, "from": 10}}, ["graduation-2017", "graduation-1987", "graduation-1957"]),
        (
            {"groups": ["alumni"], "cohorts": {"basis": "entry", "every": 50, "years": [1999]}},
            ["alumni", "entry-1999", "entry-1977"],
        ),
    ],
)
def test_groups_and_classes_of_an_event_in_2027(audience: dict[str, Any] | None, words: list[str]) -> None:
    assert audiences({"start": "2027-04-08T09:00:00", **({"audience": audience} if audience else {})}) == words


def test_what_events_go_by_stands_in_one_order() -> None:
    events = [
        {"type": "sports", "audience": {"groups": ["public", "alumni"]}},
        {"type": "reunion", "audience": {"cohorts": {"basis": "entry", "years": [1998]}}},
        {"audience": {"cohorts": {"basis": "graduation", "years": [2002]}}},
        {},
    ]
    expected = [("type", "reunion"), ("type", "sports"), ("audience", "alumni"), ("audience", "public"),
                ("audience", "graduation-2002"), ("audience", "entry-1998")]  # fmt: skip
    assert list(axes(events)) == list(axes(reversed(events))) == expected
