"""Feature: a long read about people: profile, interview, essay, photo essay."""

from __future__ import annotations

from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Ref, Text, Word
from sitegen.content.kind import Kind
from sitegen.content.kinds.news import STORY
from sitegen.content.minors import MINOR, check_minor, without_consents
from sitegen.content.reading import Reading
from sitegen.problems import Code


def _check_subject(subject: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    check_minor(subject, node, reading)
    if ("name" in subject or "person" in subject) and "consent" not in subject:
        reading.note(Code.MISSING_FIELD, "a named subject needs consent", node, "add consent: where the agreement is filed")


def publish(fields: dict[str, Any]) -> dict[str, Any]:
    """Everything but where agreements are filed."""
    if "subjects" not in fields:
        return fields
    return fields | {"subjects": [without_consents(subject) for subject in fields["subjects"]]}


FEATURE = Kind(
    name="feature",
    folder="features",
    plural="features",
    own=STORY
    | {
        "form": Choice(of=("profile", "interview", "essay", "photo-essay")),
        "deck": Text(),
        "subjects": ListOf(
            item=Group(
                fields={"person": Ref(folders=("people",)), "name": Text(), "consent": Word(), **MINOR}, check=_check_subject
            )
        ),
        "pull_quotes": ListOf(item=Group(fields={"text": Text(required=True), "by": Text()}), translated=True),
    },
    required=("title", "date", "form"),
    permalink="/features/{slug}/",
    order=("-date", "id"),
    has_index=False,
    in_feeds=True,
    publish=publish,
)
