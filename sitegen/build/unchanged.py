"""The quickest build: where nothing that a build reads has changed since the last, there is nothing to do.

A build is a function of its inputs, and of time only at the instants it names itself; so while both are as they were,
and every file is the one written, the output is what a build would make.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sitegen.build.inputs import Inputs
from sitegen.build.last import LastBuild, is_present
from sitegen.build.options import Options
from sitegen.build.summary import Summary
from sitegen.problems import Code, Problem, Span


def unchanged(last: LastBuild) -> Summary | None:
    """The summary of a build that has nothing to do; None where there may be something."""
    if not last.is_current or not last.meta["inputs"] or last.inputs.digest() != last.meta["inputs"] or not last.is_intact:
        return None
    return recall_summary(last)


def remember(summary: Summary, options: Options, inputs: Inputs, clock: int, sources: Collection[str]) -> dict[str, str]:
    """The notes from which later builds see whether there is anything to do, and whether in `sources` or templates alone.

    `clock` is the file system's time in nanoseconds.
    """
    young, templates = inputs.young(clock), inputs.templates
    problems = [[p.code.value, p.message, p.span.path, p.span.line, p.span.column, p.hint] for p in summary.problems]
    return {
        "inputs": "" if young else inputs.digest(),
        "settings": "" if young.difference(sources, templates) else inputs.digest(without={*sources, *templates}),
        "templates": "" if young & templates else inputs.of(templates).digest(),
        "matter": "" if young - templates else inputs.digest(without=templates),
        "now": options.now.isoformat(),
        "next_change": summary.next_change.isoformat() if summary.next_change else "",
        "pages": str(summary.pages),
        "withheld": json.dumps(list(summary.withheld), ensure_ascii=False),
        "problems": json.dumps(problems, ensure_ascii=False),
    }


def only_templates_changed(meta: Mapping[str, str], inputs: Inputs, now: datetime) -> bool:
    """True if since the build of these notes nothing but templates can be another."""
    return bool(meta and meta["matter"]) and is_present(meta, now) and inputs.digest(without=inputs.templates) == meta["matter"]


def recall_summary(last: LastBuild) -> Summary:
    """The summary of the last build, as if it were made again now."""
    meta = last.meta
    rows = json.loads(meta["problems"])
    problems = [Problem(Code(code), text, Span(path, line, column), hint) for code, text, path, line, column, hint in rows]
    change = datetime.fromisoformat(meta["next_change"]) if meta["next_change"] else None
    files = frozenset(last.stats)
    return Summary(int(meta["pages"]), 0, 0, len(files), 0, json.loads(meta["withheld"]), problems, change, files)
