"""The second quickest build: where only the text of a few sources has changed, all else is as the last build left it.

Bodies are facts of their own, so the outputs to be made again are those that read one of them; what else these read is
remembered.  Wherever that does not suffice there is no summary, and nothing has been done.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from sitegen.build import codec
from sitegen.build.emit import emit
from sitegen.build.intake import dialect_of, spool_of
from sitegen.build.last import LastBuild
from sitegen.build.ledger import Ledger, numbers
from sitegen.build.media import READS, library_of
from sitegen.build.memory import Memory, Trace
from sitegen.build.parsed import Parsed, changed_texts
from sitegen.build.parsing import Parser
from sitegen.build.plan import output_of
from sitegen.build.recollection import NotRememberedError, Recollection
from sitegen.build.render import Rendered, render
from sitegen.build.seals import DamagedStateError
from sitegen.build.spool import Spool
from sitegen.build.state import FOLDER
from sitegen.build.stats import changed_at
from sitegen.build.summary import Summary, nothing
from sitegen.build.unchanged import recall_summary, remember
from sitegen.config import Config, load_config
from sitegen.content.sources import Source, is_entry, is_passed_over
from sitegen.problems import SiteError
from sitegen.theme.theme import load_theme

FEW = 64


@dataclass(frozen=True, slots=True)
class _Changes:
    """The sources parsed again, and by the keys of their facts the stamps of the bodies that differ, before and after."""

    config: Config
    clock: int
    parsed: Mapping[str, Parsed]
    stamps: Mapping[str, tuple[bytes, bytes]]


def retouched(last: LastBuild, written: Callable[[], None] = nothing) -> Summary | None:
    """The summary of a build after which every output is right; None where there is more to do.

    Calls `written` if files are then others, before that is remembered.
    """
    try:
        if not last.is_current or not last.meta["settings"]:
            return None
        sources = last.state.sources()
        with spool_of(last.options) as spool:
            changes = _changes(last, sources, spool)
            return _make(last, sources, changes, spool, written) if changes and last.is_intact else None
    except (NotRememberedError, DamagedStateError, SiteError):
        return None


def _changes(last: LastBuild, sources: Mapping[str, str], spool: Spool) -> _Changes | None:
    """What has changed, if it is nothing but texts."""
    options, clock = last.options, time.time_ns()
    changed = [path for path, stat in sources.items() if not stat or last.inputs.stats.get(path) != stat]
    if not 0 < len(changed) <= FEW or last.inputs.digest(without=sources) != last.meta["settings"]:
        return None
    if _is_spoken_of(last, changed):
        return None
    config = load_config(options.root, options.config, options.base_url)
    if config.has_search and options.index:
        return None  # the index is of all texts
    dialect = dialect_of(config)
    before = last.state.part(paths=changed).parsed
    parsed: dict[str, Parsed] = {}
    stamps: dict[str, tuple[bytes, bytes]] = {}
    parse = Parser(config, dialect, {path: entry.digest for path, entry in before.items()}, clock)
    for path in changed:
        stat = last.inputs.stats.get(path)
        found = parse((path, changed_at(stat))) if stat else []
        if isinstance(found, list):
            return None
        parsed[path] = found.kept(before[path], spool)
        texts = changed_texts(before[path], parsed[path])
        if texts is None:
            return None
        stamps |= {codec.dump_key(("body", parsed[path].id, language)): each for language, each in texts.items()}
    return _Changes(config, clock, parsed, stamps)


def _is_spoken_of(last: LastBuild, paths: Collection[str]) -> bool:
    """True if something was said of one of the sources: what it was said of may stand on another line now."""
    return any(problem.span.path in paths for problem in recall_summary(last).problems)


def _make(
    last: LastBuild, sources: Mapping[str, str], changes: _Changes, spool: Spool, written: Callable[[], None]
) -> Summary | None:
    state, options, config = last.state, last.options, changes.config
    reads = state.reads()
    # A body of which the fact has another digest than the source had is not shown: its entry is withheld, or has no page.
    stale = {number: key for key, (number, digest) in state.facts_of(changes.stamps).items() if digest == changes.stamps[key][0]}
    dirty = _reading(stale, reads)
    before = state.part(changes.parsed, {number for file in dirty for number in numbers(reads[file])}, dirty)
    media, _ = library_of(options.root, _media(last), options.root / FOLDER)
    theme = load_theme(config)
    facts = Recollection(state, changes.parsed, config, options.now, options.policy, theme, media)
    rendered, failed = render([output_of(trace.job) for trace in before.outputs.values()], facts, theme, config, spool)
    before_all = _with_all_read(before, rendered, last)
    if failed or before_all is None:
        return None
    ledger = Ledger(before_all.facts, highest=state.highest_fact())
    made = dict(zip((each.file for each in rendered), ledger.enter([each.reads for each in rendered]), strict=True))
    emitted = emit({each.file: each.content for each in rendered}, reads.keys() - made.keys(), options.destination.resolve())
    if emitted.written:
        written()
    traces = {
        file: Trace(before.outputs[file].job, stat, digest, made[file], _why(file, reads, stale))
        for file, (stat, digest) in emitted.files.items()
    }
    summary = replace(
        recall_summary(last), rendered=len(rendered), written=emitted.written, unchanged=emitted.unchanged, removed=emitted.removed
    )
    notes = dict(before.meta) | remember(summary, options, last.inputs, changes.clock, sources)
    after = Memory(changes.parsed, ledger.table, traces, notes, ledger.relations)
    stats = {**last.stats} | {file: trace.stat for file, trace in traces.items()}
    return replace(summary, remark=state.amend(after, before_all, stats, {**reads} | made))


def _reading(facts: Collection[int], reads: Mapping[str, bytes]) -> list[str]:
    """The outputs that read one of these facts."""
    marks = [array("I", [number]).tobytes() for number in facts]
    # Almost all outputs are ruled out by their bytes alone, which is a good deal quicker than to take them apart.
    possible = {file for mark in marks for file, read in reads.items() if mark in read}
    return [file for file in reads if file in possible and not set(facts).isdisjoint(numbers(reads[file]))]


def _media(last: LastBuild) -> list[Source]:
    """The files of the content folder that are shown or offered as they are."""
    paths = [path for path in last.inputs.stats if path.startswith("content/") and not is_entry(path)]
    return [Source(path, 0, 0) for path in paths if not any(map(is_passed_over, path.split("/")))]


def _with_all_read(before: Memory, rendered: list[Rendered], last: LastBuild) -> Memory | None:
    """With the facts that these outputs did not read before and others did; None if they ask for other files, or another date."""
    known = {key for key, _ in before.facts.values()}
    read = {met.key for each in rendered for met in each.reads.first_met.values()}
    if any(codec.load_key(key)[0] in (*READS, "length", "today") for key in known ^ read):
        return None
    others = {number: (key, digest) for key, (number, digest) in last.state.facts_of(read - known).items()}
    return replace(before, facts={**before.facts, **others})


def _why(file: str, reads: Mapping[str, bytes], stale: Mapping[int, str]) -> str:
    return "changed: " + stale[min(stale.keys() & set(numbers(reads[file])))]
