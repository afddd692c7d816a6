"""Drawings (SVG): how large they are, and whether they are safe to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.media.pictures import MOST_PIXELS, PictureError

if TYPE_CHECKING:
    from xml.etree import ElementTree

_MOST_BYTES = 5 * 1024 * 1024
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


def drawing_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a drawing that can neither run nor fetch anything.  Raises PictureError."""
    from xml.etree import ElementTree

    if len(content) > _MOST_BYTES:
        raise PictureError(f"the SVG has {len(content) / 1024 / 1024:.1f} MB, 5 MB is the most", "simplify it, or save it as PNG")
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
    if round(size[0]) < 1 or round(size[1]) < 1 or size[0] * size[1] > MOST_PIXELS:
        raise PictureError(f"the SVG says it has {size[0]:g} × {size[1]:g} pixels", "give it a sensible width and height")
    return round(size[0]), round(size[1])


def shows_text(content: bytes) -> bool:
    """True for a drawing with words, which look different from machine to machine."""
    return b"<text" in content


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
