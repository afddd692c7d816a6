"""The generators in the comparison: how each is called, what of it is removed before a clean build, its version."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OUTPUT = "public"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A generator: `made` are the files and folders that its builds leave in a site."""

    name: str
    command: tuple[str, ...]
    version: str
    made: tuple[str, ...]

    def wipe(self, root: Path) -> None:
        """Removes all that earlier builds left, so that the next one is clean."""
        for name in self.made:
            path = root / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


_PEERS = {
    "hugo": (("--quiet", "--destination", OUTPUT), ("version",), (OUTPUT, "resources", ".hugo_build.lock")),
    "zola": (("build",), ("--version",), (OUTPUT,)),
    "eleventy": (("--quiet",), ("--version",), (OUTPUT, ".cache")),
    "pelican": (("-s", "pelicanconf.py", "-q"), ("--version",), (OUTPUT, "cache", "__pycache__")),
}
_TITLES = {"sitegen": "sitegen", "hugo": "Hugo", "zola": "Zola", "eleventy": "Eleventy", "pelican": "Pelican (cache on)"}


def title(name: str) -> str:
    return _TITLES[name]


def find_contestants(peers: Path, python: str) -> tuple[list[Contestant], list[str]]:
    """The generators that can be run, sitegen first, and the names of those that cannot."""
    sitegen = (python, "-m", "sitegen")
    found = [Contestant("sitegen", (*sitegen, "build", "--quiet"), _version([*sitegen, "--version"]) or "?", (OUTPUT, ".sitegen"))]
    missing = []
    for name, (build, asked, made) in _PEERS.items():
        program = str(peers.resolve() / "bin" / name)
        version = _version([program, *asked])
        if version:
            found.append(Contestant(name, (program, *build), version, made))
        else:
            missing.append(name)
    return found, missing


def _version(command: Sequence[str]) -> str:
    """The first number with dots that the command prints; empty if it cannot be run."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    number = re.search(r"\d+(\.\d+)+\S*", said)
    return number[0].split("-")[0].split("+")[0] if number else ""
