"""Honor rolls: amounts as each donor agreed, and totals from which no hidden gift can be computed."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from conftest import Workshop
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.giving import MIN_HIDDEN, ROUND_TO, publish

quick = settings(deadline=None, derandomize=True, database=None, max_examples=300)
LEVELS = [{"id": "friend", "min": "0", "name": "同行"}, {"id": "pillar", "min": "1000", "name": "栋梁"}]


def gift(number: int, amount: str | None, display: str = "exact", level: str | None = None, **more: str) -> dict[str, Any]:
    given = {"id": f"e{number}", "amount": amount, "amount_display": display, "level": level, **more}
    return {key: value for key, value in given.items() if value is not None}


def published(*entries: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return publish({"levels": LEVELS, "entries": list(entries), **fields})


@pytest.mark.parametrize(
    ("amount", "display", "shown", "band"),
    [
        ("500", "exact", "500", None),
        ("99.50", "exact", "99.50", None),
        ("999.99", "band", None, ("0", "1000")),
        ("1000", "band", None, ("1000", None)),
        ("2500", "band", None, ("1000", None)),
        ("2500", "hidden", None, None),
        (None, "exact", None, None),
    ],
)
def test_an_amount_is_shown_as_the_donor_agreed(amount: str | None, display: str, shown: str | None, band: object) -> None:
    (entry,) = published(gift(1, amount, display))["entries"]
    assert (entry["shown"], entry["band"]) == (shown, band)
    assert "amount" not in entry


def test_an_amount_of_which_nothing_is_said_is_hidden() -> None:
    entry = {"id": "e1", "amount": "500"}
    (shown,) = published(entry)["entries"]
    assert (shown["shown"], shown["band"]) == (None, None)


def test_nothing_of_the_office_leaves_with_the_entry() -> None:
    roll = published(
        gift(1, "77001", "hidden", consent_ref="cabinet-7"),
        gift(2, "500", "exact", soft_credit_of="e1"),
        privacy={"min_hidden": 2},
        source={"file": "register.csv"},
    )
    for secret in ("77001", "cabinet-7", "register.csv", "soft_credit_of", "min_hidden"):
        assert secret not in str(roll)


def test_totals_of_exact_gifts_are_exact_to_the_cent() -> None:
    roll = published(gift(1, "0.10", level="friend"), gift(2, "0.20", level="friend"), gift(3, "1000", level="pillar"))
    assert roll["totals"]["all"] == {"count": 3, "amount": "1000.30", "rounded": False}
    assert roll["totals"]["levels"]["friend"] == {"count": 2, "amount": "0.30", "rounded": False}


def test_soft_credits_count_nowhere() -> None:
    roll = published(gift(1, "500", level="friend"), gift(2, "500", level="friend", soft_credit_of="e1"))
    assert roll["totals"]["all"] == roll["totals"]["levels"]["friend"] == {"count": 1, "amount": "500", "rounded": False}


@pytest.mark.parametrize(("hidden", "amount"), [(0, "7000"), (1, None), (2, None), (3, "40000"), (4, "50000")])
def test_a_total_over_few_hidden_gifts_is_left_out_and_over_many_rounded_down(hidden: int, amount: str | None) -> None:
    roll = published(gift(0, "7000"), *(gift(n, "11111", "hidden") for n in range(1, hidden + 1)))
    total = roll["totals"]["all"]
    assert (total["amount"], total["rounded"]) == (amount, hidden > 2)
    assert total["count"] == hidden + 1


def test_a_total_that_would_be_rounded_down_to_nothing_is_left_out() -> None:
    total = published(*(gift(n, "1000", "hidden") for n in range(4)))["totals"]["all"]
    assert total == {"count": 4, "amount": None, "rounded": False}


def test_a_band_is_hidden_too() -> None:
    assert published(gift(1, "700", "band"), gift(2, "500"))["totals"]["all"]["amount"] is None


def test_the_whole_is_left_out_where_it_would_betray_a_subtotal_left_out() -> None:
    many = [gift(n, "5000", "hidden", "friend") for n in range(3)]
    roll = published(*many, gift(9, "17770", "hidden", "pillar"))
    assert roll["totals"]["levels"]["friend"]["amount"] is not None
    assert roll["totals"]["levels"]["pillar"]["amount"] is None
    assert roll["totals"]["all"]["amount"] is None


_amounts = st.integers(1, 5_000_000).map(lambda cents: str(Decimal(cents) / 100))
_displays = st.sampled_from(["exact", "band", "hidden", "hidden"])
_soft: st.SearchStrategy[dict[str, str]] = st.sampled_from([{}, {}, {}, {}, {}, {"soft_credit_of": "e0"}])


@st.composite
def rolls(draw: st.DrawFn, always_a_level: bool) -> dict[str, Any]:
    """A roll of up to nine gifts in up to three levels; most are hidden, some have no amount, some are soft credits."""
    levels = [{"id": f"l{n}", "min": str(n * 10_000), "name": "x"} for n in range(draw(st.integers(1, 3)))]
    names: list[str | None] = [level["id"] for level in levels]
    choices = st.sampled_from(names if always_a_level else [*names, None])
    entries = [
        gift(n, draw(_amounts | _amounts | _amounts | st.none()), draw(_displays), draw(choices), **draw(_soft))
        for n in range(draw(st.integers(3, 9)))
    ]
    privacy = draw(st.fixed_dictionaries({}, optional={"min_hidden": st.integers(1, 5), "round_to": st.integers(1, 50_000)}))
    return {"levels": levels, "entries": entries} | ({"privacy": privacy} if privacy else {})


def sums_shown(roll: dict[str, Any], shown: dict[str, Any]) -> list[frozenset[str]]:
    """For each sum a reader sees, the hidden gifts in it: what is left of it after subtracting all that is exact."""
    counted = [e for e in roll["entries"] if "amount" in e and "soft_credit_of" not in e]
    hidden = [e for e in counted if e["amount_display"] != "exact"]
    totals = shown["totals"]
    sums = [frozenset(e["id"] for e in hidden)] if totals["all"]["amount"] is not None else []
    for level, total in totals["levels"].items():
        if total["amount"] is not None:
            sums.append(frozenset(e["id"] for e in hidden if e.get("level") == level))
    return sums


def smallest_secret(sums: list[frozenset[str]]) -> int | None:
    """How few hidden gifts a reader can isolate by adding and subtracting the sums shown."""
    names = frozenset[str]().union(*sums)
    found = []
    for signs in product((-1, 0, 1), repeat=len(sums)):
        left = [name for name in names if sum(sign for sign, members in zip(signs, sums, strict=True) if name in members)]
        found += [len(left)] if left else []
    return min(found, default=None)


def check_secrecy(roll: dict[str, Any]) -> None:
    least = roll.get("privacy", {}).get("min_hidden", MIN_HIDDEN)
    smallest = smallest_secret(sums_shown(roll, publish(roll)))
    assert smallest is None or smallest >= least


@quick
@given(rolls(always_a_level=True))
def test_no_few_hidden_gifts_can_be_computed(roll: dict[str, Any]) -> None:
    check_secrecy(roll)


@quick
@given(rolls(always_a_level=False))
def test_no_few_hidden_gifts_can_be_computed_where_some_have_no_level(roll: dict[str, Any]) -> None:
    check_secrecy(roll)


def test_the_attacker_of_these_tests_can_subtract() -> None:
    whole, part = frozenset({"e1", "e2", "e3", "e4"}), frozenset({"e1", "e2", "e3"})
    assert smallest_secret([whole, part]) == 1
    assert smallest_secret([whole]) == 4
    assert smallest_secret([]) is None


@quick
@given(rolls(always_a_level=False))
def test_what_is_shown_is_true(roll: dict[str, Any]) -> None:
    shown = publish(roll)
    step = roll.get("privacy", {}).get("round_to", ROUND_TO)
    for level, total in [(None, shown["totals"]["all"]), *shown["totals"]["levels"].items()]:
        counted = [e for e in roll["entries"] if "soft_credit_of" not in e and level in (None, e.get("level"))]
        true = sum((Decimal(e.get("amount", "0")) for e in counted), Decimal(0))
        assert total["count"] == len(counted)
        if total["amount"] is None:
            continue
        if total["rounded"]:
            assert Decimal(total["amount"]) <= true < Decimal(total["amount"]) + step
            assert Decimal(total["amount"]) % step == 0
        else:
            assert Decimal(total["amount"]) == true
    for entry, public in zip(roll["entries"], shown["entries"], strict=True):
        if public["shown"] is not None:
            assert (public["shown"], entry["amount_display"]) == (entry["amount"], "exact")
        if public["band"]:
            low, high = public["band"]
            assert Decimal(low) <= Decimal(entry["amount"])
            assert high is None or Decimal(entry["amount"]) < Decimal(high)


ROLL = """
-- content/honors/annual-2026.yaml --
title: {zh: 芳名录, en: Honor Roll}
type: donors
period: {from: 2026-01-01, to: 2026-12-31, basis: received}
currency: CNY
levels: [{id: pillar, min: 1000000, name: {zh: 栋梁, en: Pillar}}, {id: friend, min: 0, name: {zh: 同行, en: Friend}}]
entries:
  - {id: e1, name: 占位同学, level: friend, amount: 123457, amount_display: exact}
  - {id: e2, name: 样例同学, level: friend, amount: 234571, amount_display: band}
  - {id: e3, recognition: anonymous, level: pillar, amount: 3456717, amount_display: hidden}
"""


def test_no_hidden_amount_is_in_any_file(workshop: Workshop) -> None:
    workshop.write(ROLL).build()
    page = workshop.read("honors/annual-2026/index.html")
    assert "123,457" in page
    for name, content in workshop.files().items():
        for secret in ("234571", "234,571", "3456717", "3,456,717", "3814745", "3,814,745", "358028", "358,028"):
            assert secret.encode() not in content, f"{secret} in {name}"
