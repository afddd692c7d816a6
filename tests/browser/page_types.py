"""The types of pages that a site has, found from its plan, so that a new type is among those that are judged."""

from __future__ import annotations

from pathlib import Path

from conftest import NOW, PROJECT

from sitegen.build.load import load_site
from sitegen.build.options import Options
from sitegen.build.plan import Output


def _type_of(output: Output, kinds: dict[str, str]) -> str:
    """What decides which template draws a page, and how."""
    match output.subject:
        case ("entry", entry_id):
            return kinds[entry_id]
        case ("index", name):
            return str(name)
        case ("news", section, year, number):
            return "list-older" if number else "list-section" if section else "list-year" if year else "list"
        case (sort, *_):
            return str(sort)
    raise AssertionError(output.subject)


def page_types(root: Path = PROJECT) -> dict[str, dict[str, str]]:
    """A page of each type in each language, by the language's code; redirects are no pages."""
    loaded = load_site(Options(root=root, destination=root / "public", now=NOW, index=False))
    kinds = {}
    for address, card in loaded.site.cards.items():
        fields = card.fields
        parts = [card.kind, fields.get("layout") or fields.get("form") or (fields.get("type") if card.kind == "honor_roll" else "")]
        if card.kind == "event" and fields.get("event_status", "scheduled") != "scheduled":
            parts.append(fields["event_status"])
        if card.kind == "event" and fields.get("rrule"):
            parts.append("series")
        kinds[address.id] = "-".join(filter(None, parts))
    found: dict[str, dict[str, str]] = {}
    for output in loaded.outputs:
        if output.format == "html":
            found.setdefault(output.language, {}).setdefault(_type_of(output, kinds), output.path)
    return found


TYPES = page_types()
CASES = [(f"{language}-{name}", path) for language, pages in TYPES.items() for name, path in pages.items()]
