"""Nothing that a page is made from refers to itself: while a site is built, such garbage would stay in memory."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from conftest import Workshop
from samples import entry, plain, story

import sitegen.build.production as production

BODY = "A [link](/news/s0.md).\n\n![Gate](/media/gate.svg)\n\n:::quote\nWords.\n:::\n"


def left_by_rendering(folder: Path, stories: int, patch: pytest.MonkeyPatch) -> int:
    """How many objects only a search finds to be garbage, once all pages of so many stories and events are rendered."""
    folder.mkdir()
    site = plain(Workshop(folder), "feeds: {full_text: true}\n").write(
        "-- templates/blocks/quote.html --\n<q>{{ content }}</q>\n"
        '-- content/media/gate.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>\n'
        + "".join(story(f"s{number}", body=BODY) for number in range(stories))
        + "".join(
            entry(f"events/e{number}", f"title: E {number}\nstart: 2026-12-01T10:00\nend: 2026-12-01T12:00\n")
            for number in range(stories)
        )
    )
    found: list[int] = []
    render = production.render

    def watched(*given: Any) -> Any:
        gc.collect()
        gc.disable()
        try:
            rendered = render(*given)
            found.append(gc.collect())
        finally:
            gc.enable()
        return rendered

    with patch.context() as planted:
        planted.setattr(production, "render", watched)
        assert len(site.build().rendered) > 2 * stories
    return found[0]


def test_more_pages_leave_no_more_garbage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by_rendering(tmp_path / "first", 2, monkeypatch)  # what is loaded once
    few, many = (left_by_rendering(tmp_path / str(stories), stories, monkeypatch) for stories in (3, 33))
    assert many - few < 30
