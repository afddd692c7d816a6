"""Bytes → files below the destination: what is equal is left, what is no longer made is removed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from sitegen.build.manifest import read_manifest, write_manifest
from sitegen.build.stats import stat_text
from sitegen.build.workers import Steps, WorkerDiedError, map_in_workers
from sitegen.problems import Code, Problem, SiteError, Span

Content: TypeAlias = Callable[[], bytes]
TEMPORARY = ".sitegen-new"
_WORTH_FORKING = 500  # files: writing one costs less than starting a process


@dataclass(frozen=True, slots=True)
class Emitted:
    """The stat and digest of each file given, and how many of all were written, left as they were, and removed."""

    files: Mapping[str, tuple[str, bytes]]
    written: int
    unchanged: int
    removed: int


def emit(
    contents: Mapping[str, Content],
    kept: Collection[str],
    destination: Path,
    jobs: int = 1,
    meanwhile: Steps = (),
) -> Emitted:
    """Makes the destination hold these files beside those `kept`.  Of others only our own of earlier builds are removed.

    What is to be done `meanwhile` is done once, by this process, while others write.
    Raises SiteError when the disk refuses; every file is then either the old one or the new one.
    """
    files = {*contents, *kept}
    try:
        with _naming(destination, ""):
            for leftover in destination.glob(TEMPORARY + "*"):
                leftover.unlink(missing_ok=True)
            before = read_manifest(destination)
            # All that is or will be ours is listed first: a build that is killed leaves no file that nobody knows.
            if before | files != before:
                write_manifest(destination, before | files)
        stale = before - files
        _remove_all(_in_the_way(stale, files), destination)
        write = partial(_write, _Folders(destination), contents)
        done = map_in_workers(write, list(contents), jobs, lambda written: written, _WORTH_FORKING, meanwhile)
        _remove_all(stale, destination)
        with _naming(destination, ""):
            if stale:
                write_manifest(destination, files)
    except WorkerDiedError as error:
        raise _refused(f"{destination.name}/{error.work}", "the process that wrote it died") from None
    written = sum(is_new for is_new, _, _ in done)
    made = {file: (stat, digest) for file, (_, stat, digest) in zip(contents, done, strict=True)}
    return Emitted(made, written, len(files) - written, len(stale))


@contextlib.contextmanager
def _naming(destination: Path | str, file: str) -> Iterator[None]:
    """Makes of what the disk refuses a problem that names the file."""
    try:
        yield
    except OSError as error:
        raise _refused(f"{Path(destination).name}/{file}", error.strerror or str(error)) from None


def _refused(path: str, reason: str) -> SiteError:
    hint = "check the disk's free space and the folder's permissions"
    return SiteError([Problem(Code.UNWRITABLE, f"cannot write {path}: {reason}", Span(path), hint)])


def _remove_all(files: Collection[str], destination: Path) -> None:
    for file in sorted(files):
        with _naming(destination, file):
            _remove(destination, file)


class _Folders:
    """The folders of a destination, each made once, and none of them a link."""

    def __init__(self, destination: Path) -> None:
        self.destination = str(destination)
        self.temporary = f"{destination}/{TEMPORARY}-"
        self._made: set[str] = set()

    def make(self, folder: str) -> None:
        if folder in self._made:
            return
        if folder:
            self.make(folder.rpartition("/")[0])
            self._make_real(f"{self.destination}/{folder}")
        else:
            Path(self.destination).mkdir(parents=True, exist_ok=True)
        self._made.add(folder)

    @staticmethod
    def _make_real(path: str) -> None:
        try:
            os.mkdir(path)
        except FileExistsError:
            mode = os.lstat(path).st_mode
            if stat.S_ISLNK(mode):
                raise OSError(f"{path.rpartition('/')[2]} is a symbolic link") from None
            if not stat.S_ISDIR(mode):
                raise


def _write(folders: _Folders, contents: Mapping[str, Content], file: str) -> tuple[bool, str, bytes]:
    """Whether a file had to be written, and its stat and digest."""
    folder, _, _ = file.rpartition("/")
    with _naming(folders.destination, folder):
        folders.make(folder)
    with _naming(folders.destination, file):
        content = contents[file]()
        path = f"{folders.destination}/{file}"
        is_new = _write_unless_equal(path, content, f"{folders.temporary}{os.getpid()}")
        return is_new, stat_text(path), hashlib.blake2b(content, digest_size=16).digest()


def _in_the_way(stale: Collection[str], files: Collection[str]) -> set[str]:
    """Old files of ours that stand where a folder is needed now, or in a folder where a file is."""
    folders = {file[:place] for file in files for place in range(len(file)) if file[place] == "/"} if stale else set()
    wanted = set(files) if stale else set()
    return {old for old in stale if old in folders or any(old[:n] in wanted for n in range(len(old)) if old[n] == "/")}


def _write_unless_equal(path: str, content: bytes, temporary: str) -> bool:
    """Writes unless the file is already so.  An existing file is replaced in one step."""
    try:
        _write_new(path, content)
        return True
    except FileExistsError:
        pass
    try:
        # Reading costs a tenth of overwriting, and an untouched file keeps its time for those who copy by time.
        if _is_equal(path, content):
            return False
    except IsADirectoryError:
        _remove_empty(Path(path))
    _write_new(temporary, content, reserve=True)
    try:
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
    return True


def _write_new(path: str, content: bytes, reserve: bool = False) -> None:
    """Writes a file that is not there yet: all of it, or none.  Raises FileExistsError where one is.

    Where its room is to be reserved, ext4 need not send it to the disk at once when it takes the place of another.
    """
    with open(path, "xb", buffering=0) as stream:
        try:
            if reserve and content and hasattr(os, "posix_fallocate"):
                with contextlib.suppress(OSError):  # a disk that cannot, or has no room, which writing will tell
                    os.posix_fallocate(stream.fileno(), 0, len(content))
            left = memoryview(content)
            while left:
                left = left[stream.write(left) :]
        except OSError:
            stream.close()
            os.unlink(path)
            raise


def _is_equal(path: str, content: bytes) -> bool:
    """True for an ordinary file with this content.  Raises IsADirectoryError."""
    status = os.lstat(path)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
        return False
    with open(path, "rb", buffering=0) as stream:
        return stream.read() == content


def _remove_empty(folder: Path) -> None:
    """A folder that holds nothing but empty folders.  Raises OSError for one that holds something."""
    for inner in folder.iterdir():
        _remove_empty(inner)
    folder.rmdir()


def _remove(destination: Path, file: str) -> None:
    folder = (destination / file).parent
    if not folder.resolve().is_relative_to(destination.resolve()):
        raise OSError(f"{folder.name} is a symbolic link")
    path = destination / file
    if path.is_symlink() or not path.is_dir():  # a build that failed may have listed a file where a folder still is
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # or a file stands by now where its folder was
            path.unlink()
    while folder != destination and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
