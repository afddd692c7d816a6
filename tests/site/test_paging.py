"""Listings in pages: nothing lost, nothing twice, and old pages stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from conftest import CONFIG, Workshop
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import story

from sitegen.site.paging import Sheet, chunks, sheet, sheet_count, sheet_numbers

COUNTS, SIZES = st.integers(0, 400), st.integers(1, 50)


def sheets(items: Sequence[int], size: int) -> list[Sheet[int]]:
    """All pages of a listing, newest first."""
    return [sheet(items, size, number) for number in sheet_numbers(len(items), size)]


def newest_first(count: int) -> range:
    return range(count, 0, -1)


@settings(deadline=None)
@given(COUNTS, SIZES)
def test_the_pages_hold_every_item_once_in_order(count: int, size: int) -> None:
    assert [item for page in sheets(newest_first(count), size) for item in page.items] == list(newest_first(count))


@settings(deadline=None)
@given(COUNTS, SIZES)
def test_page_one_is_the_oldest_and_only_the_newest_page_is_not_full(count: int, size: int) -> None:
    newest, *older = sheets(newest_first(count), size)
    assert [page.number for page in older] == list(range(len(older), 0, -1))
    assert all(len(page.items) == size for page in older)
    assert all(list(page.items) == list(range(page.number * size, (page.number - 1) * size, -1)) for page in older if page.number)
    assert newest.number is None
    assert len(newest.items) == count if not older else size <= len(newest.items) < 2 * size


@settings(deadline=None)
@given(COUNTS, SIZES)
def test_a_new_item_changes_the_items_of_two_pages_at_most(count: int, size: int) -> None:
    before = {page.number: list(page.items) for page in sheets(newest_first(count), size)}
    after = {page.number: list(page.items) for page in sheets(newest_first(count + 1), size)}
    assert sum(before.get(number) != items for number, items in after.items()) <= 2
    assert before.keys() <= after.keys()


@settings(deadline=None)
@given(COUNTS, SIZES)
def test_every_page_is_reached_from_the_newest_and_back(count: int, size: int) -> None:
    pages = {page.number: page for page in sheets(newest_first(count), size)}
    down: list[int | None] = [None]
    while pages[down[-1]].older:
        down.append(pages[down[-1]].older)
    up = [down[-1]]
    while up[-1] is not None:
        up.append(pages[up[-1]].newer)
    assert down == up[::-1] == list(pages)
    assert sheet_count(count, size) == len(pages)


@settings(deadline=None)
@given(st.lists(st.integers()), SIZES)
def test_parts_of_a_roll_hold_every_row_once(rows: list[int], size: int) -> None:
    parts = chunks(rows, size)
    assert [row for part in parts for row in part] == rows
    assert parts
    assert all(len(part) == size for part in parts[:-1])


def listing(workshop: Workshop, count: int) -> dict[str, str]:
    """The pages of the news of a site with so many stories, two a page, by their address."""
    workshop.write(
        f"-- config.yaml --\n{CONFIG}paginate: 2\n" + "".join(story(f"s{n}", date=f"2026-01-{n:02}") for n in range(1, count + 1))
    )
    workshop.build()
    public = workshop.root / "public/news"
    return {
        path.parent.relative_to(public).as_posix(): path.read_text()
        for path in [public / "index.html", *public.glob("page/*/*.html")]
    }


@pytest.mark.parametrize("count", [6, 7], ids=["the newest page has room", "the newest page overflows"])
def test_a_new_story_rewrites_two_pages_of_a_built_listing(make_workshop: Callable[[], Workshop], count: int) -> None:
    before, after = listing(make_workshop(), count), listing(make_workshop(), count + 1)
    changed = [address for address, page in after.items() if before.get(address) != page]
    # A new page is one more: the page that was the last before it gains a link to it.
    assert len(changed) <= (2 if len(after) == len(before) else 3)
    assert before.keys() <= after.keys()


def test_a_listing_is_walked_by_its_links(workshop: Workshop) -> None:
    pages = listing(workshop, 7)
    assert set(pages) == {".", "page/1", "page/2"}
    assert 'rel="next" href="/news/page/2/"' in pages["."]
    assert 'rel="prev"' not in pages["."]
    assert 'rel="next" href="/news/page/1/"' in pages["page/2"]
    assert 'rel="prev" href="/news/"' in pages["page/2"]
    assert 'rel="prev" href="/news/page/2/"' in pages["page/1"]
    assert 'rel="next"' not in pages["page/1"]
