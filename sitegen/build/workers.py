"""Work in several processes, which never outlive their parent: forked where that is safe, so that the site costs them nothing."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
Kept = TypeVar("Kept")
_ROUNDS = 8
WORTH_FORKING = 64  # fewer pieces of work than these are done sooner than processes start
SPAWNING_COSTS = 47  # times as much: such a process starts from nothing, and is sent what it needs


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


class WorkerDiedError(Exception):
    """A worker ended before its work was done; `work` is what it was at."""

    def __init__(self, work: object) -> None:
        super().__init__(f"the process rendering {work} died")
        self.work = work


def can_fork() -> bool:
    """True where a process can be forked: not on Windows, nor where forking is unsafe (macOS)."""
    return "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"


def map_in_workers(
    function: Callable[[Work], Result],
    work: Sequence[Work],
    jobs: int,
    keep: Callable[[Result], Kept],
    worth: int | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[Kept]:
    """What `keep` makes, in this process and as each result arrives, of the function's results, in the order of the work.

    This process does what is to be done `meanwhile`, and then its part of the work.  Less work than is `worth` a fork
    (WORTH_FORKING, if that is not said) is done in this process.  The function and the work can be pickled.
    Raises WorkerDiedError, and whatever the function raises.
    """
    least = (WORTH_FORKING if worth is None else worth) * (1 if can_fork() else SPAWNING_COSTS)
    if jobs <= 1 or len(work) < least:
        if meanwhile:
            meanwhile()
        return [keep(function(each)) for each in work]
    head = 1 if len(work) >= WORTH_FORKING else 0
    first = [keep(function(each)) for each in work[:head]]  # what all have to load or compile, they then have from this process
    gc.freeze()  # so that a collection in a worker does not touch, and thereby copy, the parent's pages
    try:
        return [*first, *_share(function, work[head:], min(jobs, len(work)), keep, meanwhile)]
    finally:
        gc.unfreeze()


def _share(
    function: Callable[[Work], Result],
    work: Sequence[Work],
    jobs: int,
    keep: Callable[[Result], Kept],
    meanwhile: Callable[[], None] | None,
) -> list[Kept]:
    context: Any = multiprocessing.get_context("fork" if can_fork() else "spawn")
    deal = _Deal(len(work), jobs)
    kept: dict[int, Kept] = {}
    pending: dict[Connection, deque[int]] = {}
    processes = []
    for _ in range(jobs - 1):
        here, there = context.Pipe()
        inherited = [*pending, here] if can_fork() else []
        process = context.Process(target=_labour, args=(function, work, there, inherited), daemon=True)
        process.start()
        there.close()
        processes.append(process)
        pending[here] = deque()
        # While this process is at something else, nobody deals out more.
        _give(here, pending, deal.share() if meanwhile else deal.last())

    def gather(timeout: float | None) -> bool:
        arrived = wait(list(pending), timeout)
        for ready in arrived:
            assert isinstance(ready, Connection)
            index, result = _receive(ready, pending, work)
            kept[index] = keep(result)
            if len(pending[ready]) <= 1:  # so that it has work while its last result is on the way
                _give(ready, pending, deal.last())
        return bool(arrived)

    try:
        if meanwhile:
            meanwhile()
        # This process works too: it has the site in memory already, and a worker more would copy much of that.
        while (own := deal.first()) is not None:
            kept[own] = keep(function(work[own]))
            while gather(timeout=0):
                pass  # a worker whose results are not taken waits
        while pending:
            gather(timeout=None)
    finally:
        for process in processes:
            if pending:
                process.kill()
            process.join()
    return [kept[index] for index in range(len(work))]


class _Deal:
    """The numbers of the work as they are dealt out: one by one from the front to this process, in runs from the end to workers.

    Neighbours share what they read and need, and what a process reads it copies; so each keeps to its end.  Runs get shorter
    towards the end of the work, so that all end together.
    """

    def __init__(self, count: int, jobs: int) -> None:
        self._left = range(count)
        self._count = count
        self._jobs = jobs

    def first(self) -> int | None:
        """The first number that is left."""
        own, self._left = self._left[:1], self._left[1:]
        return own[0] if own else None

    def last(self) -> range:
        """The last run that is left."""
        return self._cut(-(-len(self._left) // (self._jobs * _ROUNDS)))

    def share(self) -> range:
        """The last run that is left, as long as one's part of all."""
        return self._cut(self._count // self._jobs)

    def _cut(self, size: int) -> range:
        run = self._left[len(self._left) - size :]
        self._left = self._left[: len(self._left) - size]
        return run


def _give(worker: Connection, pending: dict[Connection, deque[int]], run: range) -> None:
    """A run of the work for a worker, or its end where nothing is left for it."""
    pending[worker] += run
    if run:
        worker.send(run)
    elif not pending[worker]:
        del pending[worker]
        worker.close()


def _receive(worker: Connection, pending: dict[Connection, deque[int]], work: Sequence[Work]) -> tuple[int, Any]:
    """The next result of a worker, and the number of its work."""
    try:
        result = worker.recv()
    except EOFError:
        raise WorkerDiedError(work[pending[worker][0]]) from None
    if isinstance(result, _Raised):
        raise result.error
    return pending[worker].popleft(), result


def _labour(function: Callable[[Work], Result], work: Sequence[Work], parent: Connection, inherited: list[Connection]) -> None:
    # A worker that kept the ends of the parent open would not notice that its parent is gone.
    for connection in inherited:
        connection.close()
    try:
        while True:
            for index in parent.recv():
                parent.send(_result(function, work[index]))
    except EOFError:
        os._exit(0)
    except (ConnectionError, KeyboardInterrupt):
        os._exit(1)


def _result(function: Callable[[Work], Result], work: Work) -> Result | _Raised:
    try:
        return function(work)
    except Exception as error:
        return _Raised(error)
