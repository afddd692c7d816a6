"""Awkward words survive in titles, summaries and texts, and break no feed."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Workshop
from formats.feed_readers import FILES as FORMATS
from formats.feed_readers import read_feed
from formats.feed_rules import faults
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import plain

from sitegen.formats.atom import write_atom
from sitegen.formats.feed import Feed, FeedItem, Guide, allowed, one_line
from sitegen.formats.json_feed import write_json_feed
from sitegen.formats.rss import write_rss

NAUGHTY = {
    "markup": "<b>bold</b> & <script>alert(1)</script>",
    "entities": "&lt;b&gt; &amp;amp; &nbsp; &#65; &bogus;",
    "the end of CDATA": "a ]]> b <![CDATA[ c ]]>",
    "a comment": "<!-- a --> -- <?php b ?>",
    "a document type": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "quotes": "\"double\" 'single' “curly” 「角」 `grave`",
    "backslashes": "\\n \\u0041 \\ \\\\ %s {0} {{ page }} {% raw %}",
    "template": "{{ 7 * 7 }} {# x #} ${7*7}",
    "emoji": "🎓👩🏽‍🔬🏳️‍🌈🇨🇳 🀄",
    "beyond the first plane": "𠮷野家 𝔘𝔫𝔦 \U0010ffff",
    "right to left": "مرحبا بالخريجين שלום",
    "turned by marks": "\u202eevil\u202c \u200fx\u200e \u2067y\u2069",
    "combining": "Z̷͎̈a̶̳͝l̸͎̕g̵͇̈́o̶͔͂ e\u0301",
    "invisible": "a\u200bb\u200dc\u00add\u2060e",
    "wide spaces": "全\u3000角\u00a0空",
    "C1 controls": "a\u0080b\u009fc",
    "no characters": "a\ufffeb\uffffc\ufdd0d",
    "line ends": "one\u2028two\u2029three\u0085four",
    "ten thousand": "校" * 10_000,
    "one long word": "x" * 10_000,
    "Markdown": "**a** _b_ [c](d) `e` ~~f~~ # g",
    "a formula": "=HYPERLINK(\"https://example.org\") +1 @x -1",
}  # fmt: skip
# What front matter refuses; in a text it is met in spite of that.
REFUSED = {"C1 controls", "no characters", "line ends"}
SHOWN = NAUGHTY | dict.fromkeys(REFUSED, "-")


def quoted(text: str) -> str:
    """As a YAML string; every JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def naughty_site(root: Path) -> Workshop:
    """One story for each, the word in its title, summary and text; the text is code, so that Markdown leaves it alone."""
    workshop = plain(Workshop(root), "feeds: {limit: 100}\n")
    for number, (name, text) in enumerate(NAUGHTY.items()):
        title, summary = quoted("T " + SHOWN[name]), quoted("S " + SHOWN[name])
        fields = f"title: {title}\ndate: 2026-01-01 00:{59 - number:02}\nsection: media\nsummary: {summary}"
        path = workshop.root / f"content/news/s{number:02}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{fields}\n---\n\n````\n{text}\n````\n", encoding="utf-8")
    workshop.build()
    return workshop


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return naughty_site(tmp_path_factory.mktemp("naughty"))


@pytest.mark.parametrize("file", FORMATS)
def test_a_feed_of_naughty_words_keeps_the_rules(site: Workshop, file: str) -> None:
    assert faults(file, (site.root / "public" / file).read_bytes()) == []


@pytest.mark.parametrize("file", ["atom.xml", "feed.json"])
@pytest.mark.parametrize("name", NAUGHTY)
def test_a_word_survives(site: Workshop, file: str, name: str) -> None:
    item = read_feed(site.root / "public" / file).items[list(NAUGHTY).index(name)]
    assert item.title == "T " + SHOWN[name]
    assert item.summary == "S " + SHOWN[name]
    assert html.unescape(item.content.removeprefix("<pre><code>").removesuffix("\n</code></pre>")).replace("\xa0", " ") == (
        allowed(NAUGHTY[name]).replace("\xa0", " ")
    )


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_word_survives_in_rss_too(site: Workshop, name: str) -> None:
    """A description is HTML, so a reader shows what is left when its entities are resolved; a title is plain text."""
    from lxml import etree

    items = etree.fromstring((site.root / "public/feed.xml").read_bytes()).findall("channel/item")
    item = items[list(NAUGHTY).index(name)]
    assert item.findtext("title") == "T " + SHOWN[name]
    assert html.unescape(item.findtext("description")) == html.unescape(html.escape("S " + SHOWN[name]))
    assert allowed(NAUGHTY[name])[:20] in html.unescape(item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded"))


texts = st.text(st.characters(), max_size=60)
items = st.builds(
    lambda name, title, summary, content, author: FeedItem(
        name.urn, "https://alumni.example.edu/a/", one_line(title) or "-", one_line(summary), allowed(content),
        datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), (one_line(author) or "-",), (), None, None,
    ),
    st.uuids(version=5), texts, texts, texts.map(html.escape), texts,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(items, max_size=3, unique_by=lambda item: item.id), texts)
def test_no_words_break_any_format(stories: list[FeedItem], words: str) -> None:
    title = one_line(words) or "-"
    guide = Guide("/feed.css", title, title, "/subscribe/#how")
    feed = Feed("urn:uuid:00000000-0000-5000-8000-000000000000", "https://alumni.example.edu/", title, title, title, "zh-Hans-CN",
                datetime(2026, 1, 1, tzinfo=UTC), tuple(stories), guide)  # fmt: skip
    for file, write in (("feed.xml", write_rss), ("atom.xml", write_atom), ("feed.json", write_json_feed)):
        written = write(feed)
        assert [fault for fault in faults(file, written) if "empty" not in fault] == []
        assert write(feed) == written


@given(st.text(st.characters(), max_size=60))
def test_a_cleaned_text_is_what_xml_allows_and_is_cleaned_once(text: str) -> None:
    from lxml import etree

    element = etree.Element("x")
    element.text = allowed(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == allowed(text)
    assert allowed(allowed(text)) == allowed(text)
    assert one_line(one_line(text)) == one_line(text)
