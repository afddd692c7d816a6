"""Honor roll: donors, distinguished alumni, awards, volunteers, namings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import Moment
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Amount, Choice, Field, Flag, Integer, Ref, Text, Word
from sitegen.content.giving import publish
from sitegen.content.kind import SORT, Kind
from sitegen.content.minors import MINOR, check_minor
from sitegen.content.reading import Reading
from sitegen.problems import Code, did_you_mean

TYPES = ("donors", "distinguished-alumni", "awards", "volunteers", "naming")
DONOR_KINDS = ("person", "couple", "family", "class", "chapter", "company", "foundation", "team", "estate")


def _check_entry(entry: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    check_minor(entry, node, reading)
    if entry.get("recognition") == "anonymous":
        for key in ("name", "person", "cohort", "sort"):
            if key in entry:
                reading.note(
                    Code.INCONSISTENT, f"an anonymous donor has a {key}", node.items[key], f"delete {key}, or change recognition"
                )
    elif "name" not in entry and "person" not in entry:
        reading.note(Code.MISSING_FIELD, "the entry has no name", node, "add name: …, or recognition: anonymous")


ENTRY: dict[str, Field] = {
    "id": Word(required=True),
    "donor_kind": Choice(of=DONOR_KINDS),
    "name": Text(),
    "person": Ref(folders=("people",)),
    "sort": SORT,
    "recognition": Choice(of=("named", "described", "anonymous")),
    "level": Word(),
    "amount": Amount(),
    "amount_display": Choice(of=("exact", "band", "hidden")),
    "cohort": Ref(folders=("cohorts",)),
    "unit": Text(),
    "chapter": Ref(folders=("chapters",)),
    "project": Ref(folders=("projects",)),
    "tribute": Group(fields={"type": Choice(of=("honor", "memory"), required=True), "name": Text(required=True)}),
    "consecutive_years": Integer(minimum=1),
    "deceased": Flag(),
    "soft_credit_of": Word(),
    "consent_ref": Word(),
    **MINOR,
    "year": Integer(),
    "citation": Text(),
    "awarded_by": Text(),
    "story": Ref(folders=("features", "news")),
}

OWN: dict[str, Field] = {
    "type": Choice(of=TYPES),
    "period": Group(
        fields={
            "from": Moment(date_only=True, required=True),
            "to": Moment(date_only=True, required=True),
            "basis": Choice(of=("received", "pledged"), required=True),
        }
    ),
    "currency": Word(pattern=r"[A-Z]{3}", hint="write the three-letter code, such as CNY"),
    "levels": ListOf(item=Group(fields={"id": Word(required=True), "min": Amount(required=True), "name": Text(required=True)})),
    "group_by": Choice(of=("level", "cohort", "unit", "chapter", "project", "year")),
    "sort": Choice(of=("pinyin", "stroke", "amount", "given")),
    "privacy": Group(fields={"min_hidden": Integer(), "round_to": Integer(minimum=1)}),
    "entries": ListOf(item=Group(fields=ENTRY, check=_check_entry)),
    "source": Group(fields={"file": Word(required=True), "sha256": Word()}),
}


def check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """Levels exist and fit the amounts, ids are single, donors have a period and a currency."""
    if fields.get("type") == "donors":
        for key in ("period", "currency"):
            if key not in node.items:
                reading.note(Code.MISSING_FIELD, f"a roll of donors needs {key}", node, f"add {key}: …")
    period = fields.get("period", {})
    if "from" in period and "to" in period and period["to"] < period["from"]:
        reading.note(Code.INCONSISTENT, "the period ends before it begins", node.items["period"], "correct from or to")
    minimum = {level["id"]: Decimal(level["min"]) for level in fields.get("levels", ()) if "min" in level and "id" in level}
    seen: set[str] = set()
    ids = {str(entry.get("id")) for entry in fields.get("entries", ())}
    for entry, place in reading.aligned(fields.get("entries"), node.items.get("entries")):
        if entry.get("id") in seen:
            reading.note(
                Code.DUPLICATE_ID, f"the entry id {entry['id']} stands twice", place.items["id"], "give each entry its own id"
            )
        seen.add(entry.get("id", ""))
        level = entry.get("level")
        if level is not None and level not in minimum:
            reading.note(
                Code.UNKNOWN_CHOICE,
                f"unknown level {level}",
                place.items["level"],
                did_you_mean(level, minimum) or "declare it under levels:",
            )
        elif level is not None and "amount" in entry and Decimal(entry["amount"]) < minimum[level]:
            reading.note(
                Code.INCONSISTENT, f"{entry['amount']} is below the minimum of level {level}", place.items["amount"],
                f"level {level} begins at {minimum[level]}",
            )  # fmt: skip
        credited = entry.get("soft_credit_of")
        if credited is not None and credited not in ids:
            message = f"there is no entry {credited} in this roll"
            reading.note(Code.UNKNOWN_REFERENCE, message, place.items["soft_credit_of"], did_you_mean(credited, ids))


HONOR_ROLL = Kind(
    name="honor_roll",
    folder="honors",
    plural="honor_rolls",
    own=OWN,
    required=("title", "type"),
    permalink="/honors/{slug}/",
    order=("weight", "-date", "-id"),
    check=check,
    publish=publish,
    apart=("entries", "totals"),
)
