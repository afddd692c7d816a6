"""Pictures for shared links: drawn in the colours of the site, with words as long as there is a font for them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from media.containers import remarks
from PIL import Image

from sitegen.media import fonts
from sitegen.media.fonts import find_font, font_stamp, has_glyph
from sitegen.media.share_card import SIZE, CardMaker, Style

MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#FFD700"/></svg>'
BRAND = (0x8C, 0x1D, 0x2B)
STYLE: Style = ("#8C1D2B", "logo.svg", MARK, "")
NEEDS_FONT = pytest.mark.skipif(find_font() is None, reason="no font with Chinese characters is on this computer")
TITLES = {
    "four characters": "校友返校",
    "sixty characters": "样例校友会关于举办校友返校日系列活动的通知，内容包括报名方式、交通路线、"
    "住宿安排以及各地校友会转发事项，敬请留意并互相转告",
    "English": "Fifty-two Fridays, one place: a year under the plane trees",
    "far too long": "很长的题目" * 60,
    "pictograms": "返校日🎉",
}


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fonts, "FOLDERS", ())
    yield


def drawn(title: str, style: Style = STYLE, kicker: str = "新闻") -> Image.Image:
    maker = CardMaker()
    still = maker.card(kicker, title, "样例校友会", style)
    content = maker.draw(still.variants[0])
    assert remarks(content) == set()
    return Image.open(io.BytesIO(content)).convert("RGB")


def white(picture: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where words stand within a box."""
    return picture.crop(box).convert("L").point([255 if value > 200 else 0 for value in range(256)]).getbbox()


@NEEDS_FONT
@pytest.mark.parametrize("case", TITLES)
def test_a_title_stands_within_its_card(case: str) -> None:
    picture = drawn(TITLES[case])
    assert picture.size == SIZE
    assert picture.getpixel((3, 3)) == BRAND
    words = white(picture, (0, 140, 1200, 500))
    assert words is not None
    left, top, right, bottom = words
    assert left >= 80
    assert right <= 1200 - 80
    assert bottom - top >= 44
    assert picture.getpixel((84 + 36, 530 + 36)) == (255, 215, 0), "the mark in its own colour"


@NEEDS_FONT
def test_another_title_brand_mark_or_font_is_another_card(tmp_path: Path) -> None:
    copy = tmp_path / "copy.ttc"
    font = find_font()
    assert font is not None
    copy.write_bytes(Path(font.path).read_bytes()[:70_000])
    styles: list[Style] = [STYLE, ("#0B4A8F", *STYLE[1:]), (*STYLE[:2], MARK + b" ", ""), (*STYLE[:3], str(copy))]
    paths = [CardMaker().card("新闻", "校友返校", "会", style).path for style in styles]
    paths.append(CardMaker().card("新闻", "校友返校日", "会", STYLE).path)
    assert len(set(paths)) == 5
    assert CardMaker().card("新闻", "校友返校", "会", STYLE).path == paths[0]


@NEEDS_FONT
def test_a_title_that_the_font_cannot_say_is_left_out_and_never_a_row_of_boxes() -> None:
    font = find_font()
    assert font is not None
    assert has_glyph(font, "校")
    assert not has_glyph(font, "\U0001f9ff")
    assert not has_glyph(font, "\U00012000")
    assert white(drawn("\U00012000\U00012001", kicker=""), (0, 0, 1200, 500)) is None


@NEEDS_FONT
def test_the_same_words_are_the_same_bytes() -> None:
    makers = [CardMaker(), CardMaker()]
    first, second = (maker.draw(maker.card("新闻", "校友返校", "会", STYLE).variants[0]) for maker in makers)
    assert first == second


@pytest.mark.usefixtures("no_fonts")
def test_without_a_font_a_card_shows_the_mark_alone_and_one_serves_all() -> None:
    maker = CardMaker()
    one, other = maker.card("新闻", "校友返校", "会", STYLE), maker.card("", "另一题", "会", STYLE)
    assert maker.lacks_font
    assert one == other
    picture = drawn("校友返校")
    assert white(picture, (0, 0, 1200, 120)) is None
    assert (255, 215, 0) in {color for _, color in picture.getcolors(256) or []}
    assert font_stamp() == ""


@pytest.mark.parametrize("chosen", ["/nowhere/font.otf"])
def test_a_chosen_font_that_is_not_there_is_no_font(chosen: str) -> None:
    assert find_font(chosen) is None


def test_the_first_of_the_known_fonts_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path), "$NOT_SET/Fonts"))
    for name in ("simsun.ttc", "deep/er/NotoSansCJK-Bold.ttc", "other.ttf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"font")
    found = find_font()
    assert found is not None
    assert (Path(found.path).name, found.family) == ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC")
    before = found.digest
    Path(found.path).write_bytes(b"tnof")
    assert find_font() != found
    Path(found.path).write_bytes(b"font")
    assert find_font() == found
    assert before == found.digest
    assert font_stamp().startswith(found.path)
