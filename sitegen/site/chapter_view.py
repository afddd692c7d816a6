"""What a template sees of a chapter: the chapters below it, its news and its events."""

from __future__ import annotations

from sitegen.site.query import Query
from sitegen.site.views import EntryView


class ChapterView(EntryView):
    """A chapter."""

    @property
    def children(self) -> list[EntryView]:
        items = Query(self._reader, "chapter").where(parent=self._card.id).items
        return self._entries(tuple(entry_id for entry_id, _ in items))

    @property
    def news(self) -> Query:
        return Query(self._reader, "news").where(chapters=self._card.id)

    @property
    def features(self) -> Query:
        return Query(self._reader, "feature").where(chapters=self._card.id)

    @property
    def events(self) -> Query:
        return Query(self._reader, "event").where(chapters=self._card.id)
