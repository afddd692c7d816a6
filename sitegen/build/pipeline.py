"""build(): the whole way from sources to files, in one function."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sitegen.build.announcements import announce
from sitegen.build.emit import Content, Emitted, emit
from sitegen.build.engine import engine_digest
from sitegen.build.garbage import rare_collections
from sitegen.build.inputs import look
from sitegen.build.ledger import Ledger, numbers
from sitegen.build.load import Loaded, load_site, spool_of
from sitegen.build.lock import build_lock
from sitegen.build.media import READS, contents, make, make_enclosures, published
from sitegen.build.memory import Memory, Trace
from sitegen.build.options import Options
from sitegen.build.overview import overview
from sitegen.build.plan import Output, job_of
from sitegen.build.render import render
from sitegen.build.seals import DamagedStateError
from sitegen.build.search import Indexed, index_pages
from sitegen.build.spool import Spool
from sitegen.build.state import CANNOT_BE_READ, State
from sitegen.build.summary import Progress, Summary, silent
from sitegen.build.unchanged import only_templates_changed, remember
from sitegen.build.verify import Verifier
from sitegen.content.zones import zone
from sitegen.problems import Problem, SiteError, errors, failures
from sitegen.site.cards import Withheld
from sitegen.site.facts import Facts, Key
from sitegen.site.site import Site
from sitegen.site.times import start_of


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: `rendered` outputs were made again, `emitted.written` files then differed from those on disk."""

    site: Site
    outputs: Sequence[Output]
    emitted: Emitted
    rendered: Sequence[str]
    problems: Sequence[Problem]
    next_change: datetime | None
    media: frozenset[Key]  # the pictures and files that pages read
    lacks_font: bool  # for the words of pictures for shared links
    files: frozenset[str]  # every file of the output
    remark: str = ""

    @property
    def pages(self) -> int:
        return sum(output.format == "html" for output in self.outputs)

    @property
    def withheld(self) -> Sequence[Withheld]:
        return self.site.withheld

    @property
    def summary(self) -> Summary:
        lines = [f"withheld: {each.card.source} ({each.card.language}): {each.verdict.reason}" for each in self.withheld]
        done = self.emitted
        return Summary(
            self.pages, len(self.rendered), done.written, done.unchanged, done.removed, lines, self.problems, self.next_change,
            self.files, self.remark, self.lacks_font,
        )  # fmt: skip


def build(options: Options, progress: Progress = silent, state: State | None = None) -> Report:
    """Builds a site by way of the whole of it.  Raises SiteError, and leaves the last output as it was, if anything is wrong."""
    state = state or State(options.root, options.destination.resolve())
    with build_lock(options.root), rare_collections():
        engine = engine_digest(options.root)
        memory, remark = state.load(engine) if options.keep_state else (Memory(), "")
        try:
            with spool_of(options) as spool:
                return _build(options, state, engine, memory, remark, progress, spool)
        except DamagedStateError:
            with spool_of(options) as spool:
                return _build(options, state, engine, Memory(), CANNOT_BE_READ, progress, spool)
        finally:
            state.close()


def _build(options: Options, state: State, engine: str, memory: Memory, remark: str, progress: Progress, spool: Spool) -> Report:
    destination = options.destination.resolve()
    inputs, clock = look(options), time.time_ns()
    loaded = load_site(options, Memory() if options.clean else memory, clock, spool)
    before = memory.meta or (state.glance()[0] if options.keep_state else {})  # another engine told calendars things too
    announced = announce(loaded.site, before.get("announced", ""), options.policy)
    loaded = replace(loaded, problems=[*loaded.problems, *announced.problems])
    _stop_at(loaded.problems, options)
    facts = Facts(loaded.site, loaded.theme, loaded.library, overview(loaded.site, loaded.outputs))
    verifier = Verifier(memory, facts, destination, "template" if only_templates_changed(memory.meta, inputs, options.now) else "")
    reasons = _reasons(loaded.outputs, verifier, everything=options.clean)
    dirty = [output for output in loaded.outputs if reasons[output.file]]
    make_enclosures(dirty, loaded.site, loaded.library, options.jobs, progress)
    rendered, failed = render(dirty, facts, loaded.theme, loaded.config, spool, options.jobs, progress(len(dirty), "pages"))
    _stop_at([*loaded.problems, *failed], options)
    kept = {output.file: memory.outputs[output.file] for output in loaded.outputs if not reasons[output.file]}
    ledger = Ledger(memory.facts, _still_read(kept))
    reads = dict(zip((each.file for each in rendered), ledger.enter([each.reads for each in rendered]), strict=True))
    index = Indexed()
    if loaded.config.has_search and options.index:
        index = index_pages(loaded.outputs, rendered, verifier, Memory() if options.clean else memory, destination, spool)
    media = ledger.keys(*READS)
    variants = published(media, facts)
    # A variant's name tells its bytes: one that is there need not be looked at again.
    there = {} if options.clean else {file: memory.outputs[file] for file in variants if _is_there(file, memory, verifier)}
    new = {file: variant for file, variant in variants.items() if file not in there}
    make(new.values(), loaded.library, options.jobs, progress)
    kept |= {**there, **index.kept}
    made = {each.file: each.content for each in rendered} | _assets(loaded, media) | dict(contents(new, loaded.library))
    made |= index.contents
    begun = Memory(loaded.parsed, ledger.table, relations=ledger.relations)
    begin = partial(state.begin, begun) if options.keep_state and not memory.meta else None
    emitted = emit(made, kept.keys(), destination, options.jobs, begin)
    files = frozenset((*kept, *made))
    report = Report(
        site=loaded.site,
        outputs=loaded.outputs,
        emitted=emitted,
        rendered=list(reads),
        problems=loaded.problems,
        next_change=_next_change(loaded, shows_date=bool(ledger.keys("today"))),
        media=media,
        lacks_font=loaded.library.lacks_font,
        files=files,
        remark=remark,
    )
    if not options.keep_state:
        return report
    jobs = {output.file: job_of(output) for output in dirty}
    traces = {file: trace.at(verifier.stat_of(file, trace) or "") for file, trace in kept.items()}
    for file, (stat, digest) in emitted.files.items():
        traces[file] = Trace(jobs.get(file, ""), stat, digest, reads.get(file, b""), reasons.get(file, ""))
    notes = remember(report.summary, options, inputs, clock, loaded.parsed) | {"engine": engine, "dialect": loaded.dialect}
    notes |= {"announced": announced.note, **index.notes}
    after = replace(begun, outputs=traces, meta=notes)
    stats = {file: trace.stat for file, trace in traces.items()}
    failure = state.commit(after, memory, stats, {file: trace.reads for file, trace in traces.items()})
    return replace(report, remark=failure or remark)


def _stop_at(problems: Sequence[Problem], options: Options) -> None:
    if failures(problems, options.strict):
        only_config = all(problem.span.path == options.config for problem in errors(problems) or problems)
        raise SiteError(problems, exit_code=2 if only_config else 1)


def _reasons(outputs: Sequence[Output], verifier: Verifier, everything: bool) -> dict[str, str]:
    if everything:
        return dict.fromkeys((output.file for output in outputs), "everything was asked for")
    return {output.file: verifier.reason(output) for output in outputs}


def _still_read(kept: Mapping[str, Trace]) -> set[int]:
    """The facts that outputs read which are kept as they are."""
    read: set[int] = set()
    for trace in kept.values():
        read.update(numbers(trace.reads))
    return read


def _assets(loaded: Loaded, media: frozenset[Key]) -> dict[str, Content]:
    """The theme's assets, and the attachments that pages read."""
    contents: dict[str, Content] = {asset.path.lstrip("/"): partial(bytes, asset.content) for asset in loaded.theme.assets.values()}
    for key in sorted(key for key in media if key[0] == "file"):
        url = loaded.library.file_url(key[1])
        if url is not None:
            contents[url.lstrip("/")] = partial(loaded.library.attachment, key[1])
    return contents


def _is_there(file: str, memory: Memory, verifier: Verifier) -> bool:
    trace = memory.outputs.get(file)
    return trace is not None and verifier.stat_of(file, trace) is not None


def _next_change(loaded: Loaded, shows_date: bool) -> datetime | None:
    """The instant at which the site changes by itself; the next midnight where a page shows or asks the date."""
    changes = [loaded.next_change] if loaded.next_change else []
    if shows_date:
        timezone = loaded.config.timezone
        tomorrow = loaded.site.now.astimezone(zone(timezone)).date() + timedelta(days=1)
        changes.append(start_of(tomorrow, timezone))
    return min(changes, default=None)
