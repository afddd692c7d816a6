"""Sources: the files of the content folder, found, opened safely and decoded."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Code, Problem, SiteError, Span

MEGABYTE = 1024 * 1024
MAX_MEGABYTES = 5
MAX_MEGABYTES_OF_A_ROLL = 32  # the names of a hundred thousand donors
_EDITOR_LEFTOVERS = ("~", ".swp", ".swo", ".tmp", ".bak")


@dataclass(frozen=True, slots=True)
class Source:
    """A file: path from the project (with /), size in bytes, times in nanoseconds: of its content, of any change at all."""

    path: str
    size: int
    mtime: int
    changed: int = 0

    @property
    def is_entry(self) -> bool:
        return is_entry(self.path)


def is_entry(path: str) -> bool:
    """True for the path of a file that says something itself, and is not shown or offered as it is."""
    return path.endswith((".md", ".yaml", ".yml"))


def find_sources(root: Path, folder: str) -> tuple[list[Source], list[Problem]]:
    """All files below a folder of the project, in order of path.  Hidden files and editors' leftovers are no sources."""
    found: list[Source] = []
    problems: list[Problem] = []
    for path, entry in _walk(root / folder, folder):
        if entry.is_symlink():
            hint = "put the file itself here: a link may lead out of the project"
            problems.append(Problem(Code.SYMLINK, f"{entry.name} is a symbolic link", Span(path), hint))
        elif entry.is_file(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            changed = max(status.st_mtime_ns, status.st_ctime_ns)
            found.append(Source(path, status.st_size, status.st_mtime_ns, changed))
    return sorted(found, key=lambda source: source.path), problems


def is_passed_over(name: str) -> bool:
    """True for the name of a hidden file or folder, or of an editor's leftover."""
    return name.startswith(".") or name.endswith(_EDITOR_LEFTOVERS)


def _walk(directory: Path, relative: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if is_passed_over(entry.name):
            continue
        path = f"{relative}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(directory / entry.name, path)
        else:
            yield path, entry


def read_source(root: Path, path: str) -> bytes:
    """The bytes of a file of the project: never through a symbolic link.  Raises SiteError."""
    try:
        descriptor = os.open(f"{root}/{path}", os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SiteError([Problem(Code.UNREADABLE, "this is not an ordinary file", Span(path), "replace it")])
            return stream.read()
    except OSError as error:
        raise SiteError(
            [Problem(Code.UNREADABLE, f"cannot be read: {error.strerror}", Span(path), "check its permissions")]
        ) from None


def decode(content: bytes, path: str) -> str:
    """The text of a source, with line ends as \\n.  Raises SiteError for what is too large or not plain UTF-8."""
    most = MAX_MEGABYTES_OF_A_ROLL if path.startswith("content/honors/") else MAX_MEGABYTES
    if len(content) > most * MEGABYTE:
        message = f"the file has {len(content) / MEGABYTE:.1f} MB, {most} MB is the most"
        raise SiteError([Problem(Code.TOO_LARGE, message, Span(path), "split it into several files")])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _encoding_problem(path, "the file is UTF-16", 1, 1)
    if content.startswith(b"\xef\xbb\xbf"):
        raise _encoding_problem(path, "the file begins with a byte order mark", 1, 1, "save it as UTF-8 without BOM")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _encoding_problem(path, f"the file is not UTF-8{_guess(content)}", line, column) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(content: bytes) -> str:
    try:
        return " (it looks like GBK)" if any("\u4e00" <= c <= "\u9fff" for c in content.decode("gb18030")) else ""
    except UnicodeDecodeError:
        return ""


def _encoding_problem(path: str, message: str, line: int, column: int, hint: str = "save it as UTF-8 in your editor") -> SiteError:
    return SiteError([Problem(Code.ENCODING, message, Span(path, line, column), hint)])
