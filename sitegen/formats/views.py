"""The class of view for each kind; kinds without one of their own are plain entries."""

from __future__ import annotations

from sitegen.site.chapter_view import ChapterView
from sitegen.site.cohort_view import CohortView
from sitegen.site.roll import RollView
from sitegen.site.views import EntryView, EventView

VIEWS: dict[str, type[EntryView]] = {
    "": EntryView,
    "event": EventView,
    "chapter": ChapterView,
    "cohort": CohortView,
    "honor_roll": RollView,
}
