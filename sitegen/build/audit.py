"""The audit behind `build --verify`: everything rendered once more, and compared with what the build left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sitegen.build.ledger import Ledger, numbers
from sitegen.build.load import load_site
from sitegen.build.memory import Memory
from sitegen.build.options import Options
from sitegen.build.overview import overview
from sitegen.build.render import Rendered, render
from sitegen.build.spool import Spool, spool_of
from sitegen.build.state import State
from sitegen.problems import Code, Problem, Span
from sitegen.site.facts import Facts


def audit(options: Options) -> list[Problem]:
    """A problem for the first output that is not what a clean build makes, with the reads that were not recorded."""
    with spool_of(options) as spool:
        return _audit(options, spool)


def _audit(options: Options, spool: Spool) -> list[Problem]:
    loaded = load_site(options, spool=spool)
    facts = Facts(loaded.site, loaded.theme, loaded.library, overview(loaded.site, loaded.outputs))
    rendered, failed = render(loaded.outputs, facts, loaded.theme, loaded.config, spool, options.jobs)
    destination = options.destination.resolve()
    memory = State(options.root, destination).read()
    return failed or _first_difference(rendered, destination, memory)


def _first_difference(rendered: Sequence[Rendered], destination: Path, memory: Memory) -> list[Problem]:
    ledger = Ledger({})
    for each, reads in zip(rendered, ledger.enter([each.reads for each in rendered]), strict=True):
        try:
            found = (destination / each.file).read_bytes()
        except OSError:
            found = b""
        wanted = each.content()
        if found == wanted:
            continue
        pairs = zip(found.split(b"\n"), wanted.split(b"\n"), strict=False)
        line = next((number for number, (old, new) in enumerate(pairs, 1) if old != new), 1)
        trace = memory.outputs.get(each.file)
        recorded = {memory.facts[number][0] for number in numbers(trace.reads)} if trace else set()
        unrecorded = [key for key in (ledger.table[number][0] for number in numbers(reads)) if key not in recorded]
        hint = (
            f"reads that were not recorded: {', '.join(unrecorded[:5])}"
            if unrecorded
            else "a render read something that is no fact"
        )
        span = Span(f"{destination.name}/{each.file}", line)
        return [Problem(Code.STALE_OUTPUT, "this is not what a clean build makes", span, hint)]
    return []
