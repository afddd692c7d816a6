"""Chinese names by strokes: order as in official lists, judged by tables checked by hand and by another program's collation."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

import pytest
from conftest import Workshop
from samples import entry, facts

from sitegen.site.strokes import _table, stroke_key

# Counted by hand, from the standard forms of the General Standard Characters (2013).
STROKES = {
    "丁": 2, "卜": 2, "马": 3, "王": 4, "仇": 4, "区": 4, "尹": 4, "叶": 5, "冯": 5, "石": 5, "任": 6, "华": 6,
    "朴": 6, "乐": 5, "陈": 7, "李": 7, "吴": 7, "张": 7, "单": 8, "欧": 8, "林": 8, "周": 8, "查": 9, "赵": 9,
    "胡": 9, "盖": 11, "黄": 11, "曾": 12, "解": 13, "翟": 14, "缪": 14, "覃": 12, "戴": 17, "魏": 17,
}  # fmt: skip


@pytest.mark.parametrize(("surname", "strokes"), STROKES.items(), ids=STROKES)
def test_a_surname_has_its_strokes(surname: str, strokes: int) -> None:
    assert int(_table()[surname][:2]) == strokes


IN_ORDER = {
    "by number": [
        "丁一",
        "马一",
        "王一",
        "石一",
        "华一",
        "李一",
        "林一",
        "赵一",
        "高一",
        "黄一",
        "曾一",
        "解一",
        "翟一",
        "薛一",
        "戴一",
    ],
    # 4 strokes: 王 一一丨一, 区 一丿丶㇠, 仇 丿丨丿㇈, 尹 ㇕一一丿; 7 strokes: 李 一…, 吴 丨…, 何 丿…, 沈 丶…, 张 ㇕…
    "four strokes by their sorts": ["王一", "区一", "仇一", "尹一"],
    "seven strokes by their sorts": ["李一", "吴一", "何一", "沈一", "张一"],
    "a surname stays together": ["欧一", "欧曾", "欧阳一", "欧阳曾"],
    "two characters before three": ["李小", "李小明", "李曾"],
    "the second character decides": ["王丁", "王小", "王明", "王曾"],
    "then the third": ["王小丁", "王小明", "王小曾"],
    "names with a dot": ["丁一", "阿卜杜拉·买买提", "欧一"],
    "beyond the first plane": ["王一", "𠮷野一", "林一"],
    "the others last": ["曾一", "Émile", "Zhou"],
}


@pytest.mark.parametrize("names", IN_ORDER.values(), ids=IN_ORDER)
def test_names_stand_in_the_order_of_official_lists(names: list[str]) -> None:
    assert sorted(set(names), key=stroke_key) == names


def test_given_strokes_win() -> None:
    assert sorted(["王一", "林一", "曾一"], key=lambda name: stroke_key(name, "9" if name == "王一" else "")) == [
        "林一",
        "王一",
        "曾一",
    ]
    assert stroke_key("Zhou", "8") < stroke_key("曾一")


def test_an_unknown_character_comes_after_those_that_are_known() -> None:
    assert sorted(["\U0010fffd一", "魏一", "Bob"], key=stroke_key) == ["魏一", "\U0010fffd一", "Bob"]


def collated(words: Sequence[str]) -> list[str]:
    """The words as ICU sorts them by strokes (CLDR, zh-u-co-stroke)."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("SITEGEN_JUDGES") == "required":
            pytest.fail("node, which judges the order of strokes, is not installed")
        pytest.skip("node, which judges the order of strokes, is not installed")
    script = "const c = new Intl.Collator('zh-u-co-stroke'); console.log(process.argv.slice(1).sort(c.compare).join(' '))"
    done = subprocess.run([node, "-e", script, *words], capture_output=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout.split()


# Without those written with 艹 辶 阝 礻 衤, of which CLDR counts the strokes as they are in traditional characters.
SURNAMES = (
    "王李张刘杨黄赵吴周徐孙马朱胡郭何高林罗梁谢宋唐许韩冯曹彭曾肖田董潘于余杜叶程苏魏吕丁任沈姚卢姜崔钟谭汪金石廖贾夏韦付方白孟熊秦江尹薛闫段雷"
    "侯龙史黎贺顾毛龚万钱严武戴孔向汤单仇解区查卜乐华朴盖覃翟缪种员司欧诸尉"
).translate(dict.fromkeys(map(ord, "叶苏薛董廖黄郭")))


def test_another_program_has_no_surname_before_one_of_fewer_strokes() -> None:
    numbers = [int(_table()[character][:2]) for character in collated(sorted(SURNAMES))]
    assert len(numbers) > 90
    assert numbers == sorted(numbers)


def test_a_roll_and_a_list_of_people_can_stand_by_strokes(workshop: Workshop) -> None:
    names = ["曾甲", "王甲", "欧阳甲", "欧甲", "李甲", "Bob"]
    rows = ", ".join(f"{{id: r{number}, name: {name}}}" for number, name in enumerate(names))
    files = entry(
        "honors/a", f"title: A\ntype: volunteers\nsort: stroke\nentries: [{rows}, {{id: x, name: 高甲, sort: {{strokes: 5}}}}]"
    )
    files += "".join(entry(f"people/p{number}", f"name: {name}") for number, name in enumerate(names))
    fetch = facts(workshop, files).fetch
    assert [row["name"] for row in fetch(("roll", "honors/a", "zh", "", "", 1)).rows] == [
        "王甲",
        "高甲",
        "李甲",
        "欧甲",
        "欧阳甲",
        "曾甲",
        "Bob",
    ]
    people = [fetch(("card", name, "zh")).title for name, _ in fetch(("list", "person", "zh", ("sort", "sort.strokes")))]
    assert people == ["王甲", "李甲", "欧甲", "欧阳甲", "曾甲", "Bob"]
