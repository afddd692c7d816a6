"""The cache of variants on disk: made once, ever.  It holds nothing but bytes under the digest of what they were made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

_DIGEST, _LENGTH = 16, 8


class PictureCache:
    """Bytes by key, in a folder that may be deleted, copied to another computer or shared by branches.

    Every file ends in the digest of what stands before it, and its length: what is damaged counts as absent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, key: str) -> bool:
        """True if there is something under the key, whole or damaged."""
        return self._path(key).is_file()

    def size(self, key: str) -> int | None:
        """The number of bytes under the key; None where there are none, or some are lost."""
        try:
            with open(self._path(key), "rb") as stream:
                size = stream.seek(-_LENGTH, os.SEEK_END) - _DIGEST
                return size if stream.read() == _length(size) else None
        except OSError:
            return None

    def get(self, key: str) -> bytes | None:
        """The bytes under the key; None where there are none, or damaged ones."""
        try:
            sealed = self._path(key).read_bytes()
        except OSError:
            return None
        content = sealed[: -_DIGEST - _LENGTH]
        return content if sealed == content + _seal(content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keeps the bytes, in one step: other processes see all of them or none.  Where the disk refuses, nothing is kept."""
        path = self._path(key)
        temporary = path.with_name(f".{key}.{os.getpid()}")
        with contextlib.suppress(OSError):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(content + _seal(content))
                os.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)

    def prune(self, used: Collection[bytes], before: float) -> None:
        """Removes what was made before a time (seconds since 1970) and whose digest (BLAKE2b, 16 bytes) is not `used`."""
        for path in list(self._files()):
            with contextlib.suppress(OSError):
                if (
                    path.stat(follow_symlinks=False).st_mtime < before
                    and path.read_bytes()[-_DIGEST - _LENGTH : -_LENGTH] not in used
                ):
                    path.unlink()

    def forget(self) -> None:
        """Removes all of it, and nothing that a link leads to.  Raises OSError."""
        if self._folder.is_symlink():
            self._folder.unlink()
        elif self._folder.exists():
            shutil.rmtree(self._folder)

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("??/*") if path.is_file() or path.is_symlink())

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _seal(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest() + _length(len(content))


def _length(size: int) -> bytes:
    return max(size, 0).to_bytes(_LENGTH, "big")
