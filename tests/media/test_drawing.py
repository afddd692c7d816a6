"""Drawings (SVG) as published: of a known size, and never able to run or fetch anything."""

from __future__ import annotations

import pytest

from sitegen.media.drawing import drawing_size
from sitegen.media.pictures import PictureError


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
        drawing_size(svg.encode())


def test_an_svg_with_entities_is_refused_unread() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>'
    with pytest.raises(PictureError, match="document type"):
        drawing_size(bomb.encode())


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
    assert drawing_size(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode()) == size


def test_drawing_programs_own_words_are_no_danger() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9">'
        '<metadata><i:grid type="xygrid"/></metadata><rect width="9" height="9" fill="url(#a)"/></svg>'
    )
    assert drawing_size(svg.encode()) == (9, 9)


@pytest.mark.parametrize("head", ['viewBox="0 0 0 9"', 'width="0.2" height="20"', 'width="90000" height="90000"', ""])
def test_an_svg_of_no_sensible_size_is_refused(head: str) -> None:
    with pytest.raises(PictureError, match="the SVG says"):
        drawing_size(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode())


def test_an_svg_over_5_mb_is_refused_unread() -> None:
    with pytest.raises(PictureError, match=r"5\.2 MB, 5 MB is the most"):
        drawing_size(b"<svg" + b" " * int(5.2 * 1024 * 1024))
