"""Prints what each client made of each sort of event: right occurrences of all, in Markdown.  Run it with tests/ as PYTHONPATH.

python -m judges.table
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from conftest import Workshop
from judges.clients import CLIENTS
from judges.happenings import ZONES, all_happenings, chapters, place_of
from samples import plain


def main() -> None:
    """Builds the site of all generated events and asks every client that is installed."""
    events = all_happenings()
    clients = [client for client in CLIENTS if not client.missing()]
    right: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        workshop = plain(Workshop(Path(folder))).write(chapters() + "".join(each.source for each in events))
        workshop.build()
        for client in clients:
            scratch = Path(folder) / client.name
            scratch.mkdir()
            found = client.read(workshop.root / "public", [f"chapters/{place_of(zone)}/calendar.ics" for zone in ZONES], scratch)
            shown = Counter((each["uid"] or each["summary"], each["start"], each["end"]) for each in found)
            right[client.name] = Counter()
            for event in events:
                names = {uid: uid if client.keeps_uids else event.fields["title"] for uid in event.spans}
                wanted = Counter((names[uid], span.start, span.end) for uid, spans in event.spans.items() for span in spans)
                right[client.name][event.sort] += (wanted & shown).total()
                shown -= wanted
            right[client.name]["wrong"] = shown.total()
    counts = Counter(dict.fromkeys(sorted({event.sort for event in events}), 0))
    for event in events:
        counts[event.sort] += sum(len(spans) for spans in event.spans.values())
    print("| sort | events | occurrences |", *(f"{client.name} |" for client in clients))
    print("|---|---|---|" + "---|" * len(clients))
    for sort, count in counts.items():
        cells = [f"{right[client.name][sort]} |" for client in clients]
        print(f"| {sort} | {sum(event.sort == sort for event in events)} | {count} |", *cells)
    print(f"| all | {len(events)} | {counts.total()} |", *(f"{sum(right[c.name][sort] for sort in counts)} |" for c in clients))
    print("| shown, but wrong | | |", *(f"{right[client.name]['wrong']} |" for client in clients))


if __name__ == "__main__":
    main()
