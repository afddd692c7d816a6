"""The press behind the preview: what it looks at, and when it tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Workshop

from sitegen.build.publish import publish
from sitegen.preview.edition import Press

FILES = """
-- content/news/a.md --
---
title: Ay
date: 2026-01-01
section: association
---
The first text.

-- content/news/b.md --
---
title: Bee
date: 2026-01-02
section: association
---
The second text.
"""
A, B = "content/news/a.md", "content/news/b.md"


@pytest.fixture
def press(workshop: Workshop) -> Press:
    printed = Press(workshop.write(FILES).options)
    printed.print()
    return printed


def edit(workshop: Workshop, path: str) -> None:
    source = workshop.root / path
    source.write_text(source.read_text(encoding="utf-8").replace(" text.", " words."), encoding="utf-8")


def page(workshop: Workshop, name: str) -> str:
    return workshop.read(f"news/2026/{name}/index.html")


def test_open_pages_are_told_once_and_find_the_new_text(workshop: Workshop, press: Press) -> None:
    heard: list[str] = []
    press.subscribe(lambda: heard.append(page(workshop, "a")))
    edit(workshop, A)
    press.print(changed={A})
    assert ["The first words." in each for each in heard] == [True]
    assert press.print(changed={A}) == press.edition
    assert len(heard) == 1, "nothing was new"


def test_what_events_missed_is_found_when_all_is_looked_at(workshop: Workshop, press: Press) -> None:
    edit(workshop, A)
    edit(workshop, B)
    press.print(changed={A})
    assert "The first words." in page(workshop, "a")
    press.print()
    assert "The second words." in page(workshop, "b")


def test_what_a_preview_leaves_is_what_a_build_would_leave(workshop: Workshop, press: Press) -> None:
    edit(workshop, A)
    edit(workshop, B)
    press.print(changed={B})
    publish(workshop.options)
    left = workshop.files()
    publish(replace(workshop.options, clean=True))
    assert workshop.files() == left


@pytest.mark.parametrize(
    ("path", "remains"), [("content/news/c.md", True), ("content/news/b.md", False)], ids=["a new file", "a deleted file"]
)
def test_what_comes_or_goes_is_seen(workshop: Workshop, press: Press, path: str, remains: bool) -> None:
    source = workshop.root / path
    if remains:
        source.write_text((workshop.root / A).read_text(encoding="utf-8"), encoding="utf-8")
    else:
        source.unlink()
    press.print(changed={path})
    assert Path(workshop.root / f"public/news/2026/{source.stem}/index.html").exists() is remains


def test_a_lost_output_is_made_again(workshop: Workshop, press: Press) -> None:
    for path in sorted((workshop.root / "public").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    edit(workshop, A)
    press.print(changed={A})
    assert "The second text." in page(workshop, "b")
