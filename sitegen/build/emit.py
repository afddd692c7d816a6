"""Bytes → files below the destination: what is equal is left, what is no longer made is removed."""

from __future__ import annotations

import contextlib
import errno
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
from sitegen.build.writing import Writer
from sitegen.problems import Code, Problem, SiteError, Span

Content: TypeAlias = Callable[[], bytes]
_TEMPORARY = ".sitegen-new-"
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
            _clear(destination)
            before = read_manifest(destination)
            # All that is or will be ours is listed first: a build that is killed leaves no file that nobody knows.
            if before | files != before:
                write_manifest(destination, before | files)
        stale = before - files
        _remove_all(_in_the_way(stale, files), destination)
        write = partial(_write, _Folders(destination), Writer(f"{destination}/{_TEMPORARY}"), contents)
        try:
            done = map_in_workers(write, list(contents), jobs, lambda written: written, _WORTH_FORKING, meanwhile)
        finally:
            _clear(destination)
        _remove_all(stale, destination)
        with _naming(destination, ""):
            if stale:
                write_manifest(destination, files)
    except WorkerDiedError as error:
        raise _unwritable(f"{destination.name}/{error.work}", "the process that wrote it died") from None
    written = sum(is_new for is_new, _, _ in done)
    made = {file: (stat, digest) for file, (_, stat, digest) in zip(contents, done, strict=True)}
    return Emitted(made, written, len(files) - written, len(stale))


@contextlib.contextmanager
def _naming(destination: Path | str, file: str) -> Iterator[None]:
    """Makes of what the disk refuses a problem that names the file."""
    try:
        yield
    except OSError as error:
        raise _refused(destination, file, error) from None


def _clear(destination: Path) -> None:
    """Removes what writing leaves, and what it left where a build was killed."""
    for leftover in destination.glob(_TEMPORARY + "*"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def _refused(destination: Path | str, file: str, error: OSError) -> SiteError:
    return _unwritable(f"{Path(destination).name}/{file}", error.strerror or str(error))


def _unwritable(path: str, reason: str) -> SiteError:
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
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            try:
                os.mkdir(path)
                return
            except FileExistsError:  # another process was quicker
                mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            raise OSError(f"{path.rpartition('/')[2]} is a symbolic link")
        if not stat.S_ISDIR(mode):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _write(folders: _Folders, writer: Writer, contents: Mapping[str, Content], file: str) -> tuple[bool, str, bytes]:
    """Whether a file had to be written, and its stat and digest."""
    at = folder = file.rpartition("/")[0]
    try:
        folders.make(folder)
        at, path, content = file, f"{folders.destination}/{file}", contents[file]()
        is_new = writer.write(path, content)
        return is_new, stat_text(path), hashlib.blake2b(content, digest_size=16).digest()
    except OSError as error:
        raise _refused(folders.destination, at, error) from None


def _in_the_way(stale: Collection[str], files: Collection[str]) -> set[str]:
    """Old files of ours that stand where a folder is needed now, or in a folder where a file is."""
    folders = {file[:place] for file in files for place in range(len(file)) if file[place] == "/"} if stale else set()
    wanted = set(files) if stale else set()
    return {old for old in stale if old in folders or any(old[:n] in wanted for n in range(len(old)) if old[n] == "/")}


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
