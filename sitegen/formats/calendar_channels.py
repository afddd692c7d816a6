"""The calendars of a part of all events, to choose from: by type of event, by audience, by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.formats.event_words import audience_label, type_label
from sitegen.site.addresses import calendar_path, reunion_calendar_path
from sitegen.site.reader import Reader


@dataclass(frozen=True, slots=True)
class CalendarChannel:
    """A calendar to subscribe to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CalendarGroup:
    """Calendars of one sort: `type`, `audience` or `class`, which begins with that of reunions."""

    id: str
    items: Sequence[CalendarChannel]


def calendar_groups(reader: Reader) -> list[CalendarGroup]:
    """All of them that have events, by sort."""
    groups: dict[str, list[CalendarChannel]] = {"type": [], "audience": [], "class": []}
    if reader.fetch(("list", "cohort", reader.language)):
        url = reader.href(reunion_calendar_path(reader.prefix))
        groups["class"].append(CalendarChannel(reader.message("reunions.title"), url))
    for axis, word in reader.fetch(("calendars", reader.language)):
        url = reader.href(calendar_path(axis, word, reader.prefix))
        if axis == "type":
            groups["type"].append(CalendarChannel(type_label(reader, word), url))
        else:
            group = "class" if word.rpartition("-")[2].isdecimal() else "audience"
            groups[group].append(CalendarChannel(audience_label(reader, word), url))
    return [CalendarGroup(name, items) for name, items in groups.items() if items]
