"""Makes some outputs again without the whole site: those that read a fact which has changed; what else they read is remembered."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sitegen.build import codec
from sitegen.build.emit import emit
from sitegen.build.last import LastBuild
from sitegen.build.ledger import Ledger, fact_digest, numbers
from sitegen.build.media import READS, library_of
from sitegen.build.memory import Memory, Trace
from sitegen.build.parsed import Parsed
from sitegen.build.plan import output_of
from sitegen.build.recollection import Recollection
from sitegen.build.render import render
from sitegen.build.spool import Spool
from sitegen.build.state import FOLDER
from sitegen.build.summary import Summary
from sitegen.build.unchanged import recall_summary, remember
from sitegen.config import Config
from sitegen.content.sources import Source, is_entry, is_passed_over
from sitegen.site.facts import LARGE
from sitegen.theme.theme import Theme

_MANY = 500  # outputs: for so many the state is read in bulk


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the last build: facts by number, each with its key; and the sources that were parsed again.

    `clock` is the file system's time in nanoseconds before any of it was read.
    """

    config: Config
    theme: Theme
    clock: int
    stale: Mapping[int, str]
    parsed: Mapping[str, Parsed] = field(default_factory=dict)


def remake(last: LastBuild, changes: Changes, spool: Spool, written: Callable[[], None]) -> Summary | None:
    """The summary of a build after which every output is right; None, and nothing done, where the whole site is needed.

    Calls `written` if files are then others, before that is remembered.
    Raises NotRememberedError, DamagedStateError and SiteError: there too nothing that was right is wrong.
    """
    state, options, stale = last.state, last.options, changes.stale
    reads = state.reads()
    dirty = _reading(stale, reads)
    is_much = len(dirty) > _MANY
    if is_much and _reading(state.facts_named(*LARGE), {file: reads[file] for file in dirty}):
        return None
    old = state.part(changes.parsed, files=dirty)
    known: dict[int, tuple[str, bytes]] = {}

    def look_up() -> None:
        known.update(state.part(facts={number for file in dirty for number in numbers(reads[file])}).facts)
        _ = last.is_intact

    facts = _recollection(last, changes, is_much)
    outputs = [output_of(trace.job) for trace in old.outputs.values()]
    rendered, failed = render(outputs, facts, changes.theme, changes.config, spool, options.jobs, meanwhile=[look_up])
    met = {met.key for each in rendered for met in each.reads.first_met.values()}
    seen = {key for key, _ in known.values()}
    if failed or not last.is_intact or _change_what_is_published(seen ^ met):
        return None
    known |= {number: (key, digest) for key, (number, digest) in state.facts_of(met - seen).items()}
    ledger = Ledger(known, highest=state.highest_fact(), digest_of=lambda key: fact_digest(facts, codec.load_key(key)))
    contents = {each.file: each.content for each in rendered}
    made: dict[str, bytes] = {}

    def enter() -> None:
        made.update(zip(contents, ledger.enter([each.reads for each in rendered]), strict=True))

    emitted = emit(contents, reads.keys() - contents.keys(), options.destination.resolve(), options.jobs, [enter])
    if emitted.written:
        written()
    summary = replace(recall_summary(last), rendered=len(rendered), written=emitted.written, unchanged=emitted.unchanged)
    traces = {
        file: Trace(old.outputs[file].job, stat, digest, made[file], _why(file, reads, stale))
        for file, (stat, digest) in emitted.files.items()
    }
    notes = dict(old.meta) | remember(summary, options, last.inputs, changes.clock, last.sources)
    after = Memory(changes.parsed, ledger.table, traces, notes, ledger.relations)
    stats = {**last.stats} | {file: trace.stat for file, trace in traces.items()}
    sources = {**last.sources} | {path: entry.stat for path, entry in changes.parsed.items()}
    return replace(summary, remark=state.amend(after, replace(old, facts=known), stats, {**reads} | made, sources))


def _recollection(last: LastBuild, changes: Changes, bulk: bool) -> Recollection:
    options, config = last.options, changes.config
    media, _ = library_of(options.root, _media(last), options.root / FOLDER)
    changed = frozenset(changes.stale.values())
    return Recollection(last.state, changes.parsed, config, options.now, options.policy, changes.theme, media, changed, bulk)


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


def _change_what_is_published(keys: Iterable[str]) -> bool:
    """True if these facts, which pages no longer read or read now, mean other files, or another time of the next change."""
    return any(codec.load_key(key)[0] in (*READS, "length", "today") for key in keys)


def _why(file: str, reads: Mapping[str, bytes], stale: Mapping[int, str]) -> str:
    return "changed: " + stale[min(stale.keys() & set(numbers(reads[file])))]
