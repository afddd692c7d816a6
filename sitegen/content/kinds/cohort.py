"""Cohort: those who entered or graduated in one subject in one year.

级 is the year of entry, 届 that of graduation; a cohort has one of them or both, and neither is ever worked out from the other.
"""

from __future__ import annotations

from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.class_names import Pattern
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Field, Integer, Ref, Text, Word
from sitegen.content.kind import Kind
from sitegen.content.reading import Reading
from sitegen.problems import Code

FIRST, LAST = 1896, 2999

OWN: dict[str, Field] = {
    "subject": Text(),
    "code": Word(),
    "entry": Integer(minimum=FIRST, maximum=LAST),
    "graduation": Integer(minimum=FIRST, maximum=LAST),
    "unit": Text(),
    "chapter": Ref(folders=("chapters",)),
}


def check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """A cohort has a year, and graduates after it entered."""
    if "entry" not in node.items and "graduation" not in node.items:
        reading.note(Code.MISSING_FIELD, "the cohort has no year", node, "add entry: 1998 (级), or graduation: 2002 (届), or both")
    if "entry" in fields and "graduation" in fields and fields["graduation"] <= fields["entry"]:
        message = f"the cohort graduates in {fields['graduation']}, and enters in {fields['entry']}"
        reading.note(Code.INCONSISTENT, message, node.items["graduation"], "correct entry or graduation")


COHORT = Kind(
    name="cohort",
    folder="cohorts",
    plural="cohorts",
    own=OWN,
    required=("subject",),
    title_field="subject",
    permalink="/cohorts/{slug}/",
    order=("-entry", "-graduation", "title", "id"),
    check=check,
)

# What config.yaml says of cohorts: how they are called, in full and beside a name, and which anniversaries are round.
SETTINGS = Group(
    fields={
        "names": ListOf(item=Pattern()),
        "short": ListOf(item=Pattern(may_be_empty=True)),
        "reunions": Group(
            fields={
                "basis": Choice(of=("entry", "graduation")),
                "every": Integer(minimum=1),
                "from": Integer(minimum=1),
                "to": Integer(minimum=1, maximum=100),
                "ahead": Integer(maximum=20),
                "day": Word(pattern=r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", hint="write month and day, such as 04-08"),
            }
        ),
    }
)
