"""What a run of the benchmark found, as plain values that can be kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

STAGES = ("clean", "edited", "theme", "nothing")


@dataclass(slots=True)
class Case:
    """One generator at one size: seconds, and those of processors, of each repetition by stage; megabytes of memory.

    `pages` are the HTML files that it made, `subscriptions` the feeds, calendars and sitemaps that it promised and made,
    `megabytes` the size of all that it wrote; `watching` are seconds from a save until the preview serves the page (`served`),
    until it tells open pages (`told`).
    """

    name: str
    stories: int
    seconds: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    processor: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    memory: float = 0.0
    pages: int = 0
    subscriptions: int = 0
    megabytes: float = 0.0
    watching: dict[str, list[float]] = field(default_factory=dict)

    def median(self, stage: str) -> float:
        return median(self.seconds[stage])

    def worked(self, stage: str) -> float:
        return median(self.processor[stage])

    def watched(self, what: str, hundredth: int) -> float | None:
        """Milliseconds that so many of a hundred edits took at most; None if that was not measured."""
        times = sorted(self.watching.get(what, []))
        return times[-(-len(times) * hundredth // 100) - 1] * 1000 if times else None


@dataclass(slots=True)
class Results:
    """A whole run."""

    date: str
    machine: str
    versions: dict[str, str]
    missing: list[str]
    cases: list[Case]
    start: float = 0.0  # milliseconds of `sitegen --version` above bare Python
    load: float = 0.0  # load average when it began

    def case(self, name: str, stories: int) -> Case | None:
        return next((case for case in self.cases if (case.name, case.stories) == (name, stories)), None)

    def repetitions(self, stories: int) -> int:
        return min(len(case.seconds["clean"]) for case in self.cases if case.stories == stories)

    @property
    def sizes(self) -> list[int]:
        return sorted({case.stories for case in self.cases})

    def ratio(self, name: str, stories: int, stage: str) -> float | None:
        """How many times as long as Hugo; None where one of the two was not measured."""
        case, hugo = self.case(name, stories), self.case("hugo", stories)
        return case.median(stage) / hugo.median(stage) if case and hugo else None


def save(results: Results, path: Path) -> None:
    path.write_text(json.dumps(asdict(results), indent=1), encoding="utf-8")


def load(path: Path) -> Results:
    values = json.loads(path.read_text(encoding="utf-8"))
    values["cases"] = [Case(**case) for case in values["cases"]]
    return Results(**values)
