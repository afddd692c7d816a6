"""Watching the sources: events of the file system are hints, a look at the files is the truth."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from sitegen.content.sources import find_sources

FOLDERS = ("content", "templates", "themes", "data")
POLL = 2.0  # seconds after which the files are looked at anyway, for what a file system does not report
QUIET = 0.02  # seconds without a further event before a build: editors write a file in several steps
SETTLED = 0.005  # the same, once a file that was there before has been written to its end


class _Hints(FileSystemEventHandler):
    """The paths that events spoke of since somebody last took them."""

    def __init__(self) -> None:
        self.given = threading.Event()
        self._paths: set[str] = set()
        self._created: set[str] = set()
        self._quiet = QUIET
        self._lock = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write") or (event.is_directory and event.event_type == "modified"):
            return
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        with self._lock:
            self._paths.update(paths)
            if event.event_type == "created":
                self._created.update(paths)
            # A new file may be about to take the place of another, or not be meant to stay.
            self._quiet = SETTLED if event.event_type == "closed" and self._created.isdisjoint(paths) else QUIET
        self.given.set()

    def take(self) -> set[str]:
        """All of them, once there have been no further events for a moment."""
        self.given.clear()
        while self.given.wait(self._quiet):
            self.given.clear()
        with self._lock:
            taken, self._paths, self._created = self._paths, set(), set()
        return taken


def snapshot(root: Path, config: str) -> dict[str, tuple[int, int]]:
    """Size and modification time of every file a build reads."""
    files = {source.path: (source.size, source.mtime) for folder in FOLDERS for source in find_sources(root, folder)[0]}
    return files | _snapshot_of(root, [config])


def _snapshot_of(root: Path, paths: Collection[str]) -> dict[str, tuple[int, int]]:
    """The same of these files; zeros for one that is not there."""
    stats = ((path, (root / path).stat() if (root / path).exists() else None) for path in paths)
    return {path: (stat.st_size, stat.st_mtime_ns) if stat else (0, 0) for path, stat in stats}


def watch(
    root: Path,
    config: str,
    seen: dict[str, tuple[int, int]],
    rebuild: Callable[[Collection[str] | None], datetime | None],
    stop: threading.Event,
    next_change: datetime | None,
) -> None:
    """Calls `rebuild` when files may have changed, and at the instant it asked for, until `stop` is set.

    It is told which files those are; None where they may be any.
    `seen` is a snapshot from before the first build: what was saved while that ran is not missed.
    """
    hints = _Hints()
    observer = Observer()
    observer.schedule(hints, str(root), recursive=False)
    for folder in FOLDERS:
        if (root / folder).is_dir():
            observer.schedule(hints, str(root / folder), recursive=True)
    observer.start()
    try:
        while not stop.is_set():
            now = snapshot(root, config)
            if now != seen or _seconds_until(next_change) <= 0:
                seen = now
                next_change = rebuild(None)
            while hints.given.wait(min(POLL, _seconds_until(next_change))) and not stop.is_set():
                changed = _relative(hints.take(), root)
                # What is not among the hints, or changes again meanwhile, is found at the next quiet moment.
                seen = seen | _snapshot_of(root, changed & seen.keys())
                next_change = rebuild(changed)
    finally:
        observer.stop()
        observer.join()


def _relative(paths: Collection[str], root: Path) -> set[str]:
    """Paths from the project, of those in it."""
    return {Path(path).relative_to(root).as_posix() for path in paths if Path(path).is_relative_to(root)}


def _seconds_until(moment: datetime | None) -> float:
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else 3600.0
