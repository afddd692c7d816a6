"""A feed that somebody has clicked on, in a real browser: readable, and it says how to subscribe."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

FEEDS = {
    "/feed.xml": ("西安交通大学校友会", "如何订阅"),
    "/en/feed.xml": ("XJTU Alumni Association", "How to subscribe"),
    "/atom.xml": ("西安交通大学校友会", "如何订阅"),
    "/en/atom.xml": ("XJTU Alumni Association", "How to subscribe"),
    "/news/media/feed.xml": ("媒体 · 西安交通大学校友会", "如何订阅"),
    "/en/tags/anniversary/atom.xml": ("Tag: Anniversary · XJTU Alumni Association", "How to subscribe"),
    "/index.xml": ("西安交通大学校友会", "如何订阅"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_a_page_that_people_can_read(browser: Any, address: str, path: str, scheme: str) -> None:
    title, how = FEEDS[path]
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    # XML cannot name an icon, so a browser asks for the usual one.
    page.on("console", lambda said: None if "favicon.ico" in said.location["url"] else complaints.append(said.text))
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    page.goto(address + path, wait_until="load")
    assert page.evaluate("document.contentType") == "application/xml"
    shown = page.evaluate(_SHOWN)
    assert title in shown
    assert how in shown
    assert not [text for text in ("<p>", "urn:uuid", "sitegen", "image/") if text in shown]
    first, note, story = (page.evaluate(_BOX, selector) for selector in ("title", "div", "item > title, entry > title"))
    assert first["top"] < note["top"] < story["top"]
    assert first["height"] > 20
    assert story["height"] > 20
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 22, 26)"}[scheme]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{path} is {wider} px wider than a phone"
    assert complaints == []
    assert foreign == []
    context.close()


_SHOWN = "() => { getSelection().selectAllChildren(document.documentElement); return getSelection().toString() }"
_BOX = "selector => document.querySelector(selector).getBoundingClientRect().toJSON()"


@pytest.mark.parametrize("path", ["/feed.xml", "/en/atom.xml"])
def test_a_feed_leads_to_how_to_subscribe(browser: Any, address: str, path: str) -> None:
    page = browser.new_page()
    page.goto(address + path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/subscribe/#how")
    prefix = "/en" if path.startswith("/en/") else ""
    assert page.url == f"{address}{prefix}/subscribe/#how"
    assert page.locator("#how").is_visible()
    page.close()


@pytest.mark.parametrize("path", ["/news/", "/tags/anniversary/", "/chapters/hangzhou-joint/", "/en/news/media/"])
def test_how_to_subscribe_stands_beside_every_button_for_a_feed(browser: Any, address: str, path: str) -> None:
    page = browser.new_page()
    page.goto(address + path)
    beside = page.locator("main a.button[href$='feed.xml'] ~ a.button[href$='/subscribe/#how']")
    assert beside.count() == 1
    assert beside.is_visible()
    page.close()


def test_the_json_of_a_feed_is_shown_and_not_saved(browser: Any, address: str) -> None:
    page = browser.new_page()
    response = page.goto(address + "/feed.json")
    assert response.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert "https://jsonfeed.org/version/1.1" in page.locator("body").inner_text()
    page.close()
