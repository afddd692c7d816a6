"""Work in several processes: the same results in the same order, and a clear word when a process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from sitegen.build.workers import WORTH_FORKING, WorkerDiedError, can_fork, map_in_workers

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes are forked on Linux only")


def as_it_is(result: object) -> object:
    return result


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_results_come_in_the_order_of_the_work(jobs: int) -> None:
    work = list(range(WORTH_FORKING * 3 + 1))
    here: list[int] = []
    assert map_in_workers(lambda n: n * n, work, jobs, lambda n: here.append(os.getpid()) or n + 1) == [n * n + 1 for n in work]
    assert here == [os.getpid()] * len(work)


def test_little_work_stays_in_this_process() -> None:
    assert set(map_in_workers(lambda _: os.getpid(), [1, 2, 3], 2, as_it_is)) == {os.getpid()}


def test_much_work_is_shared_with_as_many_processes_as_are_asked_for() -> None:
    processes = set(map_in_workers(lambda _: os.getpid(), list(range(WORTH_FORKING)), 3, as_it_is))
    assert len(processes) == 3
    assert os.getpid() in processes


def test_a_worker_that_dies_is_named_by_what_it_was_at() -> None:
    here = os.getpid()

    def die_elsewhere(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(WorkerDiedError, match=r"\d+ died"):
        map_in_workers(die_elsewhere, list(range(WORTH_FORKING)), 2, as_it_is)


def test_a_worker_that_dies_before_it_is_given_more_is_named_too() -> None:
    here, done = os.getpid(), 0

    def die_at_the_third(number: int) -> int:
        nonlocal done
        done += os.getpid() != here
        if done == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    def keep_slowly(number: int) -> int:
        time.sleep(0.05)
        return number

    with pytest.raises(WorkerDiedError, match=r"\d+ died"):
        map_in_workers(die_at_the_third, list(range(WORTH_FORKING)), 2, keep_slowly)


def test_a_worker_that_dies_while_it_answers_is_named_too() -> None:
    here = os.getpid()

    def answer_at_length(number: int) -> bytes:
        if os.getpid() == here:
            time.sleep(1)
            return b""
        signal.setitimer(signal.ITIMER_REAL, 0.3)  # its default is the end of the process
        return bytes(8_000_000)

    with pytest.raises(WorkerDiedError, match=r"\d+ died"):
        map_in_workers(answer_at_length, [1, 2, 3, 4], 2, lambda _: None, worth=1)


def test_what_goes_wrong_in_a_worker_goes_wrong_here() -> None:
    here = os.getpid()

    def fail_elsewhere(number: int) -> int:
        if os.getpid() != here:
            raise OSError(28, "No space left on device")
        return number

    with pytest.raises(OSError, match="No space left"):
        map_in_workers(fail_elsewhere, list(range(WORTH_FORKING)), 2, as_it_is)


def test_no_worker_outlives_a_killed_parent() -> None:
    program = (
        "import os, time\n"
        "from sitegen.build.workers import map_in_workers\n"
        "def slow(n):\n    os.write(1, f'{os.getpid()}\\n'.encode())\n    time.sleep(0.2)\n    return n\n"
        "map_in_workers(slow, list(range(500)), 3, lambda n: n)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    workers: set[int] = set()
    while len(workers - {parent.pid}) < 2:
        workers.add(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)
    parent.stdout.close()


def is_running(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stream:
            return stream.read().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False
