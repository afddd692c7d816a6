"""Where processes cannot be forked they are started anew: the same results, and the same site."""

from __future__ import annotations

import os
import signal

import pytest
from conftest import Workshop

from sitegen.build import workers
from sitegen.build.workers import WorkerDiedError, map_in_workers


@pytest.fixture(autouse=True)
def spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    monkeypatch.setattr(workers, "SPAWNING_COSTS", 1 / 8)


def process_of(_number: int) -> int:
    return os.getpid()


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise OSError(28, f"No space left for {number}")


def die_unless_of(parent: int) -> int:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return parent


def as_it_is(result: object) -> object:
    return result


def test_results_come_in_the_order_of_the_work() -> None:
    assert map_in_workers(square, range(100), 3, as_it_is) == [number * number for number in range(100)]


def test_work_is_shared() -> None:
    assert len(set(map_in_workers(process_of, range(100), 2, as_it_is))) == 2


def test_what_goes_wrong_in_a_worker_goes_wrong_here() -> None:
    with pytest.raises(OSError, match="No space left"):
        map_in_workers(fail, range(100), 2, as_it_is)


def test_a_worker_that_dies_is_named_by_what_it_was_at() -> None:
    with pytest.raises(WorkerDiedError):
        map_in_workers(die_unless_of, [os.getpid()] * 100, 2, as_it_is)


def test_a_site_is_the_same(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 29):
        workshop.write(STORY.format(number=number))
    workshop.build(jobs=2)
    first = workshop.files()
    # Every story is made again, from bodies that the state has kept.
    workshop.write(OVERRIDE)
    rendered = workshop.build(jobs=2).rendered
    assert len(rendered) > 28
    second = workshop.files()
    assert not list((workshop.root / ".sitegen").glob("spool-*"))
    monkeypatch.undo()
    workshop.build(jobs=1, clean=True)
    assert second == workshop.files()
    (workshop.root / "templates/news.html").unlink()
    workshop.build(jobs=1, clean=True)
    assert first == workshop.files()


STORY = """
-- content/news/2026-11-{number:02}-story-{number}.zh.md --
---
title: 校友返校日第{number}次
section: association
date: 2026-11-{number:02}
tags: [返校]
---

当天有{number}位校友回到母校，[最早的一位](2026-11-01-story-1.zh.md)在清晨六点。
"""
OVERRIDE = """
-- templates/news.html --
{% extends "!news.html" %}
{% block main %}<p>又及</p>{{ super() }}{% endblock %}
"""
