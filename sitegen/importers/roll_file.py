"""The public file of a roll: what it says now, and its text with other entries.  Reads and writes that file."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml as pyyaml

from sitegen.config import Config
from sitegen.content import strict_yaml as yaml
from sitegen.content.entries import FOLDER, load_entry
from sitegen.content.kinds.honor_roll import HONOR_ROLL
from sitegen.content.record import Record
from sitegen.content.sources import decode, find_sources, read_source
from sitegen.problems import Code, Problem, SiteError, Span, errors

_HOW = (
    'write it first, with its title, period, currency and levels: sitegen new honor_roll "…", then type: donors and what '
    "the guide says of honor rolls"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a roll says of itself: currency, period (empty for none), and levels by id with their least amounts."""

    type: str
    currency: str
    start: str
    end: str
    levels: Map[str, Decimal]

    def covers(self, day: str) -> bool:
        """True for a day of the period, and for a gift without one."""
        return not day or ((not self.start or self.start <= day) and (not self.end or day <= self.end))

    def level(self, amount: Decimal | None) -> str:
        """The id of the level an amount reaches; '' for none."""
        reached = [(least, name) for name, least in self.levels.items() if amount is not None and amount >= least]
        return max(reached, default=(Decimal(0), ""))[1]


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll as its file has it."""

    path: str
    text: str
    terms: Terms
    entries: Sequence[Map[str, Any]]


def read_roll(path: str, config: Config) -> Roll:
    """The roll of a file of the project.  Raises SiteError."""
    if not path.startswith(f"{FOLDER}/{HONOR_ROLL.folder}/"):
        hint = f"rolls are in {FOLDER}/{HONOR_ROLL.folder}/"
        raise SiteError([Problem(Code.UNSAFE_PATH, f"{path} is no roll", Span(path), hint)])
    if not (config.root / path).exists():
        raise SiteError([Problem(Code.MISSING_FILE, f"there is no file {path}", Span(path), _HOW)])
    text = decode(read_source(config.root, path), path)
    record = _record(path, text, config)
    fields = record.fields
    period = fields.get("period", {})
    levels = {level["id"]: Decimal(level["min"]) for level in fields.get("levels", ())}
    terms = Terms(fields.get("type", ""), fields.get("currency", ""), period.get("from", ""), period.get("to", ""), levels)
    return Roll(path, text, terms, fields.get("entries", []))


def reread(path: str, text: str, config: Config) -> Sequence[Map[str, Any]]:
    """The entries of a text as a build will read them.  Raises SiteError with what a build would say."""
    entries: Sequence[Map[str, Any]] = _record(path, text, config).fields.get("entries", [])
    return entries


def ids_of(folder: str, config: Config) -> set[str]:
    """The short ids of the entries in a content folder."""
    sources, _ = find_sources(config.root, f"{FOLDER}/{folder}")
    loaded = (load_entry(source.path, read_source(config.root, source.path), config)[0] for source in sources if source.is_entry)
    return {record.id.partition("/")[2] for record in loaded if record is not None}


def _record(path: str, text: str, config: Config) -> Record:
    record, problems = load_entry(path, text.encode(), config)
    if record is None or errors(problems):
        raise SiteError(problems)
    return record


def with_entries(roll: Roll, entries: Sequence[Map[str, Any]], source: Map[str, str]) -> tuple[str, int]:
    """The text of a roll with other entries, one a line, and the line of the first; everything else stays as it was typed."""
    lines = roll.text.rstrip("\n").split("\n")
    begin = 1 if roll.path.endswith(".md") else 0
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---") if begin else len(lines)
    node = yaml.parse("\n".join(lines[begin:end]), roll.path, begin + 1)
    assert isinstance(node, yaml.Mapping)
    if any(column != 1 for _, column in node.keys.values()):
        hint = "begin each field on a line of its own, without { }"
        raise SiteError([Problem(Code.YAML_SYNTAX, "the roll is written in one line", Span(roll.path), hint)])
    at = end
    for key in sorted(node.keys.keys() & {"entries", "source"}, key=lambda key: -node.keys[key][0]):
        first, last = _extent(key, node, lines, end)
        del lines[first:last]
        end -= last - first
        at = first if key == "entries" else min(at, end) if at <= first else at - (last - first)
    written = ["source: " + _flow(source), "entries:" if entries else "entries: []", *_listed(entries)]
    return "\n".join([*lines[:at], *written, *lines[at:]]) + "\n", at + 3


def _extent(key: str, node: yaml.Mapping, lines: Sequence[str], end: int) -> tuple[int, int]:
    """The lines of a field: to the next, without the remarks that stand before that."""
    first = node.keys[key][0] - 1
    last = min((line - 1 for line, _ in node.keys.values() if line - 1 > first), default=end)
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    return first, last


class _Dumper(getattr(pyyaml, "CSafeDumper", pyyaml.SafeDumper)):  # type: ignore[misc]  # the C dumper, where there is one
    pass


def _amount(dumper: Any, amount: Decimal) -> Any:
    text = str(amount)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _group(dumper: Any, values: dict[str, Any]) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", values.items(), flow_style=True)


_Dumper.add_representer(Decimal, _amount)
_Dumper.add_representer(dict, _group)


def _listed(entries: Sequence[Map[str, Any]]) -> list[str]:
    if not entries:
        return []
    return _dumped([dict(entry) for entry in entries]).rstrip("\n").split("\n")


def _flow(values: Map[str, str]) -> str:
    return _dumped(dict(values)).strip()


def _dumped(value: Any) -> str:
    text = pyyaml.dump(value, Dumper=_Dumper, allow_unicode=True, default_flow_style=False, sort_keys=False, width=2**30)
    return str(text)


def write_roll(roll: Roll, text: str, config: Config) -> None:
    """Puts a text in the place of the file, whole or not at all.  Raises SiteError."""
    path = config.root / roll.path
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        problem = Problem(
            Code.UNWRITABLE, f"the roll cannot be written: {error.strerror}", Span(roll.path), "check its permissions"
        )
        raise SiteError([problem]) from None
