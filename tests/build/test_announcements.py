"""A change of time, place or state that calendars would not notice is warned of until somebody heeds it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import NOW, Workshop
from samples import entry, plain

from sitegen.problems import SiteError
from sitegen.site.visibility import Policy

USUAL = {"title": "Forum", "start": "2026-12-01 09:00", "end": "2026-12-01 10:00", "venue": "{name: Hall}", "date": "2026-10-01"}
TIME = "content/events/a.md:3:1: W105: the time of this event has changed, but calendars that know it will not notice"
PLACE = "content/events/a.md:5:1: W105: the place of this event has changed, but calendars that know it will not notice"
STATE = "content/events/a.md:7:1: W105: the state of this event has changed, but calendars that know it will not notice"


def event(**changes: str | None) -> str:
    fields = {key: value for key, value in (USUAL | changes).items() if value is not None}
    return entry("events/a", "\n".join(f"{key}: {value}" for key, value in fields.items()))


@pytest.fixture
def published(workshop: Workshop) -> Workshop:
    plain(workshop).write(event())
    assert workshop.problems() == []
    return workshop


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"title": "Great forum", "summary": "More words", "tags": "[music]"}, []),
        ({"mode": "in-person", "event_status": "scheduled", "all_day": "false"}, []),
        ({"start": "2026-12-01 09:30"}, [TIME]),
        ({"end": "2026-12-01 12:00"}, [TIME]),
        ({"timezone": "Europe/London"}, [TIME]),
        ({"rrule": "FREQ=WEEKLY;COUNT=3"}, [TIME]),
        ({"dates": "[2027-12-01]"}, [TIME]),
        ({"venue": "{name: Another hall}"}, [PLACE]),
        ({"venue": "{name: Hall, address: 1 Example Road}"}, [PLACE]),
        ({"event_status": "cancelled"}, [STATE]),
        ({"start": "2026-12-01 09:30", "venue": "{name: Lake}", "event_status": "moved"}, [TIME, PLACE, STATE]),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else "",
)
def test_what_must_reach_subscribers_is_warned_of(published: Workshop, changes: dict[str, str], problems: list[str]) -> None:
    assert published.write(event(**changes)).problems() == problems


@pytest.mark.parametrize(
    "revision",
    [{"updated": "2026-11-22 10:00"}, {"updated": "2026-11-22"}, {"sequence": "1"}, {"sequence": "7", "updated": "2026-11-22"}],
    ids=lambda value: ", ".join(value),
)
def test_a_revision_is_enough(published: Workshop, revision: dict[str, str]) -> None:
    assert published.write(event(start="2026-12-01 09:30", **revision)).problems() == []
    assert published.write(event(start="2026-12-01 09:45", **revision)).problems() == [TIME], "the next change needs one of its own"


def test_the_warning_comes_back_until_it_is_heeded(published: Workshop) -> None:
    published.write(event(start="2026-12-01 09:30"))
    for _ in range(2):
        assert published.problems() == [TIME]
    assert published.problems(clean=True) == [TIME]
    published.write(entry("events/other", "title: Other\nstart: 2026-12-05\nall_day: true"))
    assert published.problems() == [TIME]
    published.write(event(start="2026-12-01 09:30", updated="2026-11-22 12:00"))
    assert published.problems() == []


def test_a_change_taken_back_was_none(published: Workshop) -> None:
    assert published.write(event(start="2026-12-01 09:30")).problems() == [TIME]
    assert published.write(event()).problems() == []


def test_the_hint_can_be_copied(published: Workshop) -> None:
    (problem,) = published.write(event(start="2026-12-01 09:30")).build().problems
    assert problem.hint == "write updated: 2026-11-22 12:00, so that calendars notice"
    (problem,) = published.write(event(start="2026-12-01 09:30", sequence="0")).build().problems
    assert problem.hint == "write sequence: 1, so that calendars notice"


def test_a_count_that_falls_is_warned_of(workshop: Workshop) -> None:
    plain(workshop).write(event(updated="2026-11-20 10:00")).build()
    (problem,) = workshop.write(event(updated="2026-11-20 10:00", sequence="3")).build().problems
    assert str(problem.span) == "content/events/a.md:8:1"
    assert problem.message == "calendars were told sequence 14140920, and now 3: they keep what they had"
    assert problem.hint == "write sequence: 14140921, so that calendars notice"


def test_what_is_over_may_be_corrected(workshop: Workshop) -> None:
    plain(workshop).write(event(start="2026-10-01 09:00", end="2026-10-01 10:00")).build()
    assert workshop.write(event(start="2026-10-01 09:30", end="2026-10-01 10:00")).problems() == []


def test_a_draft_told_nobody_anything(workshop: Workshop) -> None:
    plain(workshop).write(event(status="draft"))
    options = replace(workshop.options, policy=Policy(drafts=True))
    assert workshop.problems(policy=options.policy) == []
    assert workshop.write(event(status="draft", start="2026-12-01 09:30")).problems(policy=options.policy) == []
    assert workshop.write(event(start="2026-12-01 09:45")).problems() == []


def test_a_strict_build_stops_at_it(published: Workshop) -> None:
    with pytest.raises(SiteError):
        published.write(event(start="2026-12-01 09:30")).build(strict=True)
    assert "20261201T090000" in published.read("calendar.ics")


def test_a_new_version_of_the_program_remembers(published: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.build.pipeline.engine_digest", lambda root: "another")
    assert published.write(event(start="2026-12-01 09:30")).problems() == [TIME]


def test_the_output_does_not_depend_on_what_is_remembered(published: Workshop, make_workshop: object) -> None:
    published.write(event(start="2026-12-01 09:30")).build()
    fresh = make_workshop()  # type: ignore[operator]
    plain(fresh).write(event(start="2026-12-01 09:30")).build()
    assert published.files() == fresh.files()
    assert fresh.options.now == NOW
