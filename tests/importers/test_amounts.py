"""Amounts as people write them are read exactly, or refused with a reason; names otherwise written are known again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.importers.amounts import AmountError, plain, read_amount, unit_of
from sitegen.importers.names import name_key

quick = settings(deadline=None, derandomize=True, database=None, max_examples=300)
_cents = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("250000", "250000"),
        ("99.50", "99.50"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("１，２３４．５０", "1234.50"),
        ("¥1,000", "1000"),
        ("￥1000元", "1000"),
        ("人民币500元整", "500"),
        ("RMB 500", "500"),
        ("5万元", "50000"),
        ("5万", "50000"),
        ("1.5万", "15000"),
        ("0.00001亿", "1000"),
        ("3百万元", "3000000"),
        (5, "5"),
        (99.1, "99.10"),
        (0.1 + 0.2, "0.30"),
        (1234567890123.45, "1234567890123.45"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_exactly(cell: object, amount: str) -> None:
    assert plain(read_amount(cell, "CNY")) == amount


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "is no amount"),
        ("伍万元", "is no amount"),
        ("5万3千", "is no amount"),
        ("1,23", "is no amount"),
        ("1.234,56", "is no amount"),
        ("约500", "is no amount"),
        ("#REF!", "is no amount"),
        ("=A1*2", "is no amount"),
        (True, "is no amount"),
        ("1.234", "more than two decimals"),
        (1.005, "more than two decimals"),
        ("0.0000001万", "more than two decimals"),
        ("-5", "is below zero"),
        (-5, "is below zero"),
        ("$100", "is not CNY"),
        ("USD 100", "is not CNY"),
        (10**15, "more than 15 digits"),
        (float("inf"), "is no amount"),
        (float("nan"), "is no amount"),
    ],
)
def test_what_is_no_amount_is_refused(cell: object, reason: str) -> None:
    with pytest.raises(AmountError, match=reason) as refused:
        read_amount(cell, "CNY")
    assert refused.value.hint


@pytest.mark.parametrize(("sign", "currency"), [("$5", "USD"), ("$5", "HKD"), ("HKD 5", "HKD"), ("€5", "EUR"), ("£5", "GBP")])
def test_the_sign_of_a_currency_goes_with_it(sign: str, currency: str) -> None:
    assert read_amount(sign, currency) == 5


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("金额（万元）", "万"),
        ("金额(元)", "元"),
        ("金额/万元", "万"),
        ("到账金额 单位：万元", "万"),
        ("金额", "元"),
        ("万元户姓名", "元"),
        ("Amount", "元"),
    ],
)
def test_the_unit_that_a_heading_states(heading: str, unit: str) -> None:
    assert unit_of(heading) == unit


def test_a_unit_of_its_own_goes_before_that_of_the_column() -> None:
    assert [read_amount(cell, "CNY", "万") for cell in ("5", 5, "5万", "5元", "5千元")] == [50_000, 50_000, 50_000, 5, 5_000]


@quick
@given(_cents)
def test_every_amount_to_the_cent_survives_text_groups_and_workbooks(cents: int) -> None:
    amount = Decimal(cents) / 100
    for cell in (str(amount), f"{amount:,}", f"¥{amount:.2f}", plain(amount), float(amount), f"{amount / 10000:f}万"):
        assert read_amount(cell, "CNY") == amount


@quick
@given(st.text(max_size=12) | st.floats() | st.integers())
def test_anything_else_is_an_amount_or_refused(cell: object) -> None:
    try:
        assert 0 <= read_amount(cell, "CNY") < 10**15
    except AmountError as error:
        assert str(error)


ONE = ["张三", "张 三", "张　三", "張三", "张三先生", "张三 校友", "张三老师", "张三（电气98）", "张·三"]
OTHER = ["LI Ming", "ＬＩ ＭＩＮＧ", "li-ming", "Li, Ming", "Mr. Li Ming", "Li Ming (EE 1998)"]


@pytest.mark.parametrize(
    ("names", "key"), [(ONE, "张三"), (OTHER, "liming"), (["样例有限公司", "样例"], "样例"), (["老师", "先生"], None)]
)
def test_ways_of_writing_a_name(names: list[str], key: str | None) -> None:
    assert {name_key(name) for name in names} == ({key} if key else set(names))


@pytest.mark.parametrize(("one", "other"), [("张三", "张三丰"), ("张三", "章三"), ("李明", "黎明"), ("样例一班", "样例二班")])
def test_names_that_are_not_the_same(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
