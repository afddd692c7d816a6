"""Site → the outputs it should have: pages, feeds, calendars, redirects.  Two outputs for one file are an error."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.build import codec
from sitegen.config import Config
from sitegen.content.kinds.news import SECTIONS
from sitegen.formats.feed_formats import FEED_FORMATS, LEGACY_FILES
from sitegen.problems import Code, Problem, Span
from sitegen.site.addresses import (
    INDEXES,
    calendar_path,
    file_of,
    listing_path,
    reunion_calendar_path,
    roll_path,
    section_path,
    term_path,
)
from sitegen.site.audience import axes
from sitegen.site.cards import Address, Card, path_of, slug
from sitegen.site.paging import sheet_numbers
from sitegen.site.reunions import reunions_of
from sitegen.site.rolls import AXES, Roll, page_count
from sitegen.site.site import Site, this_year

_NO_SOURCE = Span("config.yaml")
_RESERVED = re.compile(r"(?i)\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)")


@dataclass(frozen=True, slots=True)
class Output:
    """One file to be made.

    `path` is its address below the base; `format` names the format that renders it, from `subject` (plain values);
    `origin` is the source to name when something is wrong with it.
    """

    path: str
    format: str
    language: str
    subject: tuple[Any, ...]
    origin: Span

    @property
    def file(self) -> str:
        return file_of(self.path)


def job_of(output: Output) -> str:
    """What an output is asked to be, as text."""
    return codec.dump_key((output.path, output.format, output.language, output.subject))


def output_of(job: str) -> Output:
    """The output that was asked for.  Raises ValueError."""
    path, form, language, subject = codec.load_key(job)
    return Output(path, form, language, subject, _NO_SOURCE)


def plan(site: Site) -> tuple[list[Output], list[Problem]]:
    """All outputs but assets and pictures (those follow from what the pages read), and every collision."""
    outputs: list[Output] = []
    for language in site.config.language_codes:
        outputs += _entries(site, language)
        outputs += _listings(site, language)
        outputs += _feeds(site, language)
    outputs += _whole_site(site)
    outputs += _redirects(site)
    return outputs, _collisions(outputs) + _unsafe(outputs)


def _entries(site: Site, language: str) -> Iterator[Output]:
    for kind in site.config.kinds:
        for entry_id in site.order[kind.name, language]:
            address = Address(entry_id, language)
            if address not in site.urls:
                continue
            card, path, origin = site.cards[address], site.urls[address], site.places[address]["slug"]
            yield Output(path, "html", language, ("entry", entry_id), origin)
            if address in site.rolls:
                yield from _roll(path, language, entry_id, site.rolls[address], slug(card), origin)
            if kind.name == "event":
                yield Output(path + "event.ics", "ics", language, ("event", entry_id), origin)
            if kind.name == "chapter":
                yield from _feed(path, language, ("chapter", entry_id), origin)
                yield Output(path + "calendar.ics", "ics", language, ("chapter", entry_id), origin)
    for withheld in site.withheld:
        kind = site.config.kind(withheld.card.kind)
        if withheld.verdict.is_withdrawn and kind.has_tombstone and withheld.card.language == language:
            path = path_of(withheld.card, site.config)
            date, reason = _withdrawal(withheld.card)
            yield Output(path, "html", language, ("tombstone", date, reason), Span(withheld.card.source))


def _roll(path: str, language: str, entry_id: str, roll: Roll, name: str, origin: Span) -> Iterator[Output]:
    """The further pages of a roll, those of its classes, initials and years, and its table to download."""
    for number in range(2, page_count(len(roll.rows)) + 1):
        yield Output(roll_path(path, "", None, number), "html", language, ("entry", entry_id, number), origin)
    for axis in AXES:
        keys = roll.keys(axis)
        if keys:
            yield Output(roll_path(path, axis), "html", language, ("roll", entry_id, axis), origin)
        for key, count in keys:
            for number in range(1, page_count(count) + 1):
                yield Output(roll_path(path, axis, key, number), "html", language, ("roll", entry_id, axis, key, number), origin)
    if roll.rows:
        yield Output(f"{path}{name}.csv", "csv", language, ("roll", entry_id), origin)


def _withdrawal(card: Card) -> tuple[str, str]:
    withdrawal = card.fields.get("withdrawal", {})
    return withdrawal.get("date", str(card.fields.get("updated", ""))[:10]), withdrawal.get("reason", "")


def _listings(site: Site, language: str) -> Iterator[Output]:
    config, prefix = site.config, site.config.prefix(language)
    origin = _NO_SOURCE

    def page(*subject: Any) -> Output:
        return Output(listing_path(subject, prefix), "html", language, subject, origin)

    def pages(count: int, *subject: Any) -> Iterator[Output]:
        for number in sheet_numbers(count, config.paginate):
            yield page(*subject, number)

    for name in _index_names(config):
        if name != "news":
            yield page("index", name)
    news = [site.cards[Address(entry_id, language)] for entry_id in site.order["news", language]]
    yield from pages(len(news), "news", None, None)
    sections = Counter(card.fields["section"] for card in news)
    for section in SECTIONS:
        yield from pages(sections[section], "news", section, None)
    years = Counter(int(card.fields["date"][:4]) for card in news)
    for year in sorted(years):
        yield from pages(years[year], "news", None, year)
    for taxonomy in config.taxonomies:
        for term, ids in site.terms[taxonomy, language].items():
            yield from pages(len(ids), "term", taxonomy, term)
    for year, month in sorted(_months(site, language)):
        yield page("month", year, month)
    if site.order["cohort", language]:
        for each in (None, *reunions_of(config.texts.get("cohorts")).years(this_year(site))):
            yield page("reunions", each)
    yield page("404")


def _index_names(config: Config) -> list[str]:
    known = [name for name in INDEXES if name not in ("tags", "topics")]
    own = [kind.folder for kind in config.kinds if kind.has_index and kind.folder not in known]
    return known + own + list(config.taxonomies)


def _months(site: Site, language: str) -> set[tuple[int, int]]:
    return {
        (day.year, day.month)
        for entry_id in site.order["event", language]
        for occurrence in site.occurrences.get(Address(entry_id, language), ())
        for day in occurrence.days()
    }


def _feeds(site: Site, language: str) -> Iterator[Output]:
    prefix, origin = site.config.prefix(language), _NO_SOURCE
    yield from _feed(f"{prefix}/", language, ("site",), origin)
    for file in LEGACY_FILES:
        yield Output(f"{prefix}/{file}", "rss", language, ("site",), origin)
    yield Output(f"{prefix}/calendar.ics", "ics", language, ("site",), origin)
    for axis, word in axes(site.cards[Address(entry_id, language)].fields for entry_id in site.order["event", language]):
        yield Output(calendar_path(axis, word, prefix), "ics", language, (axis, word), origin)
    if site.order["cohort", language]:
        yield Output(reunion_calendar_path(prefix), "ics", language, ("reunions",), origin)
    for section in SECTIONS:
        yield from _feed(section_path(section, prefix), language, ("section", section), origin)
    for taxonomy in site.config.taxonomies:
        for term in site.terms[taxonomy, language]:
            yield from _feed(term_path(taxonomy, term, prefix), language, ("term", taxonomy, term), origin)


def _feed(path: str, language: str, subject: tuple[Any, ...], origin: Span) -> Iterator[Output]:
    """A feed in all its formats, beside its page."""
    for name, form in FEED_FORMATS.items():
        yield Output(path + form.file, name, language, subject, origin)


def _whole_site(site: Site) -> Iterator[Output]:
    language, origin = site.config.default_language, _NO_SOURCE
    yield Output("/sitemap.xml", "sitemap", language, (), origin)
    yield Output("/robots.txt", "robots", language, (), origin)
    yield Output("/site.webmanifest", "webmanifest", language, (), origin)
    yield Output("/_redirects", "redirects", language, (), origin)
    yield Output("/_headers", "headers", language, (), origin)
    if site.config.texts.get("security"):
        yield Output("/.well-known/security.txt", "security", language, (), origin)


def _redirects(site: Site) -> Iterator[Output]:
    for address, path in sorted(site.urls.items()):
        for alias in site.cards[address].fields.get("aliases", ()):
            alias = site.config.prefix(address.language) + alias
            alias = alias if alias.endswith((".html", "/")) else alias + "/"
            yield Output(alias, "redirect", address.language, (path,), site.places[address]["aliases"])


def _collisions(outputs: Iterable[Output]) -> list[Problem]:
    """Two outputs whose files would be one on a disk that folds case or composes characters."""
    taken: dict[str, Output] = {}
    problems = []
    for output in outputs:
        key = unicodedata.normalize("NFC", output.file).casefold()
        first = taken.setdefault(key, output)
        if first is not output:
            problems.append(_collision(output, first, f"{output.path} is already the address of"))
    folders = {"/".join(key.split("/")[:depth]): output for key, output in taken.items() for depth in range(1, key.count("/") + 1)}
    for key, output in taken.items():
        if key in folders:
            problems.append(_collision(output, folders[key], f"{output.path} is a file where a folder is needed for"))
    return problems


def _collision(second: Output, first: Output, message: str) -> Problem:
    """The problem at the author's file, where one of the two has one."""
    mine, other = (first, second) if second.origin == _NO_SOURCE else (second, first)
    what = "a page that every site has" if other.origin == _NO_SOURCE else other.origin.path
    hint = "change the alias" if mine.format == "redirect" else "give this page another slug, or another file name"
    return Problem(Code.COLLISION, f"{message} {what}", mine.origin, hint)


def _unsafe(outputs: Iterable[Output]) -> list[Problem]:
    problems = []
    for output in outputs:
        parts = output.path.strip("/").split("/")
        if any(part in ("..", ".") for part in parts) or "//" in output.path or "\\" in output.path:
            message = f"the address {output.path} leaves the site's folder"
            problems.append(Problem(Code.UNSAFE_PATH, message, output.origin, "use a path without .. and //"))
        elif any(_RESERVED.match(part) or part.endswith((".", " ")) for part in parts):
            message = f"the address {output.path} holds a name that Windows reserves"
            problems.append(Problem(Code.UNSAFE_PATH, message, output.origin, "choose another slug"))
    return problems
