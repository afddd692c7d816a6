"""One logical alumni site of N stories, before any generator's format: the same for the same N and seed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from benchmarks.prose import Writer

TITLE = "Example Alumni Association"
BASE_URL = "https://alumni.example.edu/"
TIMEZONE, OFFSET = "Asia/Shanghai", "+08:00"
PAGE_SIZE = 20
FEED_SIZE = 30
SECTIONS = ("alma-mater", "association", "chapters", "media", "notices")
TAGS = tuple(
    "anniversary archive athletics bridges careers choir cities climate cohorts concert energy engineering faculty founders giving"
    " grid history homecoming languages laboratory lectures letters library medicine mentoring museum music networks overseas"
    " reading research reunion running scholarship schools startups students teaching volunteering westward".split()
)
_LAST = datetime(2026, 11, 20, 9)
_DAYS = 3650
_DONORS = 200


@dataclass(frozen=True, slots=True)
class Story:
    """A dated story; `reference` is the sentence of its body that the benchmark edits."""

    number: int
    slug: str
    title: str
    date: datetime
    section: str
    chapter: str
    tags: tuple[str, ...]
    summary: str
    body: str
    reference: str
    translation: tuple[str, str, str] | None = None  # title, summary and body in the second language


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the association."""

    id: str
    title: str
    city: str
    body: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a chapter."""

    id: str
    title: str
    start: datetime
    end: datetime
    chapter: str
    venue: str
    body: str


@dataclass(frozen=True, slots=True)
class Donor:
    """A line of the honor roll."""

    id: str
    name: str
    level: str
    amount: int


@dataclass(frozen=True, slots=True)
class Alumni:
    """The whole site."""

    stories: Sequence[Story]
    chapters: Sequence[Chapter]
    events: Sequence[Event]
    donors: Sequence[Donor]
    second_language: bool


def make_alumni(count: int, seed: int = 1, second_language: bool = False) -> Alumni:
    """A site of `count` stories; with a second language every fifth story has a Chinese translation."""
    chapters = [_chapter(number, seed) for number in range(max(1, count // 50))]
    stories = [_story(number, count, len(chapters), seed, second_language) for number in range(count)]
    events = [_event(number, max(1, count // 20), len(chapters), seed) for number in range(max(1, count // 20))]
    return Alumni(stories, chapters, events, [_donor(number, seed) for number in range(_DONORS)], second_language)


def expected_pages(site: Alumni) -> list[str]:
    """The pages that every generator must make, whatever else it makes."""
    pages = ["index.html", "news/index.html", "honors/roll/index.html", "events/index.html", "chapters/index.html"]
    pages += [f"{story_path(story)}index.html" for story in site.stories]
    pages += [f"news/{section}/index.html" for section in sorted({story.section for story in site.stories})]
    pages += [f"chapters/{chapter.id}/index.html" for chapter in site.chapters]
    pages += [f"events/{event.id}/index.html" for event in site.events]
    pages += [f"tags/{tag}/index.html" for tag in sorted({tag for story in site.stories for tag in story.tags})]
    return pages


def least_pages(site: Alumni) -> int:
    """The HTML files that every generator must at least make: those expected, and the further parts of lists of 20."""
    counts = Counter(term for story in site.stories for term in (("section", story.section), *story.tags))
    lists = [len(site.stories), *counts.values()]
    return len(expected_pages(site)) + sum(max(0, count // PAGE_SIZE - 1) for count in lists)


def story_path(story: Story) -> str:
    return f"news/{story.date.year}/{story.slug}/"


def _story(number: int, count: int, chapters: int, seed: int, second_language: bool) -> Story:
    chinese = number % 10 == 7
    writer = Writer(f"story {seed} {number}", chinese)
    reference = f"编号 A-{number:06}。" if chinese else f"Its number in the register is A-{number:06}."
    translation = None
    if second_language and number % 5 == 0:
        other = Writer(f"translation {seed} {number}", chinese=True)
        translation = (other.title(), other.sentence(), other.body(f"编号 B-{number:06}。"))
    return Story(
        number=number,
        slug=f"story-{number:06}",
        title=writer.title(),
        date=_LAST - timedelta(minutes=round(_DAYS * 1440 * (count - 1 - number) / count)),
        section=SECTIONS[writer.random.randrange(len(SECTIONS))],
        chapter=f"chapter-{writer.random.randrange(chapters):04}",
        tags=tuple(sorted(writer.random.sample(TAGS, writer.random.randint(1, 4)))),
        summary=_plain(writer.sentence()),
        body=writer.body(reference),
        reference=reference,
        translation=translation,
    )


def _chapter(number: int, seed: int) -> Chapter:
    writer = Writer(f"chapter {seed} {number}", chinese=False)
    city = writer.random.choice(("Xi'an", "Hangzhou", "Lanzhou", "London", "Sydney", "Toronto", "Chengdu", "Nairobi"))
    return Chapter(f"chapter-{number:04}", f"{city} Chapter {number}", city, writer.sentence() + "\n\n" + writer.sentence() + "\n")


def _event(number: int, count: int, chapters: int, seed: int) -> Event:
    writer = Writer(f"event {seed} {number}", chinese=False)
    start = _LAST + timedelta(days=60) - timedelta(days=_DAYS * number // count, hours=writer.random.randint(0, 8))
    return Event(
        id=f"event-{number:05}",
        title=writer.title(),
        start=start,
        end=start + timedelta(hours=2),
        chapter=f"chapter-{writer.random.randrange(chapters):04}",
        venue=writer.random.choice(("Reading Room", "Lecture Hall", "East Gate", "Museum")),
        body=" ".join(writer.sentence() for _ in range(4)) + "\n",
    )


def _donor(number: int, seed: int) -> Donor:
    random = Random(f"donor {seed} {number}")
    family = random.choice("Zhao Qian Sun Li Zhou Wu Zheng Wang Feng Chen Smith Brown Clarke Evans".split())
    amount = random.choice((500, 1_000, 5_000, 20_000, 100_000, 1_000_000))
    level = "evergreen" if amount >= 100_000 else "classmate" if amount >= 5_000 else "friend"
    return Donor(f"g-{number:04}", f"{family} {random.choice('ABCDEFGHJKLMN')}. ({1950 + number % 70})", level, amount)


def _plain(text: str) -> str:
    """Without the marks of Markdown: a summary is plain text."""
    return re.sub(r"\[(.*?)\]\(.*?\)", r"\1", text.replace("*", ""))
