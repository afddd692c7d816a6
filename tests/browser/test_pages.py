"""Every page type in a real browser: whole, quiet, within its window, by itself on the network, and usable by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from browser.page_types import CASES

pytestmark = pytest.mark.browser

PAGES = pytest.mark.parametrize("path", [path for _, path in CASES], ids=[name for name, _ in CASES])
LISTEN = "document.addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective, event.blockedURI))"


@PAGES
def test_a_page_fits_a_phone_and_asks_nobody_else(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 740})
    page = context.new_page()
    page.add_init_script(LISTEN)
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((address, "data:")) else foreign.append(request.url))
    response = page.goto(address + path, wait_until="load")
    assert response.status == 200
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.mouse.wheel(0, 20000)  # what is drawn only when it is reached asks for its pictures now
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is {wider} px wider than a phone"
    assert page.locator("h1").count() == 1
    broken = page.evaluate(
        "[...document.images].filter(i => i.complete && !i.naturalWidth && i.getBoundingClientRect().width).map(i => i.src)"
    )
    assert not broken
    assert not complaints
    assert not foreign
    context.close()


FAULTS = {
    "an image of others": "document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}))",
    "a style of its own": "document.body.setAttribute('style', 'color: red')",
    "a script in the page": "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
    "an error": "setTimeout(() => { throw new Error('planted') })",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_breaks_the_policy_would_be_heard(browser: Any, address: str, fault: str) -> None:
    page = browser.new_page()
    page.add_init_script(LISTEN)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address + "/about/charter/", wait_until="load")
    assert not complaints
    page.evaluate(FAULTS[fault])
    page.wait_for_timeout(200)
    assert complaints
    page.close()


@PAGES
def test_a_page_reads_without_javascript(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + path)
    assert page.locator("header nav a:visible").count() > 5
    assert page.locator("h1").is_visible()
    assert len(page.locator("main").inner_text()) > 20
    assert not [each for each in page.locator("main :is(input, select, button)").all() if each.is_visible()], (
        "a control that is dead"
    )
    context.close()


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_first_tab_leads_to_the_content(browser: Any, address: str, path: str) -> None:
    page = browser.new_page()
    page.goto(address + path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash") in ("main", "#main")
    page.close()


def test_the_language_switch_leads_to_the_same_page(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/chapters/hangzhou-joint/")
    page.locator("header a[hreflang=en], header a[lang=en]").first.click()
    assert page.url == address + "/en/chapters/hangzhou-joint/"
    page.close()
