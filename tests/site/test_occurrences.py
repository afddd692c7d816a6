"""When an event takes place: rules, exceptions, changes of the clock, whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from conftest import Workshop
from samples import entry, facts

from sitegen.site.occurrences import Occurrence, occurrences

SHANGHAI = "Asia/Shanghai"


def times(zone: str = SHANGHAI, **fields: Any) -> tuple[Occurrence, ...]:
    """The occurrences of an event from nine to half past ten on Friday 2 January 2026, unless told otherwise."""
    return occurrences({"start": "2026-01-02T09:00:00", "end": "2026-01-02T10:30:00", "timezone": zone} | fields, SHANGHAI)


def days(found: tuple[Occurrence, ...]) -> list[str]:
    return [f"{each.start:%m-%d}" for each in found]


ZONES = {  # offsets from UTC in hours that a year's weekly nine o'clock has there
    "America/New_York": {-5, -4},
    "Europe/London": {0, 1},
    "Australia/Sydney": {11, 10},
    "America/Sao_Paulo": {-3},
    "Asia/Kolkata": {5.5},
    "Asia/Shanghai": {8},
}


@pytest.mark.parametrize(("zone", "offsets"), ZONES.items(), ids=ZONES)
def test_nine_o_clock_stays_nine_o_clock_across_changes_of_the_clock(zone: str, offsets: set[float]) -> None:
    found = times(zone, rrule="FREQ=WEEKLY;COUNT=104")
    assert len(found) == 104
    assert {each.start.time() for each in found if isinstance(each.start, datetime)} == {time(9)}
    assert {each.end.time() for each in found if isinstance(each.end, datetime)} == {time(10, 30)}
    assert {each.begins(zone).utcoffset() for each in found} == {timedelta(hours=hours) for hours in offsets}
    assert {after.start - before.start for before, after in pairwise(found)} == {timedelta(days=7)}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["01-02", "01-03", "01-04"]),
        ("FREQ=WEEKLY;UNTIL=20260116", ["01-02", "01-09", "01-16"]),
        ("FREQ=WEEKLY;UNTIL=20260116T085959", ["01-02", "01-09"]),
        ("FREQ=WEEKLY;UNTIL=20260116T090000", ["01-02", "01-09", "01-16"]),
        ("FREQ=WEEKLY;UNTIL=20260116T010000Z", ["01-02", "01-09", "01-16"]),
        ("FREQ=WEEKLY;UNTIL=20260116T005959Z", ["01-02", "01-09"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", ["01-02", "01-16", "01-30"]),
        ("FREQ=WEEKLY;BYDAY=FR,SU;COUNT=4", ["01-02", "01-04", "01-09", "01-11"]),
        ("FREQ=MONTHLY;BYDAY=1FR;COUNT=3", ["01-02", "02-06", "03-06"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["01-30", "02-27", "03-27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", ["01-31", "03-31", "05-31"]),
        ("freq=weekly;count=2", ["01-02", "01-09"]),
    ],
)
def test_a_rule_gives_its_dates(rule: str, expected: list[str]) -> None:
    assert days(times(rrule=rule)) == expected


def test_exceptions_are_left_out_in_whatever_zone_they_are_written() -> None:
    found = times("America/New_York", rrule="FREQ=WEEKLY;COUNT=5", exdates=["2026-01-09T09:00:00", "2026-01-23T14:00:00+00:00"])
    assert days(found) == ["01-02", "01-16", "01-30"]


def test_an_exception_may_be_named_by_its_day(workshop: Workshop) -> None:
    rule = "rrule: FREQ=WEEKLY;COUNT=3\nexdates: [2026-01-09]"
    workshop.write(entry("events/a", f"title: A\nstart: 2026-01-02 09:00\nend: 2026-01-02 10:30\n{rule}"))
    assert workshop.problems() or days(facts(workshop).fetch(("occurrences", "events/a", "zh"))) == ["01-02", "01-16"]


def test_an_override_moves_lengthens_cancels_or_annotates_one_time_only() -> None:
    overrides = [
        {"occurrence": "2026-01-09T09:00:00", "start": "2026-01-10T14:00:00"},
        {"occurrence": "2026-01-16T09:00:00", "end": "2026-01-16T12:00:00", "note": "With lunch"},
        {"occurrence": "2026-01-23T09:00:00", "event_status": "cancelled", "venue": {"name": "Elsewhere"}},
    ]
    found = times(rrule="FREQ=WEEKLY;COUNT=5", overrides=overrides)
    spans = [(f"{each.start:%m-%d %H:%M}", f"{each.end:%H:%M}", each.status, each.note, each.venue) for each in found]
    assert spans == [
        ("01-02 09:00", "10:30", "scheduled", "", None),
        ("01-10 14:00", "15:30", "scheduled", "", None),
        ("01-16 09:00", "12:00", "scheduled", "With lunch", None),
        ("01-23 09:00", "10:30", "cancelled", "", {"name": "Elsewhere"}),
        ("01-30 09:00", "10:30", "scheduled", "", None),
    ]
    assert f"{found[1].planned:%m-%d %H:%M}" == "01-09 09:00"


def test_times_stand_in_order_even_when_one_is_moved_past_the_next() -> None:
    overrides = [{"occurrence": "2026-01-02T09:00:00", "start": "2026-01-12T09:00:00"}]
    assert days(times(rrule="FREQ=WEEKLY;COUNT=3", overrides=overrides)) == ["01-09", "01-12", "01-16"]


def test_the_state_of_the_event_holds_for_times_without_their_own() -> None:
    found = times(
        rrule="FREQ=WEEKLY;COUNT=2",
        event_status="postponed",
        overrides=[{"occurrence": "2026-01-09T09:00:00", "event_status": "scheduled"}],
    )
    assert [each.status for each in found] == ["postponed", "scheduled"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("overrides: [{occurrence: 2026-01-02 09:00, event_status: cancelled}]", id="no rule"),
        pytest.param(
            "rrule: FREQ=WEEKLY;COUNT=3\noverrides: [{occurrence: 2026-01-08 09:00, event_status: cancelled}]",
            id="not a date of it",
        ),
    ],
)
def test_an_override_of_a_time_that_is_none_is_not_lost_in_silence(workshop: Workshop, fields: str) -> None:
    workshop.write(entry("events/a", f"title: A\nstart: 2026-01-02 09:00\nend: 2026-01-02 10:30\n{fields}"))
    problems = workshop.problems()
    assert problems or "cancelled" in {each.status for each in facts(workshop).fetch(("occurrences", "events/a", "zh"))}


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=DAILY;COUNT=5000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"])
def test_at_most_a_thousand_times(rule: str) -> None:
    assert len(times(rrule=rule)) == 1_000


WRONG = {
    "no frequency": "BYDAY=MO",
    "no such day": "FREQ=WEEKLY;BYDAY=XX",
    "no number": "FREQ=DAILY;COUNT=abc",
    "no time at all": "FREQ=DAILY;COUNT=0",
    "no step": "FREQ=DAILY;INTERVAL=0",
    "no date": "FREQ=DAILY;UNTIL=20269999",
    "ended before it began": "FREQ=DAILY;UNTIL=20200101",
    "a month of thirteen": "FREQ=YEARLY;BYMONTH=13",
    "not from its start": "FREQ=YEARLY;BYWEEKNO=53",
    "a key twice": "FREQ=DAILY;COUNT=2;COUNT=3",
}


@pytest.mark.parametrize("rule", WRONG.values(), ids=WRONG)
def test_a_rule_that_cannot_be_meant_is_an_error_at_its_place(workshop: Workshop, rule: str) -> None:
    workshop.write(entry("events/a", f'title: A\nstart: 2026-01-02 09:00\nend: 2026-01-02 10:00\nrrule: "{rule}"'))
    problems = workshop.problems()
    assert len(problems) == 1
    assert problems[0].startswith("content/events/a.md:5:8: E01")


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;BYYEARDAY=400"])
def test_a_rule_for_days_that_never_come_is_found_out(workshop: Workshop, rule: str) -> None:
    workshop.write(entry("events/a", f'title: A\nstart: 2026-01-02 09:00\nend: 2026-01-02 10:00\nrrule: "{rule}"'))
    assert [problem.split(": ")[1] for problem in workshop.problems()] == ["E011"]


def test_a_start_with_an_offset_does_not_repeat(workshop: Workshop) -> None:
    """An offset does not say what the clock does in summer."""
    when = 'start: "2026-01-02T09:00:00+00:00"\nend: "2026-01-02T10:00:00+00:00"\nrrule: FREQ=WEEKLY;COUNT=2'
    problems = workshop.write(entry("events/a", f"title: A\n{when}")).problems()
    assert [problem.split(": ")[:2] for problem in problems] == [["content/events/a.md:3:8", "E014"]]


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "over"),
    [
        ("2026-01-02", "2026-01-02", "2026-01-02", "2026-01-02", "2026-01-02T16:00:00+00:00"),
        ("2026-01-02", "2026-01-04", "2026-01-02", "2026-01-04", "2026-01-04T16:00:00+00:00"),
        ("2026-01-02T09:00:00", "2026-01-02T10:30:00", "2026-01-02", "2026-01-02", "2026-01-02T02:30:00+00:00"),
        ("2026-01-02T20:00:00", "2026-01-03T02:00:00", "2026-01-02", "2026-01-03", "2026-01-02T18:00:00+00:00"),
        ("2026-01-02T20:00:00", "2026-01-03T00:00:00", "2026-01-02", "2026-01-02", "2026-01-02T16:00:00+00:00"),
        ("2026-01-30T20:00:00", "2026-02-01T08:00:00", "2026-01-30", "2026-02-01", "2026-02-01T00:00:00+00:00"),
    ],
    ids=["a day", "three days", "an hour and a half", "past midnight", "until midnight", "into the next month"],
)
def test_an_event_touches_its_days_and_ends_when_the_last_is_over(start: str, end: str, first: str, last: str, over: str) -> None:
    (found,) = times(start=start, end=end)
    touched = list(found.days())
    assert (touched[0].isoformat(), touched[-1].isoformat()) == (first, last)
    assert len(touched) == (touched[-1] - touched[0]).days + 1
    assert found.ends(SHANGHAI) == datetime.fromisoformat(over)


def test_an_all_day_event_without_end_lasts_a_day() -> None:
    (found,) = occurrences({"start": "2026-01-02", "all_day": True}, SHANGHAI)
    assert (found.start, found.end) == (date(2026, 1, 2), date(2026, 1, 2))


def test_whole_days_repeat_as_whole_days() -> None:
    rule = {"rrule": "FREQ=MONTHLY;UNTIL=20260501T000000Z", "exdates": ["2026-02-02"]}
    found = times("America/New_York", start="2026-01-02", end="2026-01-03", **rule)
    assert [(each.start, each.end) for each in found] == [(date(2026, month, 2), date(2026, month, 3)) for month in (1, 3, 4)]


def test_the_zone_of_the_site_is_the_zone_of_events_that_name_none() -> None:
    (found,) = occurrences({"start": "2026-01-02T09:00:00", "end": "2026-01-02T10:00:00"}, "Asia/Kolkata")
    assert found.begins("Asia/Kolkata").astimezone(UTC) == datetime(2026, 1, 2, 3, 30, tzinfo=UTC)


def test_every_month_that_an_event_touches_has_a_page_that_shows_it(workshop: Workshop) -> None:
    fields = "title: Winter camp\nstart: 2026-11-30\nend: 2027-01-02\nall_day: true"
    workshop.write(entry("events/camp", fields)).build()
    months = sorted(path.parent.relative_to(workshop.root / "public/events") for path in workshop.root.glob("public/events/2*/*/*"))
    assert [month.as_posix() for month in months] == ["2026/11", "2026/12", "2027/01"]
    assert all("Winter camp" in workshop.read(f"events/{month}/index.html") for month in months)


def test_a_changed_time_tells_each_language_in_its_words(workshop: Workshop) -> None:
    override = "{occurrence: 2026-12-08 09:00, note: {zh: 改到湖畔, en: At the lake}, venue: {name: {zh: 湖畔, en: Lakeside}}}"
    workshop.write(
        "-- content/events/a.yaml --\ntitle: {zh: 甲, en: A}\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\n"
        f"rrule: FREQ=WEEKLY;COUNT=3\noverrides: [{override}]\n"
    ).build()
    chinese, english = workshop.read("calendar.ics"), workshop.read("en/calendar.ics")
    assert "湖畔" in chinese
    assert "Lakeside" not in chinese
    assert "Lakeside" in english
    assert "湖畔" not in english


def test_two_events_at_one_instant_keep_their_own_hours(workshop: Workshop) -> None:
    """Nine in Shanghai is one in London: equal instants, and not the same words."""
    zones = {
        "a": ("Asia/Shanghai", "2026-12-01 09:00", "2026-12-01 10:00"),
        "b": ("Europe/London", "2026-12-01 01:00", "2026-12-01 02:00"),
    }
    for name, (zone, start, end) in zones.items():
        workshop.write(entry(f"events/{name}", f"title: {name}\nstart: {start}\nend: {end}\ntimezone: {zone}"))
    workshop.build()
    shanghai, london = workshop.read("events/a/index.html"), workshop.read("events/b/index.html")
    assert "09:00" in shanghai
    assert "2026-12-01T09:00:00+08:00" in shanghai
    assert "01:00" in london
    assert "2026-12-01T01:00:00+00:00" in london
    month = workshop.read("events/2026/12/index.html")
    assert "2026-12-01T09:00:00+08:00" in month
    assert "2026-12-01T01:00:00+00:00" in month
