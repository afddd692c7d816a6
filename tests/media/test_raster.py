"""Pictures as cameras, scanners and programs leave them: measured and seen as they are meant to be."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from media.containers import remarks
from media.profiles import ADOBE_RGB, DISPLAY_P3, grey_profile, in_srgb, profile
from photographs import ORIENTATION, photograph
from PIL import Image

from sitegen.media.pictures import ANIMATED, FLAT, PHOTOGRAPH, TRANSPARENT, PictureError
from sitegen.media.raster import measure, opened, upright, without_metadata


def saved(picture: Image.Image, style: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, style, **options)
    return stream.getvalue()


def noise(size: tuple[int, int] = (120, 80), mode: str = "RGB") -> Image.Image:
    """As many colours as a photograph has."""
    bands = [Image.effect_noise(size, 60 + 9 * number) for number in range(len(Image.new(mode, (1, 1)).getbands()))]
    return Image.merge(mode, bands)


def seen(content: bytes) -> Image.Image:
    with opened(content) as picture:
        return upright(picture)


def corners(picture: Image.Image) -> list[str]:
    names = {(255, 0, 0): "red", (0, 255, 0): "green", (0, 0, 255): "blue", (255, 255, 255): "white"}
    width, height = picture.size
    spots = [(5, 5), (width - 6, 5), (5, height - 6), (width - 6, height - 6)]
    return [
        names[min(names, key=lambda each: sum(abs(a - b) for a, b in zip(each, picture.getpixel(spot)[:3], strict=True)))]
        for spot in spots
    ]


def quarters(size: tuple[int, int] = (80, 40)) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    picture.paste("red", (0, 0, *half))
    picture.paste("lime", (half[0], 0, size[0], half[1]))
    picture.paste("blue", (0, half[1], half[0], size[1]))
    return picture


# What stands top left, top right, bottom left, bottom right once the camera's note is heeded (Exif 2.3, 4.6.4).
STANDING = {
    1: ["red", "green", "blue", "white"],
    2: ["green", "red", "white", "blue"],
    3: ["white", "blue", "green", "red"],
    4: ["blue", "white", "red", "green"],
    5: ["red", "blue", "green", "white"],
    6: ["blue", "red", "white", "green"],
    7: ["white", "green", "blue", "red"],
    8: ["green", "white", "red", "blue"],
}


@pytest.mark.parametrize("style", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", STANDING)
def test_a_picture_stands_upright(style: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = saved(quarters(), style, exif=exif, quality=95)
    size = (40, 80) if orientation > 4 else (80, 40)
    found = measure(content)
    assert (found.width, found.height) == size
    assert seen(content).size == size
    assert corners(seen(content)) == STANDING[orientation]


@pytest.mark.parametrize("columns", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
@pytest.mark.parametrize("colour", [(200, 80, 60), (60, 180, 90), (128, 128, 128), (30, 60, 190), (245, 240, 235)], ids=str)
@pytest.mark.parametrize("style", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_profile_is_applied(style: str, columns: tuple[tuple[float, ...], ...], colour: tuple[int, int, int]) -> None:
    options = {"quality": 100} | ({"subsampling": 0} if style == "JPEG" else {"lossless": True} if style == "WEBP" else {})
    content = saved(Image.new("RGB", (16, 16), colour), style, icc_profile=profile(columns), **options)
    found = seen(content).getpixel((8, 8))
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, in_srgb(columns, colour), strict=True)) <= 4


def test_colours_of_another_profile_differ_enough_to_be_noticed() -> None:
    """Or the test above could not fail."""
    assert max(abs(a - b) for a, b in zip((60, 180, 90), in_srgb(DISPLAY_P3, (60, 180, 90)), strict=True)) > 20


def sixteen_bits() -> bytes:
    """A PNG of grey in sixteen bits: a quarter, a half, three quarters of the way to white."""
    rows = b"".join(b"\0" + struct.pack(">HHH", 16384, 32768, 49152) for _ in range(2))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 16, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def palette_with_a_hole() -> bytes:
    picture = Image.new("P", (4, 4), 1)
    picture.putpalette([255, 0, 0, 0, 128, 0])
    picture.putpixel((0, 0), 0)
    return saved(picture, "PNG", transparency=0)


# Each as a program might leave it, a pixel, and the colour meant there.
MODES: dict[str, tuple[Callable[[], bytes], tuple[int, int], tuple[int, ...]]] = {
    "grey": (lambda: saved(Image.new("L", (4, 4), 128), "PNG"), (1, 1), (128, 128, 128)),
    "grey with a profile of its own": (
        lambda: saved(Image.new("L", (4, 4), 128), "PNG", icc_profile=grey_profile(1.0)), (1, 1), (188, 188, 188),
    ),
    "grey that shines through": (lambda: saved(Image.new("LA", (4, 4), (90, 128)), "PNG"), (1, 1), (90, 90, 90, 128)),
    "sixteen bits of grey": (sixteen_bits, (1, 1), (128, 128, 128)),
    "sixteen bits, light": (sixteen_bits, (2, 1), (191, 191, 191)),
    "black and white": (lambda: saved(Image.new("1", (4, 4), 1), "PNG"), (1, 1), (255, 255, 255)),
    "a palette": (lambda: saved(Image.new("RGB", (4, 4), (10, 200, 30)).quantize(4), "PNG"), (1, 1), (10, 200, 30)),
    "a palette with a hole": (palette_with_a_hole, (0, 0), (255, 0, 0, 0)),
    "a palette beside its hole": (palette_with_a_hole, (1, 1), (0, 128, 0, 255)),
    "CMYK": (lambda: saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=100), (4, 4), (255, 0, 0)),
    "a profile that is none": (
        lambda: saved(Image.new("RGB", (8, 8), (10, 200, 30)), "PNG", icc_profile=b"nonsense" * 40), (4, 4), (10, 200, 30),
    ),
    "a profile of other colours": (
        lambda: saved(Image.new("RGB", (8, 8), (10, 200, 30)), "PNG", icc_profile=grey_profile(2.2)), (4, 4), (10, 200, 30),
    ),
    "alpha beside a profile": (
        lambda: saved(Image.new("RGBA", (8, 8), (128, 128, 128, 77)), "PNG", icc_profile=profile(DISPLAY_P3)),
        (4, 4),
        (128, 128, 128, 77),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MODES)
def test_every_way_to_say_colours_is_understood(case: str) -> None:
    make, spot, wanted = MODES[case]
    found = seen(make())
    assert found.mode == ("RGBA" if len(wanted) == 4 else "RGB")
    pixel = found.getpixel(spot)
    assert isinstance(pixel, tuple)
    assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 3


def moving(style: str = "GIF", count: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    first, *rest = [Image.new("RGB", size, colour) for colour in ("red", "lime", "blue", "white", "black")[:count]]
    return saved(first, style, save_all=True, append_images=rest, duration=[100, 200, 300, 400, 500][:count], loop=0)


SORTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a photograph": (lambda: saved(noise(), "JPEG"), PHOTOGRAPH),
    "a JPEG of one colour": (lambda: saved(Image.new("RGB", (9, 9)), "JPEG"), PHOTOGRAPH),
    "a photograph as PNG": (lambda: saved(noise(), "PNG"), PHOTOGRAPH),
    "a photograph as PNG, opaque": (lambda: saved(noise((120, 80)).convert("RGBA"), "PNG"), PHOTOGRAPH),
    "a photograph cut out": (lambda: saved(noise((120, 80), "RGBA"), "PNG"), TRANSPARENT),
    "a chart": (lambda: saved(quarters(), "PNG"), FLAT),
    "a logo": (lambda: saved(Image.new("RGBA", (9, 9), (1, 2, 3, 4)), "PNG"), FLAT),
    "a GIF that stands still": (lambda: saved(quarters(), "GIF"), FLAT),
    "a GIF that moves": (moving, ANIMATED),
    "a WebP that moves": (lambda: moving("WEBP"), ANIMATED),
}


@pytest.mark.parametrize("case", SORTS)
def test_the_sort_of_a_picture(case: str) -> None:
    make, sort = SORTS[case]
    assert measure(make()).sort == sort


def header(style: str, width: int, height: int) -> bytes:
    """A picture that claims a size and has nothing to show for it."""
    if style == "GIF":
        return (
            b"GIF89a"
            + struct.pack("<HH", width, height)
            + bytes([0xF0, 0, 0])
            + bytes(6)
            + b","
            + struct.pack("<HHHHB", 0, 0, width, height, 0)
            + b"\x02\x00;"
        )
    data = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(each)) + name + each + struct.pack(">I", zlib.crc32(name + each))
        for name, each in [(b"IHDR", data), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    )


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "it is no picture"),
    "text": (lambda: b"picture", "it is no picture"),
    "a format of printers": (lambda: saved(quarters(), "TIFF"), "it is no picture"),
    "cut short": (lambda: saved(noise(), "JPEG")[:-2000], "truncated"),
    "a PNG cut short": (lambda: saved(noise(), "PNG")[:-9000], "cannot be read"),
    "a WebP cut short": (lambda: saved(noise(), "WEBP")[:-900], "cannot be read"),
    "an AVIF cut short": (lambda: saved(noise(), "AVIF")[:-900], "cannot be read"),
    "too many pixels": (lambda: header("PNG", 10_001, 10_000), "10001 × 10000 pixels"),
    "a bomb": (lambda: header("PNG", 30_000, 30_000), "more than 100 million pixels"),
    "a bomb of the largest GIF": (lambda: header("GIF", 65_535, 65_535), "more than 100 million pixels"),
    "a film": (lambda: moving("GIF", 5, (9000, 9000)), "5 frames of 9000 × 9000 pixels"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_shown_is_refused_in_words(case: str) -> None:
    make, words = BAD[case]
    with pytest.raises(PictureError, match=words):
        measure(make())


def test_a_picture_between_what_libraries_warn_of_and_what_is_refused_is_read() -> None:
    """Pillow warns above 89 megapixels; warnings are errors in tests."""
    assert measure(saved(Image.new("1", (9_900, 9_900)), "PNG")).width == 9_900


@pytest.mark.parametrize("style", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_an_attached_picture_is_saved_without_what_the_camera_wrote(style: str) -> None:
    content = photograph(style)
    assert b"CANARY-CAMERA" in content
    cleaned = without_metadata(content)
    assert b"CANARY-CAMERA" not in cleaned
    assert remarks(cleaned) == set()
    picture = Image.open(io.BytesIO(cleaned))
    assert (picture.format, picture.size) == (style, (40, 60))
    red, _, blue = picture.convert("RGB").getpixel((20, 5))[:3]
    assert red > blue, "a picture turned by its metadata stands upright: red was left, is now on top"


def test_a_remark_in_a_png_or_a_jpeg_is_removed_too() -> None:
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Author", "CANARY")
    texts.add_itxt("Comment", "CANARY")
    for content in (saved(noise(), "PNG", pnginfo=texts), saved(noise(), "JPEG", comment=b"CANARY")):
        assert b"CANARY" in content
        assert b"CANARY" not in without_metadata(content)


def test_the_second_picture_of_a_telephone_is_left_out() -> None:
    stream = io.BytesIO()
    first, second = (Image.open(io.BytesIO(photograph())) for _ in range(2))
    first.save(stream, "MPO", save_all=True, append_images=[second], exif=first.getexif())
    assert Image.open(io.BytesIO(stream.getvalue())).format == "MPO"
    assert measure(stream.getvalue()).sort == PHOTOGRAPH
    cleaned = without_metadata(stream.getvalue())
    assert b"CANARY-CAMERA" not in cleaned
    assert Image.open(io.BytesIO(cleaned)).size == (40, 60)


def test_an_attached_picture_that_tells_nothing_is_left_as_it_is() -> None:
    content = saved(noise(), "PNG")
    assert without_metadata(content) == content
