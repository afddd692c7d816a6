"""The whole site by keyboard: every control once, in order and seen; the menu, the languages, filters, search and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser import keyboard

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Open]:
    """Opens a path of the site in a page of its own, which stands still."""
    contexts = []

    def opened(path: str, size: str = "desktop") -> Any:
        contexts.append(browser.new_context(viewport=SIZES[size], reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(address + path, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/en/news/", "/events/2026/12/", "/honors/annual-2026/", "/en/chapters/", "/en/search/"])
def test_everything_is_reached_by_tab_once_in_order_and_is_seen_while_it_has_the_focus(opened: Open, path: str, size: str) -> None:
    assert keyboard.walk(opened(path, size)) == []


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_first_tab_leads_to_the_content(opened: Open, path: str) -> None:
    assert keyboard.skip_link(opened(path)) == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_menu_of_a_phone_opens_and_leads_on(opened: Open, prefix: str) -> None:
    assert keyboard.menu(opened(f"{prefix}/", "phone"), f"{prefix}/events/") == []


@pytest.mark.parametrize(("path", "target"), [("/about/", "/en/about/"), ("/en/events/", "/events/")])
def test_the_language_changes(opened: Open, path: str, target: str) -> None:
    assert keyboard.language(opened(path), target) == []


@pytest.mark.parametrize(("path", "words"), [("/en/chapters/", "singapore"), ("/en/events/", "london")])
def test_lists_are_filtered(opened: Open, path: str, words: str) -> None:
    assert keyboard.filtering(opened(path), words) == []


def test_one_searches_and_opens_what_is_found(opened: Open) -> None:
    assert keyboard.searching(opened("/en/search/"), "alumni") == []


def test_one_goes_from_month_to_month(opened: Open) -> None:
    page = opened("/events/2026/12/")
    following = page.locator("main a[rel=next]").first
    following.focus()
    assert keyboard.follow(page, following.get_attribute("href")) == []


_LINK = "document.querySelectorAll('main a')[3]"
_HOLD = "event => { if (event.key === 'Tab') event.preventDefault(); }"
ON_THE_WAY = {
    "no outline": (f"{_LINK}.style.outline = 'none'", "unmarked: <a"),
    "a faint outline": (f"{_LINK}.style.outline = '1px dotted'", "unmarked: <a"),
    "out of the walk": (f"{_LINK}.tabIndex = -1", "not reached: <a"),
    "a turn of its own": (f"{_LINK}.tabIndex = 5", "out of turn: <a"),
    "shown elsewhere": (
        "document.querySelector('main').before(document.querySelector('footer')); document.querySelector('footer a').tabIndex = 2",
        "out of turn: <a",
    ),
    "off the page": (f"{_LINK}.style.cssText = 'position: fixed; left: -999px'", "unseen: <a"),
    "of no size": (
        f"{_LINK}.style.cssText = 'position: fixed; min-height: 0; width: 0; height: 0; padding: 0; border: 0; overflow: hidden'",
        "unseen: <a",
    ),
    "behind a cover": (
        "document.body.append(Object.assign(document.createElement('div'), { id: 'cover' }));"
        " document.querySelector('#cover').style.cssText = 'position: fixed; inset: 0; z-index: 99'",
        "covered: <a",
    ),
    "a trap": (f"{_LINK}.addEventListener('keydown', {_HOLD})", "trap: <a"),
}


@pytest.mark.parametrize("fault", ON_THE_WAY)
def test_a_fault_on_the_way_of_tab_is_named(opened: Open, fault: str) -> None:
    plant, named = ON_THE_WAY[fault]
    page = opened("/en/news/")
    page.evaluate(f"() => {{ {plant} }}")
    assert [each for each in keyboard.walk(page) if each.startswith(named)]


_MENU = (keyboard.menu, "/en/", "phone", "/en/events/")
_FILTER = (keyboard.filtering, "/en/chapters/", "desktop", "singapore")
_SEARCH = (keyboard.searching, "/en/search/", "desktop", "alumni")
_LANGUAGE = (keyboard.language, "/en/about/", "desktop", "/about/")
_DEAF = "for (const each of document.querySelectorAll('{}')) each.replaceWith(each.cloneNode(true))"
# What is judged, on which page and with what; what is broken on it; and what the judge says.
IN_USE: dict[str, tuple[tuple[Callable[..., list[str]], str, str, str], str, str]] = {
    "a menu whose button does nothing": (
        _MENU,
        "document.querySelector('.menu-button').removeAttribute('popovertarget')",
        "does not open",
    ),
    "a menu that is always open": (_MENU, "document.querySelector('#menu').removeAttribute('popover')", "open at first"),
    "a menu that stays": (_MENU, "document.querySelector('#menu').popover = 'manual'", "does not close"),
    "a menu that leads elsewhere": (
        _MENU,
        "document.querySelector('#menu a[href=\"/en/events/\"]').onclick = () => { location = '/en/news/'; return false; }",
        "leads to /en/news/",
    ),
    "no language to choose": (_LANGUAGE, "document.querySelector('header a[hreflang]').remove()", "no switch"),
    "a language that begins anew": (_LANGUAGE, "document.querySelector('header a[hreflang]').href = '/'", "leads to /"),
    "a filter that does nothing": (_FILTER, _DEAF.format("[data-filter-input]"), "does not filter"),
    "a filter that keeps silent": (
        _FILTER,
        "document.querySelector('[data-filter-none]').style.display = 'none'",
        "does not say that nothing is left",
    ),
    "a search that does nothing": (
        _SEARCH,
        "addEventListener('submit', event => { event.preventDefault(); event.stopImmediatePropagation(); }, true)",
        "finds nothing",
    ),
    "results that cannot be reached": (
        _SEARCH,
        "document.querySelector('[data-search-results]').setAttribute('inert', '')",
        "results are not reached",
    ),
    "no way past the menu": (
        (lambda page, _: keyboard.skip_link(page), "/en/", "desktop", ""),
        "document.querySelector('.skip').remove()",
        "the content is not reached",
    ),
}


@pytest.mark.parametrize("fault", IN_USE)
def test_what_does_not_work_by_keyboard_is_named(opened: Open, fault: str) -> None:
    (judge, path, size, argument), plant, said = IN_USE[fault]
    page = opened(path, size)
    page.evaluate(f"() => {{ {plant} }}")
    assert judge(page, argument) == [said]
