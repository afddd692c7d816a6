"""Rendering in several processes: forked, so that they share the site for nothing, and never outliving their parent."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
WORTH_FORKING = 64  # fewer outputs than these are rendered sooner than processes start


class WorkerDiedError(Exception):
    """A worker ended before its work was done; `work` is what it was at."""

    def __init__(self, work: object) -> None:
        super().__init__(f"the process rendering {work} died")
        self.work = work


def can_fork() -> bool:
    """True where a process can be forked: not on Windows, nor where forking is unsafe (macOS)."""
    return "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux"


def map_in_workers(
    function: Callable[[Work], Result], work: Sequence[Work], jobs: int, step: Callable[[], None] = lambda: None
) -> list[Result]:
    """The function's result for each piece of work, in order.  Raises WorkerDiedError."""
    if jobs <= 1 or len(work) < WORTH_FORKING or not can_fork():
        results = []
        for each in work:
            results.append(function(each))
            step()
        return results
    gc.freeze()  # so that a collection in a worker does not touch, and thereby copy, the parent's pages
    try:
        return _fork_and_gather(function, work, jobs, step)
    finally:
        gc.unfreeze()


def _fork_and_gather(function: Callable[[Work], Result], work: Sequence[Work], jobs: int, step: Callable[[], None]) -> list[Result]:
    fork = multiprocessing.get_context("fork")
    results: dict[int, Result] = {}
    pending: dict[Connection, list[int]] = {}
    processes = []
    for number in range(jobs):
        receiver, sender = fork.Pipe(duplex=False)
        share = list(range(number, len(work), jobs))
        process = fork.Process(target=_labour, args=(function, work, share, sender, [*pending, receiver]), daemon=True)
        process.start()
        sender.close()
        processes.append(process)
        pending[receiver] = share
    try:
        while pending:
            for ready in wait(list(pending)):
                assert isinstance(ready, Connection)
                _receive(ready, pending, results, work)
                step()
    finally:
        for process in processes:
            if pending:
                process.kill()
            process.join()
    return [results[index] for index in range(len(work))]


def _receive(receiver: Connection, pending: dict[Connection, list[int]], results: dict[int, Result], work: Sequence[Work]) -> None:
    share = pending[receiver]
    try:
        results[share[0]] = receiver.recv()
    except EOFError:
        raise WorkerDiedError(work[share[0]]) from None
    share.pop(0)
    if not share:
        receiver.close()
        del pending[receiver]


def _labour(
    function: Callable[[Work], Result], work: Sequence[Work], share: list[int], sender: Connection, others: list[Connection]
) -> None:
    # A worker that kept the reading ends open would not notice that its parent is gone.
    for connection in others:
        connection.close()
    try:
        for index in share:
            sender.send(function(work[index]))
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)
    sender.close()
    os._exit(0)
