"""The clients that judge calendars: how each is found, and what it reads in a calendar of a site."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BIN = HERE.parent.parent / ".venv-judges/bin"
SUBSCRIPTION = """
[pair c{number}]
a = "web{number}"
b = "here{number}"
collections = null
[storage web{number}]
type = "http"
url = "{url}"
[storage here{number}]
type = "filesystem"
path = "{folder}/vdir/{number}/"
fileext = ".ics"
"""

Found = list[dict[str, str]]


@dataclass(frozen=True)
class Client:
    """A reader of calendars.  `read` takes the output of a site, calendars in it, and a folder to work in.

    `keeps_uids` is false for a chain that gives events identities of its own.
    """

    name: str
    missing: Callable[[], str]
    read: Callable[[Path, Sequence[str], Path], Found]
    keeps_uids: bool = True


def run(*command: str | Path, **options: Any) -> str:
    """The standard output of a command, which must succeed."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, encoding="utf-8", timeout=300, check=False, **options
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def libical(path: Path) -> dict[str, Any]:
    """What libical finds: whether the calendar keeps to the rules, its complaints, and the occurrences."""
    report: dict[str, Any] = json.loads(run(sys.executable, HERE / "libical.py", path))
    return report


def _each(read: Callable[[Path], Found]) -> Callable[[Path, Sequence[str], Path], Found]:
    """The reader of several calendars that reads one after the other."""
    return lambda public, files, folder: [found for file in files for found in read(public / file)]


def _through_vdirsyncer(public: Path, files: Sequence[str], folder: Path) -> Found:
    """As a reader at a terminal does: subscribed over HTTP with vdirsyncer, then read with khal."""
    with served(public) as address:
        config = f'[general]\nstatus_path = "{folder}/status/"\n'
        for number, file in enumerate(files):
            (folder / f"vdir/{number}").mkdir(parents=True)
            config += SUBSCRIPTION.format(number=number, url=f"{address}/{file}", folder=folder)
        (folder / "config").write_text(config, encoding="utf-8")
        run(BIN / "vdirsyncer", "-c", folder / "config", "discover", input="y\n" * len(files))
        run(BIN / "vdirsyncer", "-c", folder / "config", "sync")
    found: Found = json.loads(run(BIN / "python", HERE / "khal_vdir.py", folder / "vdir", folder / "khal.db"))
    return found


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a local server for a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _no_node() -> str:
    return "" if shutil.which("node") and (HERE / "node_modules/ical.js").is_dir() else "ical.js is not installed"


def _no_python() -> str:
    return "" if (BIN / "python").exists() else "the judges in .venv-judges are not installed"


def _no_libical() -> str:
    try:
        ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
    except OSError:
        return "libical is not installed"
    return ""


CLIENTS = [
    Client("icalendar", _no_python, _each(lambda path: json.loads(run(BIN / "python", HERE / "recurring.py", path)))),
    Client("ical.js", _no_node, _each(lambda path: json.loads(run("node", HERE / "icaljs.mjs", path)))),
    Client("libical", _no_libical, _each(lambda path: libical(path)["occurrences"])),
    Client("vdirsyncer and khal", _no_python, _through_vdirsyncer, keeps_uids=False),
]
