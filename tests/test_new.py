"""`sitegen new` writes entries of every kind that can be built; `--base-url` carries a site below a path."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CONFIG, Run, Workshop
from samples import entry, load, story

from sitegen.content.kinds import BUILT_IN
from sitegen.problems import SiteError
from sitegen.site.visibility import Policy
from sitegen.starter import new_entry

CHAPTER = entry("chapters/hangzhou", "title: 杭州\ntype: regional\nstatus: active")


def new(workshop: Workshop, kind: str, title: str, language: str | None = None, chapter: str | None = None) -> str:
    return new_entry(workshop.options, kind, title, language, chapter)


def test_a_new_entry_of_any_kind_is_a_draft_that_builds(workshop: Workshop) -> None:
    paths = {kind.name: new(workshop, kind.name, "返校日 2027") for kind in BUILT_IN}
    assert all(path.endswith("fan-xiao-ri-2027.md") for path in paths.values())
    assert [each.verdict.reason for each in load(workshop).site.withheld] == ["draft"] * len(BUILT_IN)
    assert workshop.problems(policy=Policy(drafts=True)) == []
    pages = [
        file
        for file, content in workshop.files().items()
        if "fan-xiao-ri-2027/index.html" in file and "返校日 2027" in content.decode()
    ]
    assert len(pages) == len(BUILT_IN)


def test_a_new_entry_is_published_as_its_last_line_says(workshop: Workshop) -> None:
    for kind in BUILT_IN:
        path = workshop.root / new(workshop, kind.name, "返校日")
        text = path.read_text(encoding="utf-8")
        (line,) = re.findall(r"^status: .*# .*$\n", text, re.MULTILINE)
        path.write_text(text.replace(line, "") if "delete" in line else text.replace("draft", "active"), encoding="utf-8")
    assert workshop.problems() == []
    assert not load(workshop).site.withheld


@pytest.mark.parametrize(
    ("kind", "title", "language", "expected"),
    [
        ("news", "返校日", None, "content/news/2026-11-22-fan-xiao-ri.md"),
        ("news", "Homecoming", "en", "content/news/2026-11-22-homecoming.en.md"),
        ("event", "Émile’s café", None, "content/events/emile-s-cafe.md"),
        ("events", "返校日", None, "content/events/fan-xiao-ri.md"),
        ("people", "曾样本", None, "content/people/zeng-yang-ben.md"),
        ("page", "…", None, "content/pages/untitled.md"),
    ],
)
def test_the_name_of_a_new_file(workshop: Workshop, kind: str, title: str, language: str | None, expected: str) -> None:
    assert new(workshop, kind, title, language) == expected


TITLES = [
    "\"quoted\" and 'so'",
    "a: b",
    "# hash",
    "- dash",
    "{brace}",
    "[x]",
    "null",
    "12:30",
    "a\\b",
    "🎓",
    "全角：冒号",
    "<b>&amp;",
    "%YAML",
]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_kept_as_typed(workshop: Workshop, title: str) -> None:
    new(workshop, "page", title)
    (withheld,) = load(workshop).site.withheld
    assert withheld.card.title == title


def test_a_new_event_belongs_to_its_chapter(workshop: Workshop) -> None:
    new(workshop.write(CHAPTER), "event", "Forum", chapter="hangzhou")
    (withheld,) = load(workshop).site.withheld
    assert withheld.card.fields["chapters"] == ["hangzhou"]


@pytest.mark.parametrize("chapter", ["hangzou", "/etc", "*", "../chapters/hangzhou"])
def test_a_chapter_that_is_none_is_refused(workshop: Workshop, chapter: str) -> None:
    with pytest.raises(SiteError) as caught:
        new(workshop.write(CHAPTER), "event", "Forum", chapter=chapter)
    assert caught.value.exit_code == 2
    assert not (workshop.root / "content/events").exists()


def test_nothing_is_overwritten(workshop: Workshop) -> None:
    path = workshop.root / new(workshop, "page", "About us")
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(SiteError, match="is there already"):
        new(workshop, "page", "About  Us!")
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    "base", ["https://www.example.edu/alumni/", "https://www.example.edu/alumni", "http://localhost:8000/a/b/"]
)
def test_below_a_path_every_link_carries_it(workshop: Workshop, base: str) -> None:
    files = (
        CHAPTER
        + story(
            "a.zh",
            "chapters: [hangzhou]\ntags: [music]\naliases: [/old/]\ncover: {src: /media/gate.svg, alt: Gate}",
            "[all](/news/) [here](chapter:hangzhou) ![Gate](/media/gate.svg)",
        )
        + entry("news/a.en", "title: A")
        + entry("events/b", "title: B\nstart: 2026-12-01 09:00\nend: 2026-12-01 10:00")
        + "-- content/media/gate.svg --\n"
        + '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
    )
    workshop.write(files).build(base_url=base)
    origin, path = re.match(r"(https?://[^/]+)(/.*?)/?\Z", base).groups()  # type: ignore[union-attr]
    count = 0
    for file, content in workshop.files().items():
        if file.endswith(".html"):
            for address in addresses(content.decode()):
                if address.startswith("/"):
                    count += 1
                    assert address.startswith(f"{path}/"), f"{file}: {address}"
                    assert not address.startswith(f"{path}{path}"), f"{file}: {address}"
                assert "alumni.example.edu/" not in address
                assert not address.startswith(origin) or address.startswith(f"{origin}{path}/"), f"{file}: {address}"
        if file.endswith((".css", ".js")):
            assert not re.findall(rb"url\(\s*['\"]?/", content), file
    assert count > 1_000
    assert Path(workshop.root / "public/index.html").is_file()


def addresses(html: str) -> list[str]:
    found = re.findall(r'(?:href|src|action|poster|data-[a-z-]+)="([^"]*)"', html)
    return found + re.findall(r'http-equiv="refresh" content="0; ?url=([^"]*)"', html)


def test_a_base_address_must_be_one(workshop: Workshop) -> None:
    for base in ("alumni.example.edu", "ftp://example.edu/", "https://example.edu/?a", "javascript:alert(1)"):
        with pytest.raises(SiteError) as caught:
            load(workshop, story("a"), base_url=base)
        assert caught.value.exit_code == 2, base
    assert replace(workshop.options, base_url=None).base_url is None


def test_a_new_theme_looks_like_the_one_it_extends(workshop: Workshop, run: Run) -> None:
    workshop.write("-- content/news/a.md --\n---\ntitle: A\ndate: 2026-11-01\nsection: notices\n---\n").build()
    before = workshop.read("news/2026/a/index.html")
    outcome = run("new", "theme", "quiet")
    assert outcome.code == 0
    assert "themes/quiet/theme.yaml" in outcome.out + outcome.err
    workshop.write(f"-- config.yaml --\n{CONFIG}theme: quiet\n").build()
    (styles,) = [path for path in workshop.files() if path.startswith("assets/quiet.")]
    link = f'<link rel="stylesheet" href="/{styles}">'
    for page in ("news/2026/a/index.html", "404.html"):
        assert link in workshop.read(page)
    assert workshop.read("news/2026/a/index.html").replace(link, "") == before


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("beacon", "already"), ("../x", "cannot be called"), ("two words", "cannot be called"), (None, "cannot be called")],
)
def test_a_theme_is_not_begun_under_a_name_that_cannot_be(workshop: Workshop, run: Run, name: str | None, complaint: str) -> None:
    outcome = run("new", "theme", *([name] if name else []))
    assert outcome.code == 2
    assert complaint in outcome.err
    assert not (workshop.root / "themes").exists()
