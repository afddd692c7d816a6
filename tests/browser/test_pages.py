"""Every page type in a real browser: whole, quiet, within its window, by itself on the network, and readable without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from browser.listening import listen
from browser.page_types import CASES
from browser.reading import fixed_text, lacking, unsound, wider

pytestmark = pytest.mark.browser

PAGES = pytest.mark.parametrize("path", [path for _, path in CASES], ids=[name for name, _ in CASES])
NARROW = {"width": 320, "height": 740}
WIDE = {"width": 1280, "height": 900}


@PAGES
def test_a_page_fits_a_phone_and_asks_nobody_else(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    heard = listen(page, address)
    response = page.goto(address + path, wait_until="load")
    assert response.status == 200
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.mouse.wheel(0, 20000)  # what is drawn only when it is reached asks for its pictures now
        assert wider(page) == []
    assert unsound(page) == []
    assert heard.complaints == []
    assert heard.foreign == []
    context.close()


@PAGES
def test_a_page_reads_without_javascript(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(address + path)
    assert lacking(page) == []
    context.close()


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/news/2026/hangzhou-forum/", "/en/events/", "/en/honors/annual-2026/", "/chapters/"]
)
def test_all_text_grows_for_those_who_ask_for_it(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(address + path)
    assert fixed_text(page) == []
    context.close()


def test_the_language_switch_leads_to_the_same_page(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/chapters/hangzhou-joint/")
    page.locator("header a[hreflang=en], header a[lang=en]").first.click()
    assert page.url == address + "/en/chapters/hangzhou-joint/"
    page.close()
