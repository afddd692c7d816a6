"""What the script of the theme adds to events: the reader's own time, and an address to copy."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("zone", "path", "shown"),
    [
        ("America/New_York", "/en/events/homecoming-2027/", ["Apr 7, 2027", "9:00", "Apr 8, 2027", "5:00"]),
        ("Europe/London", "/en/events/homecoming-2027/", ["Apr 8, 2027", "2:00", "10:00"]),
        ("Asia/Shanghai", "/events/sydney-picnic-2027/", ["2027/2/13", "08:00", "12:00"]),
        ("Asia/Singapore", "/events/homecoming-2027/", []),  # the same clock: nothing to add
        ("Asia/Tokyo", "/en/events/giving-day-2027/", []),  # whole days have no hours
    ],
)
def test_a_reader_elsewhere_sees_the_time_of_his_own_clock(
    browser: Any, address: str, zone: str, path: str, shown: list[str]
) -> None:
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(address + path)
    places = page.locator(".local-time:visible")
    assert places.count() == (1 if shown else 0)
    text = places.inner_text() if shown else ""
    assert [part for part in shown if part not in text] == []
    context.close()


def test_the_address_of_a_calendar_can_be_copied(browser: Any, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "/events/homecoming-2027/")
    page.locator("[data-copy$='event.ics']").click()
    page.locator("[data-copy$='event.ics'] [role=status]").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://alumni.example.edu.cn/events/homecoming-2027/event.ics"
    context.close()


def test_the_code_of_a_calendar_opens_and_the_other_dates_of_a_series_too(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/events/")
    assert not page.locator(".scan-more svg.qr").is_visible()
    page.locator(".scan-more summary").click()
    assert page.locator(".scan-more svg.qr").is_visible()
    page.goto(address + "/events/running-weekly/")
    page.locator(".more-dates summary").press("Enter")
    assert page.locator(".more-dates li").first.is_visible()
    page.close()
