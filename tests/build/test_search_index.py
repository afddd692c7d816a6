"""The search index: of what is published and nothing else, made anew when a page says something else, and the same every time."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CONFIG, Workshop
from indexes import FOLDER, pages_of, unpacked
from outcome import Run
from samples import entry, plain, story

import sitegen.build.search
from sitegen.build.pagefind import make_index
from sitegen.formats.search_sheet import search_sheet
from sitegen.problems import SiteError

PAGE = """\
-- templates/news.html --
<!DOCTYPE html>
<html lang="{{ site.locale }}"><head><title>{{ page.title }}</title>
<meta property="search:year" content="{{ page.date.year }}"></head>
<body><p>{{ site.title }}</p><main id="main" data-pagefind-body><h1>{{ page.title }}</h1>{{ page.content }}</main></body></html>
-- templates/search.html --
<!DOCTYPE html><title>Search</title>{{ site.search or "no search" }}
"""


@pytest.fixture
def site(workshop: Workshop) -> Workshop:
    plain(workshop, "search: true\n").write(PAGE + story("a.zh", "title: 甲", "示范文字") + story("b.zh", "title: 乙", "别的文字"))
    return workshop.write(entry("news/a.en", "title: First", "Mentoring students."))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every index that is made."""
    counted: list[int] = []

    def count(sheets: object) -> object:
        counted.append(1)
        return make_index(sheets)  # type: ignore[arg-type]

    monkeypatch.setattr(sitegen.build.search, "make_index", count)
    return counted


@pytest.fixture
def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes Pagefind look as if it were not installed."""
    find_spec = importlib.util.find_spec

    def hide() -> None:
        monkeypatch.setattr("sitegen.config.find_spec", lambda name: None if name == "pagefind_bin" else find_spec(name))

    return hide


def index(site: Workshop) -> dict[str, bytes]:
    return {file: content for file, content in site.files().items() if file.startswith(FOLDER)}


def test_what_is_published_is_in_the_index(site: Workshop) -> None:
    site.build()
    pages = pages_of(site.files())
    assert sorted(pages) == ["/en/news/2026/a/", "/news/2026/a/", "/news/2026/b/"]
    assert "示 范 文 字" in pages["/news/2026/a/"]["content"]
    assert pages["/en/news/2026/a/"]["meta"]["title"] == "First"
    assert "Sample Alumni" not in pages["/en/news/2026/a/"]["content"], "what stands around the text is no part of it"
    assert {file.rpartition("/")[2] for file in index(site)} >= {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"}
    assert not [file for file in index(site) if "ui" in file]
    assert site.read("search/index.html").endswith("/pagefind/")


HIDDEN = {
    "draft": "status: draft",
    "embargoed": "publish_date: 2026-12-01",
    "expired": "expiry_date: 2026-11-01",
    "withdrawn": "status: withdrawn",
}


@pytest.mark.parametrize("mode", HIDDEN)
def test_what_is_hidden_again_leaves_the_index(site: Workshop, mode: str) -> None:
    site.write(story("c.zh", "title: Kanari", "kanariword")).build()
    told = b"".join(unpacked(site.files()).values())
    assert b"kanariword" in told
    assert "/news/2026/c/" in pages_of(site.files())
    site.write(story("c.zh", f"title: Kanari\n{HIDDEN[mode]}", "kanariword")).build()
    assert b"anari" not in b"".join(unpacked(site.files()).values())
    assert "/news/2026/c/" not in pages_of(site.files())
    assert [
        path for path in (site.root / "public/pagefind/fragment").iterdir() if f"{FOLDER}fragment/{path.name}" not in index(site)
    ] == []


def test_the_same_pages_give_the_same_bytes(site: Workshop, make_workshop: Callable[[], Workshop]) -> None:
    """Pagefind reads a folder in the order of the disk, and writes filters in the order of chance: it is given neither."""
    for number in range(40):
        site.write(story(f"more-{number}.zh", f"title: 第{number}篇", "文字" * number, date=f"{2000 + number % 27}-01-01"))
    site.build()
    again = make_workshop()
    plain(again, "search: true\n").write(PAGE)
    for path in sorted((site.root / "content").rglob("*.md"), reverse=True):
        again.write(f"-- {path.relative_to(site.root)} --\n{path.read_text(encoding='utf-8')}")
    again.build(jobs=2)
    assert index(again) == index(site)


CHANGES = {
    "nothing": ("", 0),
    "a word of a page": (story("a.zh", "title: 甲", "另外的文字"), 1),
    "a title": (story("a.zh", "title: 丙", "示范文字"), 1),
    "a new page": (story("c.zh", "title: 丙"), 1),
    "what stands around the text": ("-- config.yaml --\n" + CONFIG.replace("样例", "例样") + "theme: plain\nsearch: true\n", 0),
    "a page that is not searched": (entry("chapters/x", "title: X\ntype: regional\nstatus: active"), 0),
    "a draft": (story("c.zh", "title: 丙\nstatus: draft"), 0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_index_is_made_when_what_is_searched_has_changed(site: Workshop, made: list[int], change: str) -> None:
    files, expected = CHANGES[change]
    site.build()
    del made[:]
    site.write(files).build()
    assert len(made) == expected
    incremental = site.files()
    site.build(clean=True)
    assert site.files() == incremental


def test_an_index_that_somebody_has_damaged_is_made_again(site: Workshop) -> None:
    site.build()
    before = index(site)
    for file in list(before)[:3]:
        (site.root / "public" / file).write_bytes(b"damaged")
    (site.root / "public" / list(before)[4]).unlink()
    site.build()
    assert index(site) == before


def test_a_text_that_changes_is_found_at_once(run: Run, site: Workshop) -> None:
    """By the command, whose quick ways leave alone what has not changed."""
    for text in ("初稿", "二稿"):
        site.write(story("a.zh", "title: 甲", text))
        assert run("build", "-q", "--now", "2026-11-22T12:00+08:00").code == 0
        assert text[0] in pages_of(site.files())["/news/2026/a/"]["content"]


def test_without_pagefind_the_build_says_so_and_nothing_is_left_of_search(
    site: Workshop, without_pagefind: Callable[[], None]
) -> None:
    site.build()
    (site.root / "public/pagefind/of-somebody.txt").write_text("precious")
    without_pagefind()
    assert site.problems(clean=True) == [
        "config.yaml:6:1: W106: the pages have no search: Pagefind, which makes its index, is not installed"
    ]
    assert list(index(site)) == [f"{FOLDER}of-somebody.txt"]
    assert site.read("search/index.html").endswith("no search")
    assert "wasm" not in site.read("_headers")


def test_a_site_that_does_not_ask_for_search_has_none(workshop: Workshop, without_pagefind: Callable[[], None]) -> None:
    without_pagefind()
    plain(workshop).write(PAGE + story("a.zh"))
    assert workshop.problems() == []
    assert index(workshop) == {}


def test_clean_removes_the_index(run: Run, site: Workshop) -> None:
    site.build()
    assert run("clean").code == 0
    assert not (site.root / "public").exists()


def test_a_site_with_nothing_to_search_builds(workshop: Workshop) -> None:
    plain(workshop, "search: true\n")
    assert workshop.problems() == []
    assert index(workshop) == {}


def test_a_program_that_fails_is_named_and_the_last_output_stays(
    site: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    before = site.files()
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: broken)
    with pytest.raises(SiteError, match="search index cannot be made") as caught:
        site.write(story("c.zh", "title: 丙")).build()
    assert [problem.code.value for problem in caught.value.problems] == ["E062"]
    assert site.files() == before


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>示范，AI时代</p>", "<p> 示  范  ， AI 时  代 </p>"),
        ("<p>在<a href='/中/'>杭州</a>见</p>", "<p> 在 <a href='/中/'> 杭  州 </a> 见 </p>"),
        ("<p>Plain words</p>", "<p>Plain words</p>"),
        ("<p>一<svg viewBox='0 0 1 1'><path d='M0'/></svg>二</p>", "<p> 一  二 </p>"),
    ],
)
def test_every_chinese_character_of_a_sheet_is_a_word(html: str, text: str) -> None:
    sheet = search_sheet(f'<html lang="zh"><head></head><body><main data-pagefind-body>{html}</main></body></html>')
    assert f"<main data-pagefind-body>{text}<p></p></main>" in sheet


@pytest.mark.parametrize("page", ["", "<html><body><main>x</main></body></html>", "<p data-pagefind-body>x</p>"])
def test_a_page_without_a_body_to_search_has_no_sheet(page: str) -> None:
    assert search_sheet(page) == ""
