"""A story's text in feeds: whole, and in a form fit for readers: no script, no style, no relative address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CONFIG, Workshop
from formats.feed_readers import read_feed
from formats.feed_rules import html_faults
from samples import entry, plain, story

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
FILES = (
    entry("chapters/hangzhou", "title: Hangzhou\ntype: regional\nstatus: active")
    + entry("events/forum", "title: Forum\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nvenue: {name: Hall}")
    + entry("people/lin", "name: 林样本\nsummary: 校友")
    + entry(
        "honors/roll",
        "title: Roll\ntype: volunteers\nentries: [{id: a, name: 周样本}, {id: b, recognition: anonymous}]",
    )
    + f"-- content/media/gate.svg --\n{SVG}-- content/media/poster.svg --\n{SVG}-- content/media/plan.pdf --\nplan\n"
)
BASE = "https://alumni.example.edu"
TEXT = f"{BASE}/news/2026/a/"


def content(workshop: Workshop, body: str, fields: str = "") -> str:
    """What the feed of a site holds of one story."""
    workshop.write(FILES + story("a.zh", fields, body)).build()
    html = read_feed(workshop.root / "public/atom.xml").items[0].content
    assert html_faults(html) == []
    return html


MARKDOWN = {
    "an entry": ("[a](event:forum)", f'<a href="{BASE}/events/forum/">a</a>'),
    "a part of an entry": ("[a](event:forum#x)", f'<a href="{BASE}/events/forum/#x">a</a>'),
    "a path of the site": ("[a](/news/)", f'<a href="{BASE}/news/">a</a>'),
    "a file": ("[a](/media/plan.pdf)", f'<a href="{BASE}/media/plan.'),
    "an address elsewhere": ("<https://www.example.org/x>", '<a href="https://www.example.org/x">'),
    "a mail address": ("[a](mailto:a@example.org)", '<a href="mailto:a@example.org">a</a>'),
    "a part of the text": ("## P {#p}\n\n[a](#p)", f'<a href="{TEXT}#p">a</a>'),
    "a footnote": ("One[^1].\n\n[^1]: A note.", f'<sup><a href="{TEXT}#fn1">[1]</a></sup>'),
    "the way back from a footnote": ("One[^1].\n\n[^1]: A note.", f'<a href="{TEXT}#fnref1">'),
    "the notes": ("One[^1].\n\n[^1]: A note.", "<h2>注释</h2>\n<ol>\n<li>"),
    "a picture": ("![Gate](/media/gate.svg)", f'<img src="{BASE}/media/gate.'),
    "its size and words": ("![Gate](/media/gate.svg)", '-960.jpg" width="960" height="480" alt="Gate">'),
    "a picture with a caption": ('![Gate](/media/gate.svg "The gate")', "<figcaption>The gate</figcaption>"),
    "a table": ("| a | b |\n|---|--:|\n| 1 | 2 |", "<td>1</td>\n<td>2</td>"),
    "an alert": ("> [!NOTE]\n> Bring a coat.", "<p>说明</p>\n<p>Bring a coat.</p>"),
    "a task": ("- [x] Done", "<li><span>☑</span> Done</li>"),
    "code": ("```python\na < b ]]> c\n```", "a &lt; b ]]&gt; c"),
    "a definition": ("a\n: b", "<dt>a</dt>\n<dd>b</dd>"),
    "the end of CDATA": ("one ]]> two", "one ]]&gt; two"),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_is_fit_for_readers(workshop: Workshop, name: str) -> None:
    body, wanted = MARKDOWN[name]
    assert wanted in content(workshop, body)


BLOCKS = {
    "figure": (
        ':::figure{src=/media/gate.svg alt="Gate" credit="Lin"}\nThe *gate*\n:::',
        [f'<img src="{BASE}/media/gate.', "The <em>gate</em>", "图：Lin"],
        ["<span></span>"],
    ),
    "gallery": (":::gallery\n![One](/media/gate.svg)\n![Two](/media/poster.svg)\n:::", ['alt="One"', 'alt="Two"'], []),
    "quote": (':::quote{by="Lin" role="Chair"}\nWords\n:::', ["<blockquote><p>Words</p>", "Lin，Chair"], []),
    "video": (
        ':::video{src="https://video.example.org/a.mp4" title="Film" poster=/media/poster.svg credit="Zhou"}\nWords\n:::',
        [f'<img src="{BASE}/media/poster.', '<a href="https://video.example.org/a.mp4">视频：Film</a>', "Words", "图：Zhou"],
        ["<video"],
    ),
    "a video without a poster": (
        ':::video{src="https://video.example.org/a.mp4" title="Film"}\n:::',
        ['<figcaption><a href="https://video.example.org/a.mp4">视频：Film</a></figcaption>'],
        ["<img"],
    ),
    "people": (":::people{ids=lin}\n:::", [f'<li><a href="{BASE}/people/lin/">林样本</a>：校友</li>'], []),
    "events": (
        ":::events{limit=3}\n:::",
        [
            '<time datetime="2026-12-01T09:00:00+08:00">2026年12月1日 09:00</time>',
            f'<a href="{BASE}/events/forum/">Forum</a>',
            "Hall",
        ],
        [],
    ),
    "no events": (":::events{chapter=hangzhou}\n:::", ["暂时没有预告的活动。"], []),
    "honor-roll": (":::honor-roll{id=roll}\n:::", ["<li>周样本</li>", f'<a href="{BASE}/honors/roll/">Roll</a>'], []),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_drawn_for_readers(workshop: Workshop, name: str) -> None:
    body, wanted, unwanted = BLOCKS[name]
    html = content(workshop, body)
    assert [part for part in wanted if part not in html] == []
    assert [part for part in unwanted if part in html] == []


FIELDS = {
    "cover": ("cover: {src: /media/gate.svg, alt: Gate, caption: The gate, credit: Lin}", ['alt="Gate"', "The gate", "图：Lin"]),
    "gallery": ("gallery: [{src: /media/poster.svg, alt: Poster, caption: Then}]", ['alt="Poster"', "<figcaption>Then"]),
    "corrections": (
        "corrections: [{date: 2026-11-05, text: It was nine}]",
        ["<strong>更正</strong>", "2026年11月5日", "It was nine"],
    ),
    "original": ("original_url: https://example.org/a", ['<a href="https://example.org/a">查看原文</a>']),
    "sample": ("sample: true", ["<em>示例内容：文中人物、机构与数据均为虚构。</em>"]),
}


@pytest.mark.parametrize("name", FIELDS)
def test_the_text_is_as_whole_as_on_the_page(workshop: Workshop, name: str) -> None:
    fields, wanted = FIELDS[name]
    html = content(workshop, "Words", fields)
    assert [part for part in ["Words", *wanted] if part not in html] == []


RAW = {
    "a relative link": ('<a href="plan.html">x</a>', f'<a href="{TEXT}plan.html">x</a>'),
    "a link from the root": ('<a href="/old/">x</a>', f'<a href="{BASE}/old/">x</a>'),
    "a link without scheme": ('<a href="//example.org/">x</a>', '<a href="https://example.org/">x</a>'),
    "a script": ("<script>alert(1)</script>Words", "Words"),
    "a handler": ('<p onclick="alert(1)">x</p>', "<p>x</p>"),
    "a style": ('<p style="color: red" class="a" id="b">x</p>', "<p>x</p>"),
    "a frame": ('<iframe src="https://example.org/"></iframe>Words', "Words"),
    "a ruby": ("<ruby>曾<rt>zēng</rt></ruby>", "<ruby>曾<rt>zēng</rt></ruby>"),
    "a span of columns": ('<table><tr><td colspan="2">x</td></tr></table>', '<td colspan="2">x</td>'),
}


@pytest.mark.parametrize("name", RAW)
def test_raw_html_is_fit_for_readers(workshop: Workshop, name: str) -> None:
    html, wanted = RAW[name]
    workshop.write(f"-- config.yaml --\n{CONFIG}markup: {{raw_html: true}}\n")
    assert wanted in content(workshop, html)


def test_a_site_below_a_path_is_found_too(workshop: Workshop) -> None:
    below = CONFIG.replace("https://alumni.example.edu/", "https://www.example.edu/alumni/")
    workshop.write(f"-- config.yaml --\n{below}")
    html = content(workshop, "[a](/news/) [b](event:forum) ![G](/media/gate.svg)")
    found = re.findall(r'(?:href|src)="([^"]+)"', html)
    assert len(found) == 3
    assert all(address.startswith("https://www.example.edu/alumni/") for address in found)


def test_whatever_a_theme_draws_is_made_fit_for_readers(workshop: Workshop) -> None:
    """A theme without forms of its own for feeds shows its blocks as on pages, without what readers cannot do with."""
    drawn = (
        '<picture><source srcset="/x.avif 2x"><img src="/x.jpg" srcset="/y.jpg 2x" onerror="alert(1)" alt="X"></picture>'
        '<video src="/a.mp4"><a href="/a.mp4">Film</a></video><svg><use href="/icons.svg#x"/></svg>'
        "<form><button>Give</button></form>"
        '<a class="button" href="/give/" style="color: red">Give</a><script src="/a.js"></script>'
    )
    plain(workshop).write(f"-- templates/blocks/video.html --\n{drawn}\n")
    html = content(workshop, ':::video{src="https://video.example.org/a.mp4" title="Film"}\n:::')
    assert f'<img src="{BASE}/x.jpg" alt="X"><a href="{BASE}/a.mp4">Film</a>Give<a href="{BASE}/give/">Give</a>' in html


def test_a_site_may_draw_its_feeds_in_its_own_way(workshop: Workshop) -> None:
    workshop.write(
        "-- templates/feeds/item.html --\n<p>{{ page.title }}!</p>{{ page.content }}\n"
        "-- templates/feeds/quote.html --\n<p>“{{ content }}”</p>\n"
    )
    html = content(workshop, ":::quote\nWords\n:::")
    assert html.startswith("<p>Title of a.zh!</p><p>“</p><p>Words</p>")


def test_a_changed_form_of_items_makes_feeds_again_and_no_page(workshop: Workshop) -> None:
    workshop.write(FILES + story("a", "", ":::quote\nWords\n:::")).build()
    report = workshop.write("-- templates/feeds/quote.html --\n<p>{{ content }}</p>\n").build()
    by_name = {"index.html", "en/index.html"}  # the home page includes its sections by names that are found at render
    folders = ("", "news/notices/")
    wanted = {folder + file for folder in folders for file in ("feed.xml", "atom.xml", "feed.json")} | {"index.xml", "rss.xml"}
    assert set(report.rendered) - by_name == wanted


def test_every_text_of_the_reference_site_is_fit_for_readers(reference_site: Path) -> None:
    """Their number shows that texts were there to judge."""
    texts = [item.content for path in reference_site.rglob("atom.xml") for item in read_feed(path).items]
    assert len(texts) > 200
    assert [fault for text in texts for fault in html_faults(text)] == []
    assert sum("<img " in text for text in texts) > 100
