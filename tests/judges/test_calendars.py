"""Calendars as real clients read them: every occurrence at its instant, every text whole, nothing against the rules."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, Workshop
from judges.clients import CLIENTS, Client, libical
from judges.happenings import ZONES, Happening, Span, all_happenings, chapters, endless, happenings, place_of
from judges.naughty import NAUGHTY
from samples import entry, plain

from sitegen.build.load import load_site
from sitegen.formats.ics import render_ics
from sitegen.formats.views import VIEWS
from sitegen.site.facts import Facts
from sitegen.site.reader import Reader

ALL = all_happenings()
SORTS = sorted({each.sort for each in ALL})


def needed(client: Client) -> Client:
    """The client, if it is installed; without it the test is skipped, or fails where judges are required."""
    missing = client.missing()
    if missing and os.environ.get("SITEGEN_JUDGES") == "required":
        pytest.fail(f"{missing}, and SITEGEN_JUDGES=required")
    if missing:
        pytest.skip(f"{missing}: .ci/run installs it")
    return client


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site with all generated events."""
    workshop = plain(Workshop(tmp_path_factory.mktemp("happenings"))).write(chapters())
    for each in ALL:
        workshop.write(each.source)
    assert workshop.problems() == []
    return workshop.root / "public"


@pytest.fixture(scope="module", params=CLIENTS, ids=lambda client: client.name)
def shown(request: pytest.FixtureRequest, public: Path, tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, Span]]:
    """What a client shows of the chapters' calendars: an event's UID and when it is, or its title where a client changes UIDs."""
    client = needed(request.param)
    files = [f"chapters/{place_of(zone)}/calendar.ics" for zone in ZONES]
    found = client.read(public, files, tmp_path_factory.mktemp("client"))
    return Counter((each["uid"] or each["summary"], Span(each["start"], each["end"])) for each in found)


def expected(events: list[Happening], by_title: bool) -> Counter[tuple[str, Span]]:
    return Counter(
        (each.fields["title"] if by_title else uid, span) for each in events for uid, spans in each.spans.items() for span in spans
    )


def test_there_are_enough_events() -> None:
    assert len(ALL) >= 200
    assert len(ZONES) == 8
    assert sum(len(spans) for each in ALL for spans in each.spans.values()) > 3_000


@pytest.mark.parametrize("sort", SORTS)
def test_every_occurrence_is_at_its_instant(shown: Counter[tuple[str, Span]], sort: str) -> None:
    events = [each for each in ALL if each.sort == sort]
    by_title = any(name == events[0].fields["title"] for name, _ in shown)
    wanted = expected(events, by_title)
    names = {name for name, _ in wanted}
    got = Counter({key: count for key, count in shown.items() if key[0] in names})
    assert got == wanted


def test_a_client_shows_nothing_else(shown: Counter[tuple[str, Span]]) -> None:
    assert shown.total() == sum(len(spans) for each in ALL for spans in each.spans.values())


@pytest.mark.parametrize("client", [client for client in CLIENTS if client.keeps_uids], ids=lambda client: client.name)
def test_the_calendar_of_the_site_has_it_all(public: Path, client: Client, tmp_path: Path) -> None:
    found = needed(client).read(public, ["calendar.ics"], tmp_path)
    assert Counter((each["uid"], Span(each["start"], each["end"])) for each in found) == expected(ALL, by_title=False)


def test_libical_finds_every_calendar_to_keep_the_rules(public: Path, reference_site: Path) -> None:
    needed(next(client for client in CLIENTS if client.name == "libical"))
    complaints = {}
    for root, files in ((public, ["calendar.ics"]), (reference_site, _calendars(reference_site))):
        for file in files:
            report = libical(root / file)
            if report["complaints"] or not report["sound"]:
                complaints[file] = report["complaints"] or "against the restrictions"
    assert complaints == {}


def _calendars(public: Path) -> list[str]:
    """Every calendar of a site but those of single events, of which a few stand for all."""
    files = sorted(path.relative_to(public).as_posix() for path in public.rglob("*.ics"))
    return [file for file in files if not file.endswith("event.ics")] + [file for file in files if file.endswith("event.ics")][:8]


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_a_calendar_without_events_is_read(client: Client, workshop: Workshop, tmp_path: Path) -> None:
    plain(workshop).write(entry("pages/about", "title: About")).build()
    assert needed(client).read(workshop.root / "public", ["calendar.ics"], tmp_path / "client") == []


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_a_cancelled_event_is_told_to_be(client: Client, workshop: Workshop, tmp_path: Path) -> None:
    fields = "title: A\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00\nrrule: FREQ=WEEKLY;COUNT=3\n"
    override = "overrides: [{occurrence: 2026-12-08 09:00, event_status: cancelled}]"
    plain(workshop).write(entry("events/a", fields + override)).build()
    found = needed(client).read(workshop.root / "public", ["calendar.ics"], tmp_path / "client")
    assert {each["start"][:10]: each["status"] for each in found} == {
        "2026-12-01": "CONFIRMED",
        "2026-12-08": "CANCELLED",
        "2026-12-15": "CONFIRMED",
    }


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calendar whose events have bad texts for title, place and description; most would not pass as content."""
    workshop = plain(Workshop(tmp_path_factory.mktemp("naughty")))
    for name in NAUGHTY:
        times = "start: 2026-12-01 09:00\nend: 2026-12-01 10:00\nvenue: {name: Hall}"
        workshop.write(entry(f"events/{name}", f"title: {name}\n{times}"))
    loaded = load_site(workshop.options)
    cards = {
        address: replace(card, title=bad, summary=bad, fields={**card.fields, "venue": {"name": bad}})
        for address, card in loaded.site.cards.items()
        for bad in [NAUGHTY[card.name]]
    }
    facts = Facts(replace(loaded.site, cards=cards), loaded.theme, loaded.library, {})
    reader = Reader(facts, "zh", {kind.name: kind for kind in loaded.config.kinds}, VIEWS, absolute=True)
    folder = tmp_path_factory.mktemp("public")
    (folder / "calendar.ics").write_bytes(render_ics("/calendar.ics", ("site",), reader))
    return folder


def readable(text: str) -> str:
    """A text as a calendar can show it: one sort of line end, no control characters."""
    for line_end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(line_end, "\n")
    return "".join(sign for sign in text.replace("\t", " ") if sign == "\n" or not (ord(sign) < 32 or 127 <= ord(sign) < 160))


@pytest.fixture(scope="module", params=CLIENTS, ids=lambda client: client.name)
def texts(request: pytest.FixtureRequest, naughty: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What a client makes of each event's texts, by the name in its address."""
    found = needed(request.param).read(naughty, ["calendar.ics"], tmp_path_factory.mktemp("client"))
    return {each["description"].rpartition("/events/")[2].rstrip("/"): each for each in found}


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_bad_text_survives(texts: dict[str, dict[str, str]], name: str) -> None:
    text = readable(NAUGHTY[name])
    event = texts[name]
    assert event["summary"] == text
    assert event["location"] == text
    assert event["description"] == f"{text}\n\nhttps://alumni.example.edu/events/{name}/"


def test_no_bad_text_makes_or_ends_an_event(texts: dict[str, dict[str, str]]) -> None:
    assert texts.keys() == NAUGHTY.keys()


PAGED = [*happenings("America/New_York"), *happenings("Asia/Shanghai"), endless("Europe/London")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The pages of the default theme for events in two zones."""
    workshop = Workshop(tmp_path_factory.mktemp("pages")).write(chapters())
    for each in PAGED:
        workshop.write(each.source)
    workshop.build()
    return workshop


def days(event: Happening, span: Span) -> list[date]:
    """The days that a span touches on the wall of the event's zone."""
    if len(span.start) == 10:
        first, after = date.fromisoformat(span.start), date.fromisoformat(span.end)
    else:
        start, end = (datetime.fromisoformat(text).astimezone(event.zone) for text in (span.start, span.end))
        first, after = start.date(), (end - timedelta(seconds=1)).date() + timedelta(days=1)
    return [first + timedelta(days=number) for number in range((after - first).days)]


def test_the_pages_of_months_show_what_clients_show(pages: Workshop) -> None:
    wanted = Counter(
        (day.isoformat(), f"/events/{each.name}/") for each in PAGED for spans in each.spans.values() for span in spans
        for day in days(each, span)
    )  # fmt: skip
    got: Counter[tuple[str, str]] = Counter()
    for path in pages.root.glob("public/events/*/*/index.html"):
        for cell in re.findall(r"<td>.*?</td>", path.read_text(encoding="utf-8"), re.DOTALL):
            (day,) = re.findall(r'<time datetime="([0-9-]{10})">', cell)
            got.update((day, address) for address in re.findall(r'class="month__event[^"]*" href="([^"]+)"', cell))
    assert got == wanted


def coming(event: Happening) -> list[Span]:
    """The spans that are not over, soonest first."""
    now = f"{NOW.astimezone(ZONE_OF_TEXT):%Y-%m-%dT%H:%M:%SZ}"
    left = [span for spans in event.spans.values() for span in spans if _ends(event, span) > now]
    return sorted(left, key=lambda span: _begins(event, span))


ZONE_OF_TEXT = datetime.fromisoformat("2026-01-01T00:00:00Z").tzinfo


def _begins(event: Happening, span: Span) -> str:
    return span.start if len(span.start) > 10 else event.midnight(span.start)


def _ends(event: Happening, span: Span) -> str:
    return span.end if len(span.end) > 10 else event.midnight(span.end)


def instants(html: str) -> list[str]:
    """The starts that a part of a page names, as a calendar writes them."""
    found = [
        datetime.fromisoformat(text) if len(text) > 10 else text for text in re.findall(r'<time[^>]* datetime="([^"]+)"', html)
    ]
    return [each if isinstance(each, str) else f"{each.astimezone(ZONE_OF_TEXT):%Y-%m-%dT%H:%M:%SZ}" for each in found]


def test_the_page_of_an_event_lists_every_date_to_come(pages: Workshop) -> None:
    compared = 0
    for each in PAGED:
        dates = re.search(
            r'<section class="section" aria-labelledby="dates">.*?</section>',
            pages.read(f"events/{each.name}/index.html"),
            re.DOTALL,
        )
        assert (dates is not None) == (sum(len(spans) for spans in each.spans.values()) > 1), each.name
        if dates is not None:
            rows = [instants(row)[0] for row in re.findall(r"<li>.*?</li>", dates[0], re.DOTALL)]
            assert rows == [span.start for span in coming(each)][:100], each.name
            compared += len(rows)
    assert compared > 500


def test_the_agenda_shows_the_next_date_of_each_event_soonest_first(pages: Workshop) -> None:
    agenda = pages.read("events/index.html").partition('aria-labelledby="past"')[0]
    rows = re.findall(r'<time class="erow__date" datetime="([^"]+)".*?<a href="/events/([^/]+)/"', agenda, re.DOTALL)
    got = [(name, instants(f'<time datetime="{start}"')[0]) for start, name in rows]
    following = [(each, coming(each)[0]) for each in PAGED if coming(each)]
    assert dict(got) == {each.name: span.start for each, span in following}
    begins = {each.name: _begins(each, span) for each, span in following}
    assert [begins[name] for name, _ in got] == sorted(begins.values())
