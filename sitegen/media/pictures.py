"""Pictures: how large they are, whether they are safe, and their bytes without camera metadata."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from xml.etree import ElementTree

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
_MOST_PIXELS = 100_000_000
_SVG_SAFE = frozenset(
    "svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop"
    " clipPath mask pattern use symbol filter feGaussianBlur feOffset feBlend feColorMatrix feFlood feComposite feMerge"
    " feMergeNode feTurbulence feDropShadow marker style metadata".split()
)
# What drawing programs add for themselves; browsers ignore it.
_EDITORS = (
    "{http://www.inkscape.org/",
    "{http://sodipodi.sourceforge.net/",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{http://creativecommons.org/ns#}",
    "{http://purl.org/dc/elements/1.1/}",
)


class PictureError(Exception):
    """A picture that cannot be published, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def picture_size(content: bytes, name: str) -> tuple[int, int]:
    """Width and height in pixels.  Raises PictureError."""
    return _svg_size(content) if name.lower().endswith(".svg") else _raster_size(content)


def clean_picture(content: bytes, name: str) -> bytes:
    """The picture upright and without metadata (position, camera, author); unchanged if it has none.  Raises PictureError."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".svg":
        _svg_size(content)
        return content
    from PIL import Image, ImageOps

    with _opened(content) as picture:
        carried = picture.getexif() or picture.info.keys() & {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"}
        # Telephones add a second, smaller picture (MPO), with metadata of its own: it is left out.
        style = "JPEG" if picture.format == "MPO" else picture.format
        if not carried or (getattr(picture, "n_frames", 1) > 1 and style == picture.format):
            return content
        upright = ImageOps.exif_transpose(picture)
        plain = Image.new(upright.mode, upright.size)
        plain.paste(upright)
        if upright.palette is not None:
            plain.putpalette(upright.palette)
        stream = io.BytesIO()
        options = {"quality": 90} if style in ("JPEG", "WEBP", "AVIF") else {}
        plain.save(stream, style, icc_profile=picture.info.get("icc_profile"), **options)
        return stream.getvalue()


def _raster_size(content: bytes) -> tuple[int, int]:
    with _opened(content) as picture:
        width, height = picture.size
        return width, height


def _opened(content: bytes):  # type: ignore[no-untyped-def]
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > _MOST_PIXELS:
            raise PictureError(f"the picture has {picture.width} × {picture.height} pixels", "make it smaller than 10,000 × 10,000")
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        reason = "it is no picture" if isinstance(error, UnidentifiedImageError) else str(error)
        raise PictureError(f"the picture cannot be read ({reason})", "save it again as JPEG, PNG, WebP or SVG") from None
    return picture


def _svg_size(content: bytes) -> tuple[int, int]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PictureError("the SVG has a document type", "export it as plain SVG")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise PictureError(f"the SVG cannot be read ({error})", "export it again as plain SVG") from None
    for element in root.iter():
        _refuse_active(element)
    size = [_pixels(root.get(name)) for name in ("width", "height")]
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        size = [known or _pixels(part) for known, part in zip(size, box[2:], strict=True)]
    if not all(size):
        raise PictureError("the SVG says no size", "give it a viewBox, or width and height")
    return round(size[0]), round(size[1])


def _pixels(text: str | None) -> float:
    match = re.match(r"\s*([0-9.]+)(px)?\s*\Z", text or "")
    return float(match[1]) if match else 0


def _refuse_active(element: ElementTree.Element) -> None:
    """Refuses whatever in an SVG could run or fetch something."""
    name = element.tag.rpartition("}")[2]
    if element.tag.startswith(_EDITORS):
        return
    if name not in _SVG_SAFE or not element.tag.startswith(("{http://www.w3.org/2000/svg}", name)):
        raise PictureError(
            f"the SVG has an element <{name}>, which may run or fetch something",
            "export it as plain SVG without scripts, links and embedded pictures",
        )
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if (
            plain.startswith("on")
            or (plain == "href" and not value.startswith("#"))
            or re.search(r"(?i)javascript:|url\(\s*['\"]?(?!#)", value)
        ):
            raise PictureError(f"the SVG has {plain}={value[:40]!r}", "export it as plain SVG")
    if name == "style" and re.search(r"(?i)@import|url\(\s*['\"]?(?!#)|expression", element.text or ""):
        raise PictureError("the SVG's style loads something", "export it as plain SVG")
