"""Service: something the office does for alumni, with the steps to get it."""

from __future__ import annotations

from sitegen.content.date_fields import Moment
from sitegen.content.field_groups import ListOf
from sitegen.content.fields import Field, Integer, Text, Url
from sitegen.content.kind import Kind

OWN: dict[str, Field] = {
    "audience": ListOf(item=Text()),
    "steps": ListOf(item=Text()),
    "documents": ListOf(item=Text()),
    "fee": Text(),
    "hours": Text(),
    "apply": Url(),
    "contact": Text(),
    "reviewed_on": Moment(date_only=True),
    "review_every": Integer(minimum=1),
}

SERVICE = Kind(
    name="service",
    folder="services",
    plural="services",
    own=OWN,
    required=("title", "audience", "steps"),
    permalink="/services/{slug}/",
)
