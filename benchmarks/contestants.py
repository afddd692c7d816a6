"""The generators in the comparison: how each is called, what of it is removed before a clean build, its version."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.subscriptions import ALL, ATOM, CALENDAR, RSS, SITEMAP, Promise

OUTPUT = "public"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A generator: `made` are the files and folders that its builds leave in a site.

    `program` names the format that its site is written in; `preview` starts its server, with a port as the last word; `template` is
    that of a story; `promise` is what it makes of the site's feeds and calendars.
    """

    name: str
    program: str
    command: tuple[str, ...]
    version: str
    made: tuple[str, ...]
    preview: tuple[str, ...]
    template: str
    promise: Promise

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
    promise: Promise = ALL


_HUGO = _Peer(
    ("--quiet", "--destination", OUTPUT),
    ("version",),
    (OUTPUT, "resources", ".hugo_build.lock"),
    ("server", "--bind", "127.0.0.1", "--port"),
    "layouts/news/single.html",
)
_ONE_FEED = ("--config", "hugo.toml,one-feed.toml")
_PEERS = {
    "hugo": _HUGO,
    "hugo-one-feed": replace(
        _HUGO,
        build=(*_HUGO.build, *_ONE_FEED),
        preview=("server", *_ONE_FEED, *_HUGO.preview[1:]),
        promise=Promise(frozenset(), home=frozenset({RSS})),
    ),
    "zola": _Peer(
        ("build",),
        ("--version",),
        (OUTPUT,),
        ("serve", "--interface", "127.0.0.1", "--port"),
        "templates/story.html",
        Promise(frozenset({RSS, SITEMAP})),
    ),
    "eleventy": _Peer(
        ("--quiet",), ("--version",), (OUTPUT, ".cache"), ("--serve", "--quiet", "--port"), "src/_includes/story.liquid"
    ),
    "pelican": _Peer(
        ("-s", "pelicanconf.py", "-q"),
        ("--version",),
        (OUTPUT, "cache", "__pycache__"),
        ("-s", "pelicanconf.py", "-q", "--autoreload", "--listen", "--bind", "127.0.0.1", "--port"),
        "theme/templates/article.html",
        Promise(frozenset({RSS, ATOM, SITEMAP}), home=frozenset({CALENDAR})),
    ),
}
_TITLES = {
    "sitegen": "sitegen",
    "hugo": "Hugo",
    "hugo-one-feed": "Hugo, one feed",
    "zola": "Zola",
    "eleventy": "Eleventy",
    "pelican": "Pelican (cache on)",
}


def title(name: str) -> str:
    return _TITLES[name]


def find_contestants(peers: Path, python: str) -> tuple[list[Contestant], list[str]]:
    """The generators that can be run, sitegen first, and the programs that cannot."""
    sitegen = (python, "-m", "sitegen")
    version = _version([*sitegen, "--version"]) or "?"
    preview = (*sitegen, "serve", "--port")
    made = (OUTPUT, ".sitegen")
    found = [
        Contestant("sitegen", "sitegen", (*sitegen, "build", "--quiet"), version, made, preview, "themes/bench/news.html", ALL)
    ]
    missing = []
    for name, peer in _PEERS.items():
        kind = name.partition("-")[0]
        program = str(peers.resolve() / "bin" / kind)
        version = _version([program, *peer.asked_version])
        if version:
            built, shown = (program, *peer.build), (program, *peer.preview)
            found.append(Contestant(name, kind, built, version, peer.made, shown, peer.template, peer.promise))
        elif kind not in missing:
            missing.append(kind)
    return found, missing


def _version(command: Sequence[str]) -> str:
    """The first number with dots that the command prints; empty if it cannot be run."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    number = re.search(r"\d+(\.\d+)+\S*", said)
    return number[0].split("-")[0].split("+")[0] if number else ""
