"""Bytes → files below the destination: what is equal is left, what is no longer made is removed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.manifest import read_manifest, write_manifest
from sitegen.problems import Code, Problem, SiteError, Span

TEMPORARY = ".sitegen-new"


@dataclass(frozen=True, slots=True)
class Emitted:
    """The digests of the files given, and how many of all were written, left as they were, and removed."""

    files: Mapping[str, bytes]
    written: int
    unchanged: int
    removed: int


def emit(contents: Mapping[str, bytes], kept: Collection[str], destination: Path) -> Emitted:
    """Makes the destination hold these files beside those `kept`.  Of others only our own of earlier builds are removed.

    Raises SiteError when the disk refuses; every file is then either the old one or the new one.
    """
    written = 0
    current = ""
    files = {*contents, *kept}
    try:
        # One name for all, so that what a killed build left is found and goes.
        (destination / TEMPORARY).unlink(missing_ok=True)
        before = read_manifest(destination)
        # All that is or will be ours is listed first: a build that is killed leaves no file that nobody knows.
        write_manifest(destination, before | files)
        stale = before - files
        for file in sorted(_in_the_way(stale, files)):
            current = file
            _remove(destination, file)
        made: set[str] = set()
        for folder in sorted({os.path.dirname(file) for file in contents}):
            current = folder
            _make_folder(destination, folder, made)
        for file, content in contents.items():
            current = file
            written += _write(destination / file, content, destination / TEMPORARY)
        for file in sorted(stale):
            current = file
            _remove(destination, file)
        write_manifest(destination, files)
    except OSError as error:
        message = f"cannot write {destination.name}/{current}: {error.strerror or error}"
        hint = "check the disk's free space and the folder's permissions"
        raise SiteError([Problem(Code.UNWRITABLE, message, Span(f"{destination.name}/{current}"), hint)]) from None
    digests = {file: hashlib.blake2b(content, digest_size=16).digest() for file, content in contents.items()}
    return Emitted(digests, written, len(files) - written, len(stale))


def _in_the_way(stale: Collection[str], files: Collection[str]) -> set[str]:
    """Old files of ours that stand where a folder is needed now, or in a folder where a file is."""
    folders = {file[:place] for file in files for place in range(len(file)) if file[place] == "/"} if stale else set()
    wanted = set(files) if stale else set()
    return {old for old in stale if old in folders or any(old[:n] in wanted for n in range(len(old)) if old[n] == "/")}


def _make_folder(destination: Path, folder: str, made: set[str]) -> None:
    """A folder and those above it, none of them a link; `made` are those already seen to."""
    if folder in made:
        return
    if folder:
        _make_folder(destination, folder.rpartition("/")[0], made)
    path = destination / folder
    if folder and path.is_symlink():
        raise OSError(f"{path.name} is a symbolic link")
    path.mkdir(parents=not folder, exist_ok=True)
    made.add(folder)


def _write(path: Path, content: bytes, temporary: Path) -> bool:
    """Writes unless the file is already so.  An existing file is replaced in one step."""
    try:
        with open(path, "rb") as stream:
            # Reading costs a tenth of overwriting, and an untouched file keeps its time for those who copy by time.
            if not path.is_symlink() and stream.read() == content:
                return False
    except FileNotFoundError:
        with open(path, "xb") as stream:
            stream.write(content)
        return True
    except IsADirectoryError:
        _remove_empty(path)
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


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
        path.unlink(missing_ok=True)
    while folder != destination and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
