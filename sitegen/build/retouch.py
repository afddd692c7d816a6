"""The second quickest build: where only the text of a few sources has changed, all else is as the last build left it.

Bodies are facts of their own, so the outputs to be made again are those that read one of them; what else these read is
remembered.  Wherever that does not suffice there is no summary, and nothing has been done.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sitegen.build import codec
from sitegen.build.emit import emit
from sitegen.build.last import LastBuild
from sitegen.build.ledger import Ledger, numbers
from sitegen.build.load import dialect_of
from sitegen.build.memory import Memory, Trace
from sitegen.build.parsed import Parsed, changed_texts
from sitegen.build.parsing import parse_source
from sitegen.build.plan import output_of
from sitegen.build.recollection import NotRememberedError, Recollection
from sitegen.build.render import Rendered, render
from sitegen.build.seals import DamagedStateError
from sitegen.build.spool import Spool
from sitegen.build.state import FOLDER
from sitegen.build.stats import changed_at
from sitegen.build.summary import Summary
from sitegen.build.unchanged import recall_summary, remember
from sitegen.config import Config, load_config
from sitegen.content.sources import Source, is_passed_over
from sitegen.media.library import Library
from sitegen.problems import SiteError
from sitegen.theme.theme import load_theme

FEW = 64


@dataclass(frozen=True, slots=True)
class _Changes:
    """The sources parsed again, as they were and as they are, and the stamps of the bodies that differ by their facts' keys."""

    config: Config
    spool: Spool
    clock: int
    before: Mapping[str, Parsed]
    after: Mapping[str, Parsed]
    stamps: Mapping[str, tuple[bytes, bytes]]


def retouched(last: LastBuild) -> Summary | None:
    """The summary of a build after which every output is right; None where there is more to do."""
    try:
        if not last.is_current or not last.meta["settings"]:
            return None
        sources = last.state.sources()
        changes = _changes(last, sources)
        return _make(last, sources, changes) if changes and last.is_intact else None
    except (NotRememberedError, DamagedStateError, SiteError):
        return None


def _changes(last: LastBuild, sources: Mapping[str, str]) -> _Changes | None:
    """What has changed, if it is nothing but texts."""
    options, clock = last.options, time.time_ns()
    changed = [path for path, stat in sources.items() if not stat or last.inputs.stats.get(path) != stat]
    if not 0 < len(changed) <= FEW or last.inputs.digest(without=sources) != last.meta["settings"]:
        return None
    config = load_config(options.root, options.config, options.base_url)
    dialect, spool = dialect_of(config), Spool(options.root / FOLDER)
    before = last.state.part(paths=changed).parsed
    after: dict[str, Parsed] = {}
    stamps: dict[str, tuple[bytes, bytes]] = {}
    for path in changed:
        stat = last.inputs.stats.get(path)
        found = parse_source(path, changed_at(stat), config, dialect, before[path], clock) if stat else []
        texts = None if isinstance(found, list) else changed_texts(before[path], found.kept(before[path], spool))
        if isinstance(found, list) or texts is None:
            return None
        after[path] = found.kept(before[path], spool)
        stamps |= {codec.dump_key(("body", after[path].id, language)): each for language, each in texts.items()}
    return _Changes(config, spool, clock, before, after, stamps)


def _make(last: LastBuild, sources: Mapping[str, str], changes: _Changes) -> Summary | None:
    state, options, config = last.state, last.options, changes.config
    reads = state.reads()
    # A body of which the fact has another digest than the source had is not shown: its entry is withheld, or has no page.
    stale = {number: key for key, (number, digest) in state.facts_of(changes.stamps).items() if digest == changes.stamps[key][0]}
    dirty = [file for file, read in reads.items() if not stale.keys().isdisjoint(numbers(read))]
    before = state.part(changes.after, {number for file in dirty for number in numbers(reads[file])}, dirty)
    media = Library(options.root, _media(last, sources))
    facts = Recollection(state, changes.after, config, options.now, options.policy, load_theme(config), media)
    outputs = [output_of(trace.job) for trace in before.outputs.values()]
    rendered, failed = render(outputs, facts, load_theme(config), config, changes.spool)
    ledger = _ledger(rendered, before, last)
    if failed or ledger is None:
        return None
    made = {each.file: ledger.enter(each.reads) for each in rendered}
    emitted = emit({each.file: each.content for each in rendered}, reads.keys() - made.keys(), options.destination.resolve())
    traces = {
        file: Trace(before.outputs[file].job, stat, digest, made[file], _why(file, reads, stale))
        for file, (stat, digest) in emitted.files.items()
    }
    summary = replace(
        recall_summary(last), rendered=len(rendered), written=emitted.written, unchanged=emitted.unchanged, removed=emitted.removed
    )
    notes = dict(before.meta) | remember(summary, options, last.inputs, changes.clock, sources)
    after = Memory(changes.after, ledger.table, traces, notes, ledger.relations)
    stats = last.stats | {file: trace.stat for file, trace in traces.items()}
    return replace(summary, remark=state.amend(after, before, stats, reads | made))


def _media(last: LastBuild, sources: Mapping[str, str]) -> list[Source]:
    """The pictures and attachments of the content folder."""
    paths = [path for path in last.inputs.stats if path.startswith("content/") and path not in sources]
    return [Source(path, 0, 0) for path in paths if not any(map(is_passed_over, path.split("/")))]


def _ledger(rendered: list[Rendered], before: Memory, last: LastBuild) -> Ledger | None:
    """A ledger of all facts that the outputs read; None if one of them may add a file or a date to the site."""
    known = {key for key, _ in before.facts.values()}
    new = {met.key for each in rendered for met in each.reads.first_met} - known
    others = last.state.facts_of(new)
    if any(codec.load_key(key)[0] in ("picture", "file", "today") for key in new - others.keys()):
        return None
    return Ledger({**before.facts} | {number: (key, digest) for key, (number, digest) in others.items()}, last.state.highest_fact())


def _why(file: str, reads: Mapping[str, bytes], stale: Mapping[int, str]) -> str:
    return "changed: " + stale[min(stale.keys() & set(numbers(reads[file])))]
