"""Pictures: the sorts that may be published, what is known of one, and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass

# The suffixes of pictures, and their media types (RFC 6838).
PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}
MOST_PIXELS = 100_000_000

# The sorts, each published in its own way.
PHOTOGRAPH, TRANSPARENT, FLAT, ANIMATED, DRAWING, LETTERED = "photograph", "transparent", "flat", "animated", "drawing", "lettered"


class PictureError(Exception):
    """A picture that cannot be published, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[type[PictureError], tuple[str, str]]:  # it comes from other processes too
        return PictureError, (str(self), self.hint)


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a picture: the digest of its bytes, width and height in pixels as it stands upright, its sort."""

    digest: str
    width: int
    height: int
    sort: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A file made from a picture.

    `path` is where it is published, `source` the picture's path in the content folder, `form` how it is encoded, `box` the
    part shown (left, top, right, bottom, in pixels of the upright picture), `key` its name in the cache.
    """

    path: str
    source: str
    form: str
    box: tuple[int, int, int, int]
    width: int
    height: int
    key: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """The files of one media type that a browser may choose from; `media` is a media query that must hold, if any."""

    media_type: str
    variants: tuple[Variant, ...]
    media: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for pages: what a browser chooses from, the best format first; the last are those of the <img> itself."""

    width: int
    height: int
    candidates: tuple[Candidates, ...]

    @property
    def fallback(self) -> Candidates:
        return self.candidates[-1]

    @property
    def path(self) -> str:
        """The largest file that every browser can show."""
        return self.fallback.variants[-1].path

    @property
    def variants(self) -> tuple[Variant, ...]:
        return tuple(variant for each in self.candidates for variant in each.variants)


@dataclass(frozen=True, slots=True)
class Still:
    """A picture as one file that every program can show: in feeds, calendars and previews of links."""

    path: str
    width: int
    height: int
    media_type: str
    variants: tuple[Variant, ...]
