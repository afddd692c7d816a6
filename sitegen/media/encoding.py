"""A picture's bytes → the bytes of its variants: cut, sized, and written without anything but what is seen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sitegen.media.pictures import PictureError, Variant
from sitegen.media.raster import opened, save_moving, upright
from sitegen.media.variants import FORMS

if TYPE_CHECKING:
    from PIL import Image

_STYLES = {"avif": "AVIF", "webp": "WEBP", "exact": "WEBP", "moving": "WEBP", "jpeg": "JPEG", "png": "PNG", "opaque": "PNG"}
_OPAQUE, _PAPER = ("jpeg", "opaque"), "#ffffff"


def encode(content: bytes, variants: Iterable[Variant]) -> Iterator[tuple[Variant, bytes]]:
    """The variants of one picture, which is decoded once.  Raises PictureError."""
    if b"<svg" in content[:4096]:
        yield from _drawn(content, variants)
        return
    with opened(content) as picture:
        still: Image.Image | None = None
        for variant in sorted(variants, key=lambda each: each.form == "moving"):  # which goes on to other frames
            if variant.form == "moving":
                stream = io.BytesIO()
                save_moving(picture, stream, "WEBP", variant.box, (variant.width, variant.height), **_settings(variant))
                yield variant, stream.getvalue()
            else:
                still = still or upright(picture)
                yield variant, _saved(_sized(still, variant), variant)


def _settings(variant: Variant) -> dict[str, Any]:
    settings = FORMS[variant.form]["save"]
    assert isinstance(settings, dict)
    return settings


def _sized(picture: Image.Image, variant: Variant) -> Image.Image:
    from PIL import Image

    size = (variant.width, variant.height)
    if picture.size == size:
        return picture
    # Averaging by whole numbers first is quicker, and with a gap of three nobody sees it.
    return picture.resize(size, Image.Resampling.LANCZOS, box=variant.box, reducing_gap=3.0)


def _saved(picture: Image.Image, variant: Variant) -> bytes:
    from PIL import Image

    plain = Image.new(picture.mode, picture.size)  # the pixels and nothing that stood beside them
    plain.paste(picture)
    if picture.mode == "RGBA" and variant.form in _OPAQUE:
        plain = Image.new("RGB", picture.size, _PAPER)
        plain.paste(picture, mask=picture.getchannel("A"))
    if _STYLES[variant.form] == "PNG" and (colours := plain.getcolors(256)):
        plain = plain.quantize(len(colours), dither=Image.Dither.NONE)
    stream = io.BytesIO()
    try:
        plain.save(stream, _STYLES[variant.form], **_settings(variant))
    except (OSError, KeyError) as error:
        hint = "install Pillow from one of its wheels, which can write AVIF and WebP"
        raise PictureError(f"this computer cannot write it as {_STYLES[variant.form]} ({error})", hint) from None
    return stream.getvalue()


def _drawn(content: bytes, variants: Iterable[Variant]) -> Iterator[tuple[Variant, bytes]]:
    drawn: dict[float, Image.Image] = {}
    for variant in variants:
        if variant.form == "svg":
            yield variant, content
            continue
        left, top, right, bottom = variant.box
        scale = variant.width / (right - left)
        whole = drawn[scale] = drawn.get(scale) or draw(content, scale)
        shown = whole.crop((round(left * scale), round(top * scale), round(right * scale), round(bottom * scale)))
        yield variant, _saved(shown.resize((variant.width, variant.height)), variant)


def draw(content: bytes, scale: float) -> Image.Image:
    """A drawing in pixels, `scale` for each of its own; words in it are left out.  Raises PictureError."""
    import resvg_py
    from PIL import Image

    try:
        png = resvg_py.svg_to_bytes(svg_string=content.decode(), zoom=scale, skip_system_fonts=True)
    except (ValueError, UnicodeDecodeError) as error:
        raise PictureError(f"the SVG cannot be drawn ({error})", "export it again as plain SVG") from None
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")
