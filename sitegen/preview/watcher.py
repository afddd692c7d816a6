"""Watching the sources: events of the file system are hints, a look at the files is the truth."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from sitegen.content.sources import find_sources

FOLDERS = ("content", "templates", "themes", "data")
POLL = 2.0  # seconds after which the files are looked at anyway, for what a file system does not report
QUIET = 0.02  # seconds without a further event before a build: editors write a file in several steps


class _Hint(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):
            self._changed.set()


def snapshot(root: Path, config: str) -> dict[str, tuple[int, int]]:
    """Size and modification time of every file a build reads."""
    files = {source.path: (source.size, source.mtime) for folder in FOLDERS for source in find_sources(root, folder)[0]}
    status = (root / config).stat() if (root / config).exists() else None
    return files | {config: (status.st_size, status.st_mtime_ns) if status else (0, 0)}


def watch(
    root: Path,
    config: str,
    seen: dict[str, tuple[int, int]],
    rebuild: Callable[[], datetime | None],
    stop: threading.Event,
    next_change: datetime | None,
) -> None:
    """Calls `rebuild` when files may have changed, and at the instant it asked for, until `stop` is set.

    `seen` is a snapshot from before the first build: what was saved while that ran is not missed.
    """
    changed = threading.Event()
    observer = Observer()
    observer.schedule(_Hint(changed), str(root), recursive=False)
    for folder in FOLDERS:
        if (root / folder).is_dir():
            observer.schedule(_Hint(changed), str(root / folder), recursive=True)
    observer.start()
    try:
        while not stop.is_set():
            now = snapshot(root, config)
            if now != seen or _seconds_until(next_change) <= 0:
                seen = now
                next_change = rebuild()
            while changed.wait(min(POLL, _seconds_until(next_change))) and not stop.is_set():
                _settle(changed)
                next_change = rebuild()
                seen = snapshot(root, config)  # what is saved meanwhile gives a hint of its own
    finally:
        observer.stop()
        observer.join()


def _settle(changed: threading.Event) -> None:
    """Waits until there have been no further events for a moment."""
    changed.clear()
    while changed.wait(QUIET):
        changed.clear()


def _seconds_until(moment: datetime | None) -> float:
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else 3600.0
