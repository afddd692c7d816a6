"""The pictures and attachments of the content folder: where each is published, how large it is, and its bytes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from sitegen.content.sources import Source, read_source
from sitegen.media.drawing import drawing_size, shows_text
from sitegen.media.encoding import encode
from sitegen.media.picture_cache import PictureCache
from sitegen.media.pictures import (
    DRAWING,
    LETTERED,
    PICTURE_TYPES,
    Measured,
    Picture,
    PictureError,
    Still,
    Variant,
)
from sitegen.media.raster import measure, without_metadata
from sitegen.media.share_card import CardMaker, Style
from sitegen.media.variants import STILL_WIDTH, WIDTHS, Focal, picture_of, still_of
from sitegen.problems import Code, Problem, Span, did_you_mean


class Measurements(Protocol):
    """What is known of pictures from before."""

    def get(self, path: str) -> Measured | None: ...


class Library:
    """Media by their path from the content folder (`/media/gate.svg`).

    What is asked of a picture is told by its measure alone; its pixels are read only to make its variants, which the cache keeps.
    """

    def __init__(self, root: Path, sources: Iterable[Source], cache: PictureCache, known: Measurements) -> None:
        self._root = root
        self._files = {"/" + source.path.partition("/")[2]: source for source in sources if not source.is_entry}
        self._cache = cache
        self._known = known
        self._measured: dict[str, Measured | PictureError] = {}
        self._attached: dict[str, bytes] = {}
        self._cards = CardMaker()

    def unmeasured(self, paths: Iterable[str]) -> list[str]:
        """The pictures among these that nothing is known of yet."""
        return [path for path in sorted(set(paths)) if path in self._files and self._known.get(path) is None]

    def measure(self, path: str) -> Measured | PictureError:
        """What is known of a picture, or what is wrong with it, after reading all of it."""
        content = self._read(path)
        try:
            if PurePosixPath(path).suffix.lower() != ".svg":
                return measure(content)
            digest = hashlib.blake2b(content, digest_size=16).hexdigest()
            return Measured(digest, *drawing_size(content), LETTERED if shows_text(content) else DRAWING)
        except PictureError as error:
            return error

    def note(self, path: str, measured: Measured | PictureError) -> None:
        """Keeps what another process has measured."""
        self._measured[path] = measured

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
            self._measure_of(path)
        except PictureError as error:
            return [Problem(Code.BAD_PICTURE, f"content{path}: {error}", span, error.hint)]
        return []

    def picture(self, path: str, ratio: str = "", focal: Focal = None, widths: tuple[int, ...] = WIDTHS) -> Picture | None:
        """A picture as pages show it; None where there is no such file.  Raises PictureError."""
        measured = self._measure_of(path)
        return None if measured is None else picture_of(path, measured, ratio, focal, widths)

    def still(self, path: str, ratio: str = "", focal: Focal = None, width: int = STILL_WIDTH) -> Still | None:
        """A picture as one file for every program; None where there is no such file, or it holds words.  Raises PictureError."""
        measured = self._measure_of(path)
        return None if measured is None else still_of(path, measured, ratio, focal, width)

    def length(self, path: str) -> int | None:
        """The size in bytes of that one file, made for that if need be, or of a drawing as it is.  Raises PictureError."""
        still = self.still(path)
        if still is None:
            measured = self._measure_of(path)
            return None if measured is None else len(self._read(path))
        size = self._cache.size(still.variants[0].key)
        return len(self.variant(still.variants[0])) if size is None else size

    def share_card(self, kicker: str, title: str, name: str, style: Style) -> Still | None:
        """A picture of a title, for previews of links; None where there is no font for it."""
        return self._cards.card(kicker, title, name, style)

    @property
    def lacks_font(self) -> bool:
        """True if a picture of a title was asked for, and there is no font for its words."""
        return self._cards.lacks_font

    def file_url(self, path: str) -> str | None:
        """Where an attachment is published; its name holds the digest of its content."""
        return self._published(path) if path in self._files else None

    def attachment(self, path: str) -> bytes:
        """The bytes of an attachment: of a picture, without what a camera wrote into it."""
        if path not in self._attached:
            content = self._read(path)
            suffix = PurePosixPath(path).suffix.lower()
            if suffix == ".svg":
                drawing_size(content)
            self._attached[path] = without_metadata(content) if suffix in PICTURE_TYPES.keys() - {".svg"} else content
        return self._attached[path]

    def unmade(self, variants: Iterable[Variant]) -> list[Sequence[Variant]]:
        """What of these the cache does not hold yet, those of one picture together."""
        groups: dict[str, dict[str, Variant]] = defaultdict(dict)
        for variant in variants:
            if variant.form != "svg" and not self._cache.has(variant.key):
                groups[variant.source or variant.key][variant.key] = variant
        return [list(group.values()) for group in groups.values()]

    def make(self, variants: Sequence[Variant]) -> None:
        """Makes variants of one picture, and puts them into the cache.  Raises PictureError."""
        for variant, content in self._made(variants):
            self._cache.put(variant.key, content)

    def variant(self, variant: Variant) -> bytes:
        """The bytes of a variant, out of the cache or made anew.  Raises PictureError."""
        content = None if variant.form == "svg" else self._cache.get(variant.key)
        if content is None:
            ((_, content),) = self._made([variant])
            if variant.form != "svg":
                self._cache.put(variant.key, content)
        return content

    def _made(self, variants: Sequence[Variant]) -> Iterable[tuple[Variant, bytes]]:
        if not variants[0].source:
            return [(variant, self._cards.draw(variant)) for variant in variants]
        return encode(self._read(variants[0].source), variants)

    def _measure_of(self, path: str) -> Measured | None:
        if path not in self._files:
            return None
        if path not in self._measured:
            self._measured[path] = self._known.get(path) or self.measure(path)
        found = self._measured[path]
        if isinstance(found, PictureError):
            raise found
        return found

    def _read(self, path: str) -> bytes:
        return read_source(self._root, self._files[path].path)

    def _published(self, path: str) -> str:
        name = PurePosixPath(path)
        digest = hashlib.blake2b(self.attachment(path), digest_size=5).hexdigest()
        return f"/media/{name.stem}.{digest}{name.suffix.lower()}"
