"""Versions of libraries, which decide whether what an earlier build remembers still holds."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from conftest import PROJECT

from sitegen.build.engine import _LIBRARIES
from sitegen.libraries import version


@pytest.mark.parametrize("name", _LIBRARIES)
def test_the_name_of_a_folder_tells_what_its_files_tell(name: str) -> None:
    assert version(name) == metadata.version(name)


def test_what_is_not_installed_has_no_version() -> None:
    assert version("no-such-library") == ""


def record(folder: Path, name: str, metadata_file: str = "METADATA") -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / metadata_file).write_text("Metadata-Version: 2.1\nName: a-b.c\nVersion: 1.2\n", encoding="utf-8")
    return folder


def told(*folders: Path) -> str:
    """What a process says that finds libraries in these folders first."""
    path = [str(folder) for folder in folders]
    program = f"import sys; sys.path[:0] = {path}; from sitegen.libraries import version; print(version('A.B-c'))"
    run = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_names_are_compared_as_installers_do(tmp_path: Path) -> None:
    assert told(record(tmp_path, "a_b_c-1.2.dist-info")) == "1.2"


def test_the_first_that_is_found_counts_as_for_imports(tmp_path: Path) -> None:
    assert told(record(tmp_path / "1", "a_b.c-3.dist-info"), record(tmp_path / "2", "a_b.c-4.dist-info")) == "3"


def test_a_library_recorded_in_another_way_is_found(tmp_path: Path) -> None:
    assert told(record(tmp_path, "a_b.c-1.2.egg-info", "PKG-INFO")) == "1.2"
