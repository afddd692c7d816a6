"""Reads a calendar as icalendar and recurring-ical-events do, and prints every occurrence, one JSON array."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

calendar = Calendar.from_ical(Path(sys.argv[1]).read_bytes())
found = []
for event in recurring_ical_events.of(calendar).between(datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)):
    start, end = (
        f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()
        for moment in (event.start, event.end)
    )
    texts = {name: str(event.get(name, "")) for name in ("summary", "location", "description", "status")}
    found.append({"uid": str(event["uid"]), "start": start, "end": end, **texts})
print(json.dumps(found))
