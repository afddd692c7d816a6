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
QUIET = 0.03  # seconds without a further event before a build: editors write a file in several steps


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
    root: Path, config: str, rebuild: Callable[[], datetime | None], stop: threading.Event, next_change: datetime | None
) -> None:
    """Calls `rebuild` after every change of the files, and at the instant it asked for, until `stop` is set."""
    changed = threading.Event()
    observer = Observer()
    observer.schedule(_Hint(changed), str(root), recursive=False)
    for folder in FOLDERS:
        if (root / folder).is_dir():
            observer.schedule(_Hint(changed), str(root / folder), recursive=True)
    observer.start()
    seen = snapshot(root, config)
    try:
        while not stop.is_set():
            due = _seconds_until(next_change)
            # Looking again every two seconds covers what a file system does not report.
            hinted = changed.wait(min(2.0, due))
            while hinted:
                changed.clear()
                hinted = changed.wait(QUIET)
            now = snapshot(root, config)
            if now != seen or _seconds_until(next_change) <= 0:
                seen = now
                next_change = rebuild()
    finally:
        observer.stop()
        observer.join()


def _seconds_until(moment: datetime | None) -> float:
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else 3600.0
