"""A spool: bytes put aside on disk, so that a build holds its site in memory but not all of its text."""

from __future__ import annotations

import os
import tempfile
import weakref
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from sitegen.problems import Code, Problem, SiteError, Span


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a spool; the bytes there are read back whenever they are called for."""

    spool: Spool
    start: int
    length: int

    def _bytes(self) -> bytes:
        return self.spool.get(self.start, self.length)


class Piece(_Place):
    """Bytes in a spool."""

    __slots__ = ()

    def __call__(self) -> bytes:
        return self._bytes()


class TextPiece(_Place):
    """A text in a spool, lone surrogates and all."""

    __slots__ = ()

    def __call__(self) -> str:
        return self._bytes().decode("utf-8", "surrogatepass")


class Spool:
    """A nameless file, written by one process and read by it and by all that are forked from it later.

    Raises SiteError where the disk has no room for it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stream = self._open()
        self._end = 0
        self._close = weakref.finalize(self, self._stream.close)  # at the latest with the last who may still ask for a piece

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def put(self, content: bytes) -> Piece:
        """Keeps the bytes."""
        start = self._end
        try:
            self._stream.seek(self._end)
            left = memoryview(content)
            while left:
                left = left[self._stream.write(left) :]
        except OSError as error:
            raise self._refused(error) from None
        self._end += len(content)
        return Piece(self, start, len(content))

    def put_text(self, text: str) -> TextPiece:
        """Keeps the text."""
        piece = self.put(text.encode("utf-8", "surrogatepass"))
        return TextPiece(self, piece.start, piece.length)

    def get(self, start: int, length: int) -> bytes:
        """So many bytes of those kept."""
        if hasattr(os, "pread"):  # processes that share the file share its position too: it stays where it is
            return os.pread(self._stream.fileno(), length, start)
        self._stream.seek(start)
        return self._stream.read(length)

    def _open(self) -> FileIO:
        try:
            return tempfile.TemporaryFile(buffering=0, dir=self._folder)
        except OSError:
            pass  # a project may stand on a disk that is not to be written to
        try:
            return tempfile.TemporaryFile(buffering=0)
        except OSError as error:
            raise self._refused(error) from None

    def _refused(self, error: OSError) -> SiteError:
        hint = "check the disk's free space"
        message = f"the pages cannot be put aside: {error.strerror or error}"
        return SiteError([Problem(Code.UNWRITABLE, message, Span(self._folder.name), hint)])
