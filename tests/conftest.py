"""Shared by all tests: small sites written in one string, built for one instant."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from outcome import Outcome, Run

from sitegen.build.manifest import NAME as MANIFEST
from sitegen.build.options import Options
from sitegen.build.pipeline import build
from sitegen.build.report import Report
from sitegen.cli import main
from sitegen.problems import SiteError

PROJECT = Path(__file__).resolve().parent.parent
NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
CONFIG = """\
title: {zh: 样例校友会, en: Sample Alumni}
base_url: https://alumni.example.edu/
timezone: Asia/Shanghai
languages: {zh: {locale: zh-Hans-CN, label: 简体中文}, en: {locale: en, label: English}}
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="Take what golden tests produce as what is expected.")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


class Workshop:
    """A site in a temporary folder.

    `write` takes one string: a line `-- path --` begins each file.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.options = Options(root=root, destination=root / "public", now=NOW)
        (root / "config.yaml").write_text(CONFIG, encoding="utf-8")

    def write(self, files: str) -> Workshop:
        path: Path | None = None
        texts: dict[Path, list[str]] = {}
        for line in files.lstrip("\n").split("\n"):
            if line.startswith("-- ") and line.endswith(" --"):
                path = self.root / line[3:-3]
                texts[path] = []
            elif path is not None:
                texts[path].append(line)
        for path, lines in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
        return self

    def build(self, **changes: object) -> Report:
        return build(replace(self.options, **changes))  # type: ignore[arg-type]

    def problems(self, **changes: object) -> list[str]:
        """What a build complains of: `path:line:column: code: message`, all problems in order; nothing if it succeeds."""
        try:
            found = self.build(**changes).problems
        except SiteError as error:
            found = error.problems
        ordered = sorted(found, key=lambda problem: problem.sort_key)
        return [f"{problem.span}: {problem.code.value}: {problem.message}" for problem in ordered]

    def read(self, path: str) -> str:
        return (self.root / "public" / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the output; not the list of them that a build keeps beside them."""
        public = self.root / "public"
        found = (path for path in sorted(public.rglob("*")) if path.is_file() and path.name != MANIFEST)
        return {path.relative_to(public).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def make_workshop(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Workshop]:
    return lambda: Workshop(tmp_path_factory.mktemp("site"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs the entry point in the folder of the workshop."""
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "CI", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str, **environment: str) -> Outcome:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["sitegen", *arguments])
            patch.setattr(sys, "excepthook", sys.excepthook)
            for name, value in environment.items():
                patch.setenv(name, value)
            try:
                main()
                code: object = 0
            except SystemExit as stop:
                code = stop.code or 0
        said = capsys.readouterr()
        assert isinstance(code, int)
        return Outcome(code, said.out, said.err)

    return command


@pytest.fixture(scope="session")
def reference_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference client's content, built once a session from a copy; gives the output's folder."""
    root = tmp_path_factory.mktemp("reference")
    for folder in ("content", "data", "templates", "themes"):
        if (PROJECT / folder).exists():
            shutil.copytree(PROJECT / folder, root / folder)
    shutil.copy(PROJECT / "config.yaml", root)
    build(Options(root=root, destination=root / "public", now=NOW))
    return root / "public"
