"""What is known of the pictures of a project, from build to build: a picture is read only when its file has changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sitegen.build.stats import RACY, changed_at, stat_text
from sitegen.libraries import version
from sitegen.media import drawing, pictures, raster
from sitegen.media.pictures import Measured

FILE = "pictures.json"


class Measurements:
    """Measures by a picture's path from the content folder, each with the stat of the file it is of.

    What cannot be read, or was measured by another program, is as if it were not there.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._file = folder / FILE
        self._new: dict[str, tuple[str, Measured]] = {}

    def get(self, path: str) -> Measured | None:
        """What is known of a picture as it is now."""
        stat, measured = self._known.get(path, ("", None))
        return measured if measured and stat and stat == stat_text(f"{self._root}/content{path}") else None

    def note(self, path: str, stat: str, measured: Measured) -> None:
        """Takes in what was found in a file that had this stat before it was read."""
        if stat and changed_at(stat) < time.time_ns() - RACY:  # else the file may change without its stat
            self._new[path] = (stat, measured)

    def keep(self) -> None:
        """Writes down what is new, if anything is.  Where the disk refuses, it will be measured again."""
        if not self._new:
            return
        known = {path: entry for path, entry in self._known.items() if stat_text(f"{self._root}/content{path}")} | self._new
        rows = [[path, stat, each.digest, each.width, each.height, each.sort] for path, (stat, each) in sorted(known.items())]
        text = json.dumps(rows, ensure_ascii=False)
        temporary = self._file.with_name(f".{FILE}.{os.getpid()}")
        with contextlib.suppress(OSError):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_text(json.dumps([_seal(text), text]), encoding="utf-8")
                os.replace(temporary, self._file)
            finally:
                temporary.unlink(missing_ok=True)

    @cached_property
    def _known(self) -> dict[str, tuple[str, Measured]]:
        try:
            seal, text = json.loads(self._file.read_text(encoding="utf-8"))
            rows: list[Any] = json.loads(text) if seal == _seal(text) else []
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        return {path: (stat, Measured(*rest)) for path, stat, *rest in rows}


def _seal(text: str) -> str:
    return hashlib.blake2b(f"{_program()} {text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _program() -> str:
    """What measures: another one may see another picture in the same bytes."""
    state = hashlib.blake2b(version("pillow").encode(), digest_size=16)
    for module in (drawing, pictures, raster):
        assert module.__file__
        state.update(Path(module.__file__).read_bytes())
    return state.hexdigest()
