"""What an event has told calendars: when it was last revised, how often, and what it said of time, place and state.

Calendars take a change for one only if SEQUENCE or DTSTAMP is higher than before (RFC 5545, 3.8.7.4; RFC 5546, 2.1.4).
Both come from `updated`, so that one line in the file is enough; who counts revisions by hand writes `sequence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sitegen.site.occurrences import event_zone
from sitegen.site.times import instant

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TOLD = {
    "time": ("start", "end", "all_day", "timezone", "dates", "rrule", "exdates"),
    "place": ("venue", "online_url", "mode"),
    "state": ("event_status",),
}
_TOLD_OF_ONE = {"time": ("start", "end"), "place": ("venue",), "state": ("event_status",)}
_SILENT = {"mode": "in-person", "event_status": "scheduled", "all_day": False}


def revised(fields: Mapping[str, Any], site_zone: str) -> datetime:
    """The instant of the last revision, in UTC: `updated`, or `date`, or the beginning of the count of seconds."""
    text = fields.get("updated") or fields.get("date") or "1970-01-01T00:00:00+00:00"
    return instant(text, event_zone(fields, site_zone)).astimezone(UTC)


def sequence(fields: Mapping[str, Any], site_zone: str) -> int:
    """SEQUENCE: as counted by hand, or the minute of `updated`, counted from the year 2000; 0 for what was never revised."""
    if "sequence" in fields:
        return int(fields["sequence"])
    if "updated" not in fields:
        return 0
    return max(0, int((revised(fields, site_zone) - EPOCH).total_seconds()) // 60)


def told(fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What calendars are told of an event's time, place and state: what a change of must reach its subscribers."""
    overrides = fields.get("overrides", ())
    return {
        matter: [fields.get(name, _SILENT.get(name)) for name in names]
        + [[each["occurrence"], *map(each.get, _TOLD_OF_ONE[matter])] for each in overrides if _says(each, matter)]
        for matter, names in TOLD.items()
    }


def _says(override: Mapping[str, Any], matter: str) -> bool:
    return any(name in override for name in _TOLD_OF_ONE[matter])
