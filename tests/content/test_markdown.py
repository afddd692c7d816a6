"""Markdown: CommonMark kept, and the extensions: tables, notes, lists, alerts, headings."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink
from texts import html, parse, problems, written

from sitegen.content.markdown import _PLAIN_ADDRESS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("甲\n\n乙", "<p>甲</p>\n<p>乙</p>", id="paragraphs"),
        pytest.param("a\r\n\r\nb\rc", "<p>a</p>\n<p>b\nc</p>", id="line ends of other systems"),
        pytest.param("*a* **b** ***c***", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>", id="emphasis"),
        pytest.param("_a_ __b__", "<p><em>a</em> <strong>b</strong></p>", id="underscores"),
        pytest.param("~~a~~", "<p><s>a</s></p>", id="strikethrough"),
        pytest.param("`a < b`", "<p><code>a &lt; b</code></p>", id="code"),
        pytest.param("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>", id="quote"),
        pytest.param("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", id="list"),
        pytest.param("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', id="numbered list"),
        pytest.param("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>", id="list in a list"),
        pytest.param("---", "<hr>", id="rule"),
        pytest.param("    a < b", "<pre><code>a &lt; b\n</code></pre>", id="indented code"),
        pytest.param("```py\na < b\n```", '<pre><code class="language-py">a &lt; b\n</code></pre>', id="fence"),
        pytest.param("~~~\n:::quote\n~~~", "<pre><code>:::quote\n</code></pre>", id="a block in a fence is code"),
        pytest.param("&copy; &#65; \\*", "<p>© A *</p>", id="entities and escapes"),
        pytest.param('"甲" -- (c) ...', "<p>&quot;甲&quot; -- (c) ...</p>", id="no typographer"),
        pytest.param("Title\n=====", '<h2 id="title">Title</h2>', id="underlined heading"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_commonmark(text: str, expected: str) -> None:
    assert html(text) == expected


def test_tables_can_scroll() -> None:
    table = html("| 届 | 人数 |\n|----|---:|\n| 1998级 | **120** |\n| 2002级 | 90 |")
    assert table.startswith('<div class="table-scroll" tabindex="0">\n<table>')
    assert table.endswith("</table>\n</div>")
    assert re.search("<th [^>]*right[^>]*>人数</th>", table)
    assert re.search("<td [^>]*right[^>]*><strong>120</strong></td>", table)
    assert table.count("<tr>") == 3


def test_definition_lists() -> None:
    assert html("级\n: 入学年份\n\n届\n: 毕业年份") == "<dl>\n<dt>级</dt>\n<dd>入学年份</dd>\n<dt>届</dt>\n<dd>毕业年份</dd>\n</dl>"


def test_task_lists() -> None:
    items = html("- [ ] 待办\n- [x] 已办\n- 其他").split("<li")
    assert "☐" in items[1] and "待办" in items[1]
    assert "☑" in items[2] and "已办" in items[2]
    assert "☐" not in items[3] and "☑" not in items[3]
    assert "<input" not in "".join(items)


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_alerts_have_the_title_of_the_theme(kind: str) -> None:
    alert = html(f"> [!{kind}]\n> 请准时**到场。**")
    assert f'class="markdown-alert markdown-alert-{kind.lower()}"' in alert
    assert f"<message alert.{kind.lower()}>" in alert
    assert "<strong>到场。</strong>" in alert


def test_other_words_in_brackets_make_no_alert() -> None:
    assert "<blockquote>" in html("> [!注意]\n> 请准时。")


def test_footnotes_lead_there_and_back() -> None:
    text = html("甲[^1]，乙[^数]。\n\n[^1]: 出处。\n[^数]: 另一处[^1]。")
    assert text.count('class="footnote-ref"') == 3
    for anchor in ("fn1", "fn2", "fnref1", "fnref2"):
        assert f'id="{anchor}"' in text
        assert f'href="#{anchor}"' in text
    assert '<section class="footnotes" role="doc-endnotes">\n<h2><message footnotes.title></h2>' in text
    assert (text.count('role="doc-noteref"'), text.count('role="doc-backlink"')) == (3, 3)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## 活动安排", [(2, "活动安排", "活动安排")]),
        ("## 活动 安排\n\n## 活动 安排", [(2, "活动 安排", "活动-安排"), (2, "活动 安排", "活动-安排-1")]),
        ("## What's on?", [(2, "What's on?", "whats-on")]),
        ("## 报名 {#register}", [(2, "报名", "register")]),
        ("## 报名 {#register .wide}\n\n### 费用", [(2, "报名", "register"), (3, "费用", "费用")]),
        ("# 一\n\n## 二\n\n###### 六", [(2, "一", "一"), (3, "二", "二"), (6, "六", "六")]),
        ("## 一\n\n### 二", [(2, "一", "一"), (3, "二", "二")]),
        ("## **重要：**[甲](/a/) `b`", [(2, "重要：甲 b", "重要甲-b")]),
        ("正文", []),
    ],
)
def test_headings_and_their_anchors(text: str, headings: list[tuple[int, str, str]]) -> None:
    body, _ = parse(text)
    assert [(heading.level, heading.title, heading.id) for heading in body.toc] == headings
    for level, _, anchor in headings:
        assert f'<h{level} id="{anchor}"' in written(body.parts)


def test_a_heading_may_have_a_class() -> None:
    assert html("## 报名 {#register .wide}") == '<h2 id="register" class="wide">报名</h2>'


@pytest.mark.parametrize("text", ['{style="x"}\n段', "段\n{onclick=alert(1)}", "**甲**{onclick=alert(1)}", '`甲`{style="x"}'])
def test_attributes_cannot_bring_style_or_code(text: str) -> None:
    assert not any(f"{name}=" in html(text).replace("{onclick=", "") for name in ("style", "onclick"))


@pytest.mark.parametrize("first_level", [1, 2])
def test_the_title_of_the_page_is_the_only_heading_of_level_one(first_level: int) -> None:
    assert "<h1" not in html("#" * first_level + " 甲\n\n" + "#" * (first_level + 1) + " 乙")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![校门](gate.jpg)", "<p><picture /news/gate.jpg|校门|></p>"),
        ("![校门](/media/gate.jpg)", "<p><picture /media/gate.jpg|校门|></p>"),
        ("![校门](../media/gate.jpg)", "<p><picture /media/gate.jpg|校门|></p>"),
        ("![**校**门](gate%20one.jpg)", "<p><picture /news/gate one.jpg|校门|></p>"),
        ('![校门](gate.jpg "北门，1956年")', "<figure src=/news/gate.jpg alt=校门>北门，1956年</figure>"),
        ('前![校门](gate.jpg "北门")后', "<p>前<picture /news/gate.jpg|校门|北门>后</p>"),
        ("[![校门](gate.jpg)](/a/)", '<p><a path="/a/"><picture /news/gate.jpg|校门|></a></p>'),
    ],
)
def test_pictures(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\n\n![](gate.jpg)", "12: E031: the picture gate.jpg has no description"),
        ("![ ](gate.jpg)", "10: E031: the picture gate.jpg has no description"),
        ("![校门](../../gate.jpg)", "10: E024: the picture ../../gate.jpg is not a file of the content folder"),
        ("![校门](..%2F..%2Fgate.jpg)", "10: E024: the picture ../../gate.jpg is not a file of the content folder"),
        ("![校门](https://a.example/x.jpg)", "10: E024: the picture https://a.example/x.jpg is not a file of the content folder"),
        ("![校门](//a.example/x.jpg)", "10: E024: the picture //a.example/x.jpg is not a file of the content folder"),
        ("![校门](data:image/png;base64,AA)", "10: E024: the picture data:image/png;base64,AA is not a file of the content folder"),
    ],
)
def test_pictures_that_cannot_be(text: str, expected: str) -> None:
    assert problems(text) == [expected]


def test_pictures_are_noted_with_their_lines() -> None:
    _, parsing = parse("一\n\n![甲](a.jpg)\n\n- 二\n- ![乙](b.jpg)\n\n:::figure{src=c.jpg alt=丙}\n:::\n")
    assert parsing.pictures == [("/news/a.jpg", 12, 1), ("/news/b.jpg", 15, 1), ("/news/c.jpg", 17, 1)]


_TAGS = {
    "html", "head", "body", "p", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "br", "a", "h2", "h3",
    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div", "section", "sup", "span",
}  # fmt: skip


@settings(deadline=None, derandomize=True, database=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_is_ever_markup_of_its_own(text: str) -> None:
    body, _ = parse(f"{text}<typed onload=x>{text}")
    for element in html5lib.parse(written(body.parts), namespaceHTMLElements=False).iter():
        assert element.tag in _TAGS | {"picture"}
        assert "onload" not in element.attrib


_SIGNS = [*"*_`[]()!<>&#-|~:{}\"'\\\n甲a。1 ", "](", "\n\n", ":::", "**", "https://a.example/", "[^1]"]


@settings(deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(_SIGNS), max_size=40).map("".join))
def test_any_mixture_of_signs_is_parsed_and_problems_have_lines(text: str) -> None:
    _, parsing = parse(text)
    for problem in parsing.problems:
        assert 10 <= problem.span.line <= 10 + text.count("\n")
        assert problem.hint


@settings(max_examples=500)
@given(st.from_regex(_PLAIN_ADDRESS, fullmatch=True))
def test_an_address_that_is_taken_as_it_is_would_be_normalized_to_itself(address: str) -> None:
    assert normalizeLink(address) == address
