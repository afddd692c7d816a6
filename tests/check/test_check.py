"""`sitegen check`: links inside the output, translations, unused files; and the site itself passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Workshop

from sitegen.check.links import check_links
from sitegen.check.whole import check_site

PAGES = {
    "index.html": '<a href="/a/">a</a> <a href="a/#part">b</a> <img src="/m.svg" alt="" srcset="/m.svg 1x, /n.svg 2x">',
    "a/index.html": '<h2 id="part">x</h2> <a href="../">up</a> <a href="https://elsewhere.example/">out</a> <a href="#part">p</a>',
    "m.svg": "",
    "n.svg": "",
}


def complaints(folder: Path, pages: dict[str, str]) -> list[str]:
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    problems, _ = check_links(folder, list(pages), "https://alumni.example.edu/", {"index.html": "content/x.md"})
    return [f"{problem.span.line}:{problem.message}" for problem in problems]


def test_good_links_are_no_problem(tmp_path: Path) -> None:
    assert complaints(tmp_path, PAGES) == []


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        ('<a href="/b/">', "the link /b/ leads nowhere"),
        ('<a href="b.html">', "the link b.html leads nowhere"),
        ('<a href="/a">', "the link /a needs a slash at its end"),
        ('<a href="/a/#none">', "the link /a/#none names #none, which that page does not have"),
        ('<img src="/x.png" alt="">', "the link /x.png leads nowhere"),
        ('<img src="/m.svg" srcset="/x.png 2x" alt="">', "the link /x.png leads nowhere"),
        ('<a href="https://alumni.example.edu/b/">', "the link https://alumni.example.edu/b/ leads nowhere"),
        ('<link rel="stylesheet" href="/x.css">', "the link /x.css leads nowhere"),
    ],
)
def test_a_broken_link_is_named_with_its_line(tmp_path: Path, link: str, complaint: str) -> None:
    assert complaints(tmp_path, PAGES | {"index.html": f"\n\n{link}"}) == [f"3:{complaint}"]


def test_a_link_of_an_author_to_a_page_that_is_not_there_is_found(workshop: Workshop) -> None:
    workshop.write("-- content/pages/a.zh.md --\n---\ntitle: 一\n---\n[去](/nowhere/)")
    problems, _ = check_site(workshop.options)
    broken = [problem for problem in problems if problem.code == "E070"]
    assert [problem.message for problem in broken] == ["the link /nowhere/ leads nowhere"]
    assert "content/pages/a.zh.md" in broken[0].hint


def test_missing_translations_and_unused_files_are_told(workshop: Workshop) -> None:
    workshop.write("-- content/pages/a.zh.md --\n---\ntitle: 一\n---\n")
    (workshop.root / "content/media").mkdir()
    (workshop.root / "content/media/old.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    problems, figures = check_site(workshop.options)
    told = {(problem.code.value, problem.span.path) for problem in problems}
    assert ("W103", "content/pages/a.zh.md") in told
    assert ("W104", "content/media/old.svg") in told
    assert "links inside the site" in figures


def test_a_check_leaves_nothing_behind(workshop: Workshop) -> None:
    workshop.write("-- content/pages/a.zh.md --\n---\ntitle: 一\n---\n")
    check_site(replace(workshop.options, strict=False))
    assert not (workshop.root / "public").exists()
