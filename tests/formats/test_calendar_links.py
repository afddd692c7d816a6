"""Links that put an event into a reader's own calendar, and the ways into calendars that pages offer."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Workshop
from samples import entry

WEEKLY = (
    "title: Walk\nsummary: Two miles\nstart: 2026-11-01 09:00\nend: 2026-11-01 10:00\ntimezone: Europe/London\n"
    "venue: {name: Park}\nrrule: FREQ=WEEKLY;COUNT=6\n"
    "overrides: [{occurrence: 2026-11-22 09:00, start: 2026-11-22 11:00, venue: {name: Lake}, note: Later}]"
)
FILES = (
    entry("events/weekly", WEEKLY)
    + entry("events/camp", "title: Camp\nstart: 2026-12-30\nend: 2027-01-02\nall_day: true")
    + entry("events/online", "title: A&B\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nonline_url: https://live.example.edu/?a=1&b=2")
    + entry("events/over", "title: Over\nstart: 2026-10-01 09:00\nend: 2026-10-01 10:00")
    + entry("events/off", "title: Off\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nevent_status: cancelled")
    + entry("events/talk", "title: Talk\nstart: 2026-12-02\nall_day: true\ntype: lecture\n"
            "audience: {groups: [students], cohorts: {basis: entry, years: [1998]}}")
    + entry("chapters/lake", "title: Lakeside\ntype: regional\nstatus: active")
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("links")).write(FILES)
    workshop.build(base_url="https://www.example.edu/alumni/")
    return workshop


def hrefs(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', html)]


def query(site: Workshop, name: str, host: str) -> dict[str, str]:
    """The parameters of the link from an event's page to a host."""
    (link,) = (each for each in hrefs(site.read(f"events/{name}/index.html")) if urlsplit(each).hostname == host)
    return {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}


@pytest.mark.parametrize(
    ("name", "dates", "location", "details"),
    [
        # of a series the next date, as it is: moved, and elsewhere
        ("weekly", "20261122T110000Z/20261122T120000Z", "Lake", "Later\n\nTwo miles\n\n"),
        ("camp", "20261230/20270103", None, ""),
        ("online", "20261201T010000Z/20261201T020000Z", "https://live.example.edu/?a=1&b=2", ""),
    ],
)
def test_google_is_told_the_next_date_whole(site: Workshop, name: str, dates: str, location: str | None, details: str) -> None:
    told = query(site, name, "calendar.google.com")
    assert (told["dates"], told.get("location")) == (dates, location)
    assert told["details"] == f"{details}https://www.example.edu/alumni/events/{name}/"


@pytest.mark.parametrize("host", ["outlook.live.com", "outlook.office.com"])
@pytest.mark.parametrize(
    ("name", "start", "end", "allday"),
    [
        ("weekly", "2026-11-22T11:00:00+00:00", "2026-11-22T12:00:00+00:00", "false"),
        ("camp", "2026-12-30", "2027-01-03", "true"),
        ("online", "2026-12-01T09:00:00+08:00", "2026-12-01T10:00:00+08:00", "false"),
    ],
)
def test_outlook_is_told_the_same(site: Workshop, host: str, name: str, start: str, end: str, allday: str) -> None:
    told = query(site, name, host)
    assert (told["startdt"], told["enddt"], told["allday"]) == (start, end, allday)


def test_an_event_to_come_offers_every_way_into_a_calendar(site: Workshop) -> None:
    page = site.read("events/weekly/index.html")
    links = hrefs(page)
    assert "webcal://www.example.edu/alumni/events/weekly/event.ics" in links
    assert "/alumni/events/weekly/event.ics" in links
    assert 'data-copy="https://www.example.edu/alumni/events/weekly/event.ics"' in page
    assert '<svg class="qr"' in page


@pytest.mark.parametrize("name", ["over", "off"])
def test_what_is_over_or_off_is_not_offered(site: Workshop, name: str) -> None:
    assert not [link for link in hrefs(site.read(f"events/{name}/index.html")) if "event.ics" in link or "google" in link]


@pytest.mark.parametrize(("page", "calendar"), [("events", "calendar.ics"), ("chapters/lake", "chapters/lake/calendar.ics")])
def test_a_calendar_can_be_subscribed_to_downloaded_copied_and_scanned(site: Workshop, page: str, calendar: str) -> None:
    html = site.read(f"{page}/index.html")
    assert f"webcal://www.example.edu/alumni/{calendar}" in hrefs(html)
    assert re.search(rf'<a [^>]*href="/alumni/{calendar}" download>', html)
    assert f'data-copy="https://www.example.edu/alumni/{calendar}"' in html
    assert '<details class="scan-more' in html


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_page_of_subscriptions_lists_every_calendar_but_those_of_events(reference_site: Path, prefix: str) -> None:
    html = (reference_site / prefix / "subscribe/index.html").read_text(encoding="utf-8")
    root = reference_site / prefix
    calendars = {path.relative_to(reference_site).as_posix() for path in root.rglob("calendar.ics")}
    if not prefix:
        calendars = {path for path in calendars if not path.startswith("en/")}
    assert len(calendars) > 40
    for scheme in ("webcal://alumni.example.edu.cn/", "/"):
        assert {link.removeprefix(scheme) for link in hrefs(html) if link.startswith(scheme) and link.endswith(".ics")} >= calendars


def test_calendars_of_parts_are_named_in_the_language_of_the_page(site: Workshop) -> None:
    html = site.read("subscribe/index.html")
    rows = re.findall(r'<th scope="row">([^<]+)</th>', html)
    assert [row for row in rows if row in ("讲座", "在校生", "1998级")] == ["讲座", "在校生", "1998级"]


def test_a_page_names_the_zone_of_its_times_in_words(site: Workshop) -> None:
    assert "格林尼治标准时间 (UTC+00:00)" in site.read("events/weekly/index.html")
    assert "中国标准时间 (UTC+08:00)" in site.read("events/online/index.html")


def test_a_month_tells_what_is_off(site: Workshop) -> None:
    cells = re.findall(r'<a class="month__event[^>]*>.*?</a>', site.read("events/2026/12/index.html"))
    (off,) = (cell for cell in cells if ">Off " in cell or "Off<" in cell or " Off" in cell)
    assert "month__event--off" in off
    assert "已取消" in off


def test_a_month_lists_an_event_of_several_days_once(site: Workshop) -> None:
    rows = re.findall(r'<p class="row__title"><a href="[^"]+">([^<]+)</a>', site.read("events/2026/12/index.html"))
    assert rows.count("Camp") == 1
