"""Event: one record that becomes a page, calendar entries and structured data."""

from __future__ import annotations

from sitegen.content.date_fields import Moment, TimeZone
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Attachment, Choice, Field, Flag, Integer, Number, Ref, Text, Url, Word
from sitegen.content.kind import Kind
from sitegen.content.schedule import check

EVENT_STATUS = ("scheduled", "cancelled", "postponed", "moved")
TYPES = (
    "reunion", "social", "lecture", "forum", "career", "arts", "sports", "ceremony", "giving", "volunteering", "meeting",
)  # fmt: skip
AUDIENCES = ("alumni", "young-alumni", "students", "families", "faculty", "donors", "volunteers", "public")
GEO = ListOf(item=Number(minimum=-180, maximum=180), length=2)
VENUE = Group(fields={"name": Text(required=True), "address": Text(), "geo": GEO})
EMAIL = Word(pattern=r"[^\s@:/<>\"]+@[^\s@:/<>\"]+\.[^\s@:/<>\"]+", hint="write an e-mail address, such as events@example.edu")
COHORTS: dict[str, Field] = {
    "basis": Choice(of=("entry", "graduation"), required=True),
    "every": Integer(minimum=1),
    "from": Integer(),
    "years": ListOf(item=Integer(minimum=1800, maximum=9999)),
}

OWN: dict[str, Field] = {
    "type": Choice(of=TYPES),
    "start": Moment(),
    "end": Moment(),
    "all_day": Flag(),
    "dates": ListOf(item=Moment()),
    "timezone": TimeZone(),
    "mode": Choice(of=("in-person", "online", "hybrid")),
    "venue": VENUE,
    "online_url": Url(),
    "organizers": ListOf(item=Text()),
    "chapters": ListOf(item=Ref(folders=("chapters",))),
    "people": ListOf(item=Ref(folders=("people",))),
    "contact": Group(fields={"name": Text(), "email": EMAIL, "phone": Word()}),
    "audience": Group(
        fields={
            "text": Text(),
            "groups": ListOf(item=Choice(of=AUDIENCES)),
            "cohorts": Group(fields=COHORTS),
            "classes": ListOf(item=Ref(folders=("cohorts",))),
        },
    ),
    "registration": Group(
        fields={"url": Url(), "opens": Moment(), "closes": Moment(), "capacity": Integer(minimum=1), "fee": Text()}
    ),
    "agenda": ListOf(
        item=Group(
            fields={
                "time": Word(pattern=r"\d{1,2}:\d{2}", hint='write "09:00"', required=True),
                "title": Text(required=True),
                "speaker": Text(),
            }
        )
    ),
    "speakers": ListOf(item=Group(fields={"person": Ref(folders=("people",)), "name": Text(), "title": Text()})),
    "attachments": ListOf(item=Group(fields={"file": Attachment(required=True), "title": Text(required=True)})),
    "rrule": Word(),
    "exdates": ListOf(item=Moment()),
    "overrides": ListOf(
        item=Group(
            fields={
                "occurrence": Moment(required=True),
                "start": Moment(),
                "end": Moment(),
                "venue": VENUE,
                "event_status": Choice(of=EVENT_STATUS),
                "note": Text(),
            }
        )
    ),
    "event_status": Choice(of=EVENT_STATUS),
    "sequence": Integer(),
    "recap": Ref(folders=("news", "features")),
}


EVENT = Kind(
    name="event",
    folder="events",
    plural="events",
    own=OWN,
    required=("title", "start"),
    permalink="/events/{slug}/",
    order=("start", "id"),
    check=check,
)
