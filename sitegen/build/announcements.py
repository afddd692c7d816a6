"""What calendars were told by earlier builds, against what they are told now: a change that they would not notice.

The content alone decides what a calendar says; this only compares, and warns.  What was told is remembered until the event
is revised, so a warning comes back with every build until somebody heeds it.  Where there is no memory, as in a fresh
clone, there is nothing to compare with, and nothing is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.content.zones import zone
from sitegen.problems import Code, Problem
from sitegen.site.cards import Address
from sitegen.site.occurrences import event_zone
from sitegen.site.revision import sequence, told
from sitegen.site.site import Site
from sitegen.site.visibility import Policy

_PLACES = {"time": "start", "place": "venue", "state": "event_status"}


@dataclass(frozen=True, slots=True)
class Announcements:
    """What to remember, as text, and what calendars would not notice."""

    note: str
    problems: tuple[Problem, ...] = ()


def announce(site: Site, before: str, policy: Policy) -> Announcements:
    """Compares with what is remembered; `before` is the note of the last build, empty for the first.

    What only an editor sees was told to nobody, so a build that shows drafts neither compares nor remembers.
    """
    if policy != Policy():
        return Announcements(before)
    known: dict[str, Any] = json.loads(before or "{}")
    problems: list[Problem] = []
    for event, times in site.occurrences.items():
        if event.language != site.languages[event.id][0]:
            continue
        fields = site.cards[event].fields
        now = [sequence(fields, site.config.timezone), told(fields)]
        last = known.get(event.id)
        if last is None or now[0] > last[0]:
            known[event.id] = now
        elif now != last:
            timezone = event_zone(fields, site.config.timezone)
            if all(each.ends(timezone) <= site.now for each in times):
                known[event.id] = now
            else:
                problems += _unnoticed(event, site, last, now)
    return Announcements(json.dumps(known, ensure_ascii=False), tuple(problems))


def _unnoticed(event: Address, site: Site, last: list[Any], now: list[Any]) -> Iterator[Problem]:
    fields, places = site.cards[event].fields, site.places[event]
    clock = site.now.astimezone(zone(event_zone(fields, site.config.timezone)))
    by_hand = f"write sequence: {last[0] + 1}, so that calendars notice"
    if now[0] < last[0]:
        message = f"calendars were told sequence {last[0]}, and now {now[0]}: they keep what they had"
        yield Problem(Code.UNNOTICED, message, places["sequence"], by_hand)
        return
    hint = by_hand if "sequence" in fields else f"write updated: {clock:%Y-%m-%d %H:%M}, so that calendars notice"
    for matter, key in _PLACES.items():
        if now[1][matter] != last[1].get(matter):
            message = f"the {matter} of this event has changed, but calendars that know it will not notice"
            yield Problem(Code.UNNOTICED, message, places[key], hint)
