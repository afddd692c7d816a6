"""A real Chromium on the reference site, served with the headers that the build wrote for its host."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import extremes
import pytest
from conftest import Workshop

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Handler(SimpleHTTPRequestHandler):
    rules: dict[str, dict[str, str]] = {}

    @property
    def declared(self) -> dict[str, str]:
        """The headers of all rules for this path; of a later rule where two differ."""
        path = self.path.partition("?")[0]
        return {name: value for pattern, headers in self.rules.items() if fnmatch(path, pattern) for name, value in headers.items()}

    def guess_type(self, path: Any) -> str:
        return self.declared.get("Content-Type") or super().guess_type(path)

    def end_headers(self) -> None:
        for name, value in self.declared.items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        return


def _rules(text: str) -> dict[str, dict[str, str]]:
    """Patterns of paths and their headers, from a _headers file."""
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        name, colon, value = line.strip().partition(": ")
        if colon:
            rules[list(rules)[-1]][name] = value
        else:
            rules[name] = {}
    assert rules["/*"]["Content-Security-Policy"]
    return rules


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address under which the output in a folder can be read while this lasts."""
    handler = type("Handler", (_Handler,), {"rules": _rules((site / "_headers").read_text())})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(reference_site: Path) -> Iterator[str]:
    with serving(reference_site) as address:
        yield address


@pytest.fixture(scope="session", params=["extreme", "lonely", "barren"])
def odd_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A site with too much, with one story, with nothing: its address and its output."""
    workshop = getattr(extremes, request.param)(Workshop(tmp_path_factory.mktemp(request.param)))
    workshop.build()
    with serving(workshop.root / "public") as address:
        yield address, workshop.root / "public"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so browser tests were not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
