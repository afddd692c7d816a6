"""The preview's web application: the files of the edition, with a script that reloads, and problems laid over the page."""

from __future__ import annotations

import asyncio
import html
import ipaddress
import mimetypes
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from sitegen.preview.edition import Press
from sitegen.site.addresses import SEARCH_FOLDER

_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_TYPES = {".ics": "text/calendar", ".xml": "application/xml", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml"}

_SCRIPT = """\
(() => {
  const source = new EventSource("/.sitegen/events");
  source.addEventListener("reload", () => {
    sessionStorage.setItem("sitegen-scroll", location.pathname + " " + scrollY);
    location.reload();
  });
  const [path, top] = (sessionStorage.getItem("sitegen-scroll") || "").split(" ");
  if (path === location.pathname) scrollTo(0, Number(top));
  sessionStorage.removeItem("sitegen-scroll");
})();
"""
_OVERLAY_STYLE = (
    "position:fixed;inset:auto 0 0 0;max-height:70vh;overflow:auto;z-index:9999;margin:0;padding:16px 20px;"
    "background:#1b1d22;color:#f4f2ec;font:14px/1.6 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;"
    "border-top:4px solid #f2938c"
)


class Channel:
    """The pages that are open, each waiting to be told to reload."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Queue[str]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(self) -> None:
        """From any thread: every open page reloads."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._spread)

    def _spread(self) -> None:
        for queue in self._waiting:
            queue.put_nowait("event: reload\ndata: now\n\n")

    async def listen(self) -> AsyncIterator[str]:
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._waiting.add(queue)
        try:
            yield "retry: 500\n\n"
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), timeout=15)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._waiting.discard(queue)


def make_app(press: Press) -> Starlette:
    """The application for one press."""
    channel = Channel()
    press.subscribe(channel.tell)

    async def events(request: Request) -> Response:
        origin = request.headers.get("origin")
        if not _is_local(request) or (origin is not None and urlsplit(origin).netloc != request.headers.get("host")):
            return PlainTextResponse("this channel is for the preview's own pages", 403)
        return StreamingResponse(channel.listen(), media_type="text/event-stream", headers=_NO_STORE)

    async def script(request: Request) -> Response:
        if not _is_local(request):
            return _refused()
        return Response(_SCRIPT, media_type="text/javascript", headers=_NO_STORE)

    async def page(request: Request) -> Response:
        if not _is_local(request):
            return _refused()
        path = request.path_params["path"]
        found = await run_in_threadpool(press.search_file, path) if path.startswith(SEARCH_FOLDER) else None
        return _page(press, request) if found is None else _file(path, found)

    return Starlette(routes=[Route("/.sitegen/events", events), Route("/.sitegen/reload.js", script), Route("/{path:path}", page)])


def _refused() -> Response:
    return PlainTextResponse("the preview answers to its own address only", 421)


def _is_local(request: Request) -> bool:
    """A host that no foreign name server can point here: an address in figures, or localhost."""
    host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _page(press: Press, request: Request) -> Response:
    edition = press.edition
    path = request.path_params["path"]
    file = path + "index.html" if path.endswith("/") or not path else path
    if file not in edition.files and file + "/index.html" in edition.files:
        return Response(status_code=308, headers={"Location": "/" + path + "/"} | _NO_STORE)
    status = 200
    if file not in edition.files:
        language = path.split("/")[0]
        file = next((name for name in (f"{language}/404.html", "404.html") if name in edition.files), "")
        status = 404
    if not file:
        return _with_preview(
            b"<!DOCTYPE html><title>sitegen</title><body></body>", edition.trouble, 200 if edition.trouble else 404
        )
    content = (press.folder / file).read_bytes()
    if file.endswith(".html"):
        return _with_preview(content, edition.trouble, status)
    return _file(file, content, status)


def _file(file: str, content: bytes, status: int = 200) -> Response:
    suffix = "." + file.rpartition(".")[2]
    kind = _TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    return Response(content, status, media_type=kind, headers=_NO_STORE)


def _with_preview(content: bytes, trouble: str, status: int) -> Response:
    addition = b'<script src="/.sitegen/reload.js"></script>'
    if trouble:
        text = html.escape(trouble)
        addition += f'<pre role="alert" lang="en" style="{_OVERLAY_STYLE}">{text}</pre>'.encode()
    before, end, after = content.rpartition(b"</body>")
    body = before + addition + end + after if end else content + addition
    return Response(body, status, media_type="text/html", headers=_NO_STORE)
