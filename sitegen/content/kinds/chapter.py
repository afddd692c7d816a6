"""Chapter: an alumni group by region, school, industry, interest, cohort, or shared with sister universities."""

from __future__ import annotations

from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import PartialDate
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Field, Flag, Integer, Picture, Ref, Text, Word
from sitegen.content.kind import EDITORIAL_STATUS, Kind
from sitegen.content.kinds.event import GEO
from sitegen.content.reading import Reading
from sitegen.problems import Code

TYPES = ("regional", "overseas", "school", "industry", "interest", "cohort", "joint")
STANDINGS = ("preparing", "active", "dormant", "closed")

OWN: dict[str, Field] = {
    "type": Choice(of=TYPES),
    # One key serves both: a chapter that is draft or withdrawn has no standing to show yet.
    "status": Choice(of=STANDINGS + EDITORIAL_STATUS),
    "founded": Group(fields={"date": PartialDate(required=True), "precision": Choice(of=("year", "month", "day"))}),
    "registration": Text(translated=False),
    "region": Group(
        fields={
            "country": Word(pattern=r"[A-Z]{2}", hint="write the two-letter code, such as CN"),
            "admin": Text(),
            "city": Text(),
            "geo": GEO,
        }
    ),
    "parent": Ref(folders=("chapters",)),
    "affiliations": ListOf(item=Word()),
    "officers": ListOf(
        item=Group(
            fields={
                "role": Text(required=True),
                "name": Text(required=True),
                "person": Ref(folders=("people",)),
                "term": Group(fields={"from": PartialDate(), "to": PartialDate(), "rotating": Flag()}),
            }
        )
    ),
    "contacts": ListOf(
        item=Group(
            fields={
                "type": Choice(of=("email", "phone", "wechat", "website", "address"), required=True),
                "value": Text(required=True),
                "label": Text(),
                "qr": Picture(),
                "public": Flag(),
            }
        )
    ),
    "members": Group(fields={"value": Integer(required=True), "as_of": PartialDate(required=True)}),
    "history": ListOf(item=Group(fields={"date": PartialDate(required=True), "text": Text(required=True)})),
}


def check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """A term of office ends after it begins."""
    for officer, place in reading.aligned(fields.get("officers"), node.items.get("officers")):
        term = officer.get("term", {})
        if term.get("from") and term.get("to") and term["to"] < term["from"]:
            reading.note(Code.INCONSISTENT, "the term ends before it begins", place.items["term"], "check from and to")


def publish(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the contacts marked `public: false`."""
    contacts = [contact for contact in fields.get("contacts", ()) if contact.get("public", True)]
    return fields | {"contacts": contacts}


CHAPTER = Kind(
    name="chapter",
    folder="chapters",
    plural="chapters",
    own=OWN,
    required=("title", "type", "status"),
    permalink="/chapters/{slug}/",
    check=check,
    publish=publish,
)
