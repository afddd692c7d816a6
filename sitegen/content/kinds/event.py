"""Event: one record that becomes a page, calendar entries and structured data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import Moment, TimeZone
from sitegen.content.field_groups import Group, ListOf
from sitegen.content.fields import Choice, Field, Flag, Integer, Number, Ref, Text, Url, Word
from sitegen.content.kind import Kind
from sitegen.content.reading import Reading
from sitegen.content.recurrence import expand
from sitegen.problems import Code

LONGEST = 366
EVENT_STATUS = ("scheduled", "cancelled", "postponed", "moved")
GEO = ListOf(item=Number(minimum=-180, maximum=180), length=2)
VENUE = Group(fields={"name": Text(required=True), "address": Text(), "geo": GEO})

OWN: dict[str, Field] = {
    "start": Moment(),
    "end": Moment(),
    "all_day": Flag(),
    "timezone": TimeZone(),
    "mode": Choice(of=("in-person", "online", "hybrid")),
    "venue": VENUE,
    "online_url": Url(),
    "organizers": ListOf(item=Text()),
    "chapters": ListOf(item=Ref(folders=("chapters",))),
    "people": ListOf(item=Ref(folders=("people",))),
    "audience": Group(
        fields={
            "text": Text(),
            "cohorts": Group(
                fields={"basis": Choice(of=("entry", "graduation"), required=True), "every": Integer(minimum=1), "from": Integer()}
            ),
        }
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


def check(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """End after start, days for an all-day event, a rule that RFC 5545 allows."""
    start, end = fields.get("start"), fields.get("end")
    if start and end and not fields.get("all_day") and (len(start) == 10 or len(end) == 10):
        reading.note(Code.BAD_DATE, "start and end need a time", node.items["start"], "add the hour, or all_day: true")
    elif start and fields.get("all_day") and (len(start) > 10 or len(end or "") > 10):
        reading.note(Code.BAD_DATE, "an all-day event has days, not hours", node.items["start"], "leave the times out")
    elif start and end:
        too_early = end < start if fields.get("all_day") else not _before(start, end)
        if too_early:
            reading.note(
                Code.INCONSISTENT,
                "end is before start",
                node.items["end"],
                f"it starts {start.replace('T', ' ')[:16]}: correct one of the two",
            )
    if start and end and (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days > LONGEST:
        hint = "check the years; what happens again and again has a rule: rrule: …"
        reading.note(Code.INCONSISTENT, f"the event lasts more than {LONGEST} days", node.items["end"], hint)
    if start and not end and not fields.get("all_day"):
        reading.note(Code.MISSING_FIELD, "the event has no end", node.items["start"], "add end: …, or all_day: true")
    if fields.get("rrule"):
        _check_rule(fields, node, reading)
    elif "rrule" not in node.items:
        for key in ("exdates", "overrides"):
            if key in fields:
                reading.note(
                    Code.INCONSISTENT, f"{key} without a rule", node.items[key], "add rrule: …, or change the event itself"
                )


def _before(start: str, end: str) -> bool:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    if (first.tzinfo is None) != (last.tzinfo is None):
        return True
    return first < last


def _check_rule(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """The rule can be read, begins with the start, and has every time that exdates and overrides name."""
    if "start" not in fields:
        return
    rule = node.items["rrule"]
    start = datetime.fromisoformat(fields["start"])
    if start.tzinfo is not None:
        reading.note(Code.BAD_DATE, "a repeated event has an offset", node.items["start"], "write the local time, and timezone: …")
        return
    hint = "such as FREQ=WEEKLY;BYDAY=SU;UNTIL=20270627"
    try:
        times = set(expand(fields["rrule"], start, fields.get("timezone", "UTC")))
    except (ValueError, OverflowError) as error:
        reading.note(Code.WRONG_TYPE, f"rrule is not a rule: {error}", rule, hint)
        return
    if not times:
        reading.note(Code.INCONSISTENT, "the rule has no occurrence", rule, hint)
    elif start not in times:
        message = f"the rule does not include the start, its first time is {min(times):%Y-%m-%d %H:%M}"
        reading.note(Code.INCONSISTENT, message, rule, "let the event start on a day of the rule")
    named = reading.aligned(fields.get("exdates"), node.items.get("exdates"))
    overrides = reading.aligned(fields.get("overrides"), node.items.get("overrides"))
    named += [(each["occurrence"], place.items["occurrence"]) for each, place in overrides if each and "occurrence" in each]
    for text, place in named:
        if len(text) != len(fields["start"]) or datetime.fromisoformat(text) not in times:
            shown = text.replace("T", " ")
            reading.note(
                Code.INCONSISTENT, f"{shown} is not a time of the rule", place, f"write it as the start is: {start:%Y-%m-%d %H:%M}"
            )


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
