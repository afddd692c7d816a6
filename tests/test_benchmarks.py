"""The benchmark's judge of feeds, calendars and sitemaps: it accepts sitegen's own, and sees what is wrong with others."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.alumni import make_alumni
from benchmarks.subscriptions import ALL, WrongSubscriptionError, check_subscriptions
from benchmarks.writers import write_site
from sitegen.build.options import Options
from sitegen.build.pipeline import build

SITE = make_alumni(12)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("benchmark") / "site"
    write_site("sitegen", SITE, root)
    build(Options(root=root, destination=root / "public", now=datetime(2026, 11, 22, tzinfo=UTC)))
    return root / "public"


def test_accepts_what_sitegen_makes(built: Path) -> None:
    subjects = 1 + len({story.section for story in SITE.stories} | {tag for story in SITE.stories for tag in story.tags})
    chapters, events = len(SITE.chapters), len(SITE.events)
    assert check_subscriptions(SITE, ALL, built) == 3 * (subjects + chapters) + 1 + chapters + events + 1


def without(pattern: str, replacement: str = "") -> Callable[[str], str]:
    return lambda text: re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        pytest.param("feed.xml", without(r"<item>.*?</item>"), id="an RSS feed without its newest story"),
        pytest.param("chapters/chapter-0000/atom.xml", without("</entry>"), id="an Atom feed that is not XML"),
        pytest.param("atom.xml", without(r"<content .*?</content>"), id="a story without its full text"),
        pytest.param("feed.json", without("}]"), id="a JSON feed that is not JSON"),
        pytest.param("feed.json", without(r'"url":"[^"]*/news/', '"url":"https://elsewhere.example/'), id="a story elsewhere"),
        pytest.param("calendar.ics", without(r"BEGIN:VEVENT.*?END:VEVENT\r?\n"), id="a calendar without its event"),
        pytest.param("events/event-00000/event.ics", without(r"(DTSTART;TZID=[^:]*:\d{8}T)\d\d", r"\g<1>23"), id="another hour"),
        pytest.param("events/event-00000/event.ics", without(r"DTEND;TZID=[^:]*", "DTEND"), id="a time without a zone"),
        pytest.param(
            "sitemap.xml", without(r"<loc>[^<]*/news/2026/story[^<]*</loc>", "<loc/>"), id="a story that is not in the sitemap"
        ),
    ],
)
def test_sees_damage(built: Path, tmp_path: Path, file: str, damage: Callable[[str], str]) -> None:
    output = shutil.copytree(built, tmp_path / "public")
    with (output / file).open(encoding="utf-8", newline="") as stream:
        before = stream.read()
    after = damage(before)
    assert after != before
    (output / file).write_text(after, encoding="utf-8", newline="")
    with pytest.raises(WrongSubscriptionError, match=re.escape(file.rpartition("/")[2])):
        check_subscriptions(SITE, ALL, output)


def test_sees_that_a_feed_is_missing(built: Path, tmp_path: Path) -> None:
    output = shutil.copytree(built, tmp_path / "public")
    (output / "tags" / SITE.stories[0].tags[0] / "feed.xml").unlink()
    with pytest.raises(WrongSubscriptionError, match=SITE.stories[0].tags[0]):
        check_subscriptions(SITE, ALL, output)
