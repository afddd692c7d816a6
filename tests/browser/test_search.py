"""Searching the reference site as readers do: Chinese words amid a sentence, English stems, filters, and what is found opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def results(page: Any) -> list[str]:
    """The addresses found, once the page says how many there are."""
    page.locator("[data-search-state]:not(:empty)").wait_for()
    return [link.get_attribute("href") for link in page.locator("[data-search-results] .row__title a").all()]


def search(page: Any, address: str, words: str, prefix: str = "", **filters: str) -> list[str]:
    page.goto(f"{address}{prefix}/search/")
    for name, value in filters.items():
        page.locator(f"select[name={name}]").select_option(value)
    page.locator("[type=search]").fill(words)
    page.keyboard.press("Enter")
    return results(page)


AMID = {  # a word, the page that says it in the middle of a sentence, and what stands around it
    "示范": ("/news/2026/volunteer-training/", "志愿者贾示范，坐在隔壁房间"),
    "隔壁房间": ("/news/2026/volunteer-training/", "坐在隔壁房间，手里"),
    "秘书处": ("/honors/volunteers-2026/", "校友会秘书处"),
    "房间": ("/news/2026/volunteer-training/", "隔壁房间"),
}


@pytest.mark.parametrize("word", AMID)
def test_a_chinese_word_is_found_in_the_middle_of_a_sentence_and_opened(page: Any, address: str, word: str) -> None:
    path, around = AMID[word]
    found = search(page, address, word)
    assert path in found
    row = page.locator("[data-search-results] li", has=page.locator(f"a[href='{path}']"))
    assert word in row.locator("mark").all_inner_texts()
    row.locator("a").click()
    page.wait_for_url("**" + path)
    assert around in page.locator("main").inner_text()


def test_every_page_that_is_found_says_the_word(page: Any, address: str) -> None:
    """A dictionary would find 房间 where there is only 房 or 间, and miss it where it takes 隔壁房间 for one word."""
    found = search(page, address, "房间")
    assert len(found) > 2
    for path in found:
        page.goto(address + path)
        assert "房间" in page.locator("main").text_content(), path


@pytest.mark.parametrize(
    ("words", "path"), [("mentoring", "/en/services/career-mentoring/"), ("mentored", "/en/services/career-mentoring/")]
)
def test_english_words_are_found_by_their_stems(page: Any, address: str, words: str, path: str) -> None:
    assert path in search(page, address, words, "/en")


def test_a_result_says_what_it_is_and_when_it_was(page: Any, address: str) -> None:
    search(page, address, "示范")
    row = page.locator("[data-search-results] li", has=page.locator("a[href='/news/2026/volunteer-training/']"))
    text = row.inner_text()
    assert "志愿者培训第一课" in text
    assert "新闻" in text
    assert "2026年" in text
    assert "\u200b" not in text
    assert "xq" not in text


def test_several_words_are_all_in_what_is_found(page: Any, address: str) -> None:
    both, first, second = (set(search(page, address, words)) for words in ("房间 演练", "房间", "演练"))
    assert both == first & second
    assert both


@pytest.mark.parametrize(
    ("prefix", "words", "name", "value", "shown"),
    [
        ("", "校友", "kind", "event", "/events/"),
        ("/en", "alumni", "kind", "chapter", "/en/chapters/"),
        ("", "校友", "year", "2025", "/"),
        ("", "校友", "chapter", "chapters/hangzhou-joint", "/"),
        ("", "", "chapter", "chapters/hangzhou-joint", "/"),
        ("/en", "", "year", "2027", "/en/events/"),
    ],
)
def test_a_filter_leaves_what_fits(page: Any, address: str, prefix: str, words: str, name: str, value: str, shown: str) -> None:
    found = search(page, address, words, prefix, **{name: value})
    assert found
    assert all(path.startswith(shown) for path in found)
    for path in found[:5]:
        page.goto(address + path)
        assert page.locator(f"meta[property='search:{name}'][content='{value}']").count() == 1, path


def test_filters_and_words_stand_in_the_address_and_come_back_from_it(page: Any, address: str) -> None:
    found = search(page, address, "校友", kind="event")
    assert "kind=event" in page.url
    page.reload()
    assert results(page) == found
    assert page.locator("[type=search]").input_value() == "校友"
    assert page.locator("select[name=kind]").input_value() == "event"


@pytest.mark.parametrize(("prefix", "words", "said"), [("", "量子泡菜", "没有找到"), ("/en", "xylophonist", "Nothing found")])
def test_what_is_nowhere_is_said_to_be_nowhere(page: Any, address: str, prefix: str, words: str, said: str) -> None:
    assert search(page, address, words, prefix) == []
    assert said in page.locator("[data-search-state]").inner_text()
    assert page.locator("#ways").is_visible()


def test_more_results_follow_and_the_first_of_them_has_the_focus(page: Any, address: str) -> None:
    first = search(page, address, "校友")
    more = page.locator("[data-search-results] button")
    more.focus()
    page.keyboard.press("Enter")
    after = page.locator("[data-search-results] .row__title a")
    after.nth(len(first)).wait_for()
    assert page.evaluate("document.activeElement.getAttribute('href')") == after.nth(len(first)).get_attribute("href")


@pytest.mark.parametrize(("prefix", "said"), [("", "需要启用 JavaScript"), ("/en", "needs JavaScript")])
def test_without_javascript_the_page_says_so_and_leads_on(browser: Any, address: str, prefix: str, said: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{prefix}/search/")
    assert said in page.locator("main").inner_text()
    assert not page.locator("[type=search]").is_visible()
    assert page.locator(f"main a[href='{prefix}/archive/']").first.is_visible()
    context.close()


def test_an_index_that_does_not_load_is_no_dead_end(page: Any, address: str) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    search(page, address, "校友")
    assert "索引没有载入" in page.locator("[data-search-state]").inner_text()


def test_nothing_breaks_the_policy_and_nobody_else_is_asked(page: Any, address: str) -> None:
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    assert search(page, address, "杭州 论坛")
    assert complaints == []
    assert foreign == []
