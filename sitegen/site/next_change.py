"""When a site changes by itself, with nobody's doing but that of time."""

from __future__ import annotations

from datetime import date, datetime

from sitegen.site.occurrences import event_zone
from sitegen.site.site import Site, this_year
from sitegen.site.times import start_of


def next_end(site: Site) -> datetime | None:
    """The instant at which the next occurrence of an event is over, and moves from what is to come to what was."""
    ends = []
    for address, times in site.occurrences.items():
        timezone = event_zone(site.cards[address].fields, site.config.timezone)
        end = next((each.ends(timezone) for each in times if each.ends(timezone) > site.now), None)
        ends += [end] if end else []
    return min(ends, default=None)


def next_year(site: Site) -> datetime | None:
    """The instant at which the year turns, and with it the reunions that are told; None for a site without classes."""
    has_cohorts = any(site.order.get(("cohort", language)) for language in site.config.language_codes)
    return start_of(date(this_year(site) + 1, 1, 1), site.config.timezone) if has_cohorts else None
