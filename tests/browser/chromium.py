"""Chromium, and a server that gives a built site the headers which the build wrote for its host."""

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
def served_with_headers(public: Path) -> Iterator[str]:
    """The address of a site while it is served."""
    handler = type("Handler", (_Handler,), {"rules": _rules((public / "_headers").read_text())})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
