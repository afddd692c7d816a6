"""Removes an output: only files that builds of this project wrote."""

from __future__ import annotations

import time
from pathlib import Path

from sitegen.build.emit import emit
from sitegen.build.manifest import remove_manifest
from sitegen.build.media import CACHE
from sitegen.build.state import FOLDER, State
from sitegen.media.picture_cache import PictureCache

_KEPT = 30 * 86_400  # seconds: another branch may want them again


def remove_output(root: Path, destination: Path, pictures: bool = False) -> int:
    """The number of files removed from the output.  Raises SiteError if the disk refuses.

    Of the pictures made, those stay that this output held or that are young; or none, if `pictures` are to go too.
    """
    place = destination.resolve()
    state = State(root, place)
    cache = PictureCache(root / FOLDER / CACHE)
    if pictures:
        cache.forget()
    else:
        cache.prune({trace.digest for trace in state.read().outputs.values()}, time.time() - _KEPT)
    removed = emit({}, (), place).removed if place.exists() else 0
    remove_manifest(place)
    state.forget()
    if place.exists() and not any(place.iterdir()):
        place.rmdir()
    return removed
