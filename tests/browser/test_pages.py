"""Every page type in a real browser: whole, quiet, within its window, by itself on the network, and usable by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "news": "/news/",
    "section": "/news/media/",
    "year": "/news/2026/",
    "story": "/news/2026/hangzhou-forum/",
    "feature": "/features/lin-shili-turbine/",
    "photo essay": "/features/plane-trees-photo-essay/",
    "people": "/people/",
    "person": "/people/lin-shili/",
    "events": "/events/",
    "month": "/events/2026/11/",
    "event": "/events/homecoming-2027/",
    "recurring event": "/events/running-weekly/",
    "cancelled event": "/events/shenzhen-career-day-2026/",
    "chapters": "/chapters/",
    "chapter": "/chapters/hangzhou-joint/",
    "giving": "/honors/",
    "donors": "/honors/annual-2026/",
    "distinguished": "/honors/distinguished-2026/",
    "volunteers": "/honors/volunteers-2026/",
    "naming": "/honors/naming/",
    "awards": "/honors/institution-honours/",
    "project": "/projects/dawn-scholarship/",
    "projects": "/projects/",
    "services": "/services/",
    "service": "/services/transcript/",
    "about": "/about/",
    "charter": "/about/charter/",
    "history": "/about/history/",
    "statistics": "/about/statistics/",
    "archive": "/archive/",
    "subscribe": "/subscribe/",
    "search": "/search/",
    "tags": "/tags/",
    "tag": "/tags/anniversary/",
    "tombstone": "/news/2026/withdrawn-notice/",
    "404": "/404.html",
}
CASES = [
    pytest.param(prefix + path, id=f"{language}-{name}")
    for prefix, language in (("", "zh"), ("/en", "en"))
    for name, path in PAGES.items()
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", CASES)
def test_a_page_fits_a_phone_and_asks_nobody_else(browser: Any, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((address, "data:")) else foreign.append(request.url))
    response = page.goto(address + path, wait_until="load")
    assert response.status == 200
    assert not complaints
    assert not foreign
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{path} is {wider} px wider than a phone"
    assert page.locator("h1").count() == 1
    broken = page.evaluate(
        "[...document.images].filter(i => i.complete && !i.naturalWidth && i.getBoundingClientRect().width).map(i => i.src)"
    )
    assert not broken
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


@pytest.mark.parametrize("path", ["/", "/events/homecoming-2027/", "/honors/annual-2026/", "/chapters/"])
def test_pages_read_without_javascript(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + path)
    assert page.locator("nav a").count() > 5
    assert len(page.locator("main").inner_text()) > 200
    context.close()
