"""Running a command: how long it takes, and how much memory its whole tree of processes holds at most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.02  # seconds between two looks at the memory


class CommandFailedError(Exception):
    """A command ended with an error; the text is what it printed last."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds from start to end, seconds of processors in all processes, megabytes held at most."""

    wall: float
    processor: float
    memory: float


def timed(command: Sequence[str], folder: Path) -> Usage:
    """Raises CommandFailedError."""
    os.sync()  # so that nobody pays for writing out what the one before has written
    return _run(command, folder, watch=False)


def peak_memory(command: Sequence[str], folder: Path) -> float:
    """Megabytes held at most.  Raises CommandFailedError.

    Where /proc tells it, the sum over the tree of processes, shared pages counted once; elsewhere the largest process.
    """
    return _run(command, folder, watch=Path("/proc/self/smaps_rollup").exists()).memory


def _run(command: Sequence[str], folder: Path, watch: bool) -> Usage:
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        tree = 0.0
        status = 0
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG if watch else 0)
            if done:
                break
            tree = max(tree, sum(map(_held, _tree(process.pid))))
            time.sleep(_INTERVAL)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise CommandFailedError(f"{' '.join(command)}: {said.read().decode(errors='replace')[-2000:]}")
    largest = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Usage(seconds, usage.ru_utime + usage.ru_stime, max(tree, largest))


def _tree(pid: int) -> list[int]:
    """The process and all that it started and that still run."""
    found = [pid]
    for each in found:
        try:
            found += [int(child) for child in Path(f"/proc/{each}/task/{each}/children").read_text().split()]
        except OSError:
            continue
    return found


def _held(pid: int) -> float:
    """Megabytes of a process, shared pages in proportion."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
