"""Photographs and other pictures in pixels: read within bounds, measured, and turned into upright sRGB."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sitegen.media.pictures import ANIMATED, FLAT, MOST_PIXELS, PHOTOGRAPH, TRANSPARENT, Measured, PictureError

Box = tuple[int, int, int, int]

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_FEW_COLOURS = 4096  # a drawing, chart or screenshot has fewer; a photograph of any size has more
_LOSSLESS = ("PNG", "GIF", "WEBP")
_MOST_FRAMES_PIXELS = 300_000_000
_ORIENTATION = 0x0112  # Exif 2.3, 4.6.4
_TURNED = (5, 6, 7, 8)


def measure(content: bytes) -> Measured:
    """What is known of a picture, after reading all of it.  Raises PictureError."""
    with opened(content) as picture:
        frames = frame_count(picture)
        width, height = picture.size
        if picture.format != "GIF" and picture.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        if frames > 1 and width * height * frames > _MOST_FRAMES_PIXELS:
            raise PictureError(
                f"the moving picture has {frames} frames of {width} × {height} pixels", "publish it as a film: :::video"
            )
        for number in range(frames):
            picture.seek(number)
            picture.load()
        return Measured(hashlib.blake2b(content, digest_size=16).hexdigest(), width, height, _sort(picture, frames))


@contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, not yet decoded.  Raises PictureError, also for what goes wrong while it is decoded."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of flaws that do no harm; and of size, of which there is an error below
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _too_large(f"{picture.width} × {picture.height} pixels")
                yield picture
    except Image.DecompressionBombError:
        raise _too_large("more than 100 million pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        reason = "it is no picture" if isinstance(error, UnidentifiedImageError) else str(error)
        raise PictureError(f"the picture cannot be read ({reason})", "save it again as JPEG, PNG, WebP or SVG") from None


def _too_large(size: str) -> PictureError:
    return PictureError(f"the picture has {size}", "make it smaller than 10,000 × 10,000")


def frame_count(picture: Image.Image) -> int:
    """How many frames move; a telephone's second picture beside the first (MPO) is none of them."""
    return 1 if picture.format in ("MPO", "JPEG") else int(getattr(picture, "n_frames", 1))


def _sort(picture: Image.Image, frames: int) -> str:
    if frames > 1:
        return ANIMATED
    if picture.format in _LOSSLESS and in_colours(picture).getcolors(_FEW_COLOURS) is not None:
        return FLAT
    return TRANSPARENT if is_transparent(picture) else PHOTOGRAPH


def is_transparent(picture: Image.Image) -> bool:
    """True if anything shines through."""
    if not picture.has_transparency_data:
        return False
    lowest, _ = picture.convert("RGBA").getchannel("A").getextrema()
    return bool(lowest != 255)


def upright(picture: Image.Image) -> Image.Image:
    """The picture as it is meant to be seen, in sRGB: RGB, or RGBA where anything shines through."""
    from PIL import ImageOps

    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    alpha = turned.convert("RGBA").getchannel("A") if is_transparent(turned) else None
    colours = in_srgb(turned, profile)
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def in_colours(picture: Image.Image) -> Image.Image:
    """RGB or RGBA, whatever the picture's own way to say colours, without regard to its profile."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey: Pillow itself would cut off what is above the lowest eight.
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB in sRGB (IEC 61966-2-1); a profile that cannot be read, or is of other colours than the picture, counts for nothing."""
    if picture.mode.startswith("I"):
        return in_colours(picture).convert("RGB")
    if not profile:
        return picture.convert("RGB")
    from PIL import Image, ImageCms

    plain = picture if picture.mode in ("RGB", "CMYK", "L") else picture.convert("L" if picture.mode in ("LA", "1") else "RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            plain,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture.convert("RGB")
    assert isinstance(converted, Image.Image)
    return converted


def without_metadata(content: bytes) -> bytes:
    """The picture upright and without position, time, device and author; unchanged if it tells nothing.  Raises PictureError."""
    from PIL import Image

    with opened(content) as picture:
        if not _tells(picture):
            return content
        stream = io.BytesIO()
        if frame_count(picture) > 1:
            save_moving(picture, stream, str(picture.format))
            return stream.getvalue()
        style = "JPEG" if picture.format == "MPO" else str(picture.format)
        plain = upright(picture)
        clean = Image.new(plain.mode, plain.size)  # the pixels and nothing that stood beside them
        clean.paste(plain)
        options = {"quality": 90} if style in ("JPEG", "WEBP", "AVIF") else {}
        clean.save(stream, style, **options)
        return stream.getvalue()


_TELLING = frozenset(("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "comment", "photoshop", "adobe_transform"))


def _tells(picture: Image.Image) -> bool:
    """True for a picture that carries more than what is seen: Exif, XMP, IPTC, comments, texts, a second picture."""
    if picture.format == "MPO" or picture.getexif() or picture.info.keys() & (_TELLING - {"adobe_transform"}):
        return True
    picture.load()  # the texts of a PNG may stand behind its pixels
    segments = {name for name, _ in getattr(picture, "applist", ())} - {"APP0", "APP2", "APP14"}  # JFIF, profile, Adobe's colours
    return bool(segments or getattr(picture, "text", None))


def save_moving(
    picture: Image.Image,
    stream: io.BytesIO,
    style: str,
    box: Box | None = None,
    size: tuple[int, int] | None = None,
    **options: object,
) -> None:
    """Writes all frames, cut and sized, with their durations in milliseconds, and as often as they are to be repeated."""
    from PIL import Image

    frames, durations = [], []
    for number in range(frame_count(picture)):
        picture.seek(number)
        frame = picture.convert("RGBA")
        durations.append(int(picture.info.get("duration", 0)) or 100)  # what browsers take for a frame without a duration
        frames.append(frame.resize(size or frame.size, Image.Resampling.LANCZOS, box=box))
    # A GIF says how often it is repeated after it was shown once, and is shown once if it says nothing; 0 is for ever.
    loop = int(picture.info.get("loop", 1 if picture.format == "GIF" else 0))
    frames[0].save(stream, style, save_all=True, append_images=frames[1:], duration=durations, loop=loop, **options)
