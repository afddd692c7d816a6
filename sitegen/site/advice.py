"""Advice on content that is valid but wants attention: terms of office that ended, services not reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sitegen.content.zones import zone
from sitegen.problems import Code, Problem
from sitegen.site.cards import Card
from sitegen.site.site import Site


def advise(site: Site) -> list[Problem]:
    """Warnings, one for each thing, in the default language only."""
    today = site.now.astimezone(zone(site.config.timezone)).date()
    problems: list[Problem] = []
    if site.config.wants_search and not site.config.has_search:
        hint = 'pip install "sitegen[search]", or set search: false'
        message = "the pages have no search: Pagefind, which makes its index, is not installed"
        problems.append(Problem(Code.NO_SEARCH, message, site.config.place("search"), hint))
    for address, card in sorted(site.cards.items()):
        if address.language == site.languages[card.id][0]:
            for message, hint, code, key in _advice(card, today):
                problems.append(Problem(code, message, site.places[address][key], hint))
    return problems


def _advice(card: Card, today: date) -> Iterator[tuple[str, str, Code, str]]:
    for officer in card.fields.get("officers", ()) if card.kind == "chapter" else ():
        ended = officer.get("term", {}).get("to")
        if ended and ended < today.isoformat()[: len(ended)]:
            yield (
                f"the term of {officer['name']} ended {ended}",
                "name the successor, or the new term",
                Code.EXPIRED_TERM,
                "officers",
            )
    if card.kind == "service" and card.fields.get("reviewed_on") and card.fields.get("review_every"):
        due = _months_later(date.fromisoformat(card.fields["reviewed_on"]), int(card.fields["review_every"]))
        if due < today:
            yield f"the page should have been reviewed by {due}", "check it, then set reviewed_on", Code.STALE, "reviewed_on"


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def missing_translations(site: Site) -> list[Problem]:
    """Entries that exist in some languages of the site and not in others."""
    problems: list[Any] = []
    for entry_id, languages in sorted(site.languages.items()):
        lacking = [code for code in site.config.language_codes if code not in languages]
        if lacking and len(site.config.language_codes) > 1:
            place = next(places["slug"] for address, places in site.places.items() if address.id == entry_id)
            message = f"{entry_id} is not in {', '.join(lacking)}"
            problems.append(
                Problem(Code.MISSING_TRANSLATION, message, place, f"write {entry_id.rpartition('/')[2]}.{lacking[0]}.md")
            )
    return problems
