"""Everything a build reads, as the file system tells of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sitegen.build.options import Options
from sitegen.build.stats import LINK, RACY, changed_at, stat_text
from sitegen.media.fonts import font_stamp

_FOLDERS = ("content", "data", "templates", "themes")
_NO_TEMPLATES = re.compile(r"^(content|data)/|/(assets|messages)/")
_PACKAGED_THEMES = Path(__file__).resolve().parent.parent / "themes"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The stat of each file by its path: from the project, or whole where it lies elsewhere."""

    wishes: str
    stats: Mapping[str, str]
    has_links: bool

    @property
    def templates(self) -> frozenset[str]:
        """The paths of the templates, which say how things are shown and nothing of what there is."""
        return frozenset(path for path in self.stats if path.endswith(".html") and not _NO_TEMPLATES.search(path))

    def of(self, paths: Collection[str]) -> Inputs:
        """The same, of these files alone."""
        return replace(self, stats={path: stat for path, stat in self.stats.items() if path in paths})

    def young(self, clock: int) -> frozenset[str]:
        """The files so young that they may change unseen; `clock` is the file system's time in nanoseconds."""
        return frozenset(path for path, stat in self.stats.items() if stat and stat != LINK and changed_at(stat) > clock - RACY)

    def digest(self, without: Collection[str] = ()) -> str:
        """What stands for them all; '' if one is a link, which leads to what may change unseen."""
        looked_at = [(path, stat) for path, stat in self.stats.items() if path not in without] if without else self.stats.items()
        if self.has_links or any(stat == LINK for _, stat in looked_at):
            return ""
        text = "".join([f"{path}\0{stat}\n" for path, stat in looked_at])
        return hashlib.blake2b((self.wishes + text).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    def after_changes(self, root: Path, paths: Collection[str]) -> Inputs | None:
        """The same but for these files, by their paths from the project; None where one has come or gone."""
        stats = {path: stat_text(f"{root}/{path}") for path in paths}
        if not all(path in self.stats if stat else path not in self.stats for path, stat in stats.items()):
            return None
        return replace(self, stats={**self.stats} | {path: stat for path, stat in stats.items() if stat})


def look(options: Options) -> Inputs:
    """The inputs of a build as they are now."""
    wishes = [options.config, options.base_url, asdict(options.policy), options.strict, font_stamp()]
    root = f"{options.root}/"
    places = [options.root / name for name in _FOLDERS] + [_PACKAGED_THEMES, _PACKAGED_THEMES.parent.parent / "themes"]
    paths = [str(options.root / options.config), *(path for place in places for path in _files(str(place)))]
    return Inputs(
        json.dumps(wishes, sort_keys=True),
        {path.removeprefix(root): stat_text(path) for path in paths},
        any(path.is_symlink() for path in (*places, options.root / options.config)),
    )


def _files(folder: str) -> Iterator[str]:
    """Every file and folder below a folder, links as themselves, in one order."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry.path
