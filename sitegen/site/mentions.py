"""What is wrong with mentions of persons: ids that nobody has, and persons who may not be named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from sitegen.content.mentions import FIELD, FOLDER
from sitegen.content.record import Record
from sitegen.content.reference import Reference
from sitegen.problems import Code, Problem, Span, did_you_mean
from sitegen.site.cards import Address, Cards

_CLOSE = 0.8


def is_meant(name: str, known: Iterable[str]) -> bool:
    """Whether `@name` that nobody has was meant for a person: it has a hyphen, as ids of persons do, or resembles one of them.

    Anything else, such as the name of an account elsewhere, stays as it was typed.
    """
    plain = _plain(name)
    return "-" in name or bool(difflib.get_close_matches(plain, [_plain(each) for each in known], n=1, cutoff=_CLOSE))


def mistakes(records: Iterable[Record], cards: Cards) -> list[Problem]:
    """An error for each mention that means nobody, a warning for each that may not name who is meant."""
    named = [(record, reference) for record in records for reference in record.references if reference.field == FIELD]
    if not named:
        return []
    known = sorted(entry_id.partition("/")[2] for entry_id in cards.ids if entry_id.startswith(FOLDER + "/"))
    shown = {address.id for address in cards.shown}
    return [problem for record, reference in named for problem in _mistakes(record, reference, known, shown, cards)]


def _mistakes(record: Record, reference: Reference, known: list[str], shown: set[str], cards: Cards) -> Iterator[Problem]:
    (entry_id,) = reference.candidates
    name = entry_id.partition("/")[2]
    span = Span(record.source, reference.line, reference.column)
    if entry_id not in cards.ids:
        if is_meant(name, known):
            hint = f"{did_you_mean(name, known) or 'write the person first'} (if no person is meant, write \\@{name})"
            yield Problem(Code.UNKNOWN_REFERENCE, f"@{name} is nobody in content/{FOLDER}", span, hint)
    elif entry_id not in shown and any(Address(record.id, language) in cards.shown for language in record.languages):
        hint = "what stands around it may still tell who it is: write the sentence anew"
        yield Problem(Code.UNNAMED, f"@{name} is not shown now, so the page does without the name", span, hint)


def _plain(name: str) -> str:
    return re.sub("[-_]", "", name.lower())
