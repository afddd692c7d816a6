"""Person: an alumnus or alumna who may be mentioned by id."""

from __future__ import annotations

from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import PartialDate
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Field, Flag, Integer, Ref, Text
from sitegen.content.kind import PICTURE, SORT, Kind
from sitegen.content.minors import MINOR, check_minor, without_consents
from sitegen.content.reading import Reading

OWN: dict[str, Field] = {
    "name": Text(),
    "sort": SORT,
    "degrees": ListOf(
        item=Group(
            fields={
                "level": Choice(of=("bachelor", "master", "doctor", "other"), required=True),
                "unit": Text(),
                "unit_short": Text(),
                "entry": Integer(minimum=1896, maximum=2999),
                "graduation": Integer(minimum=1896, maximum=2999),
                "class": Text(),
                "cohort": Ref(folders=("cohorts",)),
            }
        )
    ),
    "roles": ListOf(item=Group(fields={"title": Text(required=True), "org": Text(), "as_of": PartialDate()})),
    "photo": Group(fields=PICTURE),
    "bio": Text(),
    "deceased": Flag(),
    "visibility": Choice(of=("public", "name-only", "hidden")),
    **MINOR,
}


def check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """A minor is named with a guardian's consent, or hidden."""
    if fields.get("visibility") != "hidden":
        check_minor(fields, node, reading)


def publish(fields: dict[str, Any]) -> dict[str, Any]:
    """Of somebody who may be named and no more: the name, and where it sorts."""
    if fields.get("visibility") != "name-only":
        return without_consents(fields)
    return {key: value for key, value in fields.items() if key in ("name", "sort", "visibility", "sample")}


PERSON = Kind(
    name="person",
    folder="people",
    plural="people",
    own=OWN,
    required=("name",),
    title_field="name",
    permalink="/people/{slug}/",
    order=("sort.pinyin", "id"),
    has_tombstone=False,  # its address would still tell the name
    check=check,
    publish=publish,
)
