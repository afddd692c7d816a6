"""Faults planted in pages of the reference site: what judges all pages must find each of them, and name it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browser.listening import listen
from browser.reading import fixed_text, lacking, unsound, wider
from browser.test_pages import NARROW, WIDE

pytestmark = pytest.mark.browser

PATH = "/en/about/charter/"
ADD = "document.querySelector('main .prose').insertAdjacentHTML('beforeend', `{}`)"
STYLE = "document.querySelector('main .prose > :last-child').style.cssText = '{}'"

AGAINST_THE_POLICY = {
    "an image of others": "document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}))",
    "a style of its own": "document.body.setAttribute('style', 'color: red')",
    "a script in the page": "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
    "an error": "setTimeout(() => { throw new Error('planted') })",
    "a warning": "console.warn('planted')",
}


@pytest.mark.parametrize("fault", AGAINST_THE_POLICY)
def test_what_breaks_the_policy_is_heard(browser: Any, address: str, fault: str) -> None:
    page = browser.new_page()
    heard = listen(page, address)
    page.goto(address + PATH, wait_until="load")
    assert heard.complaints == []
    page.evaluate(AGAINST_THE_POLICY[fault])
    page.wait_for_timeout(200)
    assert heard.complaints
    page.close()


# Where a policy does not stop them, such as that of a host that knows nothing of _headers.
ASKING_OTHERS = {
    "a picture": '<img src="https://example.org/planted" alt="">',
    "a style sheet": '<link rel="stylesheet" href="https://example.org/planted">',
    "a font": "<style>@font-face {{ font-family: a; src: url(https://example.org/planted) }} body {{ font-family: a }}</style>",
    "a picture of a style": "<style>body {{ background: url(https://example.org/planted) }}</style>",
    "a script": '<script src="https://example.org/planted"></script>',
    "a script that asks": "<script>fetch('https://example.org/planted')</script>",
    "a script that counts readers": "<script>navigator.sendBeacon('https://example.org/planted')</script>",
    "a page in the page": '<iframe src="https://example.org/planted" title="a"></iframe>',
    "a film": '<video src="https://example.org/planted" preload="auto"></video>',
}


@pytest.mark.parametrize("fault", ASKING_OTHERS)
def test_a_request_to_others_is_named(browser: Any, address: str, fault: str) -> None:
    context = browser.new_context(bypass_csp=True)
    context.route("https://example.org/**", lambda route: route.abort())
    page = context.new_page()
    heard = listen(page, address)
    _plant(page, address + PATH, "</main>", ASKING_OTHERS[fault].replace("{{", "{").replace("}}", "}") + "</main>")
    page.wait_for_timeout(200)
    assert set(heard.foreign) == {"https://example.org/planted"}
    context.close()


TOO_WIDE = {
    "a table": (ADD.format("<table><tr>" + "<td>wwwwwwwwww</td>" * 9 + "</tr></table>"), "<td>"),
    "code": (f"{ADD.format('<pre>' + 'w' * 90 + '</pre>')}; {STYLE.format('overflow: visible')}", "<pre"),
    "a column of fixed width": (STYLE.format("width: 400px"), "<p"),
    "words that do not break": (STYLE.format("overflow-wrap: normal; white-space: nowrap"), "<p"),
    "a picture of its own width": (f"{ADD.format('<img alt=A>')}; {STYLE.format('width: 500px; max-width: none')}", "<img"),
    "a button beside the page": (
        f"{ADD.format('<button>A</button>')}; {STYLE.format('position: relative; left: 300px')}",
        "<button",
    ),
}


@pytest.mark.parametrize("fault", TOO_WIDE)
def test_what_is_wider_than_a_phone_is_named(browser: Any, address: str, fault: str) -> None:
    plant, named = TOO_WIDE[fault]
    page = browser.new_page(viewport=NARROW)
    page.goto(address + PATH)
    assert wider(page) == []
    page.evaluate(plant)
    assert [each for each in wider(page) if each.startswith(named)]
    page.close()


UNSOUND = {
    "a picture that is not there": (ADD.format("<img src=/assets/gone.png width=9 height=9 alt=''>"), "gone.png"),
    "a second main heading": (ADD.format("<h1>A</h1>"), "2 main headings"),
    "no main heading": ("document.querySelector('h1').remove()", "0 main headings"),
}


@pytest.mark.parametrize("fault", UNSOUND)
def test_what_is_not_whole_is_named(browser: Any, address: str, fault: str) -> None:
    plant, named = UNSOUND[fault]
    page = browser.new_page()
    page.goto(address + PATH)
    assert unsound(page) == []
    page.evaluate(plant)
    page.wait_for_timeout(200)
    assert named in unsound(page)[0]
    page.close()


SMALL = {
    "text in pixels": (STYLE.format("font-size: 16px"), "<p"),
    "text as wide as the window": ("document.querySelector('h1').style.fontSize = '3vw'", "<h1"),
    "a part that shrinks": (STYLE.format("zoom: 1; font-size: calc(12px + .3rem)"), "<p"),
    "a button that does nothing": (
        "document.querySelectorAll('[data-toggle=text]').forEach(each => each.replaceWith(each.cloneNode(true)))",
        "the button does not say",
    ),
}


@pytest.mark.parametrize("fault", SMALL)
def test_text_that_does_not_grow_is_named(browser: Any, address: str, fault: str) -> None:
    plant, named = SMALL[fault]
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(address + PATH)
    page.evaluate(plant)
    assert fixed_text(page)[0].startswith(named)
    context.close()


# By what a page of the site is changed on its way to the browser, and what is said of it.
WITHOUT_SCRIPT = {
    "a menu that a script opens": (r'(<nav class="nav")', r"\1 hidden", "no menu"),
    "a heading that a script writes": (r"<h1>.*?</h1>", "<h1></h1>", "no heading"),
    "a heading that a script shows": (r"<h1>", '<h1 class="js-only">', "no heading"),
    "words that a script writes": (r"(?s)<main.*</main>", "<main><h1>Charter</h1></main>", "no text"),
    "a button for a script": ("</main>", '<button type="button">A</button></main>', "dead: <button"),
    "a filter that nobody hears": ("</main>", '<input type="search" aria-label="A"></main>', "dead: <input"),
    "a choice that nobody hears": ("</main>", '<select aria-label="A"><option>A</select></main>', "dead: <select"),
    "a tool for scripts among the links": ("</header>", '<button type="button">A</button></header>', "dead: <button"),
}


@pytest.mark.parametrize("fault", WITHOUT_SCRIPT)
def test_what_a_page_lacks_without_javascript_is_named(browser: Any, address: str, fault: str) -> None:
    pattern, by, named = WITHOUT_SCRIPT[fault]
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    _plant(page, address + PATH, pattern, by)
    assert [each for each in lacking(page) if each.startswith(named)]
    context.close()


def _plant(page: Any, url: str, pattern: str, by: str) -> None:
    """Opens a page of the site with a part of it replaced on the way."""

    def answer(route: Any) -> None:
        response = route.fetch()
        text, count = re.subn(pattern, by, response.text(), count=1)
        assert count == 1
        route.fulfill(response=response, body=text)

    page.route(url, answer)
    page.goto(url, wait_until="load")
