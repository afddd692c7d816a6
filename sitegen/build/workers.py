"""Work in several processes, which never outlive their parent: forked where that is safe, so that the site costs them nothing."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, TypeAlias, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
Kept = TypeVar("Kept")
Steps: TypeAlias = Sequence[Callable[[], object]]
_ROUNDS = 8
_IN_HAND = 2  # pieces of work that a worker has left when it is given more, so that it need not wait
_WIDTH = 1024 * 1024  # bytes of results that wait to be taken
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
    meanwhile: Steps = (),
) -> list[Kept]:
    """What `keep` makes, in this process and as each result arrives, of the function's results, in the order of the work.

    This process does what is to be done `meanwhile`, step by step, and then its part of the work.  Less work than is `worth` a fork
    (WORTH_FORKING, if that is not said) is done in this process.  The function and the work can be pickled.
    Raises WorkerDiedError, and whatever the function raises.
    """
    least = (WORTH_FORKING if worth is None else worth) * (1 if can_fork() else SPAWNING_COSTS)
    if jobs <= 1 or len(work) < least:
        for step in meanwhile:
            step()
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
    meanwhile: Steps,
) -> list[Kept]:
    context: Any = multiprocessing.get_context("fork" if can_fork() else "spawn")
    deal = _Deal(len(work), jobs)
    kept: dict[int, Kept] = {}
    workers: dict[Connection, _Worker] = {}
    processes = []
    for _ in range(jobs - 1):
        (tasks, orders), (results, answers) = context.Pipe(duplex=False), context.Pipe(duplex=False)
        _widen(results)
        others = [end for worker in workers.values() for end in (worker.orders, worker.results)]
        inherited = [*others, orders, results] if can_fork() else []
        process = context.Process(target=_labour, args=(function, work, tasks, answers, inherited), daemon=True)
        process.start()
        tasks.close()
        answers.close()
        processes.append(process)
        workers[results] = _Worker(orders, results)
        # While this process is at something else, nobody deals out more.
        workers[results].give(deal.share() if meanwhile else deal.last())

    def gather(timeout: float | None) -> bool:
        arrived = wait([results for results, worker in workers.items() if worker.pending], timeout)
        for ready in arrived:
            assert isinstance(ready, Connection)
            worker = workers[ready]
            index, result = worker.receive(work)
            kept[index] = keep(result)
            if len(worker.pending) <= _IN_HAND:
                worker.give(deal.last())
        return bool(arrived)

    def take() -> None:
        while gather(timeout=0):
            pass  # a worker whose results are not taken waits

    try:
        for step in meanwhile:
            step()
            take()
        # This process works too: it has the site in memory already, and a worker more would copy much of that.
        while (own := deal.first()) is not None:
            kept[own] = keep(function(work[own]))
            take()
        while any(worker.pending for worker in workers.values()):
            gather(timeout=None)
    finally:
        for process, worker in zip(processes, workers.values(), strict=True):
            if worker.pending:
                process.kill()
            worker.close()
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


@dataclass(frozen=True, slots=True)
class _Worker:
    """This process's ends of the pipes to a worker, and the numbers of the work that it has in hand."""

    orders: Connection
    results: Connection
    pending: deque[int] = field(default_factory=deque)

    def give(self, run: range) -> None:
        """A run of the work, if there is any left."""
        self.pending.extend(run)
        if run:
            with contextlib.suppress(BrokenPipeError):  # of one that has died, which is told when its results are asked for
                self.orders.send(run)

    def receive(self, work: Sequence[Work]) -> tuple[int, Any]:
        """The next result, and the number of its work."""
        try:
            result = self.results.recv()
        except (EOFError, OSError):  # before it answered, or in the middle of an answer
            raise WorkerDiedError(work[self.pending[0]]) from None
        if isinstance(result, _Raised):
            raise result.error
        return self.pending.popleft(), result

    def close(self) -> None:
        """Tells the worker that there is no more to do."""
        self.orders.close()
        self.results.close()


def _widen(pipe: Connection) -> None:
    """Makes room for the results of a worker that is ahead, where the system can."""
    try:
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _WIDTH)
    except (ImportError, AttributeError, OSError):
        pass


def _labour(
    function: Callable[[Work], Result],
    work: Sequence[Work],
    tasks: Connection,
    answers: Connection,
    inherited: list[Connection],
) -> None:
    # A worker that kept the ends of the parent open would not notice that its parent is gone.
    for connection in inherited:
        connection.close()
    try:
        while True:
            for index in tasks.recv():
                answers.send(_result(function, work[index]))
    except EOFError:
        os._exit(0)
    except (ConnectionError, KeyboardInterrupt):
        os._exit(1)


def _result(function: Callable[[Work], Result], work: Work) -> Result | _Raised:
    try:
        return function(work)
    except Exception as error:
        return _Raised(error)
