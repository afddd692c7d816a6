"""The list of chapters: every chapter once in the tree of its type, and by country and city."""

from __future__ import annotations

import re

import pytest
from conftest import Workshop
from samples import entry


def chapter(name: str, kind: str = "regional", parent: str = "", region: str = "") -> str:
    fields = [f"title: {name}", f"type: {kind}", "status: active"]
    fields += [f"parent: {parent}"] if parent else []
    fields += [f"region: {{{region}}}"] if region else []
    return entry(f"chapters/{name}", "\n".join(fields))


FILES = (
    chapter("top")
    + chapter("middle", parent="top")
    + chapter("lowest", parent="middle")
    + chapter("abroad", kind="overseas", parent="top", region="country: GB, city: London, geo: [51.5, -0.1]")
    + chapter("harbour", region="country: HK, city: 香港, geo: [22.3, 114.2]")
    + chapter("lake", region="country: CN, city: 杭州, geo: [30, 120]")
    + chapter("lake-two", kind="joint", region="country: CN, city: 杭州")
    + "".join(entry(f"chapters/{name}.en", f"title: {name} in English") for name in ("abroad", "harbour", "lake"))
    + chapter("nowhere", region="country: CN, city: 未定")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("chapters")).write(FILES)
    workshop.build()
    return workshop


def part(page: str, start: str, end: str) -> str:
    return page[page.index(start) : page.index(end, page.index(start))]


def names(html: str) -> list[str]:
    return re.findall(r'href="/chapters/([\w-]+)/"', html)


def test_a_chapter_stands_below_its_parent_of_the_same_type(site: Workshop) -> None:
    regional = part(site.read("chapters/index.html"), 'id="axis-regional"', "</section>")
    found = names(regional)
    assert found[found.index("top") :][:3] == ["top", "middle", "lowest"]
    assert 'crow--1"' in regional
    assert 'crow--2"' in regional


def test_a_chapter_whose_parent_is_of_another_type_is_not_lost(site: Workshop) -> None:
    assert names(part(site.read("chapters/index.html"), 'id="axis-overseas"', "</section>")) == ["abroad"]


def test_every_chapter_of_a_city_stands_with_it_and_is_one_dot(site: Workshop) -> None:
    page = site.read("chapters/index.html")
    city = part(page, "<dt>杭州</dt>", "</div>")
    assert names(city) == ["lake", "lake-two"]
    assert page.count("<title>杭州</title>") == 1
    dot = re.search(r'<circle class="map__dot" cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+"><title>杭州', page)
    assert dot is not None
    assert (float(dot[1]), float(dot[2])) == (150, 54)


def test_a_city_without_co_ordinates_is_listed_and_has_no_dot(site: Workshop) -> None:
    page = site.read("chapters/index.html")
    assert "<dt>未定</dt>" in page
    assert "<title>未定</title>" not in page


@pytest.mark.parametrize(
    ("prefix", "territories"), [("", ["中国", "英国", "中国香港"]), ("en/", ["China", "United Kingdom", "Hong Kong, China"])]
)
def test_territories_have_the_names_of_the_catalog(site: Workshop, prefix: str, territories: list[str]) -> None:
    found = re.findall(r'<h3 id="territory-\d+">(.*?)</h3>', site.read(f"{prefix}chapters/index.html"))
    assert found == territories
