"""Pagefind, the program that makes the index of the search: it runs as a process of its own, and writes no file."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sitegen.problems import Code, Problem, SiteError, Span

_UNUSED = re.compile(r"-(ui|highlight)\.(js|css)\Z")  # interfaces: the theme has its own
ENTRY = "pagefind-entry.json"


def make_index(sheets: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The files of the index of these pages, each given by its address and its sheet; nothing if there are no pages.

    The same sheets in the same order give the same bytes.  Raises SiteError if the program fails.
    """
    try:
        from pagefind_bin import get_executable

        pipe = subprocess.PIPE
        with subprocess.Popen([get_executable(), "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
            try:
                return _converse(_Service(process), sheets)
            finally:
                with suppress(OSError):
                    process.kill()
    except (ImportError, OSError, ValueError, LookupError) as error:
        hint = "install it again: pip install --force-reinstall pagefind-bin; or set search: false in config.yaml"
        raise SiteError([Problem(Code.NOT_INDEXED, f"the search index cannot be made: {error}", Span("pagefind"), hint)]) from None


def _converse(service: _Service, sheets: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    index = service.ask("NewIndex", config={})["index_id"]
    pages = 0
    for address, sheet in sheets:
        service.ask("AddFile", index_id=index, url=address, file_contents=sheet)
        pages += 1
    found = service.ask("GetFiles", index_id=index)["files"] if pages else []
    files = {file["path"]: base64.b64decode(file["content"]) for file in found if not _UNUSED.search(file["path"])}
    if ENTRY in files:  # the one file in which the order of things is left to chance
        files[ENTRY] = json.dumps(json.loads(files[ENTRY]), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return dict(sorted(files.items()))


class _Service:
    """One question, one answer, each Base64 of a JSON object and a comma: as Pagefind's own libraries speak with it.

    Its Python library waits a tenth of a second for every answer, which is too long for a site of many pages; and of a folder
    the program reads pages in whatever order the disk names them, which would give other bytes on another machine.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to, self._from = process.stdin, process.stdout
        self._number = 0

    def ask(self, sort: str, **payload: Any) -> dict[str, Any]:
        """The answer.  Raises OSError, ValueError or LookupError where there is none, or it is of an error."""
        self._number += 1
        question = {"message_id": self._number, "payload": {"type": sort, **payload}}
        self._to.write(base64.b64encode(json.dumps(question).encode()) + b",")
        self._to.flush()
        told = bytearray()
        while not told.endswith(b","):
            part = self._from.read1(1 << 20)  # type: ignore[attr-defined]
            if not part:
                raise OSError("the program ended before it had answered")
            told += part
        answer: dict[str, Any] = json.loads(base64.b64decode(told[:-1]))["payload"]
        if answer["type"] == "Error":
            raise ValueError(answer["message"])
        return answer
