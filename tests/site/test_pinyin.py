"""Chinese names in order, and addresses from Chinese titles."""

from __future__ import annotations

import pytest
from conftest import Workshop
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import entry, facts

from sitegen.site.pinyin import slugify, sort_key

SURNAMES = {
    "曾样本": "zeng", "单样本": "shan", "仇样本": "qiu", "解样本": "xie", "区样本": "ou", "查样本": "zha", "任样本": "ren",
    "华样本": "hua", "盖样本": "ge", "朴样本": "piao", "乐样本": "yue", "尉迟样本": "yu", "万俟样本": "mo", "长孙样本": "zhang",
    "翟样本": "zhai", "覃样本": "qin", "种样本": "chong", "欧阳样本": "ou", "王样本": "wang",
}  # fmt: skip


@pytest.mark.parametrize(("name", "first"), SURNAMES.items(), ids=SURNAMES)
def test_a_surname_is_read_as_a_surname(name: str, first: str) -> None:
    assert sort_key(name, is_name=True).split()[0] == first


@pytest.mark.parametrize(
    ("title", "first"),
    [("曾经", "ceng"), ("单位", "dan"), ("解决", "jie"), ("区域", "qu"), ("查询", "cha"), ("种子", "zhong"), ("长安", "chang")],
)
def test_the_same_character_in_a_title_is_read_as_a_word(title: str, first: str) -> None:
    assert sort_key(title).split()[0] == first


def test_people_stand_in_the_order_of_their_surnames(workshop: Workshop) -> None:
    names = ["曾甲", "单甲", "仇甲", "解甲", "区甲", "查甲", "安甲", "Émile Exemple", "bob Sample", "尉迟甲"]
    files = "".join(entry(f"people/p{number}", f"name: {name}") for number, name in enumerate(names))
    fetch = facts(workshop, files + entry("people/p99", "name: 样甲\nsort: {pinyin: aa}")).fetch
    order = [fetch(("card", entry_id, "zh")).title for entry_id, _ in fetch(("list", "person", "zh", ("sort", "title")))]
    assert order == ["安甲", "bob Sample", "Émile Exemple", "区甲", "仇甲", "单甲", "解甲", "样甲", "尉迟甲", "曾甲", "查甲"]
    usual = [fetch(("card", entry_id, "zh")).title for entry_id, _ in fetch(("list", "person", "zh"))]
    assert usual == ["样甲", *(name for name in order if name != "样甲")]


def test_a_roll_sorted_by_pinyin_has_the_initial_of_the_surname(workshop: Workshop) -> None:
    names = ["曾甲", "区甲", "解甲", "an Example"]
    rows = ", ".join(f"{{id: r{number}, name: {name}}}" for number, name in enumerate(names))
    files = entry(
        "honors/a", f"title: A\ntype: volunteers\nsort: pinyin\nentries: [{rows}, {{id: x, recognition: anonymous}}]\nlayout: probe"
    )
    probe = "-- templates/honor_roll-probe.html --\n{% for row in page.rows %}{{ row.initial }}:{{ row.name }} {% endfor %}\n"
    workshop.write(files + probe).build()
    assert workshop.read("honors/a/index.html").split(" ")[:4] == ["A:an", "Example", "O:区甲", "X:解甲"]
    assert workshop.read("honors/a/index.html").rstrip().endswith(":匿名")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("返校日", "fan-xiao-ri"),
        ("2027年校友返校日", "2027-nian-xiao-you-fan-xiao-ri"),
        ("Homecoming Day 2027", "homecoming-day-2027"),
        ("  Émile’s  café — Zürich ", "emile-s-cafe-zurich"),
        ("杭州 Forum：第3届", "hang-zhou-forum-di-3-jie"),
        ("../../etc/passwd", "etc-passwd"),
        ("C++ & C#?", "c-c"),
        ("……", "untitled"),
        ("🎓", "untitled"),
        ("", "untitled"),
    ],
)
def test_a_title_becomes_an_address(title: str, expected: str) -> None:
    assert slugify(title) == expected


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_any_title_becomes_a_safe_file_name(title: str) -> None:
    slug = slugify(title)
    assert 1 <= len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
