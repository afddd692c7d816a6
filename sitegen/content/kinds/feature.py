"""Feature: a long read about people: profile, interview, essay, photo essay."""

from __future__ import annotations

from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Ref, Text, Word
from sitegen.content.kind import Kind
from sitegen.content.kinds.news import STORY
from sitegen.content.reading import Reading
from sitegen.problems import Code


def _named_subject_needs_consent(subject: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    if ("name" in subject or "person" in subject) and "consent" not in subject:
        reading.note(Code.MISSING_FIELD, "a named subject needs consent", node, "add consent: where the agreement is filed")


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
                fields={"person": Ref(folders=("people",)), "name": Text(), "consent": Word()}, check=_named_subject_needs_consent
            )
        ),
        "pull_quotes": ListOf(item=Group(fields={"text": Text(required=True), "by": Text()}), translated=True),
    },
    required=("title", "date", "form"),
    permalink="/features/{slug}/",
    order=("-date", "id"),
    has_index=False,
    in_feeds=True,
)
