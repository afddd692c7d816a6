"""Raw HTML in Markdown: text where it is off, cleaned where it is on."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import html, parse, written

RAW = ["<script>alert(1)</script>", "a <b>x</b>", "<!-- c -->", "<div>\n\nx\n\n</div>", "a <img src=x onerror=alert(1)>"]


@pytest.mark.parametrize("text", RAW)
def test_raw_html_is_text_unless_a_site_allows_it(text: str) -> None:
    assert html(text).replace("<p>", "").replace("</p>", "").count("<") == 0
    assert "&lt;" in html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ruby>漢<rt>hàn</rt></ruby>", "<p><ruby>漢<rt>hàn</rt></ruby></p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ('a <abbr title="甲 > 乙">b</abbr>', '<p>a <abbr title="甲 &gt; 乙">b</abbr></p>'),
        ("<details><summary>甲</summary>乙</details>", "<details><summary>甲</summary>乙</details>"),
        ("甲<br>乙", "<p>甲<br>乙</p>"),
        ('<a href="https://a.example/">甲</a>', '<p><a href="https://a.example/">甲</a></p>'),
        ("<b>**甲：**乙</b>", "<p><b><strong>甲：</strong>乙</b></p>"),
    ],
)
def test_harmless_html_stays(text: str, expected: str) -> None:
    assert html(text, raw_html=True) == expected


HARMFUL = [
    "<script>alert(1)</script>",
    "甲 <script>alert(1)</script> 乙",
    "<img src=x onerror=alert(1)>",
    "甲 <img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "甲 <svg/onload=alert(1)>",
    "<iframe src=https://a.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=x><input><button>甲</button></form>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content=0>",
    "<base href=https://a.example/>",
    '<p style="position:fixed">甲</p>',
    '<p onclick="alert(1)" class="hidden" id="main">甲</p>',
    '<a href="javascript:alert(1)">甲</a>',
    '甲 <a href=" java&#x09;script:alert(1)">乙</a>',
    '甲 <a href="data:text/html,x">乙</a>',
    "<!-- <script>alert(1)</script> -->",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<span title="a>x"> <span title=" onmouseover=alert(1) ">甲</span></span>',
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
]
ALLOWED = {"html", "head", "body", "p", "span", "a", "div", "b", "i", "strong", "em", "table", "tbody", "tr", "td", "br", "sub"}


@pytest.mark.parametrize("text", HARMFUL)
def test_what_can_run_embed_or_restyle_is_taken_out(text: str) -> None:
    check_harmless(html(text, raw_html=True))


def check_harmless(text: str) -> None:
    """What a browser makes of it has no element and no attribute that could do anything."""
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        assert element.tag in ALLOWED
        assert not set(element.attrib) - {"href", "title", "lang", "dir"}
        assert str(element.get("href", "https:")).split(":")[0] in {"https", "http", "mailto", "tel"}


@pytest.mark.parametrize("text", ["甲 <b>乙", "甲 </div></div>乙", "甲 <i>\n\n乙", "甲 <b>乙</i> 丙"])
def test_a_tag_left_open_or_closed_twice_changes_nothing_outside_its_paragraph(text: str) -> None:
    page = f'<div id="outer"><main>{html(text, raw_html=True)}<p id="next">x</p></main></div><footer></footer>'
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    assert [child.tag for child in body] == ["div", "footer"]
    following = body.findall("div/main/p[@id='next']")
    assert [(p.text, len(p)) for p in following] == [("x", 0)], "the next paragraph is not what it was"


_PIECES = [
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<a href='",
    "javascript:",
    "'>",
    '"',
    "<script>",
    "</script>",
    "<img src=x ",
    "onerror=x>",
]
_MORE = [
    "onerror=x>",
    "<!--",
    "-->",
    "<",
    ">",
    "甲",
    " ",
    "\n",
    "\n\n",
    "<td>",
    "<span title=",
    "`",
    "<svg>",
    "<style>",
    "</style>",
    "&#60;",
    "*",
]


@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(st.lists(st.sampled_from(_PIECES + _MORE), max_size=15).map("".join))
def test_no_mixture_of_pieces_gets_through(text: str) -> None:
    cleaned = written(parse(text, raw_html=True)[0].parts)
    for element in html5lib.parse(cleaned, namespaceHTMLElements=False).iter():
        assert element.tag not in {"script", "style", "img", "svg", "iframe"}
        assert not any(name.startswith("on") for name in element.attrib)
        assert "script" not in str(element.get("href", ""))
