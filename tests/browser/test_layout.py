"""What readers see: nothing runs off a phone, headings break where words end, larger text, paper, filters, empty pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser.reading import wider
from browser.test_pages import NARROW

pytestmark = pytest.mark.browser

EXTREME = pytest.mark.parametrize("odd_site", ["extreme"], indirect=True)
# The lines in which an element's text stands.
LINES = """element => {
  const lines = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let top = null;
  for (let node; (node = walker.nextNode());) {
    for (let i = 0; i < node.length; i++) {
      const range = document.createRange();
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (top === null || box.top > top + box.height / 2) { lines.push(""); top = box.top; }
      lines[lines.length - 1] += node.data[i];
    }
  }
  return lines;
}"""


def _pages(site: Path) -> list[str]:
    """One page of each sort is enough of the many chapters."""
    found = [f"/{path.relative_to(site).parent.as_posix()}/".replace("/./", "/") for path in sorted(site.rglob("index.html"))]
    return [path for path in found if "/chapter-" not in path or "/chapter-2/" in path]


@pytest.mark.parametrize("text", ["", "large"])
def test_no_page_of_an_odd_site_is_wider_than_a_phone(browser: Any, odd_site: tuple[str, Path], text: str) -> None:
    address, site = odd_site
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('text', '{text}')")
    found = {}
    for path in _pages(site):
        page.goto(address + path)
        found[path] = wider(page)
    assert {path: named for path, named in found.items() if named} == {}
    context.close()


def test_no_heading_of_an_odd_site_stands_over_nothing(browser: Any, odd_site: tuple[str, Path]) -> None:
    address, site = odd_site
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    empty = {}
    for path in _pages(site):
        page.goto(address + path)
        found = page.evaluate(
            "[...document.querySelectorAll('main .section-head')].filter(head => !head.nextElementSibling"
            " || head.nextElementSibling.getBoundingClientRect().height < 10).map(head => head.textContent)"
        )
        if found:
            empty[path] = found
        assert page.locator("main").inner_text().strip(), path
    assert empty == {}
    page.close()


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_a_chinese_heading_breaks_between_words(browser: Any, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address + "/")
    lines = page.locator(".lead__title").evaluate(LINES)
    assert "".join(lines) == "2027年校友返校日今日开始报名"
    assert any("返校日" in line for line in lines), lines
    assert page.locator(".lead__title").inner_text().replace("\n", "") == "2027年校友返校日今日开始报名"
    page.close()


@pytest.mark.parametrize(
    ("path", "selector", "whole"),
    [
        pytest.param("/events/anniversary-130/", "h1", "一百三十周年", id="a number and what it counts"),
        pytest.param("/honors/annual-2026/class/", "h1", "芳名录", id="a word that dictionaries lack"),
        pytest.param("/honors/institution-honours/", ".award:nth-child(3) .roll__name", "副会长", id="a prefix"),
        pytest.param("/features/han-jiading-interview/", ".pull p", "三年", id="a quote"),
        pytest.param("/services/", ".service-tiles li:nth-child(4) strong", "信件转递", id="a tile"),
        pytest.param("/archive/", ".archive-month a", "散会", id="a row of the archive"),
    ],
)
def test_what_belongs_together_stands_on_one_line(browser: Any, address: str, path: str, selector: str, whole: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + path)
    lines = page.locator(selector).first.evaluate(LINES)
    assert any(whole in line for line in lines), lines
    page.close()


def test_larger_text_is_kept_from_page_to_page(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    page.goto(address + "/about/")
    before = page.evaluate(size)
    page.locator("header [data-toggle=text]").first.click()
    assert page.evaluate(size) >= before * 1.25
    page.goto(address + "/about/history/")
    assert page.evaluate(size) >= before * 1.25
    assert page.locator("header [data-toggle=text]").first.get_attribute("aria-pressed") == "true"
    context.close()


@EXTREME
def test_paper_shows_addresses_and_the_byline_and_no_menu(browser: Any, odd_site: tuple[str, Path]) -> None:
    address, _ = odd_site
    page = browser.new_page(color_scheme="dark")
    page.goto(address + "/news/2026/long/")
    page.emulate_media(media="print", color_scheme="dark")
    link = page.locator(".prose a[href^=https]").first
    assert "https://www.example.org/a/very/long" in link.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.get_by_text("https://alumni.example.edu/news/2026/long/", exact=True).is_visible()
    assert page.locator(".byline").is_visible()
    assert not page.locator("#menu").is_visible()
    assert not page.locator(".share").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


def test_paper_says_first_when_and_where_and_where_to_register(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 673, "height": 900})
    page.goto(address + "/en/events/homecoming-2027/")
    page.emulate_media(media="print")
    tops = [page.locator(each).first.bounding_box()["y"] for each in (".event-when", ".prose")]
    assert tops == sorted(tops)
    register = page.locator(".panel .button--main")
    assert "https://" in register.evaluate("link => getComputedStyle(link, '::after').content")
    assert not [each for each in page.locator(":is(.chips, .more, .tools)").all() if each.is_visible()]
    page.close()


def test_paper_lists_the_dates_that_are_folded_on_the_screen(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/events/running-weekly/")
    last = page.locator(".more-dates li").last
    assert not last.evaluate("each => each.checkVisibility()")
    page.emulate_media(media="print")
    assert last.evaluate("each => each.checkVisibility()")
    page.close()


@pytest.mark.parametrize(
    ("path", "words", "found"),
    [
        pytest.param("/chapters/", "杭州", "交通大学杭州校友会", id="chapters by city"),
        pytest.param("/en/chapters/", "running", "Alumni Running Club", id="chapters by interest"),
        pytest.param("/events/", "伦敦", "2027年伦敦春季酒会", id="events by city"),
    ],
)
def test_a_filter_leaves_what_has_the_words(browser: Any, address: str, path: str, words: str, found: str) -> None:
    page = browser.new_page()
    page.goto(address + path)
    before = page.locator("main .rows > li:visible").count()
    page.locator("input[data-filter-input]").fill(words)
    rows = page.locator("main .rows > li:visible")
    assert 0 < rows.count() < before
    assert found in rows.first.inner_text()
    page.locator("input[data-filter-input]").fill("no such words")
    assert rows.count() == 0
    assert page.locator("[data-filter-none]").is_visible()
    page.locator("input[data-filter-input]").fill("")
    assert rows.count() == before
    page.close()


@pytest.mark.parametrize(("path", "width"), [("/events/", 1280), ("/events/2026/11/", 1280), ("/events/2026/11/", 390)])
def test_events_are_filtered_by_form_and_type_together(browser: Any, address: str, path: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address + path)
    shown = page.locator("main :is(.rows > li, .month__event):visible")
    before = shown.count()
    page.get_by_label("方式").select_option("线上")
    online = shown.count()
    assert 0 < online < before
    page.locator("input[data-filter-input]").fill("没有这样的活动")
    assert shown.count() == 0
    page.close()


def test_every_chapter_stands_in_both_views(browser: Any, odd_site: tuple[str, Path]) -> None:
    address, site = odd_site
    written = {path.parent.name for path in site.glob("chapters/*/index.html")}
    page = browser.new_page()
    page.goto(address + "/chapters/")
    links = "nodes => nodes.map(node => node.getAttribute('href').split('/').at(-2))"
    assert sorted(page.locator("#by-type .row__title a").evaluate_all(links)) == sorted(written)
    placed = {name for name in written if int(re.sub(r"\D", "", name)) % 5}
    assert set(page.locator("#by-place dd a").evaluate_all(links)) == placed
    page.close()


@EXTREME
def test_the_people_of_a_long_read_are_named_once(browser: Any, odd_site: tuple[str, Path]) -> None:
    address, _ = odd_site
    page = browser.new_page()
    page.goto(address + "/features/portrait/")
    assert page.locator(".subjects li").all_inner_texts() == ["丁", "欧阳阿卜杜拉占位示例样本"]
    assert page.locator("main a[href='/people/one/']").count() == 1
    page.close()


def test_nothing_moves_for_those_who_asked_for_it(browser: Any, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + "/")
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration)).length"
    assert page.evaluate(moving) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()
