"""build(): the whole way from sources to files, in one function."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sitegen.build.emit import Emitted, emit
from sitegen.build.engine import engine_digest
from sitegen.build.load import Loaded, load_site
from sitegen.build.options import Options
from sitegen.build.overview import overview
from sitegen.build.plan import Output
from sitegen.build.render import Rendered, render
from sitegen.build.state import Memory, State, Trace, build_lock, stat_text
from sitegen.build.summary import Summary
from sitegen.build.unchanged import fingerprint, remember
from sitegen.build.verify import Verifier, job_digest, remember_facts
from sitegen.content.zones import zone
from sitegen.problems import Problem, SiteError, errors
from sitegen.site.cards import Withheld
from sitegen.site.facts import Facts, Key
from sitegen.site.relate import Site
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
            self.files, self.remark,
        )  # fmt: skip


def build(options: Options, progress: Callable[[int], Callable[[], None]] = lambda total: lambda: None) -> Report:
    """Builds a site.  Raises SiteError, and leaves the last output as it was, if anything is wrong."""
    with build_lock(options.root):
        destination = options.destination.resolve()
        state = State(options.root, destination)
        engine = engine_digest(options.root)
        inputs = fingerprint(options, time.time_ns())
        memory, remark = state.load(engine) if options.keep_state else (Memory(), "")
        loaded = load_site(options, Memory() if options.clean else memory, time.time_ns())
        _stop_at(loaded.problems, options)
        facts = Facts(loaded.site, loaded.theme, loaded.library, overview(loaded.site, loaded.outputs))
        verifier = Verifier(memory, facts, destination)
        reasons = _reasons(loaded.outputs, verifier, everything=options.clean)
        dirty = [output for output in loaded.outputs if reasons[output.file]]
        rendered, failed = render(dirty, facts, loaded.theme, loaded.config, options.jobs, progress(len(dirty)))
        _stop_at([*loaded.problems, *failed], options)
        kept = {output.file: memory.outputs[output.file] for output in loaded.outputs if not reasons[output.file]}
        media = _media(rendered, kept, memory)
        contents = {each.file: each.content for each in rendered} | _assets(loaded, media)
        emitted = emit(contents, kept.keys(), destination)
        next_change = _next_change(loaded, media, rendered, kept, memory)
        made_again = [each.file for each in rendered]
        files = frozenset((*kept, *contents))
        site, outputs, problems = loaded.site, loaded.outputs, loaded.problems
        report = Report(site, outputs, emitted, made_again, problems, next_change, frozenset(media), files, remark)
        if options.keep_state:
            made = _traces(rendered, loaded, reasons, emitted, destination)
            notes = remember(report.summary, options, inputs) | {"engine": engine, "dialect": loaded.dialect}
            failure = state.commit(_remembered(loaded, kept, made, memory, verifier, notes), memory)
            report = replace(report, remark=failure or remark)
    return report


def _stop_at(problems: Sequence[Problem], options: Options) -> None:
    if errors(problems) or (options.strict and problems):
        only_config = all(problem.span.path == options.config for problem in errors(problems) or problems)
        raise SiteError(problems, exit_code=2 if only_config else 1)


def _reasons(outputs: Sequence[Output], verifier: Verifier, everything: bool) -> dict[str, str]:
    if everything:
        return dict.fromkeys((output.file for output in outputs), "everything was asked for")
    return {output.file: verifier.reason(output) for output in outputs}


def _reads(rendered: Sequence[Rendered], kept: Mapping[str, Trace], memory: Memory, names: tuple[str, ...]) -> set[Key]:
    """The keys of these names that any output of the site reads."""
    from sitegen.build import codec

    marks = tuple(f'["{name}"' for name in names)
    wanted = {number: key for number, (key, _) in memory.facts.items() if key.startswith(marks)}
    read: set[int] = set()
    for trace in kept.values() if wanted else ():
        read.update(trace.facts)
    keys = {codec.load_key(wanted[number]) for number in wanted.keys() & read}
    return keys | {key for each in rendered for key in each.reads if key[0] in names}


def _media(rendered: Sequence[Rendered], kept: Mapping[str, Trace], memory: Memory) -> set[Key]:
    return _reads(rendered, kept, memory, ("picture", "file"))


def _assets(loaded: Loaded, media: set[Key]) -> dict[str, bytes]:
    """The theme's assets, and the pictures and attachments that pages read."""
    contents = {asset.path.lstrip("/"): asset.content for asset in loaded.theme.assets.values()}
    for key in sorted(media):
        published = loaded.library.file_url(key[1])
        if published is not None:
            contents[published.lstrip("/")] = loaded.library.content(key[1])
    return contents


def _next_change(
    loaded: Loaded, media: set[Key], rendered: Sequence[Rendered], kept: Mapping[str, Trace], memory: Memory
) -> datetime | None:
    """The instant at which the site changes by itself; the next midnight where a page shows or asks the date."""
    changes = [loaded.next_change] if loaded.next_change else []
    if _reads(rendered, kept, memory, ("today",)):
        timezone = loaded.config.timezone
        tomorrow = loaded.site.now.astimezone(zone(timezone)).date() + timedelta(days=1)
        changes.append(start_of(tomorrow, timezone))
    return min(changes, default=None)


def _traces(
    rendered: Sequence[Rendered], loaded: Loaded, reasons: Mapping[str, str], emitted: Emitted, destination: Path
) -> dict[str, tuple[Trace, Sequence[Key]]]:
    jobs = {output.file: job_digest(output) for output in loaded.outputs}
    reads = {each.file: each.reads for each in rendered}
    return {
        file: (Trace(jobs.get(file, b""), stat_text(destination / file), digest, why=reasons.get(file, "")), reads.get(file, ()))
        for file, digest in emitted.files.items()
    }


def _remembered(
    loaded: Loaded,
    kept: Mapping[str, Trace],
    made: Mapping[str, tuple[Trace, Sequence[Key]]],
    memory: Memory,
    verifier: Verifier,
    notes: Mapping[str, str],
) -> Memory:
    current = {file: trace.at(verifier.stat_of(file, trace) or "") for file, trace in kept.items()}
    facts, traces = remember_facts(current, made, memory, verifier)
    return Memory(loaded.parsed, facts, traces, notes)
