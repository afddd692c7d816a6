"""Work in several processes: forked, so that they share the site for nothing, and never outliving their parent."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
Kept = TypeVar("Kept")
_ROUNDS = 8
WORTH_FORKING = 64  # fewer pieces of work than these are done sooner than processes start


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
    return "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux"


def map_in_workers(
    function: Callable[[Work], Result],
    work: Sequence[Work],
    jobs: int,
    keep: Callable[[Result], Kept],
    worth: int | None = None,
) -> list[Kept]:
    """What `keep` makes, in this process and as each result arrives, of the function's results, in the order of the work.

    Less work than is `worth` it (WORTH_FORKING, if that is not said) is done in this process.  Raises WorkerDiedError, and
    whatever the function raises.
    """
    if jobs <= 1 or len(work) < (WORTH_FORKING if worth is None else worth) or not can_fork():
        return [keep(function(each)) for each in work]
    gc.freeze()  # so that a collection in a worker does not touch, and thereby copy, the parent's pages
    try:
        return _fork_and_gather(function, work, min(jobs, len(work)), keep)
    finally:
        gc.unfreeze()


def _fork_and_gather(
    function: Callable[[Work], Result], work: Sequence[Work], jobs: int, keep: Callable[[Result], Kept]
) -> list[Kept]:
    fork = multiprocessing.get_context("fork")
    own, *others = _shares(len(work), jobs)
    kept: dict[int, Kept] = {}
    pending: dict[Connection, list[int]] = {}
    processes = []
    for share in others:
        receiver, sender = fork.Pipe(duplex=False)
        process = fork.Process(target=_labour, args=(function, work, share, sender, [*pending, receiver]), daemon=True)
        process.start()
        sender.close()
        processes.append(process)
        pending[receiver] = share[::-1]

    def gather(timeout: float | None) -> None:
        for ready in wait(list(pending), timeout):
            assert isinstance(ready, Connection)
            index, result = _receive(ready, pending, work)
            kept[index] = keep(result)

    try:
        # This process works too: it has the site in memory already, and a worker more would copy much of that.
        for index in own:
            kept[index] = keep(function(work[index]))
            gather(timeout=0)
        while pending:
            gather(timeout=None)
    finally:
        for process in processes:
            if pending:
                process.kill()
            process.join()
    return [kept[index] for index in range(len(work))]


def _shares(count: int, jobs: int) -> list[list[int]]:
    """The numbers of the work, dealt out in runs: neighbours share what they read, and what a process reads it copies."""
    run = max(1, count // (jobs * _ROUNDS))
    shares: list[list[int]] = [[] for _ in range(jobs)]
    for index in range(count):
        shares[index // run % jobs].append(index)
    return shares


def _receive(receiver: Connection, pending: dict[Connection, list[int]], work: Sequence[Work]) -> tuple[int, Any]:
    """The next result of a worker, and the number of its work."""
    share = pending[receiver]
    try:
        result = receiver.recv()
    except EOFError:
        raise WorkerDiedError(work[share[-1]]) from None
    if isinstance(result, _Raised):
        raise result.error
    index = share.pop()
    if not share:
        receiver.close()
        del pending[receiver]
    return index, result


def _labour(
    function: Callable[[Work], Result], work: Sequence[Work], share: Sequence[int], sender: Connection, others: list[Connection]
) -> None:
    # A worker that kept the reading ends open would not notice that its parent is gone.
    for connection in others:
        connection.close()
    try:
        for index in share:
            sender.send(_result(function, work[index]))
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)
    sender.close()
    os._exit(0)


def _result(function: Callable[[Work], Result], work: Work) -> Result | _Raised:
    try:
        return function(work)
    except Exception as error:
        return _Raised(error)
