"""serve(): builds, watches and shows a site on this machine until it is interrupted."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from sitegen.build.options import Options
from sitegen.preview.edition import Edition, Press
from sitegen.problems import Code, Problem, SiteError, Span

PORTS_TRIED = 50


def serve(options: Options, bind: str, port: int, open_browser: bool, say: Callable[[str], None]) -> None:
    """Runs until interrupted.  Raises SiteError if no port is free."""
    import uvicorn

    from sitegen.preview.app import make_app
    from sitegen.preview.watcher import snapshot, watch

    listener = _listen(bind, port)
    port = listener.getsockname()[1]
    shown = f"[{bind}]" if ":" in bind else bind
    address = f"http://{shown}:{port}/"
    seen = snapshot(options.root, options.config)
    press = Press(replace(options, destination=options.root / ".sitegen" / "preview", base_url=address))
    edition = press.print(options.jobs)
    _report(edition, say)
    say(f"{address}  (Ctrl+C ends it)")
    stop = threading.Event()

    def rebuild(changed: Collection[str] | None) -> datetime | None:
        edition = press.print(changed=changed)
        _report(edition, say)
        return edition.next_change

    watching = threading.Thread(
        target=watch, args=(options.root, options.config, seen, rebuild, stop, edition.next_change), daemon=True
    )
    watching.start()
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(make_app(press), log_level="warning", timeout_graceful_shutdown=1, server_header=False)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        stop.set()


def _report(edition: Edition, say: Callable[[str], None]) -> None:
    say(edition.trouble.rstrip() if edition.trouble else f"built: {len(edition.files)} files")


def _listen(bind: str, port: int) -> socket.socket:
    """A socket on the port, or on the next free one."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    for number in range(port, min(port + PORTS_TRIED, 65536)) if port else (0,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            listener.bind((bind, number))
            listener.listen()  # from here on a browser's request waits for the server instead of failing
            return listener
        listener.close()
    hint = "name another with --port"
    raise SiteError([Problem(Code.CONFIG, f"no port from {port} on is free on {bind}", Span("sitegen serve"), hint)], exit_code=2)
