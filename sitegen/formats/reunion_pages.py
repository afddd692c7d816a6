"""The pages of reunions: which classes have a round anniversary in a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.formats.listings import Choice
from sitegen.site.addresses import reunion_calendar_path, reunion_path
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.reunions import Anniversary


@dataclass(frozen=True)
class ReunionGroup:
    """The classes that have the same anniversary."""

    anniversary: Anniversary
    classes: Sequence[Any]


def reunion_groups(reader: Reader, year: int) -> list[ReunionGroup]:
    """The classes with a round anniversary in a year, the youngest first."""
    groups: dict[Anniversary, list[Any]] = {}
    for cohort in Query(reader, "cohort"):
        anniversary = cohort.anniversary_in(year)
        if anniversary:
            groups.setdefault(anniversary, []).append(cohort)
    ordered = sorted(groups, key=lambda each: each.years)
    return [ReunionGroup(each, sorted(groups[each], key=lambda cohort: str(cohort.title))) for each in ordered]


def reunion_values(reader: Reader, year: int | None) -> dict[str, Any]:
    """The values of `page`: of one year, or of this year and those to come."""
    told = reader.fetch(("reunion_years",))
    years = [Choice(str(each), reader.href(reunion_path(reader.prefix, each)), each == year, year=each) for each in told]
    shown = [year] if year else told
    title = reader.message("reunions.title_year", year=year) if year else reader.message("reunions.title")
    return {
        "kind": "reunions",
        "title": title,
        "summary": reader.message("reunions.summary"),
        "year": year,
        "years": years,
        "by_year": [(each, reunion_groups(reader, each)) for each in shown],
        "calendar_url": reader.href(reunion_calendar_path(reader.prefix)),
    }
