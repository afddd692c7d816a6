"""News: a dated story of a section."""

from __future__ import annotations

from sitegen.content.date_fields import Moment
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Field, Ref, Text, Url, Word
from sitegen.content.kind import PICTURE, Kind

SECTIONS = ("alma-mater", "association", "chapters", "media", "notices")

BYLINE: dict[str, Field] = {
    "source": Text(),
    "authors": ListOf(item=Text()),
    "photographers": ListOf(item=Text()),
    "editors": ListOf(item=Text()),
    "duty_editor": Text(),
    "reviewers": ListOf(item=Text()),
}

STORY: dict[str, Field] = {
    "section": Choice(of=SECTIONS),
    "dateline": Group(fields={"place": Text(required=True)}, translated=True),
    "byline": Group(fields=BYLINE),
    "original_url": Url(),
    "press_contact": Group(fields={"name": Text(required=True), "phone": Word(), "email": Word()}),
    "gallery": ListOf(item=Group(fields=PICTURE)),
    "corrections": ListOf(
        item=Group(fields={"date": Moment(date_only=True, required=True), "text": Text(required=True)}), translated=True
    ),
    "chapters": ListOf(item=Ref(folders=("chapters",))),
    "events": ListOf(item=Ref(folders=("events",))),
    "people": ListOf(item=Ref(folders=("people",))),
    "projects": ListOf(item=Ref(folders=("projects",))),
}

NEWS = Kind(
    name="news",
    folder="news",
    plural="news",
    own=STORY,
    required=("title", "date", "section"),
    permalink="/news/{year}/{slug}/",
    order=("-date", "id"),
    in_feeds=True,
)
