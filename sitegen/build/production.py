"""produce(): from what was taken in to files, in one function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sitegen.build.announcements import announce
from sitegen.build.beginning import Beginning
from sitegen.build.emit import Content, emit
from sitegen.build.intake import Intake
from sitegen.build.ledger import Ledger, numbers
from sitegen.build.load import Loaded, load
from sitegen.build.media import READS, contents, make, make_enclosures, published
from sitegen.build.memory import Memory, Trace
from sitegen.build.options import Options
from sitegen.build.overview import overview
from sitegen.build.plan import Output, job_of
from sitegen.build.render import render
from sitegen.build.report import Report
from sitegen.build.search import Indexed, index_pages
from sitegen.build.state import State
from sitegen.build.summary import Progress
from sitegen.build.unchanged import only_templates_changed, remember
from sitegen.build.verify import Verifier
from sitegen.content.zones import zone
from sitegen.problems import Problem, SiteError, errors, failures
from sitegen.site.facts import Facts, Key
from sitegen.site.times import start_of


def produce(intake: Intake, beginning: Beginning, options: Options, state: State, progress: Progress) -> Report:
    """Relates what was taken in, and makes again what has to be.  Raises SiteError as `build` does, and DamagedStateError."""
    memory = beginning.memory
    destination = options.destination.resolve()
    loaded = load(intake, options)
    before = memory.meta or (state.glance()[0] if options.keep_state else {})  # another engine told calendars things too
    announced = announce(loaded.site, before.get("announced", ""), options.policy)
    loaded = replace(loaded, problems=[*loaded.problems, *announced.problems])
    _stop_at(loaded.problems, options)
    facts = Facts(loaded.site, loaded.theme, loaded.library, overview(loaded.site, loaded.outputs))
    verifier = Verifier(
        memory, facts, destination, "template" if only_templates_changed(memory.meta, beginning.inputs, options.now) else ""
    )
    reasons = _reasons(loaded.outputs, verifier, everything=options.clean)
    dirty = [output for output in loaded.outputs if reasons[output.file]]
    make_enclosures(dirty, loaded.site, loaded.library, options.jobs, progress)
    rendered, failed = render(dirty, facts, loaded.theme, loaded.config, loaded.spool, options.jobs, progress(len(dirty), "pages"))
    _stop_at([*loaded.problems, *failed], options)
    kept = {output.file: memory.outputs[output.file] for output in loaded.outputs if not reasons[output.file]}
    ledger = Ledger(memory.facts, _still_read(kept))
    reads = dict(zip((each.file for each in rendered), ledger.enter([each.reads for each in rendered]), strict=True))
    index = Indexed()
    if loaded.config.has_search and options.index:
        index = index_pages(loaded.outputs, rendered, verifier, Memory() if options.clean else memory, destination, loaded.spool)
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
    begin = [partial(state.begin, begun)] if options.keep_state and not memory.meta else []
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
    )
    if not options.keep_state:
        return report
    jobs = {output.file: job_of(output) for output in dirty}
    traces = {file: trace.at(verifier.stat_of(file, trace) or "") for file, trace in kept.items()}
    for file, (stat, digest) in emitted.files.items():
        traces[file] = Trace(jobs.get(file, ""), stat, digest, reads.get(file, b""), reasons.get(file, ""))
    notes = remember(report.summary, options, beginning.inputs, beginning.clock, loaded.parsed)
    notes |= {"engine": beginning.engine, "dialect": loaded.dialect, "announced": announced.note, **index.notes}
    after = replace(begun, outputs=traces, meta=notes)
    stats = {file: trace.stat for file, trace in traces.items()}
    failure = state.commit(after, memory, stats, {file: trace.reads for file, trace in traces.items()})
    return replace(report, remark=failure)


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
