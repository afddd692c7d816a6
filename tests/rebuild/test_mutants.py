"""Faults planted in what a build remembers: each must be found by the comparison that the random sequences use."""

from __future__ import annotations

import hashlib
import inspect
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rebuild.compare import Outcome, clean, difference, incremental, replace_everywhere
from rebuild.course import COURSE, begin
from rebuild.sites import Project

import sitegen.build.codec as codec
import sitegen.build.emit as emit
import sitegen.build.engine as engine
import sitegen.build.ledger as ledger
import sitegen.build.manifest as manifest
import sitegen.build.parsed as parsed
import sitegen.build.production as production
import sitegen.build.remake as remake
import sitegen.build.retouch as retouch
import sitegen.build.stats as stats
import sitegen.build.templates as templates
import sitegen.build.unchanged as unchanged
import sitegen.site.visibility as visibility
from sitegen.build.inputs import Inputs
from sitegen.build.last import LastBuild
from sitegen.build.state import State
from sitegen.build.verify import Verifier
from sitegen.site.facts import Facts, Key
from sitegen.site.reader import Reader
from sitegen.theme.chain import Chain
from sitegen.theme.closure import Closures

Fault = Callable[[pytest.MonkeyPatch], None]

RECENT = time.time_ns()
COARSE = {"a body", "the same size and second", "saved twice", "nothing"}  # after which builds on a coarse disk are compared
# Facts that follow from others which the same outputs read, so that nobody could tell whether they are recorded: whoever reads
# the times of an event reads its card, and the zone of the configuration.
# Facts that change only together with another that the same outputs read; `share` only with the fonts of the machine.
IMPLIED = {"occurrences", "languages", "still", "length", "share", "roll_headings", "roll_protected", "cohort_rolls"}
_REMEMBERED: dict[str, dict[Any, Any]] = {}  # what a fault keeps from one build to the next


def unread(name: str) -> Fault:
    """Reads of one sort of fact are not recorded."""

    def fetch(reader: Reader, key: Key) -> Any:
        if key[0] != name:
            reader.reads[key] = None
        return reader._facts.fetch(key)

    return lambda patch: patch.setattr(Reader, "fetch", fetch)


def shared_unread(patch: pytest.MonkeyPatch) -> None:
    """Only the first output that a value is made for has read what it was made from."""
    shared = Reader.shared

    def first_only(reader: Reader, key: Key, make: Any) -> Any:
        known = reader._facts.shared.get(key)
        return known[0] if known else shared(reader, key, make)

    patch.setattr(Reader, "shared", first_only)


def digested(change: Callable[[Facts, Key, Any], Any]) -> Fault:
    """The digest of a fact leaves something of its value out."""

    def digest(facts: Facts, key: Key) -> bytes:
        return codec.digest(change(facts, key, facts.fetch(key)))

    return lambda patch: replace_everywhere(patch, ledger, "fact_digest", digest)


def _without_order(_: Facts, key: Key, value: Any) -> Any:
    return sorted(value) if key[0] == "list" else value


def _body_as_card(facts: Facts, key: Key, value: Any) -> Any:
    return facts.fetch(("card", *key[1:])) if key[0] == "body" else value


def _maps_without_order(_: Facts, __: Key, value: Any) -> Any:
    return dict(sorted(value.items())) if isinstance(value, dict) else value


def stat(text: Callable[[os.stat_result], str]) -> Fault:
    """What is asked of the file system says too little."""

    def stat_text(path: str | Path, *rest: Any, **more: Any) -> str:
        try:
            return text(os.stat(path, follow_symlinks=False))
        except OSError:
            return ""

    return lambda patch: replace_everywhere(patch, stats, "stat_text", stat_text)


def coarse(patch: pytest.MonkeyPatch) -> None:
    """No fault: a disk that keeps times to two seconds only, and gives no other sign of a change than the size."""
    stat(lambda status: f"{status.st_size}:{_two_seconds(status.st_mtime_ns)}:{_two_seconds(status.st_ctime_ns)}:0")(patch)
    replace_everywhere(patch, stats, "RACY", 2_000_000_000)


def _two_seconds(time: int) -> int:
    return time // (2 * 10**9) * 2 * 10**9


def trusting_the_young(patch: pytest.MonkeyPatch) -> None:
    """On a disk whose times say nothing of young files, a file that may change again unseen is taken for what its stat says."""
    stat(lambda status: f"{status.st_size}:{min(status.st_mtime_ns, RECENT)}:{min(status.st_ctime_ns, RECENT)}:0")(patch)
    replace_everywhere(patch, stats, "RACY", -(10**12))


def first_file_only(patch: pytest.MonkeyPatch) -> None:
    def digest(closures: Closures, name: str) -> str:
        found = closures._chain.find(name)
        return hashlib.blake2b(found[1].read_bytes() if found else b"").hexdigest()

    patch.setattr(Closures, "digest", digest)


def shadowing_unseen(patch: pytest.MonkeyPatch) -> None:
    """A template is taken from the layer that had it at first: what shadows it later is not seen."""
    known: dict[tuple[str, int], Any] = _REMEMBERED.setdefault("layers", {})
    find = Chain.find

    def find_once(chain: Chain, name: str, start: int = 0) -> tuple[int, Path] | None:
        found = known.setdefault((name, start), find(chain, name, start))
        return found if found is not None and found[1].is_file() else find(chain, name, start)

    digest = Closures.digest

    def without_shadows(closures: Closures, name: str) -> str:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(Chain, "find", find_once)
            return digest(closures, name)

    patch.setattr(Closures, "digest", without_shadows)


def dynamic_includes_unseen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Closures, "_everything", lambda closures: "")


def now_stands_still(patch: pytest.MonkeyPatch) -> None:
    """Whether an entry may be seen is remembered, and not asked again as time passes."""
    known: dict[str, Any] = _REMEMBERED.setdefault("verdicts", {})
    visible = visibility.visible
    replace_everywhere(
        patch, visibility, "visible", lambda fields, *rest: known.setdefault(codec.dump(fields), visible(fields, *rest))
    )


def committed_first(patch: pytest.MonkeyPatch) -> None:
    """The state is committed before the files are written."""
    original, commit = emit.emit, State.commit
    waiting: list[Any] = []

    def later(contents: Any, kept: Any, destination: Path, jobs: int, meanwhile: Sequence[Callable[[], None]]) -> Any:
        waiting.append((contents, kept, destination, jobs))
        for step in meanwhile:
            step()
        digests = {file: hashlib.blake2b(content(), digest_size=16).digest() for file, content in contents.items()}
        made = {file: (stats.stat_text(destination / file), digest) for file, digest in digests.items()}
        return emit.Emitted(made, 0, 0, 0)

    def commit_and_emit(place: State, *memories: Any) -> None:
        commit(place, *memories)
        original(*waiting.pop())

    replace_everywhere(patch, emit, "emit", later)
    patch.setattr(State, "commit", commit_and_emit)


def left_behind(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(emit, "_remove", lambda *rest: None)


def written_unlisted(patch: pytest.MonkeyPatch) -> None:
    """The list of our files is only written when all is done: of a build that failed in between nobody knows."""
    write, calls = manifest.write_manifest, [0]

    def write_last(destination: Path, files: Any) -> None:
        calls[0] += 1
        if calls[0] % 2 == 0:
            write(destination, files)

    patch.setattr(emit, "write_manifest", write_last)


def engine_forgotten(patch: pytest.MonkeyPatch) -> None:
    replace_everywhere(patch, engine, "engine_digest", lambda *rest: "always the same")


def output_unchecked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Verifier, "stat_of", lambda verifier, file, trace: trace.stat)


def job_unchecked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("sitegen.build.verify.job_of", lambda output: "")
    patch.setattr("sitegen.build.production.job_of", lambda output: "")


def links_taken_for_text(patch: pytest.MonkeyPatch) -> None:
    """Only fields are compared to see whether a source has another text and nothing else."""
    patch.setattr(parsed, "_without_lines", lambda record: {"fields": record["fields"]})


def settings_unchecked(patch: pytest.MonkeyPatch) -> None:
    """Themes, data and configuration are not looked at where texts have changed."""
    digest = Inputs.digest
    patch.setattr(Inputs, "digest", lambda inputs, without=(): "the same" if without else digest(inputs))


def only_templates_looked_at(patch: pytest.MonkeyPatch) -> None:
    """Nothing but templates is taken to have changed, whatever else has."""
    patch.setattr(production, "only_templates_changed", lambda meta, inputs, now: bool(meta))


def templates_outside_time(patch: pytest.MonkeyPatch) -> None:
    """Where no file has changed but templates, nothing is taken to have changed by itself."""
    patch.setattr(unchanged, "is_present", lambda meta, now: True)


def lines_remembered(patch: pytest.MonkeyPatch) -> None:
    """What was said of a text is taken to stand where it stood."""
    patch.setattr(retouch, "_is_spoken_of", lambda last, paths: False)


def lines_of_templates_remembered(patch: pytest.MonkeyPatch) -> None:
    """What was said of a template is taken to stand where it stood."""
    patch.setattr(templates, "_were_spoken_of", lambda last: False)
    patch.setattr(templates, "theme_disclosures", lambda chain, root: [])


def templates_unchecked(patch: pytest.MonkeyPatch) -> None:
    """Templates are not looked at where texts have changed."""
    patch.setattr(retouch, "changed_templates", lambda last, theme: {})


def files_remembered(patch: pytest.MonkeyPatch) -> None:
    """Pages that are made again are taken to show the files that they showed."""
    patch.setattr(remake, "_change_what_is_published", lambda keys: False)


def output_taken_for_intact(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(LastBuild, "is_intact", True)


MUTANTS: dict[str, tuple[Fault, str]] = {
    "size only": (stat(lambda status: f"{status.st_size}:0:0"), "the same size and second"),
    "whole seconds of modification only": (stat(lambda status: f"0:{int(status.st_mtime)}:0"), "the same size and second"),
    "size and modification only": (stat(lambda status: f"{status.st_size}:{status.st_mtime_ns}:0"), "the same size and time"),
    "young files trusted on a coarse disk": (trusting_the_young, "saved twice"),
    "the closure of the first file only": (first_file_only, "a partial"),
    "shadowing by the project unseen": (shadowing_unseen, "an override"),
    "shadowing by a theme unseen": (shadowing_unseen, "a partial that shadows"),
    "dynamic includes unseen": (dynamic_includes_unseen, "a note included by name"),
    "the order of lists left out": (digested(_without_order), "a zone"),
    "the order of maps left out": (digested(_maps_without_order), "figures in another order"),
    "a body is its card": (digested(_body_as_card), "a body"),
    "the reads of a shared value not recorded": (shared_unread, "a body"),
    "now stands still": (now_stands_still, "the end of an embargo"),
    "the engine is always the same": (engine_forgotten, "another program"),
    "committed before written": (committed_first, "a build that fails at its first file"),
    "files on the disk not looked at": (output_unchecked, "an alteration by hand"),
    "jobs not compared": (job_unchecked, "the reason of a withdrawal"),
    "old outputs stay": (left_behind, "a deletion"),
    "links taken for text": (links_taken_for_text, "a link further down"),
    "settings not looked at": (settings_unchecked, "a text and a message at once"),
    "templates not looked at": (templates_unchecked, "a text and a partial at once"),
    "files taken for intact": (output_taken_for_intact, "a text and an alteration by hand at once"),
    "lines of problems remembered": (lines_remembered, "a text that names somebody who may not be named"),
    "lines of problems in templates remembered": (lines_of_templates_remembered, "a number further down in a template"),
    "files of pages remembered": (files_remembered, "a template that shows other files"),
    "only templates looked at": (only_templates_looked_at, "a title"),
    "templates outside time": (templates_outside_time, "the end of an embargo"),
    "written before listed": (written_unlisted, "a build that fails at its last file"),
}
READS = {
    "asset": "an asset",
    "backlinks": "a link",
    "barred": "a person who may not be named",
    "body": "a body",
    "calendars": "an event",
    "card": "a title",
    "config": "a title of the site",
    "data": "figures",
    "file": "an attachment",
    "files": "a story between others",
    "label": "a label",
    "list": "a story between others",
    "mention": "a class",
    "message": "a message",
    "month": "an English event",
    "months": "an event",
    "near": "a story between others",
    "past": "the end of an event",
    "persons": "a person who may be named",
    "picture": "a picture of the same size",
    "related": "two stories of a tag",
    "resolve": "the end of an embargo",
    "setting": "a setting",
    "reunion_years": "another year",
    "roll": "a row of a roll",
    "roll_keys": "a row with another initial",
    "roll_total": "a hidden gift",
    "sheet": "a story of a tag",
    "sheets": "two stories of a tag",
    "template": "a partial",
    "term": "an English version",
    "terms": "two stories of a tag",
    "today": "another day",
    "url": "an address",
    "years": "a year",
}
MUTANTS |= {f"the read of {name} not recorded": (unread(name), step) for name, step in READS.items()}


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Outcome]:
    """What a clean build gives after a step of the course."""
    known: dict[str, Outcome] = {}

    def after(name: str) -> Outcome:
        if name not in known:
            project = begin(tmp_path_factory.mktemp("course") / "site")
            go(project, name)
            COURSE[name](project, lambda: None)
            known[name] = clean(project)
        return known[name]

    return after


def go(project: Project, until: str) -> None:
    """All the steps of the course before one, without a build in between."""
    for name, step in COURSE.items():
        if name == until:
            return
        step(project, lambda: None)


def test_every_fact_has_its_mutant() -> None:
    source = inspect.getsource(Facts.__init__)
    facts = set(re.findall(r'^            "(\w+)":', source, re.MULTILINE))
    assert facts - IMPLIED == set(READS)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_found(name: str, tmp_path: Path, wanted: Callable[[str], Outcome]) -> None:
    fault, step = MUTANTS[name]
    _REMEMBERED.clear()
    project = begin(tmp_path / "site")
    go(project, step)
    incremental(project, fault)
    COURSE[step](project, lambda: incremental(project, fault))
    assert difference(project, fault, wanted(step)), "the mutant survives"


@pytest.mark.parametrize("disk", ["fine", "coarse"])
def test_without_a_fault_the_whole_course_is_clean(disk: str, tmp_path: Path) -> None:
    fault = coarse if disk == "coarse" else lambda patch: None
    project = begin(tmp_path / "site")
    assert difference(project, fault) == ""
    for number, (name, step) in enumerate(COURSE.items()):
        step(project, lambda: incremental(project, fault))
        if (disk == "fine" and number % 4 == 0) or name in COARSE:
            assert difference(project, fault) == "", name
