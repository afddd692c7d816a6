"""Lists of entries: what is shown, what is withheld, why, and when it goes live."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen.build.load import load_site
from sitegen.build.options import Options
from sitegen.problems import SiteError, errors


def list_entries(options: Options, style: str, withheld: bool, kind: str | None) -> Iterator[str]:
    """The lines of `sitegen list`.  Raises SiteError if the content has errors."""
    loaded = load_site(options)
    if errors(loaded.problems):
        raise SiteError(loaded.problems)
    rows = [
        {"id": each.card.id, "kind": each.card.kind, "language": each.card.language, "title": each.card.title,
         "source": each.card.source, "state": each.verdict.reason,
         "live_from": each.verdict.until.isoformat() if each.verdict.until else None}
        for each in loaded.site.withheld
    ]  # fmt: skip
    if not withheld:
        rows += [
            {"id": card.id, "kind": card.kind, "language": card.language, "title": card.title, "source": card.source,
             "state": "shown", "live_from": None}
            for card in loaded.site.cards.values()
        ]  # fmt: skip
    rows = sorted((row for row in rows if kind in (None, row["kind"])), key=lambda row: (str(row["id"]), str(row["language"])))
    if style == "json":
        yield json.dumps(rows, ensure_ascii=False, indent=1)
        return
    for row in rows:
        live = f" → {row['live_from']}" if row["live_from"] else ""
        yield f"{row['id']}\t{row['language']}\t{row['state']}{live}\t{row['title']}"
