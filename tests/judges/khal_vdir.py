"""Reads folders of calendar files as khal does, and prints every occurrence, one JSON array."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytz
from khal.khalendar import CalendarCollection

FORMS = {"timeformat": "%H:%M", "dateformat": "%Y-%m-%d", "longdateformat": "%Y-%m-%d", "datetimeformat": "%Y-%m-%d %H:%M",
         "longdatetimeformat": "%Y-%m-%d %H:%M", "unicode_symbols": True, "firstweekday": 0, "weeknumbers": False}  # fmt: skip
LOCALE = {"local_timezone": pytz.UTC, "default_timezone": pytz.UTC, **FORMS}

folder, database = sys.argv[1:]
usual = {"readonly": True, "color": "", "priority": 10, "ctype": "calendar", "addresses": []}
calendars = {path.name: {"name": path.name, "path": str(path), **usual} for path in sorted(Path(folder).iterdir())}
collection = CalendarCollection(calendars, dbpath=database, locale=LOCALE)
first, last = datetime(2000, 1, 1), datetime(2040, 1, 1)
found = []
for event in [*collection.get_localized(pytz.UTC.localize(first), pytz.UTC.localize(last)), *collection.get_floating(first, last)]:
    if event.allday:
        # khal's last day is part of the event, that of a calendar file is not.
        start, end = event.start.isoformat(), event.end.fromordinal(event.end.toordinal() + 1).isoformat()
    else:
        start, end = (f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for moment in (event.start, event.end))
    texts = {name: str(getattr(event, name)) for name in ("summary", "location", "description")}
    found.append({"uid": "", "start": start, "end": end, "status": event.status, **texts})
print(json.dumps(found))
