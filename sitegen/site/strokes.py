"""Chinese names in the order of their strokes (姓氏笔画), as official lists have them."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from sitegen.site.pinyin import unaccented

# Surnames of two characters: they sort after all names whose surname is the first of the two alone.
_COMPOUND = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶"
        " 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良"
        " 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五"
        " 歐陽 司馬 東方 諸葛 尉遲 赫連 澹臺 濮陽 公孫 鍾離 長孫 鮮于 軒轅"
    ).split()
)
_UNKNOWN = "99" + "99999"


def stroke_key(name: str, given: str = "") -> str:
    """What a name sorts by: the strokes of each character of the surname, then of the others; names without Chinese come last.

    `given` are numbers of strokes that hold instead of those known, one a character: 12, or 12-4-7.  Characters with as
    many strokes are in the order of the sorts of these: horizontal, vertical, left-falling, dot, turning (GB 13000.1).
    """
    numbers = [int(number) for number in given.split("-") if number]
    if not numbers and not any(character in _table() for character in name):
        return "~" + unaccented(name).lower()
    letters = [character for character in name if unicodedata.category(character)[0] not in "PZS"]
    keys = [_key(character, number) for character, number in zip(letters, [*numbers, *[0] * len(letters)], strict=False)]
    length = 2 if name[:2] in _COMPOUND else 1
    return "".join(keys[:length]) + " " + "".join(keys[length:]) + " " + name


def _key(character: str, strokes: int) -> str:
    known = _table().get(character, _UNKNOWN)
    if not strokes or known.startswith(f"{strokes:02}"):
        return known
    return f"{strokes:02}99999"


@cache
def _table() -> dict[str, str]:
    """Of each character the number of strokes and its place among those with as many."""
    table: dict[str, str] = {}
    for line in files("sitegen.site").joinpath("strokes.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            count, _, characters = line.partition(" ")
            table |= {character: f"{count:0>2}{place:05}" for place, character in enumerate(characters)}
    return table
