"""Who may see an entry, and when: status, embargo, expiry, and what editors ask to see."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from conftest import NOW, Workshop
from samples import entry, load, story

from sitegen.site.visibility import Policy

NOBODY = Policy()
ALL = Policy(drafts=True, future=True, expired=True)


def reason(workshop: Workshop, fields: str, policy: Policy = NOBODY, now: datetime = NOW) -> str:
    """Why a story with these fields is withheld; "" where it is shown."""
    site = load(workshop, story("a", fields), policy=policy, now=now).site
    assert len(site.cards) + len(site.withheld) == 1
    return site.withheld[0].verdict.reason if site.withheld else ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", ""),
        ("status: published", ""),
        ("status: archived", ""),
        ("status: draft", "draft"),
        ("status: in_review", "in review"),
        ("status: approved", "approved, not yet published"),
        ("status: withdrawn", "withdrawn"),
        ("publish_date: 2026-11-22 12:00", ""),
        ("publish_date: 2026-11-22 12:01", "embargo until 2026-11-22 12:01"),
        ("publish_date: 2026-11-22T04:00:00Z", ""),
        ("publish_date: 2026-11-22T04:00:01Z", "embargo until 2026-11-22 04:00"),
        ("publish_date: 2026-11-22", ""),
        ("publish_date: 2026-11-23", "embargo until 2026-11-23 00:00"),
        ("publish_date: 2026-11-22T12:00:00-05:00", "embargo until 2026-11-22 12:00"),
        ("expiry_date: 2026-11-22 12:01", ""),
        ("expiry_date: 2026-11-22 12:00", "expired 2026-11-22 12:00"),
        ("expiry_date: 2026-11-22", "expired 2026-11-22 00:00"),
        ("expiry_date: 2026-11-23", ""),
        ("publish_date: 2026-11-01\nexpiry_date: 2026-12-01", ""),
        ("publish_date: 2026-12-01\nexpiry_date: 2026-12-31", "embargo until 2026-12-01 00:00"),
        ("publish_date: 2026-10-01\nexpiry_date: 2026-11-01", "expired 2026-11-01 00:00"),
        ("status: draft\npublish_date: 2026-11-01", "draft"),
        ("date: 2027-05-01", ""),
    ],
)
def test_the_public_sees_what_status_and_dates_allow(workshop: Workshop, fields: str, expected: str) -> None:
    assert reason(workshop, fields) == expected


DRAFT, FUTURE, EXPIRED = "status: draft", "publish_date: 2027-01-01", "expiry_date: 2026-01-01"


@pytest.mark.parametrize(
    ("fields", "policy", "shown"),
    [
        (DRAFT, Policy(drafts=True), True),
        ("status: in_review", Policy(drafts=True), True),
        ("status: approved", Policy(drafts=True), True),
        (DRAFT, Policy(future=True, expired=True), False),
        (FUTURE, Policy(future=True), True),
        (FUTURE, Policy(drafts=True, expired=True), False),
        (EXPIRED, Policy(expired=True), True),
        (EXPIRED, Policy(drafts=True, future=True), False),
        (f"{DRAFT}\n{FUTURE}", Policy(drafts=True), False),
        (f"{DRAFT}\n{FUTURE}", Policy(drafts=True, future=True), True),
        (f"{DRAFT}\n{EXPIRED}", Policy(drafts=True), False),
        (f"{FUTURE}\nexpiry_date: 2027-02-01", Policy(future=True), True),
        (f"{DRAFT}\n{FUTURE}\nexpiry_date: 2027-02-01", ALL, True),
        ("status: withdrawn", ALL, False),
    ],
)
def test_editors_see_what_they_ask_for_and_no_more(workshop: Workshop, fields: str, policy: Policy, shown: bool) -> None:
    assert (reason(workshop, fields, policy) == "") is shown


@pytest.mark.parametrize("policy", [NOBODY, ALL], ids=["public", "editors"])
def test_a_hidden_person_is_hidden_from_everyone(workshop: Workshop, policy: Policy) -> None:
    site = load(workshop, entry("people/a", "name: 甲样本\nvisibility: hidden"), policy=policy).site
    assert [each.verdict.reason for each in site.withheld] == ["hidden"]
    assert not site.cards


def test_a_hidden_person_who_is_withdrawn_leaves_no_tombstone(workshop: Workshop) -> None:
    loaded = load(workshop, entry("people/secret", "name: 甲样本\nvisibility: hidden\nstatus: withdrawn"))
    assert not [output.path for output in loaded.outputs if "secret" in output.path]


@pytest.mark.parametrize(
    ("status", "shown"), [("preparing", True), ("active", True), ("dormant", True), ("closed", True), ("draft", False)]
)
def test_the_states_of_a_chapter_share_the_key(workshop: Workshop, status: str, shown: bool) -> None:
    site = load(workshop, entry("chapters/a", f"title: A\ntype: regional\nstatus: {status}")).site
    assert bool(site.cards) is shown


@pytest.mark.parametrize(
    ("original", "translation", "shown"),
    [
        ("", "", {"zh", "en"}),
        ("status: draft", "", set()),
        ("status: draft", "status: published", {"en"}),
        ("", "status: draft", {"zh"}),
        (FUTURE, "", set()),
        (FUTURE, "publish_date: 2026-01-01", {"en"}),
        (EXPIRED, "", set()),
        ("status: withdrawn", "", set()),
    ],
)
def test_a_translation_inherits_status_and_dates(workshop: Workshop, original: str, translation: str, shown: set[str]) -> None:
    files = story("a.zh", original) + entry("news/a.en", f"title: A\n{translation}")
    assert {address.language for address in load(workshop, files).site.cards} == shown


def test_a_withdrawn_entry_leaves_a_page_with_date_and_reason_only(workshop: Workshop) -> None:
    fields = "title: Retracted title\nstatus: withdrawn\nwithdrawal: {date: 2026-11-03, reason: Two figures were wrong.}"
    workshop.write(story("a", fields, "Retracted text")).build()
    page = workshop.read("news/2026/a/index.html")
    assert "Two figures were wrong." in page
    assert "2026年11月3日" in page
    assert "Retracted" not in page
    assert "/news/2026/a/" not in workshop.read("sitemap.xml") + workshop.read("index.html") + workshop.read("feed.xml")


def test_every_withheld_entry_is_named_with_its_reason_and_its_time(workshop: Workshop) -> None:
    files = story("draft", DRAFT) + story("future.zh", FUTURE) + entry("news/future.en", "title: F") + story("old", EXPIRED)
    withheld = load(workshop, files).site.withheld
    found = {(each.card.id, each.card.language, each.verdict.reason) for each in withheld}
    assert found == {
        ("news/draft", "zh", "draft"),
        ("news/future", "zh", "embargo until 2027-01-01 00:00"),
        ("news/future", "en", "embargo until 2027-01-01 00:00"),
        ("news/old", "zh", "expired 2026-01-01 00:00"),
    }
    assert {each.verdict.until for each in withheld} == {None, datetime.fromisoformat("2027-01-01T00:00+08:00")}


CALENDAR = (
    story("always")
    + story("embargoed", "publish_date: 2026-12-01 08:30")
    + story("fleeting", "publish_date: 2026-12-10\nexpiry_date: 2026-12-20 18:00")
    + story("passing", "expiry_date: 2027-01-01T00:00:00Z")
    + story("pinned", "pin_until: 2026-12-15")
)


def test_time_alone_shows_and_hides_entries_exactly_at_the_announced_instants(workshop: Workshop) -> None:
    """From each instant, next_change names the next one; nothing changes between two of them."""
    workshop.write(CALENDAR)
    now: datetime | None = NOW
    steps = []
    while now is not None:
        loaded = load(workshop, now=now)
        steps.append((now.isoformat(), {card.name for card in loaded.site.cards.values()}))
        if loaded.next_change:
            just_before = load(workshop, now=loaded.next_change - timedelta(microseconds=1))
            assert just_before.site.cards.keys() == loaded.site.cards.keys()
            assert just_before.next_change == loaded.next_change
        now = loaded.next_change
    always = {"always", "pinned"}
    assert steps == [
        ("2026-11-22T12:00:00+08:00", always | {"passing"}),
        ("2026-12-01T08:30:00+08:00", always | {"passing", "embargoed"}),
        ("2026-12-10T00:00:00+08:00", always | {"passing", "embargoed", "fleeting"}),
        ("2026-12-15T00:00:00+08:00", always | {"passing", "embargoed", "fleeting"}),
        ("2026-12-20T18:00:00+08:00", always | {"passing", "embargoed"}),
        ("2027-01-01T00:00:00+00:00", always | {"embargoed"}),
    ]


def test_a_site_without_dates_to_come_announces_no_change(workshop: Workshop) -> None:
    assert load(workshop, story("a") + story("b", DRAFT) + story("c", EXPIRED)).next_change is None


def test_the_end_of_an_event_is_a_change_too(workshop: Workshop) -> None:
    loaded = load(workshop, entry("events/a", "title: A\nstart: 2026-11-30 18:00\nend: 2026-11-30 20:00"))
    assert loaded.next_change == datetime.fromisoformat("2026-11-30T20:00+08:00")
