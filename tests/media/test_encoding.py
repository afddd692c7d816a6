"""The files made from pictures: nothing but what is seen, as it is meant to be seen, the same each time."""

from __future__ import annotations

import io

import pytest
from media.containers import parsed, remarks
from media.profiles import DISPLAY_P3, in_srgb, profile
from media.test_raster import header, moving, noise, quarters, saved
from photographs import ORIENTATION, photograph
from PIL import Image

from sitegen.media.encoding import encode
from sitegen.media.pictures import PictureError, Still, Variant
from sitegen.media.raster import measure
from sitegen.media.variants import media_type, picture_of, still_of

KINDS = {"image/avif": "AVIF", "image/webp": "WEBP", "image/jpeg": "JPEG", "image/png": "PNG"}


def made(content: bytes, ratio: str = "", widths: tuple[int, ...] = (30, 60)) -> list[tuple[Variant, bytes]]:
    measured = measure(content)
    still = still_of("/media/a.x", measured)
    assert isinstance(still, Still)
    return list(encode(content, {*picture_of("/media/a.x", measured, ratio, None, widths).variants, *still.variants}))


SOURCES = {
    "a photograph of a camera": lambda: photograph("JPEG", (90, 60)),
    "a PNG with metadata": lambda: photograph("PNG", (90, 60)),
    "a WebP with metadata": lambda: photograph("WEBP", (90, 60)),
    "an AVIF with metadata": lambda: photograph("AVIF", (90, 60)),
    "a photograph with a profile": lambda: saved(noise(), "JPEG", icc_profile=profile(DISPLAY_P3), comment=b"CANARY-CAMERA"),
    "a photograph cut out": lambda: saved(noise(mode="RGBA"), "PNG", icc_profile=profile(DISPLAY_P3)),
    "a print": lambda: saved(noise(mode="CMYK"), "JPEG"),
    "a chart": lambda: saved(quarters(), "PNG", icc_profile=profile(DISPLAY_P3)),
    "a GIF that moves": lambda: moving(size=(90, 60)),
}  # fmt: skip


@pytest.mark.parametrize("case", SOURCES)
def test_a_variant_holds_what_is_seen_and_nothing_else(case: str) -> None:
    found = made(SOURCES[case]())
    assert found
    for variant, content in found:
        assert parsed(content)[0] == KINDS[media_type(variant.form)]
        assert remarks(content) == set()
        assert b"CANARY" not in content
        assert b"http" not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.size == (variant.width, variant.height)


@pytest.mark.parametrize("case", SOURCES)
def test_a_variant_is_the_same_each_time(case: str) -> None:
    content = SOURCES[case]()
    assert dict(made(content)) == dict(made(content))


@pytest.mark.parametrize("columns", [None, DISPLAY_P3], ids=["sRGB", "Display P3"])
@pytest.mark.parametrize("colour", [(200, 80, 60), (60, 180, 90), (128, 128, 128)], ids=str)
def test_colours_survive(columns: tuple[tuple[float, ...], ...] | None, colour: tuple[int, int, int]) -> None:
    options = {"icc_profile": profile(columns)} if columns else {}
    content = saved(Image.new("RGB", (64, 64), colour), "JPEG", quality=100, subsampling=0, **options)
    wanted = in_srgb(columns, colour) if columns else colour
    for variant, file in made(content):
        pixel = Image.open(io.BytesIO(file)).convert("RGB").getpixel((variant.width // 2, variant.height // 2))
        assert isinstance(pixel, tuple)
        assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 6, variant.form


def test_a_cut_shows_the_part_that_was_asked_for() -> None:
    content = saved(quarters((120, 40)), "JPEG", quality=95)
    measured = measure(content)
    left = picture_of("/media/a.jpg", measured, "1:1", (0.0, 0.5), (40,))
    for _, file in encode(content, left.variants):
        top, bottom = (Image.open(io.BytesIO(file)).convert("RGB").getpixel((20, y)) for y in (5, 35))
        assert top[0] > 200 > 100 > top[2], "red above"
        assert bottom[2] > 200 > 100 > bottom[0], "blue below, and nothing of the right half"


def test_a_cut_of_a_turned_picture_is_of_the_upright_one() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    content = saved(quarters((120, 40)), "JPEG", quality=95, exif=exif)
    upper = picture_of("/media/a.jpg", measure(content), "1:1", (0.5, 0.0), (40,))
    for _, file in encode(content, upper.variants):
        left, right = (Image.open(io.BytesIO(file)).convert("RGB").getpixel((x, 20)) for x in (5, 35))
        assert left[2] > 200, "blue was below left, and stands top left"
        assert right[0] > 200


def test_what_shines_through_stays_so_on_pages_and_is_on_white_elsewhere() -> None:
    cut_out = noise((180, 120), "RGBA")
    cut_out.paste((0, 0, 0, 0), (0, 0, 90, 120))
    pixels = {
        variant.form: Image.open(io.BytesIO(file)).convert("RGBA").getpixel((5, 5)) for variant, file in made(saved(cut_out, "PNG"))
    }
    assert {form: pixel[3] for form, pixel in pixels.items()} == {"avif": 0, "webp": 0, "jpeg": 255}
    assert min(pixels["jpeg"]) > 245


def test_a_logo_shines_through_on_pages_and_is_on_white_elsewhere() -> None:
    files = made(saved(Image.new("RGBA", (60, 60), (140, 29, 43, 0)), "PNG"), widths=(60,))
    pixels = {variant.form: Image.open(io.BytesIO(file)).convert("RGBA").getpixel((5, 5)) for variant, file in files}
    assert {form: pixel[3] for form, pixel in pixels.items()} == {"exact": 0, "png": 0, "opaque": 255}
    assert pixels["opaque"] == (255, 255, 255, 255)
    assert len({variant.path for variant, _ in files}) == 3


def test_a_chart_keeps_its_lines() -> None:
    """Of few colours: without loss, and smaller as PNG than a photograph's format would be."""
    for variant, file in made(saved(quarters((60, 40)), "PNG"), widths=(60,)):
        picture = Image.open(io.BytesIO(file)).convert("RGB")
        assert [picture.getpixel(spot) for spot in ((29, 5), (30, 5), (29, 35))] == [(255, 0, 0), (0, 255, 0), (0, 0, 255)], (
            variant.form
        )


@pytest.mark.parametrize("style", ["GIF", "WEBP"])
def test_what_moves_goes_on_moving_as_fast_and_as_often(style: str) -> None:
    content = moving(style, 3, (80, 60))
    files = {(variant.form, variant.width): file for variant, file in made(content, widths=(40, 80))}
    assert set(files) == {("moving", 40), ("moving", 80), ("jpeg", 40), ("jpeg", 80)}
    with Image.open(io.BytesIO(files["moving", 40])) as picture:
        assert (picture.format, picture.size, getattr(picture, "n_frames", 1), picture.info["loop"]) == ("WEBP", (40, 30), 3, 0)
        durations, colours = [], []
        for number in range(3):
            picture.seek(number)
            colours.append(max(range(3), key=lambda band: picture.convert("RGB").getpixel((9, 9))[band]))
            durations.append(picture.info["duration"])
    assert (durations, colours) == ([100, 200, 300], [0, 1, 2])
    assert Image.open(io.BytesIO(files["jpeg", 40])).convert("RGB").getpixel((9, 9))[0] > 245, "at rest it shows its first frame"


DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#1F4E8C"/>
<rect width="100" height="100" fill="#8C1D2B"/></svg>"""


def test_a_drawing_is_drawn_for_programs_that_cannot() -> None:
    from sitegen.media.pictures import DRAWING as SORT
    from sitegen.media.pictures import Measured

    still = still_of("/media/a.svg", Measured("0" * 32, 200, 100, SORT), "1:1", (1.0, 0.5), 300)
    assert still is not None
    ((_, file),) = encode(DRAWING, still.variants)
    picture = Image.open(io.BytesIO(file)).convert("RGB")
    assert (picture.size, remarks(file)) == ((300, 300), set())
    assert max(abs(a - b) for a, b in zip(picture.getpixel((150, 150)), (0x1F, 0x4E, 0x8C), strict=True)) < 6


def test_a_library_that_cannot_write_a_format_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Image.init()
    monkeypatch.delitem(Image.SAVE, "AVIF")
    with pytest.raises(PictureError, match="cannot write it as AVIF"):
        made(saved(noise(), "JPEG"))


def test_what_claims_to_be_huge_is_not_decoded() -> None:
    with pytest.raises(PictureError, match="100 million"):
        list(encode(header("PNG", 60_000, 60_000), []))
