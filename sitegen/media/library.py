"""The pictures and attachments of the content folder: where each is published, and how large it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.content.sources import Source, read_source
from sitegen.media.pictures import PICTURE_TYPES, PictureError, clean_picture, picture_size
from sitegen.problems import Code, Problem, Span, did_you_mean


@dataclass(frozen=True, slots=True)
class Picture:
    """A published picture: path below the base address, width and height in pixels, size in bytes, media type (RFC 6838)."""

    path: str
    width: int
    height: int
    size: int
    media_type: str


class Library:
    """Media by their path from the content folder (`/media/gate.svg`).  Each file is read once."""

    def __init__(self, root: Path, sources: Iterable[Source]) -> None:
        self._root = root
        self._files = {"/" + source.path.partition("/")[2]: source for source in sources if not source.is_entry}
        self._contents: dict[str, bytes] = {}
        self._pictures: dict[str, Picture | None] = {}

    def check(self, pictures: Iterable[tuple[str, Span]], attachments: Iterable[tuple[str, Span]]) -> list[Problem]:
        """What is wrong with the files that sources name: missing, and for pictures unreadable or unsafe."""
        problems = []
        for path, span in pictures:
            problems += self._bad(path, span) if path in self._files else [self._missing(path, span)]
        return problems + [self._missing(path, span) for path, span in attachments if path not in self._files]

    def _missing(self, path: str, span: Span) -> Problem:
        folder = path.rpartition("/")[0]
        near = [name.rpartition("/")[2] for name in self._files if name.startswith(folder)]
        hint = did_you_mean(path.rpartition("/")[2], near) or "put the file there, or correct its name"
        return Problem(Code.MISSING_FILE, f"there is no file content{path}", span, hint)

    def _bad(self, path: str, span: Span) -> list[Problem]:
        try:
            self.picture(path)
        except PictureError as error:
            return [Problem(Code.BAD_PICTURE, f"content{path}: {error}", span, error.hint)]
        return []

    def picture(self, path: str) -> Picture | None:
        """A picture as published; None where there is no such file.  Raises PictureError."""
        if path not in self._pictures:
            self._pictures[path] = self._measure(path)
        return self._pictures[path]

    def file_url(self, path: str) -> str | None:
        """Where an attachment is published; its name holds the digest of its content."""
        return self._published(path) if path in self._files else None

    def content(self, path: str) -> bytes:
        """The bytes to publish: of a picture, without what a camera wrote into it."""
        if path not in self._contents:
            content = read_source(self._root, self._files[path].path)
            is_picture = PurePosixPath(path).suffix.lower() in PICTURE_TYPES
            self._contents[path] = clean_picture(content, path) if is_picture else content
        return self._contents[path]

    def _measure(self, path: str) -> Picture | None:
        if path not in self._files:
            return None
        content = self.content(path)
        width, height = picture_size(content, path)
        media_type = PICTURE_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        return Picture(self._published(path), width, height, len(content), media_type)

    def _published(self, path: str) -> str:
        name = PurePosixPath(path)
        digest = hashlib.blake2b(self.content(path), digest_size=5).hexdigest()
        return f"/media/{name.stem}.{digest}{name.suffix.lower()}"
