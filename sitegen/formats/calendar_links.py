"""Links that put an event into a reader's own calendar, and those that subscribe to a calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

GOOGLE = "https://calendar.google.com/calendar/render?"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose?"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0/deeplink/compose?"


def calendar_links(occurrence: Any) -> dict[str, str]:
    """Addresses that add one occurrence of an event to the calendars of Google and Microsoft."""
    start, after = occurrence.start, _after(occurrence.end)
    place = occurrence.venue.name if occurrence.venue else occurrence.online_url or ""
    details = "\n\n".join(part for part in (occurrence.note, occurrence.summary, occurrence.permalink) if part)
    google = {"action": "TEMPLATE", "text": occurrence.title, "dates": f"{_compact(start)}/{_compact(after)}",
              "details": details, "location": place, "ctz": occurrence.zone_label}  # fmt: skip
    outlook = {"path": "/calendar/action/compose", "rru": "addevent", "subject": occurrence.title, "startdt": start.isoformat(),
               "enddt": after.isoformat(), "body": details, "location": place,
               "allday": "false" if isinstance(start, datetime) else "true"}  # fmt: skip
    return {
        "google_url": GOOGLE + urlencode(google),
        "outlook_url": OUTLOOK + urlencode(outlook),
        "outlook_work_url": OUTLOOK_AT_WORK + urlencode(outlook),
    }


def webcal(url: str) -> str:
    """The address of a calendar with the scheme that opens a subscription instead of a file."""
    return re.sub(r"\Ahttps?://", "webcal://", url)


def _after(end: date | datetime) -> date | datetime:
    """The first day or instant that is no more part of the event."""
    return end if isinstance(end, datetime) else end + timedelta(days=1)


def _compact(when: date | datetime) -> str:
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return when.strftime("%Y%m%d")
