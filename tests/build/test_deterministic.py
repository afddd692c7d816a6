"""The same sources give the same bytes, whoever builds them, where, and with what environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import PROJECT

NOW = "2026-11-22T12:00:00+08:00"
AWAY = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG", "LANGUAGE": "de"}
BARE = {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "", "HOME": "/nonexistent"}


def copy_of_the_reference(root: Path) -> Path:
    """The reference client's sources in a folder of their own, so that no build waits for another."""
    for folder in ("content", "data", "templates", "themes"):
        if (PROJECT / folder).exists():
            shutil.copytree(PROJECT / folder, root / folder)
    shutil.copy(PROJECT / "config.yaml", root)
    return root


def digest(folder: Path) -> str:
    """One digest of every path and every byte."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def run(root: Path, destination: Path, environment: dict[str, str], umask: int, *options: str, cwd: Path | None = None) -> str:
    """Builds in a process of its own; gives the digest of the output."""
    subprocess.run(
        [sys.executable, "-m", "sitegen", "build", "-q", "-s", str(root), "-d", str(destination), "--now", NOW, *options],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **environment},
        cwd=cwd or root,
        umask=umask,
        check=True,
        capture_output=True,
    )
    return digest(destination)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_reference(tmp_path_factory.mktemp("project"))


def test_the_environment_leaves_no_trace(root: Path, reference_site: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, home, working folder, umask, number of jobs: one digest, that of a build in this process."""
    found = {
        run(root, tmp_path / "one", AWAY, 0o077, "--jobs", "1", cwd=Path("/")),
        run(root, tmp_path / "two", BARE, 0o000, "--jobs", "2", cwd=tmp_path),
        digest(reference_site),
    }
    assert len(found) == 1


def test_the_order_of_files_on_the_disk_leaves_no_trace(tmp_path: Path, reference_site: Path) -> None:
    """Sources written in another order, under another path, with other times."""
    root = tmp_path / "elsewhere/and deeper"
    sources = [path for path in copy_of_the_reference(tmp_path / "first").rglob("*") if path.is_file()]
    for number, path in enumerate(sorted(sources, key=lambda path: hashlib.sha256(str(path.name).encode()).digest())):
        copy = root / path.relative_to(tmp_path / "first")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
        os.utime(copy, (number, number))
    assert run(root, tmp_path / "public", {}, 0o022) == digest(reference_site)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no zone files")
def test_the_zones_of_the_machine_leave_no_trace(root: Path, tmp_path: Path) -> None:
    """A machine whose zone files are old, or wrong: here Shanghai has the hours of Tokyo, London those of New York."""
    zones = tmp_path / "zoneinfo"
    for name, other in (("Asia/Shanghai", "Asia/Tokyo"), ("Europe/London", "America/New_York")):
        (zones / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(zone_file(other), zones / name)
    assert run(root, tmp_path / "wrong", {"PYTHONTZPATH": str(zones)}, 0o022) == run(root, tmp_path / "right", {}, 0o022)


def zone_file(name: str) -> Path:
    """The data of a zone, as the tzdata package has it."""
    from importlib import resources

    area, _, place = name.partition("/")
    path = Path(str(resources.files(f"tzdata.zoneinfo.{area}").joinpath(place)))
    assert ZoneInfo(name)
    return path


def test_the_instant_comes_from_outside_and_only_from_there(root: Path, tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH and --now are one thing; --now is the stronger."""
    script = [sys.executable, "-m", "sitegen", "build", "-q", "-s", str(root)]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "SOURCE_DATE_EPOCH": "1795320000",
    }  # 2026-11-22 12:00 +08
    subprocess.run([*script, "-d", str(tmp_path / "epoch")], env=environment, check=True, capture_output=True)
    subprocess.run(
        [*script, "-d", str(tmp_path / "now"), "--now", NOW],
        env=environment | {"SOURCE_DATE_EPOCH": "0"},
        check=True,
        capture_output=True,
    )
    assert digest(tmp_path / "epoch") == digest(tmp_path / "now")
