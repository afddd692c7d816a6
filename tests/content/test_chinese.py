"""Chinese in Markdown: bold beside full-width punctuation, line breaks, bare addresses, words, summaries."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import html, parse

from sitegen.content.chinese import count_words, shorten

quick = settings(deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这是**重要：**新闻", "这是<strong>重要：</strong>新闻"),
        ("**注意！**请准时", "<strong>注意！</strong>请准时"),
        ("他说**“引号”**的话", "他说<strong>“引号”</strong>的话"),
        ("**“引号”**的话", "<strong>“引号”</strong>的话"),
        ("他说：**“好！”**她说", "他说：<strong>“好！”</strong>她说"),
        ("读**《交大》**一书", "读<strong>《交大》</strong>一书"),
        ("会**（杭州）**议", "会<strong>（杭州）</strong>议"),
        ("前**「甲」**后", "前<strong>「甲」</strong>后"),
        ("前**【通知】**后", "前<strong>【通知】</strong>后"),
        ("“**引**”", "“<strong>引</strong>”"),
        ("（**引**）", "（<strong>引</strong>）"),
        ("……**重点**……", "……<strong>重点</strong>……"),
        ("——**重点**——", "——<strong>重点</strong>——"),
        ("前**……**后", "前<strong>……</strong>后"),
        ("**甲**、**乙**", "<strong>甲</strong>、<strong>乙</strong>"),
        ("共**100%**的校友", "共<strong>100%</strong>的校友"),
        ("在**2026年，**我们", "在<strong>2026年，</strong>我们"),
        ("共**￥100**元", "共<strong>￥100</strong>元"),
        ("XJTU**校友：**Hangzhou", "XJTU<strong>校友：</strong>Hangzhou"),
        ("中文**Alumni.**中文", "中文<strong>Alumni.</strong>中文"),
        ("中文**(Alumni)**中文", "中文<strong>(Alumni)</strong>中文"),
        ('中文**"Alumni"**中文', "中文<strong>&quot;Alumni&quot;</strong>中文"),
        ("XJTU**“百年”**Forum", "XJTU<strong>“百年”</strong>Forum"),
        ("the **重要：** news", "the <strong>重要：</strong> news"),
        ("前**[链接](/a/)**后", '前<strong><a path="/a/">链接</a></strong>后'),
        ("前**`代码`**后", "前<strong><code>代码</code></strong>后"),
        ("前***粗斜！***后", "前<em><strong>粗斜！</strong></em>后"),
        ("前*斜体。*后", "前<em>斜体。</em>后"),
        ("前~~删除。~~后", "前<s>删除。</s>后"),
        ("## **第一：**开始", '<h2 id="第一开始"><strong>第一：</strong>开始</h2>'),
    ],
)
def test_bold_in_chinese(text: str, expected: str) -> None:
    assert html(text).removeprefix("<p>").removesuffix("</p>") == expected


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2",
        "前** 甲**后",
        "前**甲 **后",
        "a_b_c",
        "前_甲_后",
        "a**(b)**c",
        'a**"b"**c',
        "2**3",
        "** **",
        r"\*\*甲\*\*",
    ],
)
def test_what_commonmark_leaves_alone_stays_alone(text: str) -> None:
    assert not any(tag in html(text) for tag in ("<strong>", "<em>"))


_han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
_punctuation = st.sampled_from("。，、；：？！…—·～“”‘’（）《》〈〉「」『』【】〔〕％￥")


@quick
@given(_han, _punctuation)
def test_any_chinese_words_before_any_punctuation_can_be_bold(words: str, mark: str) -> None:
    assert html(f"前**{words}{mark}**后") == f"<p>前<strong>{words}{mark}</strong>后</p>"


@quick
@given(_han, _han, _han, _punctuation, _punctuation)
def test_any_chinese_words_between_any_punctuation_can_be_bold(a: str, words: str, b: str, first: str, last: str) -> None:
    assert html(f"{a}**{first}{words}{last}**{b}") == f"<p>{a}<strong>{first}{words}{last}</strong>{b}</p>"
    assert html(f"{a}{first}**{words}**{last}{b}") == f"<p>{a}{first}<strong>{words}</strong>{last}{b}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中文\n中文", "中文中文"),
        ("中文，\n中文", "中文，中文"),
        ("中文\n（中文）", "中文（中文）"),
        ("ひらがな\nカタカナ", "ひらがなカタカナ"),
        ("𠮷\n野", "𠮷野"),
        ("中文\nEnglish", "中文\nEnglish"),
        ("English\n中文", "English\n中文"),
        ("中文\n2026", "中文\n2026"),
        ("English\nEnglish", "English\nEnglish"),
        ("한국어\n한국어", "한국어\n한국어"),
        ("한국어\n中文", "한국어\n中文"),
        ("**中文**\n中文", "<strong>中文</strong>中文"),
        ("中文\n**中文**", "中文<strong>中文</strong>"),
        ("**中文\n中文**", "<strong>中文中文</strong>"),
        ("*中文*\n**中文**", "<em>中文</em><strong>中文</strong>"),
        ("**English**\n中文", "<strong>English</strong>\n中文"),
        ("[中文](/a/)\n中文", '<a path="/a/">中文</a>中文'),
        ("[中文\n中文](/a/)", '<a path="/a/">中文中文</a>'),
        ("[English](/a/)\n中文", '<a path="/a/">English</a>\n中文'),
        ("`code`\n中文", "<code>code</code>\n中文"),
        ("中文  \n中文", "中文<br>\n中文"),
        ("中文\\\n中文", "中文<br>\n中文"),
        ("> 中文\n> 中文", "<blockquote>\n<p>中文中文</p>\n</blockquote>"),
        ("- 中文\n  中文", "<ul>\n<li>中文中文</li>\n</ul>"),
    ],
)
def test_soft_breaks(text: str, expected: str) -> None:
    assert html(text).removeprefix("<p>").removesuffix("</p>") == expected


@pytest.mark.parametrize("text", ["他说“好”\n就走了", "他说\n“好”", "等等……\n后来", "母校——\n交大", "西安·\n交大", "“引\n”用"])
def test_soft_breaks_beside_punctuation_that_chinese_shares(text: str) -> None:
    assert "\n" not in html(text)


@quick
@given(_han, _han)
def test_no_soft_break_between_chinese_leaves_a_gap(before: str, after: str) -> None:
    assert html(f"{before}\n{after}") == f"<p>{before}{after}</p>"


ADDRESS = "https://alumni.example.edu/a_b/?x=1"
LINK = f'<a href="{ADDRESS}">{ADDRESS}</a>'


@pytest.mark.parametrize("mark", list("。，、；：？！）》」』】”’…—　“（《甲"))
def test_a_bare_address_ends_where_chinese_begins(mark: str) -> None:
    assert html(f"见{ADDRESS}{mark}谢谢") == f"<p>见{LINK}{mark}谢谢</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"({ADDRESS})", f"({LINK})"),
        (f"See {ADDRESS}.", f"See {LINK}."),
        (f"See {ADDRESS}, and {ADDRESS}!", f"See {LINK}, and {LINK}!"),
        (f"**{ADDRESS}**", f"<strong>{LINK}</strong>"),
        (f"前**{ADDRESS}**后", f"前<strong>{LINK}</strong>后"),
        (f"<{ADDRESS}>", LINK),
        (f"`{ADDRESS}`", f"<code>{ADDRESS}</code>"),
        (f"[{ADDRESS}](/a/)", f'<a path="/a/">{ADDRESS}</a>'),
        (f"[**{ADDRESS}**](/a/)", f'<a path="/a/"><strong>{ADDRESS}</strong></a>'),
        ("https://a.example/x_(y)", '<a href="https://a.example/x_(y)">https://a.example/x_(y)</a>'),
        ("https://a.example/?a=1&b=2", '<a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>'),
        ('https://a.example/"x"', '<a href="https://a.example/">https://a.example/</a>&quot;x&quot;'),
        ("https:// 和 ://x 和 ftp://a.example/", "https:// 和 ://x 和 ftp://a.example/"),
    ],
)
def test_bare_addresses(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("西安交通大学", 6),
        ("西安，交通。大学！", 6),
        ("Alumni of Xi'an Jiaotong University", 5),
        ("2026年校友会 Alumni Day", 1 + 4 + 2),
        ("e-mail: a.b", 2),
        ("𠮷野家", 3),
        ("……——《》", 0),
    ],
)
def test_words_are_counted_in_characters_and_in_latin_words(text: str, words: int) -> None:
    assert count_words(text)[0] == words


@quick
@given(st.text(st.sampled_from("aZ9éÿāǎɏ×'’.-_,;:!“”…—· \t\n中㐀﨩𠮷。，《》あ한я×°©\ud800"), max_size=40))
def test_words_are_what_stands_between_other_characters(text: str) -> None:
    latin = re.findall(r"[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f'’.-]*", text)
    assert count_words(text)[0] == len(latin) + sum(character in "中㐀﨩𠮷" for character in text)


def test_minutes_to_read() -> None:
    assert [count_words(text)[1] for text in ("", "字", "字" * 400, "字" * 401, "word " * 220, "word " * 221)] == [0, 1, 1, 2, 1, 2]
    assert count_words("字" * 400 + "word " * 220)[1] == 2


def test_markup_is_not_counted() -> None:
    body, _ = parse("## 标题\n\n**重要：**[链接](/a/)`code`\n\n- 列\n\n```\n代码\n```\n")
    assert body.text == "标题\n重要：链接code\n列\n代码"
    assert body.word_count == 2 + 4 + 1 + 1 + 2


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("短句。", 10, "短句。"),
        ("一二三四五六", 12, "一二三四五六"),
        ("一二三四五六七", 12, "一二三四五六…"),
        ("一二三四五，六七", 12, "一二三四五…"),
        ("The quick brown fox jumps", 18, "The quick brown…"),
        ("Supercalifragilistic", 10, "Supercalif…"),
        ("The end. And more", 9, "The end…"),
        ("", 10, ""),
    ],
)
def test_shortening(text: str, width: int, expected: str) -> None:
    assert shorten(text, width) == expected


@quick
@given(st.text(max_size=300), st.integers(10, 100))
def test_what_is_shortened_is_the_beginning_and_fits(text: str, width: int) -> None:
    short = shorten(text, width)
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]) and len(short) <= width + 1)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("第一段。\n\n第二段。", "第一段。"),
        ("## 标题\n\n第一段。", "第一段。"),
        ("![图](a.jpg)\n\n第一段。", "第一段。"),
        ("**重要：**[甲](/a/)\n乙", "重要：甲乙"),
        ("甲\nB", "甲 B"),
        ("> 引言\n\n第一段。", "引言"),
        ("", ""),
    ],
)
def test_the_summary_is_the_first_paragraph_in_plain_words(text: str, summary: str) -> None:
    assert parse(text)[0].summary == summary
