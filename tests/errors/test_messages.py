"""Golden messages: what an author reads when something is wrong, word for word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import CONFIG, NOW, PROJECT, Workshop
from photographs import photograph

from sitegen.diagnostics import show
from sitegen.problems import Problem, SiteError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
HERE = Path(__file__).parent
MARK = "== expected =="
GOOD = """
-- content/news/good.zh.md --
---
title: 好消息
date: 2026-11-01
section: association
---
正文。
"""
FRONT = "---\ntitle: 标题\ndate: 2026-11-01\nsection: association\n---\n正文。\n"


def _news(encoding: str) -> Callable[[Path], None]:
    return lambda root: _write(root / "content/news/forum.zh.md", FRONT.encode(encoding))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _link(target: str, name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return make


# What a text file cannot hold, made by hand before the build.
PREPARE: dict[str, Callable[[Path], None]] = {
    "encoding-gbk": _news("gb18030"),
    "encoding-utf-16": _news("utf-16"),
    "encoding-byte-order-mark": _news("utf-8-sig"),
    "encoding-control-character": lambda root: _write(
        root / "content/news/forum.zh.md", FRONT.replace("正文", "正\x0b文").encode()
    ),
    "file-over-5-mb": lambda root: _write(root / "content/news/forum.zh.md", (FRONT + "文" * 2_000_000).encode()),
    "symlink-file": _link("/etc/hosts", "content/news/forum.zh.md"),
    "symlink-folder": _link("/etc", "content/media"),
    "yaml-control-character": lambda root: _write(root / "content/news/forum.zh.md", FRONT.replace("标题", "标\x08题").encode()),
    "yaml-open-brackets-flow": lambda root: _write(
        root / "content/events/day.yaml", ("title: 返校日\nparams: " + "[" * 40_000).encode()
    ),
    "yaml-open-brackets-block": lambda root: _write(
        root / "content/events/day.yaml", ("title: 返校日\nparams:\n  " + "- " * 40_000 + "x\n").encode()
    ),
    "config-encoding": lambda root: _write(root / "config.yaml", CONFIG.encode("gb18030")),
    "config-not-there": lambda root: (root / "config.yaml").unlink(),
    "privacy-place-in-picture": lambda root: _write(root / "content/media/gate.jpg", photograph()),
    "picture-unreadable": lambda root: _write(root / "content/media/gate.png", b"\x89PNG\r\n\x1a\nbroken"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A site whose last build went well."""
    workshop = Workshop(tmp_path_factory.mktemp("site")).write(GOOD)
    workshop.build()
    return workshop


@pytest.fixture
def site(built: Workshop) -> Workshop:
    """That site with all its sources taken away, and its output and state still there."""
    for path in built.root.iterdir():
        if path.name in ("public", ".sitegen"):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    (built.root / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return built


def _cases() -> list[object]:
    names = sorted(path.stem for path in HERE.glob("*.txt"))
    return [pytest.param(name, id=name) for name in names]


@pytest.mark.parametrize("name", _cases())
def test_message(name: str, site: Workshop, accept: bool) -> None:
    case = HERE / f"{name}.txt"
    files, _, expected = case.read_text(encoding="utf-8").partition(f"{MARK}\n")
    PREPARE.get(name, lambda root: None)(site.write(files).root)
    before = site.files()

    with pytest.raises(SiteError) as raised:
        site.build()
    text = show(raised.value.problems, site.root, style="text", color=False)

    if accept and text != expected:
        case.write_text(f"{files}{MARK}\n{text}", encoding="utf-8")
        expected = text
    assert text == expected
    assert not _CONTROL.search(text), "nothing but words may reach a terminal"
    assert raised.value.exit_code == (2 if name.startswith(("config-", "theme-")) else 1)
    assert site.files() == before, "a failed build must leave the last good output as it was"
    assert _rough(name, raised.value.problems, site.root) == []


def _rough(name: str, problems: Sequence[Problem], root: Path) -> list[str]:
    """What no message may be: without place or hint, at the wrong file, or in the words of Python."""
    found = []
    for problem in problems:
        if problem.span.path == "config.yaml" and not name.startswith(("config-", "theme-")):
            found.append(f"not the author's file: {problem}")
        if problem.span.line < 1 or problem.span.column < 1:
            found.append(f"no place: {problem}")
        if not problem.hint.strip():
            found.append(f"no hint: {problem}")
        words = f"{problem.span} {problem.message} {problem.hint}"
        if any(foreign in words for foreign in (str(root), "Traceback", "object at 0x", "None", "Errno")):
            found.append(f"not for people: {problem}")
    return found


def test_every_hand_made_case_has_its_file() -> None:
    assert set(PREPARE) <= {path.stem for path in HERE.glob("*.txt")}


@pytest.mark.parametrize(("name", "code"), [("unknown-key", 1), ("config-without-timezone", 2)])
def test_command_line_says_the_same(name: str, code: int, workshop: Workshop) -> None:
    files, _, expected = (HERE / f"{name}.txt").read_text(encoding="utf-8").partition(f"{MARK}\n")
    workshop.write(files)
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(workshop.root), "--now", NOW.isoformat(), "--format", "text"]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=PROJECT, env=environment, timeout=60, check=False)
    assert done.stderr.startswith(expected)
    assert "nothing was changed" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode == code
    assert not (workshop.root / "public").exists()
