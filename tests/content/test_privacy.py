"""Numbers of persons in a text: found in every way of writing them, never where they are something else, never said in full."""

from __future__ import annotations

import re
from datetime import date

import pytest
import stdnum.cn.ric
import stdnum.luhn
from articles import article
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.privacy import BANK_CARD, EMAIL, MOBILE, RESIDENT_ID, findings, is_bank_card, is_resident_id, masked

quick = settings(deadline=None, derandomize=True, database=None, max_examples=300)
# The example of the standard itself (GB 11643-1999, annex), and numbers made up with a right check digit.
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"
PHONE = "13812345678"


def nouns(text: str) -> list[str]:
    return [finding.noun for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        (f"身份证号码：{IDENTITY}。", RESIDENT_ID),
        (f"学号{IDENTITY}", RESIDENT_ID),
        (IDENTITY.lower(), RESIDENT_ID),
        ("１１０１０５１９４９１２３１００２Ｘ", RESIDENT_ID),
        ("110105 19491231 002X", RESIDENT_ID),
        ("110105-1949-1231-002x", RESIDENT_ID),
        ("110105 1949 12 31 002X", RESIDENT_ID),
        ("1101 0519 4912 3100 2X", RESIDENT_ID),
        ("110 105 1949 1231 002X", RESIDENT_ID),
        (f"![{IDENTITY}的照片](a.jpg)", RESIDENT_ID),
        (f"# {IDENTITY} 待删", RESIDENT_ID),
        (f"https://example.edu/?id={IDENTITY}", RESIDENT_ID),
        (f"2019-{IDENTITY}", RESIDENT_ID),
        ("证件号 110105491231002", RESIDENT_ID),
        (f"银行卡号：{CARD}", BANK_CARD),
        (f"开户行 样例银行\n账号 {CARD}", BANK_CARD),
        (f"| 姓名 | 卡号 |\n|---|---|\n| 林样本 | {CARD} |", BANK_CARD),
        ("6222 0212 3456 7890 128", BANK_CARD),
        ("请汇至4111-1111-1111-1111", BANK_CARD),
        ("my card 4111111111111111", BANK_CARD),
        ("Amex 3782 822463 10005", BANK_CARD),
        ("转账到9558801234567890128", BANK_CARD),
        (f"手机{PHONE}", MOBILE),
        (f"手机号：{PHONE}", MOBILE),
        (f"联系电话：{PHONE}（林）", MOBILE),
        ("138 1234 5678", MOBILE),
        ("+86 138-1234-5678", MOBILE),
        ("（+86）１３８１２３４５６７８", MOBILE),
        (f"林样本-{PHONE}", MOBILE),
        (f"tel:{PHONE}", MOBILE),
        (f"2026-11-22 {PHONE}", MOBILE),
        ("lin.yangben@qq.com", EMAIL),
        ("写信给lin@163.com，谢谢", EMAIL),
        ("lin＠gmail．com", EMAIL),
        ("lin@stu.example.edu.cn", EMAIL),
    ],
    ids=lambda value: re.sub(r"\s+", " ", value)[:40],
)  # fmt: skip
def test_a_number_of_a_person_is_found_and_masked(text: str, noun: str) -> None:
    assert nouns(text) == [noun]
    (finding,) = findings(text)
    whole = re.sub(r"[ -]", "", text[finding.start : finding.end])
    assert text.count("\n") == masked(text).count("\n")
    assert whole not in re.sub(r"[ -]", "", masked(text))
    assert finding.mask in masked(text)
    hidden = finding.mask.count("*")
    assert hidden >= (3 if noun == EMAIL else 6)


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310020",  # check digit
        "110105194913310029",  # month 13
        "000105194912310021",  # region
        f"1{IDENTITY}",
        "统一社会信用代码：52110105194912310X",
        "110105491231002",  # an old identity number, of which nothing says so
        "流水号6222021234567890128",
        "6222021234567890128",  # a card, of which nothing says so
        "卡号：6222021234567890127",  # check digit
        "对公账号：3700012109014483166",
        "ISBN 978-7-5605-1234-5",
        f"订单编号 {PHONE}",
        "会议号：138 1234 5678",
        f"https://example.edu/a/{PHONE}.html",
        f"总投资{PHONE}元",
        f"¥{PHONE}",
        f"amount: {PHONE}",
        f"id: {PHONE}",
        "12812345678",
        "138123456789",
        "mmexport1668765432123.jpg",
        "029-82668888",
        "400-800-8000",
        "roll@alumni.example.edu",
        "office@xjtu.edu.cn",
    ],
)
def test_a_number_of_something_else_is_left_alone(text: str) -> None:
    assert nouns(text) == []


def test_of_several_each_is_found_in_order() -> None:
    text = f"林样本 {PHONE}，lin@qq.com；身份证{IDENTITY}；银行卡{CARD}。"
    assert nouns(text) == [MOBILE, EMAIL, RESIDENT_ID, BANK_CARD]
    assert masked(text) == f"林样本 138******78，l***@qq.com；身份证11{'*' * 14}2X；银行卡62{'*' * 15}28。"


def test_a_log_masks_a_card_even_where_nothing_says_that_it_is_one() -> None:
    assert CARD not in masked(f"name cannot be “{CARD}”")


@pytest.mark.parametrize("half", [0, 1], ids=["first", "second"])
def test_ordinary_articles_have_no_findings(half: int) -> None:
    """A thousand articles of some 1,800 characters, each with forty numbers that look like what they are not."""
    texts = [article(seed) for seed in range(half * 500, half * 500 + 500)]
    assert sum(map(len, texts)) > 800_000
    assert [(finding.noun, text[finding.start - 20 : finding.end]) for text in texts for finding in findings(text)] == []


@pytest.mark.parametrize(
    "number", [IDENTITY, f"卡号{CARD}", f"手机{PHONE}", "lin@qq.com"], ids=["identity", "card", "mobile", "mail"]
)
def test_in_the_same_articles_a_planted_number_is_found(number: str) -> None:
    """So that the test above does not pass because nothing is ever found."""
    for seed in range(100):
        parts = article(seed).split("。")
        assert len(nouns("。".join([*parts[:20], number, *parts[20:]]))) == 1, seed


_days = st.dates(min_value=date(1900, 1, 1), max_value=date(2020, 12, 31))
_regions = st.sampled_from(["110105", "330106", "610113", "650102", "440305"])


@quick
@given(_regions, _days, st.integers(0, 999))
def test_identity_numbers_have_the_check_character_that_another_reader_knows(region: str, day: date, serial: int) -> None:
    number = f"{region}{day:%Y%m%d}{serial:03}"
    for check in "0123456789X":
        assert is_resident_id(number + check) == (stdnum.cn.ric.calc_check_digit(number + check) == check)


@quick
@given(st.sampled_from(["622202", "411111", "510510", "955880", "356600"]), st.integers(0, 10**13 - 1))
def test_card_numbers_have_the_check_digit_that_another_reader_knows(issuer: str, rest: int) -> None:
    number = f"{issuer}{rest:013}"[: 19 if issuer in ("622202", "955880") else 16]
    assert is_bank_card(number) == stdnum.luhn.is_valid(number)


@quick
@given(st.text(alphabet="0123456789Xx １８-－@qcom.卡号手机身份证：\n", max_size=80))
def test_what_was_masked_holds_nothing_more(text: str) -> None:
    assert findings(masked(text)) == []
