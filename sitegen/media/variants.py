"""Variants: which files a picture is made into, how large they are and what they are called; without looking at a pixel."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import PurePosixPath

from sitegen.libraries import version
from sitegen.media.pictures import (
    ANIMATED,
    DRAWING,
    FLAT,
    LETTERED,
    PHOTOGRAPH,
    TRANSPARENT,
    Candidates,
    Measured,
    Picture,
    Still,
    Variant,
)

Focal = tuple[float, float] | None
Box = tuple[int, int, int, int]
WIDTHS = (480, 800, 1200, 1600)
STILL_WIDTH = 1200
DRAWN_WIDTH = 960  # a drawing has few details, and each of its pixels takes time
_CLOSE = 0.85  # a width this near to the picture's own is not worth a file

# How each form is written.  All of it is part of the names: another way to write gives other names.
FORMS: dict[str, dict[str, object]] = {
    "avif": {"type": "image/avif", "suffix": ".avif", "save": {"quality": 60, "speed": 6, "max_threads": 1, "autotiling": False}},
    "webp": {"type": "image/webp", "suffix": ".webp", "save": {"quality": 78, "method": 4}},
    "exact": {"type": "image/webp", "suffix": ".webp", "save": {"lossless": True, "quality": 70, "method": 4}},
    "moving": {"type": "image/webp", "suffix": ".webp", "save": {"quality": 75, "method": 4}},
    "jpeg": {"type": "image/jpeg", "suffix": ".jpg", "save": {"quality": 80, "progressive": True, "optimize": True}},
    "png": {"type": "image/png", "suffix": ".png", "save": {"compress_level": 9}},
    "opaque": {"type": "image/png", "suffix": ".png", "save": {"compress_level": 9}},
    "svg": {"type": "image/svg+xml", "suffix": ".svg", "save": {}},
}
_FORMS_OF = {
    PHOTOGRAPH: ("avif", "webp", "jpeg"),
    TRANSPARENT: ("avif", "webp"),
    FLAT: ("exact", "png"),
    ANIMATED: ("moving",),
}
_STILL_FORMS = {FLAT: "opaque"}
_CALM = "(prefers-reduced-motion: reduce)"  # who asks for calm gets the first frame (WCAG 2.2, 2.2.2)


def media_type(form: str) -> str:
    """The media type of a form (RFC 6838)."""
    return str(FORMS[form]["type"])


def picture_of(source: str, measured: Measured, ratio: str = "", focal: Focal = None, widths: tuple[int, ...] = WIDTHS) -> Picture:
    """A picture for pages: in every form and width that serves, never wider than it is.

    `ratio` such as "3:2" cuts it, around the focal point (from 0 to 1, from the left and the top; the middle if none is given).
    """
    if measured.sort in (DRAWING, LETTERED):
        return Picture(measured.width, measured.height, (Candidates(media_type("svg"), (_drawing(source, measured),)),))
    box = cut(measured.width, measured.height, ratio, focal)
    sizes = [(width, _height(width, box)) for width in fitting(widths, box[2] - box[0])]
    candidates = []
    if measured.sort == ANIMATED:
        candidates.append(Candidates("", tuple(_variant(source, measured, "jpeg", box, size) for size in sizes), _CALM))
    for form in _FORMS_OF[measured.sort]:
        candidates.append(Candidates(media_type(form), tuple(_variant(source, measured, form, box, size) for size in sizes)))
    return Picture(*sizes[-1], tuple(candidates))


def still_of(source: str, measured: Measured, ratio: str = "", focal: Focal = None, width: int = STILL_WIDTH) -> Still | None:
    """A picture as one file, on white where anything shines through.  None for a drawing with words."""
    if measured.sort == LETTERED:
        return None
    box = cut(measured.width, measured.height, ratio, focal)
    # A drawing has no pixels of its own: it is drawn as large as it is wanted.
    wide = min(width, DRAWN_WIDTH) if measured.sort == DRAWING else min(width, box[2] - box[0])
    form = _STILL_FORMS.get(measured.sort, "jpeg")
    variant = _variant(source, measured, form, box, (wide, _height(wide, box)))
    return Still(variant.path, variant.width, variant.height, media_type(form), (variant,))


def cut(width: int, height: int, ratio: str, focal: Focal) -> Box:
    """The largest part of that ratio, with the focal point as near to its middle as the edges allow."""
    if not ratio:
        return 0, 0, width, height
    across, down = (int(part) for part in ratio.split(":"))
    wide = min(width, max(1, round(height * across / down)))
    high = min(height, max(1, round(width * down / across)))
    x, y = focal or (0.5, 0.5)
    left = min(max(round(x * width - wide / 2), 0), width - wide)
    top = min(max(round(y * height - high / 2), 0), height - high)
    return left, top, left + wide, top + high


def fitting(widths: tuple[int, ...], own: int) -> tuple[int, ...]:
    """The widths that a picture of its own width can have, in order; its own is the last if all wanted would not be reached."""
    smaller = [width for width in sorted(set(widths)) if width <= own]
    if smaller and (len(smaller) == len(set(widths)) or smaller[-1] == own):
        return tuple(smaller)
    return (*(width for width in smaller if width <= own * _CLOSE), own)


def _height(width: int, box: Box) -> int:
    return max(1, round(width * (box[3] - box[1]) / (box[2] - box[0])))


def _drawing(source: str, measured: Measured) -> Variant:
    box = (0, 0, measured.width, measured.height)
    return _variant(source, measured, "svg", box, (measured.width, measured.height))


def _variant(source: str, measured: Measured, form: str, box: Box, size: tuple[int, int]) -> Variant:
    maker = "" if form == "svg" else _makers(measured.sort)
    told = json.dumps([measured.digest, measured.sort, form, box, FORMS[form], maker], sort_keys=True)
    digest = hashlib.blake2b(f"{told} {size}".encode(), digest_size=16).hexdigest()
    # Files that differ in width and format alone have names that do too.
    common = json.dumps([measured.digest, box, maker, form == "opaque", FORMS if maker else ""], sort_keys=True)
    short = hashlib.blake2b(common.encode(), digest_size=5).hexdigest()
    width = "" if form == "svg" else f"-{size[0]}"
    name = f"{PurePosixPath(source).stem}.{short}{width}{FORMS[form]['suffix']}"
    return Variant(f"/media/{name}", source, form, box, *size, f"{digest}{FORMS[form]['suffix']}")


@cache
def _makers(sort: str) -> str:
    """The libraries that make a file out of a picture of this sort."""
    names = ("pillow", "resvg-py") if sort == DRAWING else ("pillow",)
    return " ".join(f"{name} {version(name)}" for name in names)
