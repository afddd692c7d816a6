"""What a reader's telephone has to fetch: the home page and what it needs, style sheets and scripts, as gzip sends them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

KB = 1024
PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")


def sent(path: Path) -> int:
    """The bytes of a file over the wire.  Hosts that speak Brotli send a sixth less."""
    return len(gzip.compress(path.read_bytes(), 6))


def needs(public: Path, page: str) -> set[Path]:
    """The page with all that a browser fetches for it, but photographs."""
    text = (public / page).read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href|srcset)="/((?:assets|media)/[^" #]+)', text)
    fetched = {public / name for name in named if not name.endswith(PHOTOGRAPHS)}
    assert any(path.suffix == ".css" for path in fetched)
    return {public / page, *fetched}


@pytest.mark.parametrize("page", ["index.html", "en/index.html"])
def test_the_home_page_is_light(reference_site: Path, page: str) -> None:
    sizes = {path.name: sent(path) for path in needs(reference_site, page)}
    assert sum(sizes.values()) < 50 * KB, sizes


@pytest.mark.parametrize(("suffix", "budget"), [("css", 12 * KB), ("js", 10 * KB)])
def test_style_sheets_and_scripts_are_light(reference_site: Path, suffix: str, budget: int) -> None:
    sizes = {path.name: sent(path) for path in (reference_site / "assets").glob(f"*.{suffix}") if not path.name.startswith("feed.")}
    assert len(sizes) > 1
    assert sum(sizes.values()) <= budget, sizes
