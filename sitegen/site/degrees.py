"""Where degrees of persons and the cohorts that they name tell different years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.content.record import Record
from sitegen.content.reference import Reference
from sitegen.problems import Code, Problem, Span
from sitegen.site.cards import Card, Cards

_COHORT = re.compile(r"degrees\[(\d+)\]\.cohort")
_HINT = "correct one of the two; texts and pages go by the cohort"


def contradictions(records: Iterable[Record], cards: Cards) -> list[Problem]:
    """A warning for each year of a degree that is not its cohort's; a year that only one of them has is no contradiction."""
    cohorts = {address.id: card for address, card in cards.shown.items() if card.kind == "cohort"}
    persons = [record for record in records if record.kind == "person" and record.sound]
    return [problem for record in persons for reference in record.references for problem in _of(record, reference, cohorts)]


def _of(record: Record, reference: Reference, cohorts: dict[str, Card]) -> Iterator[Problem]:
    degree = _COHORT.fullmatch(reference.field)
    cohort = cohorts.get(reference.candidates[0])
    if degree is None or cohort is None:
        return
    said = record.fields["degrees"][int(degree[1]) - 1]
    for key in ("entry", "graduation"):
        if key in said and said[key] != cohort.fields.get(key, said[key]):
            message = f"degrees[{degree[1]}].{key} is {said[key]}, and {cohort.name} has {cohort.fields[key]}"
            yield Problem(Code.OTHER_YEAR, message, Span(record.source, reference.line, reference.column), _HINT)
