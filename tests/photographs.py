"""Photographs as a camera leaves them."""

from __future__ import annotations

import io

from PIL import Image

GPS_IFD = 0x8825
ORIENTATION = 0x0112


def photograph(
    style: str = "JPEG",
    size: tuple[int, int] = (60, 40),
    orientation: int = 6,
    mode: str = "RGB",
    place: bool = True,
    camera: str = "CANARY-CAMERA",
) -> bytes:
    """A picture with an orientation and, if asked, a position in its metadata; the left half is red, the right half blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = camera
    if place:
        exif.get_ifd(GPS_IFD)[2] = (34.0, 15.0, 0.0)
    stream = io.BytesIO()
    picture.convert(mode).save(stream, style, exif=exif, quality=95)
    return stream.getvalue()
