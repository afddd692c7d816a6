"""The same sources give the same bytes, whoever builds them, where, and with what environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from conftest import NOW, PROJECT

from sitegen.build.options import Options
from sitegen.build.pipeline import build

AWAY = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG", "LANGUAGE": "de"}
BARE = {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "", "HOME": "/nonexistent"}


def digest(folder: Path) -> str:
    """One digest of every path and every byte."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def run(
    root: Path, destination: Path, environment: dict[str, str], *options: str, umask: int = 0o022, cwd: Path | None = None
) -> str:
    """Builds in a process of its own; gives the digest of the output."""
    subprocess.run(
        [sys.executable, "-m", "sitegen", "build", "-q", "-s", str(root), "-d", str(destination), *options],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **environment},
        cwd=cwd or root,
        umask=umask,
        check=True,
        capture_output=True,
    )
    return digest(destination)


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """The reference client's sources in a folder of their own, so that no build waits for another."""
    root = tmp_path / "project"
    root.mkdir()
    for folder in ("content", "data", "templates", "themes"):
        if (PROJECT / folder).exists():
            shutil.copytree(PROJECT / folder, root / folder)
    shutil.copy(PROJECT / "config.yaml", root)
    return root


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    """A small site with events in several zones."""
    shutil.copytree(PROJECT / "tests/sites/events", tmp_path / "site")
    shutil.copytree(PROJECT / "tests/sites/themes", tmp_path / "site/themes")
    return tmp_path / "site"


def shuffled(source: Path, root: Path) -> Path:
    """A copy whose files were written in another order, with other times."""
    files = [path for path in source.rglob("*") if path.is_file() and ".sitegen" not in path.parts]
    for number, path in enumerate(sorted(files, key=lambda path: hashlib.sha256(path.name.encode()).digest())):
        copy = root / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
        os.utime(copy, (number, number))
    return root


def test_neither_environment_nor_disk_leave_a_trace(reference: Path, tmp_path: Path) -> None:
    """Hash seed, zone, locale, working folder, umask, number of jobs; the order, times and place of the sources."""
    build(Options(root=reference, destination=tmp_path / "here", now=NOW))
    root = shuffled(reference, tmp_path / "elsewhere/and deeper")
    away = run(root, tmp_path / "away", AWAY, "--now", NOW.isoformat(), "--jobs", "2", umask=0o077, cwd=Path("/"))
    assert away == digest(tmp_path / "here")


def test_a_bare_environment_will_do(calendar: Path, tmp_path: Path) -> None:
    build(Options(root=calendar, destination=tmp_path / "here", now=NOW))
    bare = run(calendar, tmp_path / "bare", BARE, "--now", NOW.isoformat(), "--jobs", "1", umask=0o000, cwd=tmp_path)
    assert bare == digest(tmp_path / "here")


def test_the_zones_of_the_machine_leave_no_trace(calendar: Path, tmp_path: Path) -> None:
    """A machine whose zone files are old, or wrong: here Shanghai has the hours of Tokyo, London those of New York."""
    zones = tmp_path / "zoneinfo"
    for name, other in (("Asia/Shanghai", "Asia/Tokyo"), ("Europe/London", "America/New_York")):
        area, _, place = other.partition("/")
        (zones / name).parent.mkdir(parents=True)
        (zones / name).write_bytes(resources.files(f"tzdata.zoneinfo.{area}").joinpath(place).read_bytes())
    now = ("--now", NOW.isoformat())
    right = run(calendar, tmp_path / "right", {}, *now)
    assert run(calendar, tmp_path / "wrong", {"PYTHONTZPATH": str(zones)}, *now) == right


@pytest.mark.parametrize("written", ["2026-11-22T04:00:00Z", "2026-11-22 12:00+08:00"])
def test_the_instant_comes_from_outside_and_only_from_there(calendar: Path, tmp_path: Path, written: str) -> None:
    """SOURCE_DATE_EPOCH and --now are one thing; --now is the stronger."""
    epoch = run(calendar, tmp_path / "epoch", {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "TZ": "Asia/Tokyo"})
    assert run(calendar, tmp_path / "now", {"SOURCE_DATE_EPOCH": "0", "TZ": "UTC"}, "--now", written) == epoch
