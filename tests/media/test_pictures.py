"""Pictures as published: upright, without what the camera wrote, and never able to run anything."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import Workshop
from photographs import ORIENTATION, photograph
from PIL import Image

from sitegen.media.pictures import PictureError, clean_picture, picture_size


@pytest.mark.parametrize("style", ["JPEG", "PNG", "WEBP"])
def test_metadata_is_removed_and_orientation_applied(style: str) -> None:
    content = photograph(style)
    assert b"CANARY-CAMERA" in content
    name = f"a.{style.lower()}"
    cleaned = clean_picture(content, name)
    assert b"CANARY-CAMERA" not in cleaned
    picture = Image.open(io.BytesIO(cleaned))
    assert not picture.getexif()
    assert picture_size(cleaned, name) == (40, 60)
    red, _, blue = picture.convert("RGB").getpixel((20, 5))[:3]
    assert red > blue, "a picture turned by its metadata stands upright: red was left, is now on top"


def test_the_second_picture_of_a_telephone_is_left_out() -> None:
    stream = io.BytesIO()
    first, second = (Image.open(io.BytesIO(photograph())) for _ in range(2))
    first.save(stream, "MPO", save_all=True, append_images=[second], exif=first.getexif())
    assert Image.open(io.BytesIO(stream.getvalue())).format == "MPO"
    cleaned = clean_picture(stream.getvalue(), "a.jpg")
    assert b"CANARY-CAMERA" not in cleaned
    assert picture_size(cleaned, "a.jpg") == (40, 60)


def test_a_picture_without_metadata_is_published_as_it_is() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(stream, "PNG")
    assert clean_picture(stream.getvalue(), "a.png") == stream.getvalue()


def test_a_colour_profile_is_kept() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    Image.new("RGB", (8, 8), "green").save(stream, "JPEG", icc_profile=profile, exif=exif)
    assert Image.open(io.BytesIO(clean_picture(stream.getvalue(), "a.jpg"))).info["icc_profile"] == profile


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<rect onload="alert(1)"/>', "onload"),
        ("<foreignObject><p/></foreignObject>", "foreignObject"),
        ('<image href="https://evil.example/x.png"/>', "image"),
        ('<use href="https://evil.example/x.svg#a"/>', "href"),
        ('<a href="javascript:alert(1)"><rect/></a>', "<a>"),
        ('<rect style="fill:url(https://evil.example/)"/>', "style"),
        ("<style>@import url(https://evil.example/x.css);</style>", "style"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', "script"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "set"),
    ],
    ids=lambda value: value[:24],
)
def test_an_svg_that_could_run_or_fetch_is_refused(inner: str, what: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'
    with pytest.raises(PictureError, match=what):
        clean_picture(svg.encode(), "a.svg")


def test_an_svg_with_entities_is_refused_unread() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>'
    with pytest.raises(PictureError, match="document type"):
        picture_size(bomb.encode(), "a.svg")


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('viewBox="0 0 120 68"', (120, 68)),
        ('width="30" height="20"', (30, 20)),
        ('width="30px" height="20px" viewBox="0 0 9 9"', (30, 20)),
        ('width="100%" height="100%" viewBox="0 0 12 8"', (12, 8)),
    ],
)
def test_the_size_of_an_svg(head: str, size: tuple[int, int]) -> None:
    assert picture_size(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode(), "a.svg") == size


def test_drawing_programs_own_words_are_no_danger() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9">'
        '<metadata><i:grid type="xygrid"/></metadata><rect width="9" height="9" fill="url(#a)"/></svg>'
    )
    assert clean_picture(svg.encode(), "a.svg") == svg.encode()


def test_a_story_shows_its_picture_with_size_and_a_name_that_holds_its_content(workshop: Workshop) -> None:
    workshop.write(
        """
-- content/news/2026-01-01-a/index.zh.md --
---
title: 一
date: 2026-01-01
section: notices
---
![红与蓝](photo.jpg)
"""
    )
    (workshop.root / "content/news/2026-01-01-a/photo.jpg").write_bytes(photograph(place=False))
    workshop.build()
    published = [path for path in workshop.files() if path.startswith("media/photo.")]
    assert len(published) == 1
    page = workshop.read("news/2026/a/index.html")
    assert f'src="/{published[0]}" width="40" height="60" alt="红与蓝"' in page
    assert b"CANARY-CAMERA" not in workshop.files()[published[0]]


def test_only_pictures_that_are_shown_are_published(workshop: Workshop) -> None:
    Path(workshop.root / "content/media").mkdir(parents=True)
    (workshop.root / "content/media/unused.jpg").write_bytes(photograph(place=False))
    workshop.build()
    assert not [path for path in workshop.files() if "unused" in path]
