"""The generators in the comparison: how each is called, what of it is removed before a clean build, its version."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OUTPUT = "public"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A generator: `made` are the files and folders that its builds leave in a site.

    `preview` starts its server, with a port as the last word; `template` is that of a story.
    """

    name: str
    command: tuple[str, ...]
    version: str
    made: tuple[str, ...]
    preview: tuple[str, ...]
    template: str

    def wipe(self, root: Path) -> None:
        """Puts aside all that earlier builds left, so that the next one is clean.

        Nothing is deleted: for a while after, some file systems (ext4) are many times slower to make new files.
        """
        aside = root.parent / f"{root.name}-aside"
        aside.mkdir(exist_ok=True)
        for name in self.made:
            if (root / name).exists():
                (root / name).rename(aside / f"{len(list(aside.iterdir()))}-{name}")


@dataclass(frozen=True, slots=True)
class _Peer:
    build: tuple[str, ...]
    asked_version: tuple[str, ...]
    made: tuple[str, ...]
    preview: tuple[str, ...]
    template: str


_PEERS = {
    "hugo": _Peer(
        ("--quiet", "--destination", OUTPUT),
        ("version",),
        (OUTPUT, "resources", ".hugo_build.lock"),
        ("server", "--bind", "127.0.0.1", "--port"),
        "layouts/news/single.html",
    ),
    "zola": _Peer(("build",), ("--version",), (OUTPUT,), ("serve", "--interface", "127.0.0.1", "--port"), "templates/story.html"),
    "eleventy": _Peer(
        ("--quiet",), ("--version",), (OUTPUT, ".cache"), ("--serve", "--quiet", "--port"), "src/_includes/story.liquid"
    ),
    "pelican": _Peer(
        ("-s", "pelicanconf.py", "-q"),
        ("--version",),
        (OUTPUT, "cache", "__pycache__"),
        ("-s", "pelicanconf.py", "-q", "--autoreload", "--listen", "--bind", "127.0.0.1", "--port"),
        "theme/templates/article.html",
    ),
}
_TITLES = {"sitegen": "sitegen", "hugo": "Hugo", "zola": "Zola", "eleventy": "Eleventy", "pelican": "Pelican (cache on)"}


def title(name: str) -> str:
    return _TITLES[name]


def find_contestants(peers: Path, python: str) -> tuple[list[Contestant], list[str]]:
    """The generators that can be run, sitegen first, and the names of those that cannot."""
    sitegen = (python, "-m", "sitegen")
    version = _version([*sitegen, "--version"]) or "?"
    preview = (*sitegen, "serve", "--port")
    found = [
        Contestant("sitegen", (*sitegen, "build", "--quiet"), version, (OUTPUT, ".sitegen"), preview, "themes/bench/news.html")
    ]
    missing = []
    for name, peer in _PEERS.items():
        program = str(peers.resolve() / "bin" / name)
        version = _version([program, *peer.asked_version])
        if version:
            built, shown = (program, *peer.build), (program, *peer.preview)
            found.append(Contestant(name, built, version, peer.made, shown, peer.template))
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
