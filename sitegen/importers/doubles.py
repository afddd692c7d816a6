"""Doubles: rows that may say the same thing twice, or one donor who may be there under two numbers.  Hints, never decisions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sitegen.importers.donors import Donor
from sitegen.importers.gifts import Gift
from sitegen.importers.names import name_key


def repeated(gifts: Sequence[Gift]) -> list[tuple[int, int]]:
    """Rows that say the same as an earlier one: donor, day and amount; only where gifts have no numbers of their own."""
    first: dict[tuple[object, ...], int] = {}
    found = []
    for gift in gifts:
        key = (gift.donor, gift.date, gift.given, gift.currency)
        if "gift" not in gift.values and gift.date and key in first:
            found.append((first[key], gift.row))
        first.setdefault(key, gift.row)
    return found


def alike(donors: Sequence[Donor]) -> list[list[int]]:
    """Rows of donors with different numbers who may be one: the same name otherwise written, or of the same cohort or school."""
    groups: dict[str, list[Donor]] = defaultdict(list)
    for donor in donors:
        if donor.said.get("name"):
            groups[name_key(donor.said["name"])].append(donor)
    found = []
    for members in groups.values():
        places = Counter(
            place for donor in members if (place := (donor.said.get("cohort"), donor.said.get("unit"))) != (None, None)
        )
        suspect = len({donor.said["name"] for donor in members}) > 1 or any(count > 1 for count in places.values())
        if len(members) > 1 and suspect:
            found.append([donor.row for donor in members])
    return found
