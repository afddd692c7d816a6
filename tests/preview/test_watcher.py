"""What the preview makes of the events of the file system: one build a save, and soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from queue import Queue

import pytest

from sitegen.preview import watcher
from sitegen.preview.watcher import snapshot, watch

Changes = Queue[set[str] | None]
STORY = "content/news/a.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content/news").mkdir(parents=True)
    (tmp_path / STORY).write_text("one", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("title: A\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def changes(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Changes]:
    """What a watched project asks to be built again, with a long wait where it cannot be known that a file is complete."""
    monkeypatch.setattr(watcher, "QUIET", 3.0)
    monkeypatch.setattr(watcher, "POLL", 30.0)
    asked: Changes = Queue()
    stop = threading.Event()

    def rebuild(changed: Collection[str] | None) -> None:
        asked.put(None if changed is None else set(changed))

    arguments = (project, "config.yaml", {}, rebuild, stop, None)
    thread = threading.Thread(target=watch, args=arguments, daemon=True)
    thread.start()
    assert asked.get(timeout=20) is None  # the first look, from which on events are heard
    yield asked
    stop.set()
    (project / "config.yaml").touch()
    thread.join(20)


def test_a_file_written_to_its_end_does_not_wait_for_more(project: Path, changes: Changes) -> None:
    started = time.monotonic()
    (project / STORY).write_text("two", encoding="utf-8")
    assert changes.get(timeout=20) == {STORY}
    assert time.monotonic() - started < watcher.QUIET


def test_a_save_by_way_of_another_file_is_one_change(project: Path, changes: Changes) -> None:
    new = project / "content/news/a.md.new"
    new.write_text("two", encoding="utf-8")
    time.sleep(0.2)  # as long as it takes an editor to have its file written to the disk
    new.replace(project / STORY)
    assert changes.get(timeout=20) == {STORY, "content/news/a.md.new"}
    assert changes.empty()


def test_files_written_one_after_the_other_all_arrive(project: Path, changes: Changes) -> None:
    names = {f"content/news/{number}.md" for number in range(40)}
    for name in names:
        (project / name).write_text("new", encoding="utf-8")
    arrived: set[str] = set()
    while not names <= arrived:
        arrived |= changes.get(timeout=20) or set()
    assert all(snapshot(project, "config.yaml")[name] for name in names)
