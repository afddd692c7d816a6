"""Project: what gifts go to.  A page links out to give; the site never takes money."""

from __future__ import annotations

from sitegen.content.date_fields import Moment
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Amount, Choice, Field, Integer, Picture, Ref, Text, Url, Word
from sitegen.content.kind import Kind

OWN: dict[str, Field] = {
    "category": Word(),
    "state": Choice(of=("planned", "open", "completed", "closed")),
    "recipient_org": Text(translated=False),
    "goal": Group(fields={"amount": Amount(required=True), "currency": Word()}),
    "raised": Group(
        fields={
            "amount": Amount(),
            "currency": Word(),
            "as_of": Moment(date_only=True, required=True),
            "from_roll": Ref(folders=("honors",)),
        }
    ),
    "donate": Group(fields={"url": Url(), "qr": Picture()}),
    "use_of_funds": ListOf(item=Group(fields={"label": Text(required=True), "share": Integer(maximum=100, required=True)})),
    "permit": Text(),
}

PROJECT = Kind(
    name="project",
    folder="projects",
    plural="projects",
    own=OWN,
    required=("title", "category", "state", "recipient_org"),
    permalink="/projects/{slug}/",
)
