"""The quickest build: where nothing that a build reads has changed since the last, there is nothing to do.

A build is a function of its inputs, and of time only at the instants it names itself; so while both are as they were,
and every file is the one written, the output is what a build would make.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sitegen.build.engine import engine_digest
from sitegen.build.manifest import read_manifest
from sitegen.build.options import Options
from sitegen.build.state import LINK, RACY, State, stat_text
from sitegen.build.summary import Summary
from sitegen.problems import Code, Problem, Span

INPUTS = ("content", "data", "templates", "themes")
_PACKAGED_THEMES = Path(__file__).resolve().parent.parent / "themes"


def unchanged(options: Options) -> Summary | None:
    """The summary of a build that has nothing to do; None where there may be something."""
    if not options.keep_state or options.clean:
        return None
    destination = options.destination.resolve()
    meta, stats = State(options.root, destination).glance()
    remembered = meta.get("inputs")
    if not remembered or meta.get("engine") != engine_digest(options.root) or not _holds_at(options.now, meta):
        return None
    if fingerprint(options, clock=0) != remembered or read_manifest(destination) != stats.keys():
        return None
    base = str(destination)
    if any(stat_text(f"{base}/{file}") != stat for file, stat in stats.items()):
        return None
    return _recall(meta, frozenset(stats))


def fingerprint(options: Options, clock: int) -> str:
    """Everything a build reads, as the file system tells of it; '' if a file is so young that it may change unseen.

    `clock` is the file system's time in nanoseconds; 0 looks for no young files.  '' too where links are among the inputs.
    """
    wishes = [options.config, options.base_url, asdict(options.policy), options.strict]
    state = hashlib.blake2b(json.dumps(wishes, sort_keys=True).encode(), digest_size=16)
    places = [options.root / name for name in INPUTS] + [_PACKAGED_THEMES, _PACKAGED_THEMES.parent.parent / "themes"]
    lines = [(str(options.root / options.config), stat_text(options.root / options.config))]
    for place in places:
        lines += [(path, stat_text(path)) for path in _files(str(place))]
    if any(path.is_symlink() for path in (*places, options.root / options.config)):
        return ""
    for path, stat in lines:
        if stat == LINK:
            return ""  # what a link leads to can change without a sign of it here
        if clock and stat and max(int(part) for part in stat.split(":")[1:3]) > clock - RACY:
            return ""
        state.update(f"{path}\0{stat}\n".encode("utf-8", "surrogateescape"))
    return state.hexdigest()


def remember(summary: Summary, options: Options, inputs: str) -> dict[str, str]:
    """What `unchanged` will want to know of this build."""
    problems = [[p.code.value, p.message, p.span.path, p.span.line, p.span.column, p.hint] for p in summary.problems]
    return {
        "inputs": inputs,
        "now": options.now.isoformat(),
        "next_change": summary.next_change.isoformat() if summary.next_change else "",
        "pages": str(summary.pages),
        "withheld": json.dumps(list(summary.withheld), ensure_ascii=False),
        "problems": json.dumps(problems, ensure_ascii=False),
    }


def _recall(meta: dict[str, str], files: frozenset[str]) -> Summary:
    rows = json.loads(meta["problems"])
    problems = [Problem(Code(code), text, Span(path, line, column), hint) for code, text, path, line, column, hint in rows]
    change = datetime.fromisoformat(meta["next_change"]) if meta["next_change"] else None
    return Summary(int(meta["pages"]), 0, 0, len(files), 0, json.loads(meta["withheld"]), problems, change, files)


def _holds_at(now: datetime, meta: dict[str, str]) -> bool:
    """True from the instant of the last build until the next at which the site changes by itself."""
    if now < datetime.fromisoformat(meta["now"]):
        return False
    return not meta["next_change"] or now < datetime.fromisoformat(meta["next_change"])


def _files(folder: str) -> Iterator[str]:
    """Every file and folder below a folder, links as themselves, in one order."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry.path
