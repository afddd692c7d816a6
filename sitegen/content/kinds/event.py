"""Event: one record that becomes a page, calendar entries and structured data."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.fields import Choice, Field, Flag, Group, Integer, ListOf, Moment, Number, Ref, Text, TimeZone, Url, Word
from sitegen.content.kind import Kind
from sitegen.content.reading import Reading
from sitegen.problems import Code

EVENT_STATUS = ("scheduled", "cancelled", "postponed", "moved")
GEO = ListOf(item=Number(minimum=-180, maximum=180), length=2)
VENUE = Group(fields={"name": Text(required=True), "address": Text(), "geo": GEO})
_RRULE_PARTS = frozenset("FREQ UNTIL COUNT INTERVAL BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST".split())

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
            reading.note(Code.INCONSISTENT, "end is before start", node.items["end"], f"the event starts {start.replace('T', ' ')}")
    if start and not end and not fields.get("all_day"):
        reading.note(Code.MISSING_FIELD, "the event has no end", node.items["start"], "add end: …, or all_day: true")
    if fields.get("rrule"):
        _check_rule(fields["rrule"], node.items["rrule"], reading)


def _before(start: str, end: str) -> bool:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    if (first.tzinfo is None) != (last.tzinfo is None):
        return True
    return first < last


def _check_rule(rule: str, node: yaml.Node, reading: Reading) -> None:
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    unknown = [part for part in parts if part not in _RRULE_PARTS]
    if unknown or parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        reading.note(Code.WRONG_TYPE, f"rrule “{rule}” is not a rule", node, "such as FREQ=WEEKLY;BYDAY=SU;UNTIL=20270627")
    elif "UNTIL" in parts and not re.fullmatch(r"\d{8}(T\d{6}Z?)?", parts["UNTIL"]):
        reading.note(Code.BAD_DATE, f"UNTIL={parts['UNTIL']} is not a date", node, "write UNTIL=20270627 or UNTIL=20270627T235959")


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
