"""A spool: bytes put aside on disk, so that a build holds its site in memory but of its text only so much."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from sitegen.build import workers
from sitegen.build.options import Options
from sitegen.build.state import FOLDER as STATE
from sitegen.problems import Code, Problem, SiteError, Span

_PREFIX = "spool-"
_FORGOTTEN = 24 * 60 * 60  # seconds after which a named file must be one that a killed build has left
_IN_MEMORY = 32 * 1024 * 1024  # bytes: all texts of a site of 1,000 pages
Piece: TypeAlias = Callable[[], bytes]
TextPiece: TypeAlias = Callable[[], str]
Kept = TypeVar("Kept", bytes, str)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a spool; the bytes there are read back whenever they are called for."""

    spool: Spool
    start: int
    length: int

    def _bytes(self) -> bytes:
        return self.spool.get(self.start, self.length)


class _PlaceOfBytes(_Place):
    __slots__ = ()

    def __call__(self) -> bytes:
        return self._bytes()


class _PlaceOfText(_Place):
    __slots__ = ()

    def __call__(self) -> str:
        return self._bytes().decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class _Held(Generic[Kept]):
    """What a spool holds in memory."""

    content: Kept

    def __call__(self) -> Kept:
        return self.content


class Spool:
    """A file, written by one process and read by it and by all that it starts later; what comes first is held in memory instead.

    It has no name where these are forked; where they are `spawned`, they open it by that, and it holds nothing in memory, which
    they would not share.  Raises SiteError where the disk has no room for it.
    """

    def __init__(self, folder: Path, spawned: bool = False) -> None:
        self._folder = folder
        self._stream, name = self._open(_named if spawned else _nameless)
        self._name = name
        self._end = 0
        self._room = 0 if spawned else _IN_MEMORY
        self._close = weakref.finalize(self, _end, self._stream, name)  # at the latest with the last who may ask for a piece

    @classmethod
    def reopened(cls, folder: Path, name: str) -> Spool:
        """A spool of another process, to read from."""
        spool = cls.__new__(cls)
        spool._folder, spool._name, spool._stream = folder, name, FileIO(name)
        spool._close = weakref.finalize(spool, _end, spool._stream, "")
        return spool

    def __reduce__(self) -> tuple[Any, ...]:
        return Spool.reopened, (self._folder, self._name)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def put(self, content: bytes) -> Piece:
        """Keeps the bytes."""
        return _Held(content) if self._has_room_for(content) else self._put(content)

    def put_text(self, text: str) -> TextPiece:
        """Keeps the text, lone surrogates and all."""
        if self._has_room_for(text):
            return _Held(text)
        place = self._put(text.encode("utf-8", "surrogatepass"))
        return _PlaceOfText(self, place.start, place.length)

    def _has_room_for(self, content: bytes | str) -> bool:
        self._room -= sys.getsizeof(content)
        return self._room >= 0

    def _put(self, content: bytes) -> _PlaceOfBytes:
        start = self._end
        try:
            left = memoryview(content)
            while left:
                written = self._write(left)
                self._end += written
                left = left[written:]
        except OSError as error:
            raise self._refused(error) from None
        return _PlaceOfBytes(self, start, len(content))

    def get(self, start: int, length: int) -> bytes:
        """So many bytes of those kept."""
        if hasattr(os, "pread"):  # processes that share the file share its position too: it stays where it is
            return os.pread(self._stream.fileno(), length, start)
        self._stream.seek(start)
        return self._stream.read(length)

    def _write(self, content: memoryview) -> int:
        """As many of the bytes as the disk takes at once, at the end."""
        if hasattr(os, "pwrite"):
            return os.pwrite(self._stream.fileno(), content, self._end)
        self._stream.seek(self._end)
        return self._stream.write(content) or 0

    def _open(self, make: Callable[[Path | None], tuple[FileIO, str]]) -> tuple[FileIO, str]:
        try:
            return make(self._folder)
        except OSError:
            pass  # a project may stand on a disk that is not to be written to
        try:
            return make(None)
        except OSError as error:
            raise self._refused(error) from None

    def _refused(self, error: OSError) -> SiteError:
        hint = "check the disk's free space"
        message = f"the pages cannot be put aside: {error.strerror or error}"
        return SiteError([Problem(Code.UNWRITABLE, message, Span(self._folder.name), hint)])


def spool_of(options: Options) -> Spool:
    """A spool on the disk of the project."""
    return Spool(options.root / STATE, spawned=not workers.can_fork())


def _nameless(folder: Path | None) -> tuple[FileIO, str]:
    return tempfile.TemporaryFile(buffering=0, dir=folder), ""


def _named(folder: Path | None) -> tuple[FileIO, str]:
    for leftover in folder.glob(f"{_PREFIX}*") if folder else ():
        if leftover.stat().st_mtime < time.time() - _FORGOTTEN:
            leftover.unlink(missing_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, dir=folder)
    return FileIO(descriptor, "r+b"), name


def _end(stream: FileIO, name: str) -> None:
    stream.close()
    if name:
        with contextlib.suppress(OSError):  # another build removes what is left
            Path(name).unlink()
