"""Calendars, read back with icalendar: identity, times, rules, and lines that every client can read."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFIG, Workshop
from icalendar import Calendar
from samples import entry, plain

HOUR = "start: 2026-12-01 09:00\nend: 2026-12-01 10:00"
FILES = (
    entry("chapters/hangzhou", "title: 杭州\ntype: regional\nstatus: active")
    + entry("events/plain.zh", f"title: 论坛\ndate: 2026-10-01\nsummary: 摘要\nchapters: [hangzhou]\n{HOUR}")
    + entry("events/plain.en", "title: Forum\nsummary: In short")
    + entry("events/edited", f"title: Edited\ndate: 2026-10-01\nupdated: 2026-11-05 10:00\nsequence: 3\n{HOUR}")
    + entry("events/revised", f"title: Revised\ndate: 2026-10-01\nupdated: 2026-11-05 10:00\n{HOUR}")
    + entry("events/undated", f"title: Undated\n{HOUR}\ntimezone: America/New_York")
    + entry("events/camp", "title: Camp\nstart: 2026-12-30\nend: 2027-01-02\nall_day: true\nevent_status: postponed")
    + entry("events/day", "title: Day\nstart: 2026-12-30\nall_day: true\nevent_status: cancelled")
    + entry("events/online", f'title: Online\nmode: online\nonline_url: "https://live.example.edu/?a=1&b=2"\n{HOUR}\ntags: [music]')
    + entry(
        "events/weekly",
        "title: Weekly\nstart: 2026-03-01 09:00\nend: 2026-03-01 10:30\ntimezone: Europe/London\n"
        "rrule: FREQ=WEEKLY;UNTIL=20260412\nexdates: [2026-03-22 09:00]\nvenue: {name: Usual room}\n"
        "overrides:\n- {occurrence: 2026-04-05 09:00, start: 2026-04-05 14:00, note: Moved, venue: {name: Other, address: room}}\n"
        "- {occurrence: 2026-04-12 09:00, event_status: cancelled}",
    )
    + entry(
        "events/days",
        "title: Days\nstart: 2026-03-01\nall_day: true\nrrule: FREQ=WEEKLY;UNTIL=20260412T235959\nexdates: [2026-03-08]",
    )
)
PLACE = 'venue: {name: "湖, 畔; 茶室", address: "A\\\\B\\nsecond line", geo: [30.27, 120.16]}'


def components(workshop: Workshop, path: str = "calendar.ics") -> list[Any]:
    """The events of a calendar of the output."""
    return list(Calendar.from_ical((workshop.root / "public" / path).read_bytes()).walk("VEVENT"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = plain(Workshop(tmp_path_factory.mktemp("ics"))).write(FILES)
    workshop.build()
    return workshop


@pytest.fixture(scope="module")
def events(site: Workshop) -> dict[str, list[Any]]:
    """The components of each event by its title."""
    found: dict[str, list[Any]] = {}
    for component in components(site):
        found.setdefault(str(component["summary"]), []).append(component)
    return found


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("calendar.ics", 11),
        ("en/calendar.ics", 1),
        ("chapters/hangzhou/calendar.ics", 1),
        ("events/plain/event.ics", 1),
        ("events/weekly/event.ics", 3),
        ("en/events/plain/event.ics", 1),
    ],
)
def test_the_site_each_chapter_and_each_event_has_a_calendar(site: Workshop, path: str, count: int) -> None:
    assert len(components(site, path)) == count
    calendar = Calendar.from_ical(site.read(path))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")


def test_every_calendar_of_the_reference_site_reads_back(reference_site: Path) -> None:
    paths = sorted(reference_site.rglob("*.ics"))
    assert len(paths) > 60
    for path in paths:
        content = path.read_bytes()
        calendar = Calendar.from_ical(content)
        assert calendar.errors == []
        assert all(event.errors == [] for event in calendar.walk("VEVENT"))
        zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
        used = {moment.params["tzid"] for event in calendar.walk("VEVENT") for moment in moments(event) if "tzid" in moment.params}
        assert used == zones, path
        check_lines(content)


def test_no_time_floats(reference_site: Path) -> None:
    """A time without a zone would be another instant for every reader."""
    times = [
        line
        for path in sorted(reference_site.rglob("*.ics"))
        for part in path.read_text(encoding="utf-8").split("BEGIN:VEVENT")[1:]
        for line in part.splitlines()
        if line.startswith(("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "DTSTAMP", "LAST-MODIFIED"))
    ]
    assert len(times) > 1_000
    assert [line for line in times if not re.search(r";TZID=|;VALUE=DATE:\d{8}\Z|:\d{8}T\d{6}Z\Z", line)] == []


def test_a_calendar_is_the_same_after_a_round_trip(reference_site: Path) -> None:
    content = (reference_site / "calendar.ics").read_bytes()
    calendar = Calendar.from_ical(content)
    again = Calendar.from_ical(calendar.to_ical())
    assert again == calendar
    assert again.to_ical() == calendar.to_ical()


def moments(event: Any) -> list[Any]:
    """The properties of an event that may carry a TZID."""
    return [event[name] for name in ("dtstart", "dtend", "recurrence-id", "exdate") if name in event]


def check_lines(content: bytes) -> None:
    """RFC 5545, 3.1: CRLF, at most 75 octets, no control characters, no character torn apart."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(octet >= 0x20 and octet != 0x7F for line in lines for octet in line)
    for line in lines:
        line.decode("utf-8")


def test_an_event_is_told_whole(events: dict[str, list[Any]]) -> None:
    (event,) = events["论坛"]
    assert event["uid"] == "events/plain@alumni.example.edu"
    assert event["url"] == "https://alumni.example.edu/events/plain/"
    assert event["description"] == "摘要\n\nhttps://alumni.example.edu/events/plain/"
    assert (event["dtstart"].dt.isoformat(), event["dtend"].dt.isoformat()) == (
        "2026-12-01T09:00:00+08:00",
        "2026-12-01T10:00:00+08:00",
    )
    assert event["dtstart"].params["tzid"] == "Asia/Shanghai"
    assert event["status"] == "CONFIRMED"


def test_a_translation_is_the_same_event_in_other_words(site: Workshop) -> None:
    (event,) = components(site, "en/calendar.ics")
    assert (event["uid"], event["summary"]) == ("events/plain@alumni.example.edu", "Forum")


@pytest.mark.parametrize(
    ("title", "stamp", "sequence"),
    [
        ("论坛", "2026-09-30T16:00:00+00:00", 0),
        ("Edited", "2026-11-05T02:00:00+00:00", 3),
        ("Undated", "1970-01-01T00:00:00+00:00", 0),
        ("Revised", "2026-11-05T02:00:00+00:00", 14119320),
    ],
)
def test_the_stamp_comes_from_the_content(events: dict[str, list[Any]], title: str, stamp: str, sequence: int) -> None:
    (event,) = events[title]
    assert (event["dtstamp"].dt.isoformat(), event["last-modified"].dt.isoformat()) == (stamp, stamp)
    assert event["sequence"] == sequence


def test_whole_days_end_the_day_after_and_do_not_block_the_calendar(events: dict[str, list[Any]]) -> None:
    (camp,), (day,) = events["Camp"], events["Day"]
    assert (camp["dtstart"].dt, camp["dtend"].dt) == (date(2026, 12, 30), date(2027, 1, 3))
    assert (day["dtstart"].dt, day["dtend"].dt) == (date(2026, 12, 30), date(2026, 12, 31))
    assert camp["transp"] == "TRANSPARENT"


def test_the_state_of_an_event_is_told(events: dict[str, list[Any]]) -> None:
    assert [events[title][0]["status"] for title in ("Camp", "Day", "论坛")] == ["TENTATIVE", "CANCELLED", "CONFIRMED"]


def test_an_online_event_is_where_its_link_leads(events: dict[str, list[Any]]) -> None:
    (event,) = events["Online"]
    assert event["location"] == "https://live.example.edu/?a=1&b=2"
    assert [str(each) for each in event["categories"].cats] == ["music"]


def test_a_rule_carries_its_exceptions_and_changes(events: dict[str, list[Any]]) -> None:
    weekly, moved, cancelled = events["Weekly"]
    # The last day counts whole, in the zone of the event: summer time has begun by then.
    assert weekly["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20260412T225959Z"
    assert [each.dt.isoformat() for each in weekly["exdate"].dts] == ["2026-03-22T09:00:00+00:00"]
    assert {event["uid"] for event in events["Weekly"]} == {"events/weekly@alumni.example.edu"}
    assert moved["recurrence-id"].dt.isoformat() == "2026-04-05T09:00:00+01:00"
    assert moved["recurrence-id"].params["tzid"] == "Europe/London"
    assert (moved["dtstart"].dt.isoformat(), moved["dtend"].dt.isoformat()) == (
        "2026-04-05T14:00:00+01:00",
        "2026-04-05T15:30:00+01:00",
    )
    assert (moved["status"], moved["location"]) == ("CONFIRMED", "Other\nroom")
    assert moved["description"].startswith("Moved")
    assert (cancelled["status"], cancelled["location"]) == ("CANCELLED", "Usual room")
    assert "rrule" not in moved


def test_the_rule_of_whole_days_ends_with_a_day(events: dict[str, list[Any]]) -> None:
    (days,) = events["Days"]
    assert days["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20260412"
    assert [each.dt for each in days["exdate"].dts] == [date(2026, 3, 8)]


def test_every_event_has_an_identity_of_its_own(events: dict[str, list[Any]]) -> None:
    uids = [component["uid"] for each in events.values() for component in each if "recurrence-id" not in component]
    assert len(set(uids)) == len(uids) == 9


def test_ids_that_look_alike_are_not_one_event(workshop: Workshop) -> None:
    plain(workshop).write(
        entry("events/2027/forum", f"title: A\nslug: a\n{HOUR}") + entry("events/2027-forum", f"title: B\n{HOUR}")
    ).build()
    assert len({event["uid"] for event in components(workshop)}) == 2


@pytest.mark.parametrize("change", ["title: Another", "slug: other", "start: 2026-12-02 09:00\nend: 2026-12-02 10:00"])
def test_an_event_keeps_its_uid_whatever_is_edited(workshop: Workshop, change: str) -> None:
    fields = f"title: Forum\n{HOUR}".split("\n")
    keys = {line.partition(":")[0] for line in change.split("\n")}
    changed = "\n".join([line for line in fields if line.partition(":")[0] not in keys] + [change])
    plain(workshop).write(entry("events/forum", changed)).build()
    assert [event["uid"] for event in components(workshop)] == ["events/forum@alumni.example.edu"]


LONG = "很长的标题" * 40 + "🎓" * 30


def test_long_and_odd_texts_come_back_as_written(workshop: Workshop) -> None:
    title = f'{LONG}, a; b\\c "d" <e> & BEGIN:VEVENT'
    fields = f"title: '{title}'\nsummary: \"one\\ntwo\\rthree\\r\\nfour\"\n{HOUR}\n{PLACE}"
    plain(workshop).write(entry("events/odd", fields)).build()
    content = (workshop.root / "public/calendar.ics").read_bytes()
    check_lines(content)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["summary"] == title
    assert event["location"] == "湖, 畔; 茶室\nA\\B\nsecond line"
    assert event["geo"].to_ical() == "30.27;120.16"
    assert event["description"].split("\n")[0] == "one"
    assert content.split(b"\r\n").count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize("title", ["'A, B; C'", '"one\\ntwo"'], ids=["commas", "two lines"])
def test_a_calendar_may_have_any_name(workshop: Workshop, title: str) -> None:
    plain(workshop).write(entry("events/a", f"title: {title}\n{HOUR}"))
    assert workshop.problems() == []
    name = next(line for line in workshop.read("events/a/event.ics").split("\n") if line.startswith("NAME:"))
    assert name in ("NAME:A\\, B\\; C", "NAME:one two", "NAME:one\\ntwo")


def test_a_changed_time_is_in_the_zone_of_its_event(workshop: Workshop) -> None:
    override = 'overrides: [{occurrence: 2026-12-08 09:00, start: "2026-12-08T10:00:00+09:00", end: "2026-12-08T11:00:00+09:00"}]'
    plain(workshop).write(entry("events/a", f"title: A\n{HOUR}\nrrule: FREQ=WEEKLY;COUNT=3\n{override}")).build()
    moved = components(workshop)[1]
    assert moved["dtstart"].params.get("tzid") in (None, "Asia/Shanghai")
    assert moved["dtstart"].dt == datetime.fromisoformat("2026-12-08T01:00:00+00:00")


def test_a_single_event_may_name_its_offset(workshop: Workshop) -> None:
    times = 'start: "2026-12-01T09:00:00-05:00"\nend: "2026-12-01T10:00:00-05:00"'
    plain(workshop).write(entry("events/a", f"title: A\n{times}")).build()
    (event,) = components(workshop)
    assert event["dtstart"].dt == datetime.fromisoformat("2026-12-01T14:00:00+00:00")
    assert event["dtstart"].to_ical() == b"20261201T140000Z"


def test_addresses_are_ascii(workshop: Workshop) -> None:
    plain(workshop).write(entry("events/a", f"title: A\nslug: 杭州\n{HOUR}")).build()
    assert components(workshop)[0]["url"] == "https://alumni.example.edu/events/%E6%9D%AD%E5%B7%9E/"


RICH = (
    entry("chapters/lake", "title: Lakeside Chapter\ntype: regional\nstatus: active")
    + entry(
        "events/rich",
        f"title: Rich\n{HOUR}\ntype: lecture\nmode: hybrid\nvenue: {{name: Hall}}\nonline_url: https://live.example.edu/rich\n"
        'organizers: [Lakeside "Chapter", Others]\nchapters: [lake]\ntags: [music]\ncover: {src: /media/gate.svg, alt: Gate}\n'
        "contact: {name: Office, phone: 029 0000, email: events@example.edu}\n"
        "attachments: [{file: /media/plan.pdf, title: Plan}, {file: form.docx, title: Form}]\n"
        "registration: {url: https://forms.example.edu/rich}\nsummary: In short",
    )
    + entry("events/poor", f"title: Poor\n{HOUR}")
    + entry("events/hosted", f"title: Hosted\n{HOUR}\nchapters: [lake]\nevent_status: cancelled\nregistration: {{url: /register/}}")
    + '-- content/media/gate.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
    + "-- content/media/plan.pdf --\nplan\n-- content/events/form.docx --\nform\n"
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = plain(Workshop(tmp_path_factory.mktemp("rich")), "theme_settings: {brand: '#8C1D2B'}\n").write(RICH)
    workshop.build()
    return workshop


def test_an_event_says_who_invites_whom_to_ask_and_how_to_join(rich: Workshop) -> None:
    (event,) = components(rich, "events/rich/event.ics")
    assert (event["organizer"], event["organizer"].params["CN"]) == ("mailto:events@example.edu", "Lakeside 'Chapter'")
    assert event["contact"] == "Office, 029 0000, events@example.edu"
    assert (event["conference"], event["conference"].params["VALUE"]) == ("https://live.example.edu/rich", "URI")
    assert [str(word) for word in event["categories"].cats] == ["lecture", "music"]
    paragraphs = event["description"].split("\n\n")
    assert paragraphs == [
        "In short",
        "online\nhttps://live.example.edu/rich",
        "register\nhttps://forms.example.edu/rich",
        "https://alumni.example.edu/events/rich/",
    ]


def test_pictures_and_attachments_lead_to_files_of_the_site(rich: Workshop) -> None:
    (event,) = components(rich, "events/rich/event.ics")
    links = [event["image"], *event["attach"]]
    assert [link.params.get("FMTTYPE") for link in links] == ["image/jpeg", "application/pdf", None]
    files = [str(link).removeprefix("https://alumni.example.edu/") for link in links]
    assert [(rich.root / "public" / file).read_bytes()[:4] for file in files] == [b"\xff\xd8\xff\xe0", b"plan", b"form"]


@pytest.mark.parametrize(
    ("name", "organizer", "page"),
    [
        ("hosted", "Lakeside Chapter", "https://alumni.example.edu/chapters/lake/"),
        ("poor", "样例校友会", "https://alumni.example.edu/"),
    ],
)
def test_who_gives_no_address_is_reached_by_page(rich: Workshop, name: str, organizer: str, page: str) -> None:
    (event,) = components(rich, f"events/{name}/event.ics")
    assert (event["organizer"].params["CN"], event["organizer"]) == (organizer, page)


def test_a_cancelled_event_reaches_subscribers_and_blocks_no_time(rich: Workshop) -> None:
    for path in ("calendar.ics", "chapters/lake/calendar.ics", "events/hosted/event.ics"):
        (event,) = (each for each in components(rich, path) if each["summary"] == "Hosted")
        assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")
        assert "register" not in event["description"]


def test_a_calendar_says_what_it_is_where_it_comes_from_and_how_often_to_ask(rich: Workshop) -> None:
    calendar = Calendar.from_ical(rich.read("chapters/lake/calendar.ics"))
    told = {name: str(calendar[name]) for name in ("name", "x-wr-calname", "url", "color", "x-apple-calendar-color")}
    assert told == {
        "name": "Lakeside Chapter · 样例校友会",
        "x-wr-calname": "Lakeside Chapter · 样例校友会",
        "url": "https://alumni.example.edu/chapters/lake/",
        "color": "brown",
        "x-apple-calendar-color": "#8C1D2B",
    }
    lines = rich.read("chapters/lake/calendar.ics").split("\n")
    assert "SOURCE;VALUE=URI:https://alumni.example.edu/chapters/lake/calendar.ics" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    assert "X-PUBLISHED-TTL:PT12H" in lines


@pytest.mark.parametrize(
    ("declared", "color"),
    [
        ('{type: color, default: "#0B4A8F"}', "darkslateblue"),
        ("{type: text, default: rgb(1 2 3)}", ""),
        ("{type: flag, default: true}", ""),
    ],
)
def test_a_theme_may_declare_its_brand_as_it_likes(workshop: Workshop, declared: str, color: str) -> None:
    settings = f"-- themes/ours/theme.yaml --\nextends: plain\nsettings:\n  brand: {declared}\n"
    plain(workshop).write(settings + CONFIGURED_THEME).build()
    lines = workshop.read("calendar.ics").splitlines()
    assert [line for line in lines if line.startswith("COLOR")] == ([f"COLOR:{color}"] if color else [])


CONFIGURED_THEME = f"-- config.yaml --\n{CONFIG}theme: ours\n"
AXES = (
    entry("events/talk.zh", f"title: 讲座\n{HOUR}\ntype: lecture\naudience: {{groups: [students, public]}}")
    + entry("events/talk.en", "title: Talk")
    + entry("events/day", "title: 返校\nstart: 2027-04-08\nall_day: true\ntype: reunion\n"
            "audience: {groups: [alumni], cohorts: {basis: graduation, every: 30, from: 20}}")
    + entry("events/class", f"title: 班级\n{HOUR}\ntype: reunion\naudience: {{cohorts: {{basis: entry, years: [1998]}}}}")
    + entry("events/other", f"title: 其他\n{HOUR}")
    + entry("events/draft", f"title: 草稿\n{HOUR}\ntype: arts\nstatus: draft")
)  # fmt: skip


def test_each_type_and_each_audience_in_use_has_a_calendar_in_each_language(workshop: Workshop) -> None:
    plain(workshop).write(AXES).build()
    calendars = {
        file: [event["summary"] for event in components(workshop, file)] for file in workshop.files() if "/calendar.ics" in file
    }
    assert {file: titles for file, titles in calendars.items() if "events/" in file} == {
        "events/type/lecture/calendar.ics": ["讲座"],
        "events/type/reunion/calendar.ics": ["班级", "返校"],
        "events/audience/alumni/calendar.ics": ["返校"],
        "events/audience/students/calendar.ics": ["讲座"],
        "events/audience/public/calendar.ics": ["讲座"],
        "events/audience/graduation-2007/calendar.ics": ["返校"],
        "events/audience/graduation-1977/calendar.ics": ["返校"],
        "events/audience/graduation-1947/calendar.ics": ["返校"],
        "events/audience/entry-1998/calendar.ics": ["班级"],
        "en/events/type/lecture/calendar.ics": ["Talk"],
        "en/events/audience/students/calendar.ics": ["Talk"],
        "en/events/audience/public/calendar.ics": ["Talk"],
    }
    names = {file: str(Calendar.from_ical(workshop.read(file))["name"]) for file in calendars}
    assert names["events/audience/graduation-2007/calendar.ics"] == "样例校友会: graduates of 2007"
    assert names["events/type/lecture/calendar.ics"] == "样例校友会: lecture"


SERIES = "title: Lanterns\nstart: 2027-02-20 19:30\nend: 2027-02-20 21:00\n"


def test_listed_dates_are_events_of_their_own_that_keep_their_identity(workshop: Workshop) -> None:
    dates = "dates: [2028-02-09, 2029-02-27 20:00]\noverrides: [{occurrence: 2028-02-09, start: 2028-02-10 19:30, note: Later}]"
    plain(workshop).write(entry("events/a", SERIES + dates)).build()
    first, second, third = components(workshop)
    assert [str(each["uid"]) for each in (first, second, third)] == [
        "events/a@alumni.example.edu",
        "events/a/20280209T1930@alumni.example.edu",
        "events/a/20290227T2000@alumni.example.edu",
    ]
    starts = [each["dtstart"].dt.isoformat() for each in (first, second, third)]
    assert starts == ["2027-02-20T19:30:00+08:00", "2028-02-10T19:30:00+08:00", "2029-02-27T20:00:00+08:00"]
    assert [str(each.get("related-to", "")) for each in (first, second)] == ["", "events/a@alumni.example.edu"]
    assert second["description"].startswith("Later")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=3"),
        ("FREQ=WEEKLY;UNTIL=20261215", "FREQ=WEEKLY;UNTIL=20261215T155959Z"),
        ("FREQ=DAILY", "FREQ=DAILY;UNTIL=20290826T010000Z"),
        ("FREQ=DAILY;COUNT=2000", "FREQ=DAILY;UNTIL=20290826T010000Z"),
        ("FREQ=DAILY;UNTIL=20400101", "FREQ=DAILY;UNTIL=20290826T010000Z"),
        ("FREQ=YEARLY;COUNT=100", "FREQ=YEARLY;UNTIL=20561201T010000Z"),
    ],
)
def test_a_rule_goes_as_far_as_the_pages_do(workshop: Workshop, rule: str, told: str) -> None:
    plain(workshop).write(entry("events/a", f"title: A\n{HOUR}\nrrule: {rule}")).build()
    assert components(workshop)[0]["rrule"].to_ical().decode() == told


@pytest.mark.parametrize(
    ("start", "rule", "told"),
    [
        ("2028-02-29", "FREQ=YEARLY;COUNT=3", "FREQ=YEARLY;COUNT=3;BYMONTHDAY=29;BYMONTH=2"),
        ("2027-01-31", "FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=31"),
        ("2027-01-28", "FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;COUNT=3"),
    ],
)
def test_days_that_not_every_month_has_are_named(workshop: Workshop, start: str, rule: str, told: str) -> None:
    plain(workshop).write(entry("events/a", f"title: A\nstart: {start}\nall_day: true\nrrule: {rule}")).build()
    assert components(workshop)[0]["rrule"].to_ical().decode() == told


def test_an_hour_that_comes_twice_is_told_in_utc(workshop: Workshop) -> None:
    times = "start: 2026-11-01 01:30\nend: 2026-11-01 03:00\ntimezone: America/New_York"
    plain(workshop).write(entry("events/a", f"title: A\n{times}")).build()
    (event,) = components(workshop)
    assert (event["dtstart"].to_ical(), event["dtend"].to_ical()) == (b"20261101T053000Z", b"20261101T080000Z")


def test_the_uid_outlives_a_move_to_another_host(workshop: Workshop) -> None:
    plain(workshop, "id_host: alumni.example.edu\n").write(entry("events/a", f"title: A\n{HOUR}"))
    workshop.build(base_url="https://www.example.org/alumni/")
    (event,) = components(workshop)
    assert (event["uid"], event["url"]) == ("events/a@alumni.example.edu", "https://www.example.org/alumni/events/a/")


def test_a_site_without_events_has_valid_calendars_without_events(workshop: Workshop) -> None:
    plain(workshop).write(entry("chapters/a", "title: A\ntype: regional\nstatus: active")).build()
    calendars = [file for file in workshop.files() if file.endswith(".ics")]
    assert calendars == ["calendar.ics", "chapters/a/calendar.ics", "en/calendar.ics"]
    for file in calendars:
        calendar = Calendar.from_ical((workshop.root / "public" / file).read_bytes())
        assert calendar.subcomponents == []
        assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
