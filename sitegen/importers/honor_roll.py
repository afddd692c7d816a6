"""import_roll(): a restricted register → the entries of a public roll, in one function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sitegen.build.options import Options
from sitegen.config import Config, load_config
from sitegen.importers.accounts import account, by_level, changes
from sitegen.importers.donors import Donor, donors_of, entries_of
from sitegen.importers.doubles import alike, repeated
from sitegen.importers.gifts import Gifts, read_gifts
from sitegen.importers.mapping import Mapping, load_mapping
from sitegen.importers.reconciliation import differences, figures_of_register, figures_of_roll
from sitegen.importers.roll_file import Roll, ids_of, read_roll, reread, with_entries, write_roll
from sitegen.importers.tables import Table, lies_with, read_table
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: lines to tell, warnings, and whether the file was written."""

    lines: Sequence[str]
    warnings: Sequence[Problem]
    is_written: bool


def import_roll(options: Options, register: Path, mapping_file: Path | None, to: str | None, dry: bool, verbose: bool) -> Import:
    """Replaces the entries of a roll by those of a register.  Raises SiteError, and writes nothing, if anything is wrong."""
    config = load_config(options.root, options.config)
    _check_outside(register, options.root)
    mapping = load_mapping(mapping_file, options.root, config.language_codes) if mapping_file else Mapping()
    roll = read_roll(_target(to or mapping.to, mapping), config)
    table = read_table(register, mapping.sheet, mapping.heading_row)
    gifts = read_gifts(table, mapping, roll.terms.currency)
    _check_columns(gifts, roll, table)
    _check_references(gifts, table, config)
    donors = donors_of(gifts, roll.terms, lambda row, column: table.place(row, gifts.positions.get(column, 0)))
    entries = entries_of(donors, roll.terms, config.language_codes, mapping.hidden_amounts)
    text, first_line = with_entries(roll, [entry for entry, _ in entries], {"file": table.file, "sha256": table.sha256})
    written = _reread(roll, text, config, table, first_line, [row for _, row in entries])
    wanted, found = figures_of_register(donors, roll.terms, mapping.hidden_amounts), figures_of_roll(written)
    _reconcile(differences(wanted, found), roll)
    if not dry and text != roll.text:
        write_roll(roll, text, config)
    lines = [
        *_head(table, gifts),
        *account(gifts.rows, donors, roll.terms, mapping.hidden_amounts),
        *by_level(found, roll.terms),
        *changes(roll.entries, written, verbose),
        _end(roll, dry, text),
    ]
    return Import(lines, _warnings(gifts, donors, table), not dry and text != roll.text)


def _target(path: str, mapping: Mapping) -> str:
    if not path:
        hint = "say to: content/honors/….yaml in the mapping, or --to"
        raise SiteError(
            [Problem(Code.MISSING_FIELD, "nothing says which roll to write", Span(mapping.file or "sitegen import"), hint)], 2
        )
    return path


def _check_outside(register: Path, root: Path) -> None:
    if lies_with(register, root):
        hint = "move it to where only the office can read it: what lies here is copied with the site"
        raise SiteError(
            [Problem(Code.UNSAFE_PATH, "the register lies in the folder or the repository of the site", Span(register.name), hint)]
        )


def _check_columns(gifts: Gifts, roll: Roll, table: Table) -> None:
    if roll.terms.type != "donors":
        return
    missing = [name for name in ("amount", "name") if name not in gifts.columns]
    span = Span(table.file)
    problems = [
        Problem(
            Code.MISSING_FIELD, f"a roll of donors needs the column {name}", Span(table.file), f"map it: columns: {{{name}: …}}"
        )
        for name in missing
    ]
    if not gifts.columns & {"consent_name", "consent_amount", "consent_ref"}:
        hint = "map consent_name and consent_amount, or consent_ref"
        problems.append(Problem(Code.CONSENT, "no column says what the donors have agreed to", span, hint))
    if problems:
        raise SiteError(problems)


def _check_references(gifts: Gifts, table: Table, config: Config) -> None:
    """Every chapter, project and person that the register names is one of the site."""
    problems = []
    for column, folder in (("chapter", "chapters"), ("project", "projects"), ("person", "people")):
        rows: dict[str, list[int]] = defaultdict(list)
        for gift in gifts.rows:
            if column in gift.values:
                rows[gift.values[column]].append(gift.row)
        known = ids_of(folder, config) if rows else set()
        for name in sorted(rows.keys() - known):
            message = f"there is no {column} {name[:40]}" + (f" (in {len(rows[name]):,} rows)" if len(rows[name]) > 1 else "")
            hint = f"say in the mapping which it is: words: {{{column}: {{{name[:40]}: …}}}}; {did_you_mean(name, known)}".rstrip(
                "; "
            )
            span = table.place(rows[name][0], gifts.positions[column])
            problems.append(Problem(Code.UNKNOWN_REFERENCE, message, span, hint))
    if problems:
        raise SiteError(problems)


def _reread(roll: Roll, text: str, config: Config, table: Table, first_line: int, rows: Sequence[int]) -> Sequence[Map[str, Any]]:
    """The entries as a build will read them; what it would say of a line is said of the row that the line comes from."""
    try:
        return reread(roll.path, text, config)
    except SiteError as error:
        found = []
        for problem in error.problems:
            index = problem.span.line - first_line
            span = table.place(rows[index]) if 0 <= index < len(rows) else Span(roll.path)
            found.append(replace(problem, span=span))
        raise SiteError(dict.fromkeys(found)) from None


def _reconcile(differing: Sequence[str], roll: Roll) -> None:
    if differing:
        hint = "nothing was written; this is a fault of sitegen: please report it, without the register"
        raise SiteError([Problem(Code.UNRECONCILED, line, Span(roll.path), hint) for line in differing])


def _head(table: Table, gifts: Gifts) -> Iterator[str]:
    yield f"register: {table.file}{f', sheet {table.sheet}' if table.sheet else ''}, {len(gifts.rows):,} gifts"
    if gifts.unit != "元":
        yield f"amounts are in {gifts.unit}元 (as the heading or the mapping says), unless a cell says otherwise"


def _warnings(gifts: Gifts, donors: Sequence[Donor], table: Table) -> list[Problem]:
    hint = "if they are one, give them one donor number in the register"
    found = [
        Problem(Code.SAME_DONOR, f"rows {', '.join(map(str, rows))} may be of one donor", table.place(rows[0]), hint)
        for rows in alike(donors)
    ]
    hint = "if both are right, give each gift a number of its own"
    return found + [
        Problem(Code.SAME_DONOR, f"the row says the same as row {first}: the same donor, day and amount", table.place(row), hint)
        for first, row in repeated(gifts.rows)
    ]


def _end(roll: Roll, dry: bool, text: str) -> str:
    if text == roll.text:
        return f"{roll.path} is as it should be"
    return f"{roll.path} would be written (--dry-run)" if dry else f"{roll.path} written"
