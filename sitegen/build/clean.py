"""Removes an output: only files that builds of this project wrote."""

from __future__ import annotations

from pathlib import Path

from sitegen.build.emit import emit
from sitegen.build.state import State


def remove_output(root: Path, destination: Path) -> int:
    """The number of files removed.  Raises SiteError if the disk refuses."""
    place = destination.resolve()
    state = State(root, place)
    memory, _ = state.load("")
    removed = emit({}, (), place, {*memory.outputs, *memory.pending}).removed if place.exists() else 0
    state.forget()
    if place.exists() and not any(place.iterdir()):
        place.rmdir()
    return removed
