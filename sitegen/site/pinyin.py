"""Chinese words as pinyin: sort keys of names, initials, slugs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Surnames that are read otherwise than the same character elsewhere.
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "任": "ren", "华": "hua", "盖": "ge",
    "繁": "po", "朴": "piao", "乐": "yue", "员": "yun", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "秘": "bi",
    "冼": "xian", "翟": "zhai", "覃": "qin", "缪": "miao", "宁": "ning", "燕": "yan", "逄": "pang", "黑": "he", "召": "shao",
    "種": "chong", "种": "chong", "折": "she", "洗": "xian", "牟": "mou", "俞": "yu", "么": "yao", "哈": "ha", "隗": "wei",
}  # fmt: skip


def has_han(text: str) -> bool:
    """True if any Chinese character is in the text."""
    return not text.isascii() and any("\u3400" <= character <= "\u9fff" for character in text)


@lru_cache(maxsize=100_000)
def sort_key(text: str, is_name: bool = False) -> str:
    """Latin letters by which the text sorts among others.  The surname of a name is read as a surname."""
    if not has_han(text):
        return unaccented(text).lower()
    from pypinyin import lazy_pinyin

    surname: str = next((text[:length] for length in (2, 1) if text[:length] in SURNAMES), "") if is_name else ""
    syllables = [SURNAMES[surname]] if surname else []
    return " ".join(syllables + lazy_pinyin(text[len(surname) :], errors=_as_written))


def _as_written(rest: str) -> str:
    return rest.lower()


def unaccented(text: str) -> str:
    """The text without tone marks and accents (NFKD, combining marks dropped)."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def slugify(title: str, is_name: bool = False) -> str:
    """A file name and address from a title: pinyin for Chinese, lower case, hyphens; "untitled" where nothing is left."""
    words = re.sub(r"[^a-z0-9]+", "-", unaccented(sort_key(title, is_name)).lower()).strip("-")
    return words[:60].rstrip("-") or "untitled"
