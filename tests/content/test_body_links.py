"""Links in a text: to entries by id and by file, to attachments, to pages, and to addresses that are safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Workshop
from texts import html, parse, problems, written


@pytest.mark.parametrize(
    ("target", "entry"),
    [
        ("event:homecoming-2027", "events/homecoming-2027"),
        ("event:homecoming-2027#agenda", "events/homecoming-2027#agenda"),
        ("event:events/homecoming-2027", "events/homecoming-2027"),
        ("chapter:hangzhou", "chapters/hangzhou"),
        ("honor_roll:annual-2026", "honors/annual-2026"),
        ("honor-roll:annual-2026", "honors/annual-2026"),
        ("person:lin-shili", "people/lin-shili"),
        ("page:about/history", "pages/about/history"),
        ("news:2026/%E8%AE%BA%E5%9D%9B", "news/2026/论坛"),
        ("../events/homecoming-2027.yaml", "events/homecoming-2027"),
        ("../events/homecoming-2027.yml#agenda", "events/homecoming-2027#agenda"),
        ("meeting.zh.md", "news/meeting"),
        ("meeting.md", "news/meeting"),
        ("./2026/meeting.en.md", "news/2026/meeting"),
        ("anniversary/index.zh.md", "news/anniversary"),
        ("/pages/about/charter.zh.md", "pages/about/charter"),
    ],
)
def test_links_to_entries_by_id_and_by_file(target: str, entry: str) -> None:
    assert html(f"见[返校日]({target})。") == f'<p>见<a entry="{entry}">返校日</a>。</p>'
    assert html(f"见[返校日][r]。\n\n[r]: {target}") == f'<p>见<a entry="{entry}">返校日</a>。</p>'


def test_entries_that_a_text_names_are_noted_with_their_lines() -> None:
    body, parsing = parse("一\n二\n\n[甲](event:a)\n\n- [乙](chapter:b)\n\n> [丙](c.zh.md)\n")
    assert [(reference.candidates, reference.line) for reference in parsing.references] == [
        (("events/a",), 13),
        (("chapters/b",), 15),
        (("news/c",), 17),
    ]
    assert body.links == (("events/a",), ("chapters/b",), ("news/c",))


@pytest.mark.parametrize(
    ("target", "written_as"),
    [
        ("charter.pdf", 'file="/news/charter.pdf"'),
        ("/media/charter.pdf", 'file="/media/charter.pdf"'),
        ("../media/%E7%AB%A0%E7%A8%8B.pdf", 'file="/media/章程.pdf"'),
        ("/news/", 'path="/news/"'),
        ("/news/#latest", 'path="/news/#latest"'),
        ("/feed.xml", 'path="/feed.xml"'),
        ("/calendar.ics", 'path="/calendar.ics"'),
        ("#part", 'href="#part"'),
        ("https://a.example/?a=1&b=2#c", 'href="https://a.example/?a=1&amp;b=2#c"'),
        ("HTTP://a.example/", 'href="HTTP://a.example/"'),
        ("mailto:office@alumni.example.edu", 'href="mailto:office@alumni.example.edu"'),
        ("tel:+862912345678", 'href="tel:+862912345678"'),
        ("webcal://alumni.example.edu/calendar.ics", 'href="webcal://alumni.example.edu/calendar.ics"'),
    ],
)
def test_other_links(target: str, written_as: str) -> None:
    assert html(f"[甲]({target})") == f"<p><a {written_as}>甲</a></p>"


def test_a_link_may_have_a_title() -> None:
    assert html('[甲](https://a.example/ "乙 & 丙")') == '<p><a href="https://a.example/" title="乙 &amp; 丙">甲</a></p>'


UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "&Tab;javascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "about:blank",
    "blob:x",
    "xmpp:x",
    "events:homecoming-2027",
    "//evil.example/",
]


@pytest.mark.parametrize("target", UNSAFE)
@pytest.mark.parametrize("form", ["一\n\n[甲]({})", "一\n\n[甲][r]\n\n[r]: {}", '一\n\n[甲]({} "题")', "一\n\n- **[甲]({})**"])
def test_unsafe_addresses_are_errors_and_go_nowhere(target: str, form: str) -> None:
    text = form.format(target)
    (problem,) = problems(text)
    assert problem.startswith("12: E018: the link “")
    assert 'href=""' in written(parse(text)[0].parts)


@pytest.mark.parametrize("target", [target for target in UNSAFE if ":" in target.split("/")[0] and "&" not in target])
def test_unsafe_addresses_in_angle_brackets(target: str) -> None:
    assert 'href=""' in written(parse(f"<{target}>")[0].parts)
    assert len(problems(f"<{target}>")) == 1


@pytest.mark.parametrize("target", ["java&#10;script:alert(1)", "java%0Ascript:alert(1)", "%6Aavascript:x", "\x01javascript:x"])
def test_tricks_with_characters_never_make_a_scheme_that_runs(target: str) -> None:
    text = written(parse(f"[甲]({target})")[0].parts).lower()
    assert 'href="javascript' not in text
    assert "\n" not in text.partition('href="')[2].partition('"')[0]


@pytest.mark.parametrize("text", ["[甲]()", "[甲](<>)"])
def test_a_link_without_an_address_is_an_error(text: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith("10: ")


SITE = """
-- content/news/anniversary/index.zh.md --
---
title: 校庆
date: 2026-11-01
section: alma-mater
---
见[返校日](event:homecoming-2027#agenda)、[返校日](../../events/homecoming-2027.yaml)、[杭州](../../chapters/hangzhou.zh.md)、
[章程](charter.pdf)、[新闻](/news/)。
-- content/news/anniversary/charter.pdf --
sample
-- content/news/anniversary/index.en.md --
---
title: Anniversary
---
See [Homecoming](event:homecoming-2027) and [Hangzhou](chapter:hangzhou).
-- content/events/homecoming-2027.yaml --
title: {zh: 返校日, en: Homecoming Day}
start: 2027-04-08 09:00
end: 2027-04-08 17:00
-- content/chapters/hangzhou.zh.md --
---
title: 杭州校友会
type: regional
status: active
---
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("links")).write(SITE)
    workshop.build()
    return workshop


def test_links_lead_to_the_pages_of_the_reader_s_language(site: Workshop) -> None:
    page = site.read("news/2026/anniversary/index.html")
    assert page.count('href="/events/homecoming-2027/') >= 2
    assert 'href="/events/homecoming-2027/#agenda"' in page
    assert 'href="/chapters/hangzhou/"' in page
    english = site.read("en/news/2026/anniversary/index.html")
    assert 'href="/en/events/homecoming-2027/"' in english
    assert 'href="/chapters/hangzhou/"' in english, "where there is no translation, the page that there is"


def test_an_attachment_is_published_under_a_name_that_changes_with_its_content(site: Workshop) -> None:
    (published,) = [name for name in site.files() if name.endswith(".pdf")]
    assert site.files()[published] == b"sample\n"
    assert f'href="/{published}"' in site.read("news/2026/anniversary/index.html")
    assert published != "media/charter.pdf"


def test_a_link_to_an_entry_that_is_not_there(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop().write(SITE.replace("-- content/chapters/hangzhou.zh.md --", "-- content/chapters/ningbo.zh.md --"))
    assert workshop.problems() == [
        "content/news/anniversary/index.en.md:4:1: E021: link names hangzhou, which is not in content/chapters",
        "content/news/anniversary/index.zh.md:6:1: E021: link names hangzhou, which is not in content/chapters",
    ]
