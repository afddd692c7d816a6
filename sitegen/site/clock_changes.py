"""Hours that no clock shows: where summer time begins, an event cannot start in the hour that is left out."""

from __future__ import annotations

from datetime import UTC, datetime

from sitegen.problems import Code, Problem
from sitegen.site.site import Site


def missing_hours(site: Site) -> list[Problem]:
    """A problem for each event that would start at a time that does not exist in its zone."""
    problems = []
    for event, times in site.occurrences.items():
        if event.language != site.languages[event.id][0]:
            continue
        missing = next((each for each in times if not _exists(each.start) or not _exists(each.planned)), None)
        if missing is None:
            continue
        start = missing.planned if not _exists(missing.planned) else missing.start
        assert isinstance(start, datetime)
        fields = site.cards[event].fields
        message = f"{start:%Y-%m-%d %H:%M} does not exist in {start.tzinfo}: clocks go forward over that hour"
        hint = "choose another hour" + (", or leave the day out with exdates: …" if fields.get("rrule") else "")
        key = "rrule" if fields.get("rrule") else "dates" if fields.get("dates") else "start"
        problems.append(Problem(Code.BAD_DATE, message, site.places[event][key], hint))
    return problems


def _exists(moment: object) -> bool:
    if not isinstance(moment, datetime) or moment.utcoffset() == moment.replace(fold=1).utcoffset():
        return True  # what is left are the hours around a change: those left out, and those that come twice
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)
