"""Builds a project as it is and once more from nothing, and says where the two differ."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from rebuild.sites import Project, options_of, tree
from rebuild.watching import Watch

import sitegen.build.engine as engine
import sitegen.build.stats as stats
from sitegen.build.pipeline import build
from sitegen.build.publish import publish
from sitegen.formats import plain
from sitegen.problems import Code, Problem, SiteError

# The times of files are finer here than on the coarsest disk the program knows of, so that tests need not wait two seconds
# before a file's stat is trusted.
RACY = 20_000_000


@dataclass(frozen=True)
class Outcome:
    """What a build left, or the problems for which it failed."""

    files: dict[str, bytes]
    problems: frozenset[tuple[str, str]]
    next_change: datetime | None
    failed: bool


def replace_everywhere(patch: pytest.MonkeyPatch, home: Any, name: str, value: Any) -> None:
    """Puts another value in the place of a function or constant, in every module that has imported it."""
    original = getattr(home, name)
    for module in [each for key, each in sys.modules.items() if key.startswith("sitegen")]:
        if getattr(module, name, None) is original:
            patch.setattr(module, name, value)


def clean(project: Project) -> Outcome:
    """A clean build in another folder, which leaves nothing."""
    with TemporaryDirectory() as folder, _program(project):
        return _outcome(
            project, Path(folder) / "public", lambda public: build(options_of(project, destination=public, keep_state=False))
        )


def incremental(
    project: Project, fault: Callable[[pytest.MonkeyPatch], None] = lambda patch: None, watch: Watch | None = None
) -> Outcome:
    """The build of a command line that has built here before, or of a preview; of a program with a fault."""
    time.sleep(RACY / 1e9)
    with _program(project) as patch:
        fault(patch)
        return _outcome(project, project.public, lambda _: watch.publish() if watch else publish(project.options))


def difference(
    project: Project,
    fault: Callable[[pytest.MonkeyPatch], None] = lambda patch: None,
    wanted: Outcome | None = None,
    watch: Watch | None = None,
) -> str:
    """Where the next build differs from a clean one; '' where it does not."""
    before = tree(project.public)
    try:
        found = incremental(project, fault, watch)
    except Exception as error:  # a build that ends in a traceback is different enough
        return f"{type(error).__name__}: {error}"
    wanted = wanted or clean(project)
    if found.failed != wanted.failed or found.problems != wanted.problems:
        return f"problems {sorted(found.problems)} and not {sorted(wanted.problems)}"
    if found.failed:
        return _first(found.files, before, "a failed build changed")
    if found.next_change != wanted.next_change:
        return f"changes by itself at {found.next_change} and not at {wanted.next_change}"
    return _first(found.files, wanted.files | project.foreign, "not as in a clean build:")


def _first(found: dict[str, bytes], wanted: dict[str, bytes], what: str) -> str:
    files = sorted(file for file in found.keys() | wanted.keys() if found.get(file) != wanted.get(file))
    return f"{what} {', '.join(files[:8])} ({len(files)} files)" if files else ""


def _outcome(project: Project, public: Path, run: Callable[[Path], Any]) -> Outcome:
    try:
        report = run(public)
    except SiteError as error:
        return Outcome(tree(public), _places(error.problems), None, True)
    return Outcome(tree(public), _places(report.problems), report.next_change, False)


def _places(problems: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """Codes and places: which of many pages a template's problem names first depends on what is rendered, its place does not.

    What calendars were told is of the past: a clean build has none to compare with, and does not warn.
    """
    return frozenset((each.code.value, str(each.span)) for each in problems if each.code != Code.UNNOTICED)


class _program:  # noqa: N801  # used as a with-statement, like a function
    """The program in the version that the project is at: another one has another engine digest, and writes another robots.txt."""

    def __init__(self, project: Project) -> None:
        self._version = project.version
        self._patch = pytest.MonkeyPatch()

    def __enter__(self) -> pytest.MonkeyPatch:
        robots, digest, version = plain.robots, engine.engine_digest, self._version
        if version:
            self._patch.setattr(plain, "robots", lambda reader: f"{robots(reader)}# {version}\n")
            replace_everywhere(self._patch, engine, "engine_digest", lambda *rest: f"{digest(*rest)}-{version}")
        replace_everywhere(self._patch, stats, "RACY", RACY)
        return self._patch

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
