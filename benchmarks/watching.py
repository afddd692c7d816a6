"""From save to sight: how long after a story is saved the preview of a generator shows it, and tells open pages so."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_HOST = "127.0.0.1"
_PATIENCE = 180  # seconds
_LOOK = 0.002  # seconds between two looks at the page
_PAUSE = (0.4, 0.8)  # seconds between an edit that was seen and the next


class NotServedError(Exception):
    """A preview did not show what it should have shown."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Seconds from each save until the page is served with it; until open pages are told, where the preview was asked that."""

    served: list[float]
    told: list[float]


def watch(command: tuple[str, ...], folder: Path, page: str, edit: Callable[[], str], edits: int, events: str = "") -> Sight:
    """Starts a preview and edits the story of a page again and again; `edit` saves it and gives its new sentence.

    `events` is the address of server-sent events, waited for in odd edits; the even ones look at the page all the time.
    """
    with _preview(command, folder) as port:
        sentence = edit()
        _until(port, page, sentence)
        sight = Sight([], [])
        for number in range(edits * (2 if events else 1)):
            time.sleep(random.uniform(*_PAUSE))
            if events and number % 2:
                sight.told.append(_tell(port, page, edit, events))
            else:
                started = time.perf_counter()
                _until(port, page, edit())
                sight.served.append(time.perf_counter() - started)
        return sight


def _tell(port: int, page: str, edit: Callable[[], str], events: str) -> float:
    """Seconds from a save until the next reload event; the page must be right by then."""
    with contextlib.closing(http.client.HTTPConnection(_HOST, port, timeout=_PATIENCE)) as connection:
        connection.request("GET", events)
        stream = connection.getresponse()
        stream.readline()  # the channel is open once it has said something
        started = time.perf_counter()
        sentence = edit()
        while stream.readline().strip() != b"event: reload":
            pass
        seconds = time.perf_counter() - started
    if sentence.encode() not in _get(port, page):
        raise NotServedError(f"{page} was not right yet when open pages were told to load it again")
    return seconds


def _until(port: int, page: str, sentence: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while sentence.encode() not in _get(port, page):
        if time.monotonic() > deadline:
            raise NotServedError(f"{page} was not served with “{sentence}”")
        time.sleep(_LOOK)


def _get(port: int, page: str) -> bytes:
    """The page; nothing while the server does not answer."""
    with contextlib.closing(http.client.HTTPConnection(_HOST, port, timeout=_PATIENCE)) as connection:
        try:
            connection.request("GET", page)
            return connection.getresponse().read()
        except (OSError, http.client.HTTPException):  # not there yet, or just being written
            return b""


@contextlib.contextmanager
def _preview(command: tuple[str, ...], folder: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, str(port)], cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
        try:
            yield port
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
