"""Removes an output: only files that builds of this project wrote."""

from __future__ import annotations

from pathlib import Path

from sitegen.build.emit import emit
from sitegen.build.manifest import remove_manifest
from sitegen.build.state import State


def remove_output(root: Path, destination: Path) -> int:
    """The number of files removed.  Raises SiteError if the disk refuses."""
    place = destination.resolve()
    removed = emit({}, (), place).removed if place.exists() else 0
    remove_manifest(place)
    State(root, place).forget()
    if place.exists() and not any(place.iterdir()):
        place.rmdir()
    return removed
