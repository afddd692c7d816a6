"""mapping.yaml → Mapping: which column of a register means what, and where the public roll is."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import Group, Named, read_fields
from sitegen.content.fields import Choice, Field, Flag, Integer, Word
from sitegen.content.reading import Reading
from sitegen.content.sources import decode
from sitegen.importers.amounts import UNITS
from sitegen.importers.columns import BY_NAME, COLUMNS
from sitegen.importers.tables import Table
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean

_RATE = Word(pattern=r"[0-9]{1,9}(\.[0-9]{1,9})?", hint="write digits, such as 7.1050")
FIELDS: dict[str, Field] = {
    "to": Word(pattern=r"content/\S.*\.(md|ya?ml)", hint="name the roll, such as content/honors/annual-2026.yaml"),
    "sheet": Word(),
    "heading_row": Integer(minimum=1, maximum=100),
    "columns": Group(fields={column.name: Word() for column in COLUMNS}),
    "words": Group(
        fields={column.name: Named(item=Choice(of=tuple(column.words)) if column.words else Word()) for column in COLUMNS}
    ),
    "amounts_in": Choice(of=tuple(UNITS)),
    "rates": Named(item=_RATE),
    "hidden_amounts": Flag(),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """`columns` are headings by the name of what they hold; empty: those of the template.  `words` are meanings by word.

    `rates` are units of the roll's currency for one of another.  Without `hidden_amounts` an amount that is not to be shown
    is not written at all, and missing in totals.
    """

    to: str = ""
    sheet: str = ""
    heading_row: int = 1
    columns: Map[str, str] = field(default_factory=dict)
    words: Map[str, Map[str, str]] = field(default_factory=dict)
    amounts_in: str = ""
    rates: Map[str, Decimal] = field(default_factory=dict)
    hidden_amounts: bool = True
    file: str = ""
    places: Map[str, tuple[int, int]] = field(default_factory=dict)  # of columns

    def place(self, column: str) -> Span:
        return Span(self.file, *self.places.get(column, (1, 1)))

    def meaning(self, column: str, word: str) -> str | None:
        """What a word of a column means: as the mapping says, or as it is understood anyway; None if it is not."""
        said = self.words.get(column, {}).get(word.strip())
        if said is None and not BY_NAME[column].words:
            return word
        return said or BY_NAME[column].meaning(word)


def load_mapping(path: Path, root: Path, languages: tuple[str, ...]) -> Mapping:
    """Reads a mapping.  Raises SiteError (exit code 2) with every problem in it."""
    whole = path.resolve()
    name = whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(whole)
    try:
        node = yaml.parse(decode(path.read_bytes(), name), name)
    except OSError as error:
        hint = "name the mapping with --map"
        problem = Problem(Code.UNREADABLE, f"the mapping cannot be read: {error.strerror}", Span(name), hint)
        raise SiteError([problem], exit_code=2) from None
    except SiteError as error:
        raise SiteError(error.problems, exit_code=2) from None
    if not isinstance(node, yaml.Mapping):
        problem = Problem(Code.WRONG_TYPE, "the mapping has no fields", Span(name), "write columns: {name: …, amount: …}")
        raise SiteError([problem], exit_code=2)
    reading = Reading(name, languages)
    values = read_fields(FIELDS, node, "", reading)
    rates = values.get("rates", {})
    for currency in rates:
        if not re.fullmatch("[A-Z]{3}", currency):
            reading.note(Code.WRONG_TYPE, f"{currency} is no currency", node.items["rates"], "write three letters, such as USD")
    if reading.problems:
        raise SiteError(reading.problems, exit_code=2)
    columns = node.items.get("columns")
    return Mapping(
        **{key: value for key, value in values.items() if key != "rates"},
        rates={currency: Decimal(rate) for currency, rate in rates.items()},
        file=name,
        places=columns.keys if isinstance(columns, yaml.Mapping) else {},
    )


def positions(mapping: Mapping, table: Table) -> dict[str, int]:
    """Where in a row each column stands.  Raises SiteError with every heading that is not there, or stands twice."""
    headings = [_bare(heading) for heading in table.headings]
    if not mapping.columns:
        found = {
            each.name: headings.index(_bare(word)) for each in COLUMNS for word in (each.zh, each.en) if _bare(word) in headings
        }
        if found:
            return found
        hint = "say with --map which column holds what, or use the headings of sitegen new honor-roll --xlsx"
        raise SiteError([Problem(Code.MISSING_FIELD, "no heading of this table is known", Span(table.file), hint)])
    problems = []
    for name, heading in mapping.columns.items():
        count = headings.count(_bare(heading))
        if count > 1:
            problems.append(Problem(Code.DUPLICATE_ID, f"{count} columns are headed {heading}", mapping.place(name), "rename them"))
        elif not count:
            problems.append(
                Problem(Code.MISSING_FIELD, f"no column is headed {heading}", mapping.place(name), _where(heading, table))
            )
    if problems:
        raise SiteError(problems)
    return {name: headings.index(_bare(heading)) for name, heading in mapping.columns.items()}


def _where(heading: str, table: Table) -> str:
    """A hint: the headings may stand lower, below a title."""
    lower = next((row.number for row in table.rows[:10] if heading in row.cells), None)
    return (
        f"the headings seem to stand in row {lower}: say heading_row: {lower}" if lower else did_you_mean(heading, table.headings)
    )


def _bare(heading: str) -> str:
    return "".join(heading.split())
