"""Reads a calendar as libical does (GNOME, KDE) and prints its complaints and every occurrence, one JSON object.

The C library has no command of its own that expands, so this calls its functions.  Reference: libical 3, icalcomponent.h.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = ctypes.c_void_p
TEXTS = ("summary", "location", "description")


class Time(ctypes.Structure):
    """struct icaltimetype"""

    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")] + [
        ("zone", ctypes.c_void_p)
    ]


class Span(ctypes.Structure):
    """struct icaltime_span"""

    _fields_ = [("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int)]


VISIT = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(Span), ctypes.c_void_p)
SIGNATURES = {
    "icalparser_parse_string": (HERE, [ctypes.c_char_p]),
    "icalrestriction_check": (ctypes.c_int, [HERE]),
    "icalcomponent_as_ical_string": (ctypes.c_char_p, [HERE]),
    "icalcomponent_string_to_kind": (ctypes.c_int, [ctypes.c_char_p]),
    "icalcomponent_get_first_component": (HERE, [HERE, ctypes.c_int]),
    "icalcomponent_get_next_component": (HERE, [HERE, ctypes.c_int]),
    "icalcomponent_get_uid": (ctypes.c_char_p, [HERE]),
    "icalcomponent_get_summary": (ctypes.c_char_p, [HERE]),
    "icalcomponent_get_location": (ctypes.c_char_p, [HERE]),
    "icalcomponent_get_description": (ctypes.c_char_p, [HERE]),
    "icalcomponent_get_status": (ctypes.c_int, [HERE]),
    "icalproperty_status_to_string": (ctypes.c_char_p, [ctypes.c_int]),
    "icalcomponent_get_dtstart": (Time, [HERE]),
    "icalcomponent_get_first_property": (HERE, [HERE, ctypes.c_int]),
    "icalproperty_string_to_kind": (ctypes.c_int, [ctypes.c_char_p]),
    "icalproperty_get_datetime_with_component": (Time, [HERE, HERE]),
    "icalcomponent_foreach_recurrence": (None, [HERE, Time, Time, VISIT, ctypes.c_void_p]),
    "icaltime_as_timet_with_zone": (ctypes.c_long, [Time, ctypes.c_void_p]),
    "icaltime_from_string": (Time, [ctypes.c_char_p]),
}


def library() -> ctypes.CDLL:
    """libical with the types of what is called.  Raises OSError where it is not installed."""
    loaded = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
    for name, (result, arguments) in SIGNATURES.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded


def components(ical: ctypes.CDLL, calendar: int) -> Iterator[int]:
    """The events of a calendar."""
    kind = ical.icalcomponent_string_to_kind(b"VEVENT")
    component = ical.icalcomponent_get_first_component(calendar, kind)
    while component:
        yield component
        component = ical.icalcomponent_get_next_component(calendar, kind)


def spans(ical: ctypes.CDLL, component: int) -> list[tuple[int, int]]:
    """The seconds since 1970 at which each occurrence begins and ends."""
    found: list[tuple[int, int]] = []

    def visit(_component: int, span: Any, _data: object) -> None:
        found.append((span.contents.start, span.contents.end))

    first, last = ical.icaltime_from_string(b"20000101T000000Z"), ical.icaltime_from_string(b"20400101T000000Z")
    ical.icalcomponent_foreach_recurrence(component, first, last, VISIT(visit), None)
    return found


def planned(ical: ctypes.CDLL, component: int) -> int | None:
    """The start that this component changes, in seconds since 1970; None for one that changes no other."""
    changed = ical.icalcomponent_get_first_property(component, ical.icalproperty_string_to_kind(b"RECURRENCE-ID"))
    if not changed:
        return None
    moment = ical.icalproperty_get_datetime_with_component(changed, component)
    seconds: int = ical.icaltime_as_timet_with_zone(moment, moment.zone)
    return seconds


def occurrences(ical: ctypes.CDLL, calendar: int) -> Iterator[dict[str, str]]:
    """Every occurrence: libical leaves it to its callers to put a change in the place of what it changes."""
    events = list(components(ical, calendar))
    replaced = {(ical.icalcomponent_get_uid(each), planned(ical, each)) for each in events}
    for component in events:
        uid, is_change = ical.icalcomponent_get_uid(component), planned(ical, component) is not None
        form = "%Y-%m-%d" if ical.icalcomponent_get_dtstart(component).is_date else "%Y-%m-%dT%H:%M:%SZ"
        texts = {name: getattr(ical, f"icalcomponent_get_{name}")(component) or b"" for name in TEXTS}
        texts |= {"uid": uid, "status": ical.icalproperty_status_to_string(ical.icalcomponent_get_status(component)) or b""}
        for start, end in spans(ical, component):
            if is_change or (uid, start) not in replaced:
                times = {
                    "start": datetime.fromtimestamp(start, UTC).strftime(form),
                    "end": datetime.fromtimestamp(end, UTC).strftime(form),
                }
                yield {name: text.decode() for name, text in texts.items()} | times


def main(path: str) -> None:
    ical = library()
    calendar = ical.icalparser_parse_string(Path(path).read_bytes())
    found = list(occurrences(ical, calendar))
    sound = bool(ical.icalrestriction_check(calendar))  # notes what it finds in the calendar itself
    text = ical.icalcomponent_as_ical_string(calendar).decode().replace("\r\n ", "")
    complaints = [line for line in text.split("\r\n") if line.startswith("X-LIC-ERROR")]
    json.dump({"sound": sound, "complaints": complaints, "occurrences": found}, sys.stdout)


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    main(sys.argv[1])
