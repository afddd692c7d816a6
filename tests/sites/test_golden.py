"""Small sites with the files that they must become; `pytest tests/sites --accept` takes what is built for what is expected.

A golden site has `expected/files.txt`, the list of all files of its output, and beside it those files that are pinned in full.
To pin another one, make an empty file of its name there and accept.  All sites use the theme themes/plain.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import NOW

from sitegen.build.manifest import NAME as MANIFEST
from sitegen.build.options import Options
from sitegen.build.pipeline import build

HERE = Path(__file__).parent
SITES = sorted(path.parent.name for path in HERE.glob("*/config.yaml"))


@pytest.fixture
def built(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, bytes]:
    """Every file of a golden site's output."""
    root = tmp_path / "site"
    shutil.copytree(HERE / request.param, root, ignore=shutil.ignore_patterns("expected"))
    shutil.copytree(HERE / "themes", root / "themes")
    destination = tmp_path / "public"
    build(Options(root=root, destination=destination, now=NOW))
    paths = {path.relative_to(destination).as_posix(): path for path in destination.rglob("*") if path.is_file()}
    found = {name: path.read_bytes() for name, path in paths.items() if name != MANIFEST}
    return found | {"files.txt": "".join(f"{name}\n" for name in sorted(found)).encode()}


def pinned(name: str) -> list[str]:
    expected = HERE / name / "expected"
    files = [path.relative_to(expected).as_posix() for path in expected.rglob("*") if path.is_file()]
    return sorted({"files.txt", *files})


@pytest.mark.parametrize(("built", "name"), [(name, name) for name in SITES], indirect=["built"], ids=SITES)
def test_a_golden_site_becomes_the_expected_files(built: dict[str, bytes], name: str, accept: bool) -> None:
    expected = HERE / name / "expected"
    for file in pinned(name):
        if accept:
            (expected / file).parent.mkdir(parents=True, exist_ok=True)
            (expected / file).write_bytes(built[file])
        assert file in built, f"{name}: {file} is expected, and not made"
        assert built[file].decode() == (expected / file).read_bytes().decode(), f"{name}: {file}"


def test_there_are_golden_sites_and_each_pins_something() -> None:
    assert {"minimal", "bilingual", "events", "rolls", "listings"} <= set(SITES)
    assert [name for name in SITES if len(pinned(name)) < 4] == []
