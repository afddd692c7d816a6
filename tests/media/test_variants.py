"""Which files a picture is made into: sizes, cuts and names, without looking at a pixel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.media.pictures import ANIMATED, DRAWING, FLAT, LETTERED, PHOTOGRAPH, TRANSPARENT, Measured
from sitegen.media.variants import cut, fitting, picture_of, still_of

SIDES = st.integers(1, 12_000)
PLACES = st.floats(0, 1)
RATIOS = st.sampled_from(["1:1", "3:2", "4:3", "16:9", "4:5", "40:21"])


def photograph(width: int = 4000, height: int = 3000, sort: str = PHOTOGRAPH, digest: str = "00" * 16) -> Measured:
    return Measured(digest, width, height, sort)


@pytest.mark.parametrize(
    ("own", "wanted", "given"),
    [
        (4000, (480, 800), (480, 800)),
        (800, (480, 800), (480, 800)),
        (799, (480, 800), (480, 799)),
        (500, (480, 800), (500,)),
        (100, (480, 800), (100,)),
        (1600, (800, 480, 800), (480, 800)),
        (1, (480,), (1,)),
    ],
)
def test_the_widths_of_a_picture(own: int, wanted: tuple[int, ...], given: tuple[int, ...]) -> None:
    assert fitting(wanted, own) == given


@given(SIDES, st.lists(SIDES, min_size=1, max_size=6).map(tuple))
def test_nothing_is_enlarged_and_something_is_always_left(own: int, wanted: tuple[int, ...]) -> None:
    found = fitting(wanted, own)
    assert found
    assert list(found) == sorted(set(found))
    assert found[-1] == min(own, max(wanted))


@given(SIDES, SIDES, RATIOS, st.none() | st.tuples(PLACES, PLACES))
def test_a_cut_is_the_largest_part_of_its_ratio_and_holds_the_focal_point(
    width: int, height: int, ratio: str, focal: tuple[float, float] | None
) -> None:
    left, top, right, bottom = cut(width, height, ratio, focal)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == width or bottom - top == height
    across, down = map(int, ratio.split(":"))
    assert abs((right - left) * down - (bottom - top) * across) <= max(across, down), "off by less than a pixel"
    x, y = focal or (0.5, 0.5)
    assert left - 1 <= x * width <= right + 1
    assert top - 1 <= y * height <= bottom + 1


@pytest.mark.parametrize(
    ("focal", "box"),
    [
        (None, (500, 0, 1500, 1000)),
        ((0.5, 0.5), (500, 0, 1500, 1000)),
        ((0.4, 0.9), (300, 0, 1300, 1000)),
        ((0.0, 0.0), (0, 0, 1000, 1000)),
        ((1.0, 1.0), (1000, 0, 2000, 1000)),
    ],
)
def test_a_square_out_of_a_wide_picture(focal: tuple[float, float] | None, box: tuple[int, int, int, int]) -> None:
    assert cut(2000, 1000, "1:1", focal) == box


FORMS = {
    PHOTOGRAPH: ["image/avif", "image/webp", "image/jpeg"],
    TRANSPARENT: ["image/avif", "image/webp"],
    FLAT: ["image/webp", "image/png"],
    ANIMATED: ["", "image/webp"],
    DRAWING: ["image/svg+xml"],
    LETTERED: ["image/svg+xml"],
}


@pytest.mark.parametrize("sort", FORMS)
def test_the_formats_of_each_sort(sort: str) -> None:
    assert [each.media_type for each in picture_of("/media/a.x", photograph(sort=sort)).candidates] == FORMS[sort]


STILLS = {PHOTOGRAPH: "image/jpeg", TRANSPARENT: "image/jpeg", FLAT: "image/png", ANIMATED: "image/jpeg", DRAWING: "image/jpeg"}


@pytest.mark.parametrize("sort", STILLS)
def test_every_sort_has_one_file_for_all_programs_but_a_drawing_with_words(sort: str) -> None:
    still = still_of("/media/a.x", photograph(sort=sort))
    assert still is not None
    assert still.media_type == STILLS[sort]
    assert still_of("/media/a.svg", photograph(sort=LETTERED)) is None


def test_a_name_says_what_its_file_holds() -> None:
    one = picture_of("/media/gate.jpg", photograph(), "3:2")
    names = [variant.path for variant in one.variants]
    assert len(set(names)) == 12
    assert all(name.startswith("/media/gate.") for name in names)
    assert names[0].endswith("-480.avif")
    assert (one.width, one.height) == (1600, 1067)
    others = [
        picture_of("/media/gate.jpg", photograph(digest="11" * 16), "3:2"),
        picture_of("/media/gate.jpg", photograph(), "4:5"),
        picture_of("/media/gate.jpg", photograph(), "3:2", (0.5, 0.1)),
    ]
    for other in others:
        assert not set(names) & {variant.path for variant in other.variants}
        assert not {variant.key for variant in one.variants} & {variant.key for variant in other.variants}


def test_what_is_the_same_picture_is_one_file() -> None:
    """The same bytes under another name, a focal point that changes nothing, the same file in two places of a page."""
    one, other = picture_of("/media/a.jpg", photograph()), picture_of("/media/b.jpg", photograph())
    assert [each.key for each in one.variants] == [each.key for each in other.variants]
    assert picture_of("/media/a.jpg", photograph(), "", (0.1, 0.1)) == one
    still = still_of("/media/a.jpg", photograph())
    assert still is not None
    assert still.path in {variant.path for variant in one.variants}


def test_another_library_gives_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.media import variants

    before = picture_of("/media/a.jpg", photograph())
    monkeypatch.setattr(variants, "_makers", lambda sort: "pillow 99")
    after = picture_of("/media/a.jpg", photograph())
    assert not {each.key for each in before.variants} & {each.key for each in after.variants}
    assert before.path != after.path
