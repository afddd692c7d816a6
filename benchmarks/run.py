"""Measures sitegen beside its peers: python -m benchmarks.run --peers FOLDER.  Writes RESULTS.md and results.svg."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median

from benchmarks.alumni import Alumni, Story, expected_pages, least_pages, make_alumni, story_path
from benchmarks.chart import chart
from benchmarks.contestants import OUTPUT, Contestant, find_contestants
from benchmarks.measuring import Usage, peak_memory, timed
from benchmarks.report import report
from benchmarks.results import Case, Results, load, save
from benchmarks.subscriptions import check_subscriptions
from benchmarks.watching import NotServedError, watch
from benchmarks.writers import story_file, write_site

HERE = Path(__file__).resolve().parent
_STARTS = 15
_SETTLED = 3  # seconds: a file just written may be written again unseen, so sitegen would not yet trust what the disk says of it


class WrongOutputError(Exception):
    """A generator did not make what it should have made, so its times mean nothing."""


class Course:
    """One generator's copy of the site, and what it has been measured at."""

    def __init__(self, contestant: Contestant, site: Alumni, folder: Path) -> None:
        self._contestant = contestant
        self._site = site
        self._expected, self._least = expected_pages(site), least_pages(site)
        self._root = folder / contestant.name
        self._story: Story = site.stories[len(site.stories) // 2]
        self._sentence = self._story.reference
        self._edits = 0
        self.case = Case(contestant.name, len(site.stories))
        write_site(contestant.program, site, self._root)

    def clean(self) -> Usage:
        self._contestant.wipe(self._root)
        usage = self._build()
        missing = [file for file in self._expected if not (self._root / OUTPUT / file).is_file()]
        if missing:
            raise WrongOutputError(f"{self._contestant.name} did not make {len(missing)} files, {missing[0]} for one")
        self._look_for(self._sentence)
        self.case.pages = sum(1 for _ in (self._root / OUTPUT).rglob("*.html"))
        if self.case.pages < self._least:
            raise WrongOutputError(f"{self._contestant.name} made {self.case.pages} pages, at least {self._least} are needed")
        self.case.subscriptions = check_subscriptions(self._edited_site(), self._contestant.promise, self._root / OUTPUT)
        self.case.megabytes = sum(file.stat().st_size for file in (self._root / OUTPUT).rglob("*") if file.is_file()) / 1e6
        return usage

    def edited(self) -> Usage:
        self._edit()
        usage = self._build()
        self._look_for(self._sentence)
        return usage

    def theme(self) -> Usage:
        """The template of all stories says a word more."""
        template = self._root / self._contestant.template
        text = template.read_text(encoding="utf-8")
        mark = f"Wording {len(self.case.seconds['theme']) + 1} of all stories."
        template.write_text(text.replace("</article>", f"<p>{mark}</p></article>"), encoding="utf-8")
        usage = self._build()
        self._look_for(mark)
        return usage

    def nothing(self) -> Usage:
        return self._build()

    def watch(self, edits: int) -> None:
        """How soon the preview shows an edit."""
        own = self._contestant.name == "sitegen"
        page = f"/{story_path(self._story)}"
        seen = watch(self._contestant.preview, self._root, page, self._edit, edits, "/.sitegen/events" if own else "")
        self.case.watching = {"served": seen.served, "told": seen.told}

    def _edit(self) -> str:
        """Saves the story with another sentence, and gives that."""
        self._edits += 1
        sentence = f"This is wording {self._edits} of the sentence."
        source = story_file(self._contestant.program, self._root, self._story)
        source.write_text(source.read_text(encoding="utf-8").replace(self._sentence, sentence), encoding="utf-8")
        self._sentence = sentence
        return sentence

    def _edited_site(self) -> Alumni:
        stories = [replace(story, reference=self._sentence) if story is self._story else story for story in self._site.stories]
        return replace(self._site, stories=stories)

    def weigh(self) -> None:
        """One more clean build, for its memory: the looking would disturb the times."""
        self._contestant.wipe(self._root)
        self.case.memory = peak_memory(self._contestant.command, self._root)

    def _build(self) -> Usage:
        return timed(self._contestant.command, self._root)

    def _look_for(self, sentence: str) -> None:
        page = self._root / OUTPUT / story_path(self._story) / "index.html"
        if sentence not in page.read_text(encoding="utf-8"):
            raise WrongOutputError(f"{self._contestant.name}: the edit did not arrive in {page.name}")


def measure(contestants: Sequence[Contestant], stories: int, repetitions: int, edits: int, folder: Path) -> list[Case]:
    """All generators at one size, one after the other within each repetition, so that all see the same machine."""
    site = make_alumni(stories)
    courses = [Course(contestant, site, folder) for contestant in contestants]
    time.sleep(_SETTLED)
    for repetition in range(repetitions):
        for stage in ("clean", "nothing", "edited", "theme"):
            for course in courses:
                usage: Usage = getattr(course, stage)()
                course.case.seconds[stage].append(usage.wall)
                course.case.processor[stage].append(usage.processor)
                times = f"{usage.wall:8.3f} s {usage.processor:8.3f} s of processors"
                print(f"{stories:6} {repetition + 1} {stage:8} {course.case.name:13} {times}", flush=True)
    for course in courses:
        course.weigh()
        print(f"{stories:6}   memory   {course.case.name:13} {course.case.memory:8.0f} MB", flush=True)
    for course in courses if edits else ():
        try:
            course.watch(edits)
        except NotServedError as error:
            if course.case.name == "sitegen":
                raise
            print(f"{stories:6}   watching {course.case.name:13} lost an edit: {error}", flush=True)
            continue
        print(f"{stories:6}   watching {course.case.name:13} {course.case.watched('served', 50):8.0f} ms", flush=True)
    return [course.case for course in courses]


def start_time(python: str) -> float:
    """Milliseconds of `sitegen --version` above a Python that does nothing."""
    here = Path.cwd()
    times: dict[str, list[float]] = {"bare": [], "version": []}
    for _ in range(_STARTS):
        times["bare"].append(timed([python, "-c", "pass"], here).wall)
        times["version"].append(timed([python, "-m", "sitegen", "--version"], here).wall)
    return (median(times["version"]) - median(times["bare"])) * 1000


def write_report(results: Results) -> None:
    (HERE / "RESULTS.md").write_text(report(results), encoding="utf-8")
    (HERE / "results.svg").write_text(chart(results), encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=Path("peers"), help="the folder given to peers.sh")
    parser.add_argument("--python", default=sys.executable, help="a Python that has sitegen")
    parser.add_argument("--stories", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--edits", type=int, default=40, help="watched in the preview; 0 to leave that out")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these generators only")
    parser.add_argument("--raw", type=Path, help="keep the single times here, as JSON")
    parser.add_argument("--from-raw", type=Path, help="measure nothing; write the report of times kept before")
    options = parser.parse_args()
    if options.from_raw:
        write_report(load(options.from_raw))
        return
    contestants, missing = find_contestants(options.peers, options.python)
    contestants = [each for each in contestants if not options.only or each.name in options.only]
    results = Results(
        date=f"{datetime.now():%Y-%m-%d}",
        machine=f"{os.cpu_count()} CPUs, {platform.system()}, Python {platform.python_version()}",
        versions={each.program: each.version for each in contestants},
        missing=missing,
        cases=[],
        start=start_time(options.python),
        load=os.getloadavg()[0],
    )
    for stories in options.stories:
        with tempfile.TemporaryDirectory(prefix="sitegen-benchmark-") as folder:
            results.cases += measure(contestants, stories, options.repetitions, options.edits, Path(folder))
        if options.raw:
            save(results, options.raw)
    write_report(results)


if __name__ == "__main__":
    main()
