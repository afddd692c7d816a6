"""How one file is written: all of it or none, and not at all where it is so already."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
from pathlib import Path

try:
    from fcntl import F_SETLEASE, F_SETSIG, F_WRLCK, fcntl
except ImportError:
    _CAN_TELL_READERS = False
else:
    _CAN_TELL_READERS = True

_BLOCK = 512  # bytes, in which POSIX counts the room of a file
_BINARY: int = getattr(os, "O_BINARY", 0)  # where text is another thing
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


class Writer:
    """Writes files; one that is there is replaced in one step, by way of a name that begins with `temporary`.

    What a replaced file leaves is kept under such a name, and the next is written into it: on ext4 freeing a file and finding
    room for another take ten times as long as writing it.  The names that are left are the caller's to remove.
    """

    def __init__(self, temporary: str) -> None:
        self._temporary = temporary
        self._turn = 0
        self._ordinary: tuple[int, ...] = ()  # what a file made here belongs to and allows

    def write(self, path: str, content: bytes) -> bool:
        """False if the file was so already.  Raises OSError; the file is then what it was."""
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            _write_new(path, content)
            return True
        if stat.S_ISDIR(status.st_mode):
            _remove_empty(Path(path))
            _write_new(path, content)
            return True
        # Reading costs a tenth of overwriting, and an untouched file keeps its time for those who copy by time.
        if stat.S_ISREG(status.st_mode) and status.st_size == len(content) and _is_equal(path, content):
            return False
        self._replace(path, content)
        return True

    def _replace(self, path: str, content: bytes) -> None:
        new, old = self._name(self._turn), self._name(self._turn + 1)
        if not self._write_again(new, content):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(new)
            self._ordinary = _ownership(_write_new(new, content, reserve=True))
        if _CAN_TELL_READERS:
            with contextlib.suppress(OSError):  # a disk that knows no second names
                os.link(path, old)
        try:
            os.replace(new, path)
        except OSError:
            for name in (new, old):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name)
            raise
        self._turn += 1

    def _name(self, turn: int) -> str:
        return f"{self._temporary}{os.getpid()}-{turn % 2}"

    def _write_again(self, path: str, content: bytes) -> bool:
        """Writes into a file that an earlier one left, unless there is none that nobody else can see."""
        try:
            descriptor = os.open(path, os.O_WRONLY | _NO_LINK)
        except OSError:
            return False
        try:
            status = os.fstat(descriptor)
            if status.st_nlink != 1 or _ownership(status) != self._ordinary or not _is_unread(descriptor):
                return False
            if len(content) > status.st_blocks * _BLOCK:
                _reserve(descriptor, len(content))
            _write_all(descriptor, content)
            if len(content) < status.st_size:
                os.ftruncate(descriptor, len(content))
        except OSError:
            return False  # which a file written anew will tell
        finally:
            os.close(descriptor)
        return True


def _is_equal(path: str, content: bytes) -> bool:
    with open(path, "rb", buffering=0) as stream:
        return stream.read() == content


def _is_unread(descriptor: int) -> bool:
    """True where nobody else has the file open; who opens it from now on waits until it is closed here."""
    try:
        fcntl(descriptor, F_SETSIG, signal.SIGURG)  # which says that somebody waits, and unlike others ends no process
        fcntl(descriptor, F_SETLEASE, F_WRLCK)
    except OSError:
        return False
    return True


def _ownership(status: os.stat_result) -> tuple[int, ...]:
    return status.st_mode, status.st_uid, status.st_gid


def _write_new(path: str, content: bytes, reserve: bool = False) -> os.stat_result:
    """Writes a file that is not there yet: all of it, or none.  Raises FileExistsError where one is."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        if reserve:
            _reserve(descriptor, len(content))
        _write_all(descriptor, content)
        status = os.fstat(descriptor)
    except OSError:
        os.close(descriptor)
        os.unlink(path)
        raise
    os.close(descriptor)
    return status


def _reserve(descriptor: int, size: int) -> None:
    """Reserves room, so that ext4 need not send a file to the disk at once when it takes the place of another."""
    if size and hasattr(os, "posix_fallocate"):
        with contextlib.suppress(OSError):  # a disk that cannot, or has no room, which writing will tell
            os.posix_fallocate(descriptor, 0, size)


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _remove_empty(folder: Path) -> None:
    """A folder that holds nothing but empty folders.  Raises OSError for one that holds something."""
    for inner in folder.iterdir():
        _remove_empty(inner)
    folder.rmdir()
