"""What a reader's telephone has to fetch: the home page and what it needs, style sheets and scripts, as gzip sends them."""

from __future__ import annotations

import gzip
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

KB = 1024
PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
HOMES = ("index.html", "en/index.html")
HOME = 50 * KB
ASSETS = {"css": 12 * KB, "js": 10 * KB}


def sent(path: Path) -> int:
    """The bytes of a file over the wire.  Hosts that speak Brotli send a sixth less."""
    return len(gzip.compress(path.read_bytes(), 6))


def needs(public: Path, page: str) -> set[Path]:
    """The page with all that a browser fetches for it, but photographs."""
    text = (public / page).read_text(encoding="utf-8")
    named = set(re.findall(r'(?:src|href|srcset)="/((?:assets|media)/[^" #]+)', text))
    for sheet in [name for name in named if name.endswith(".css")]:
        named |= set(re.findall(r"url\([\"']?/((?:assets|media)/[^\"')#]+)", (public / sheet).read_text(encoding="utf-8")))
    fetched = {public / name for name in named if not name.endswith(PHOTOGRAPHS)}
    assert any(path.suffix == ".css" for path in fetched)
    return {public / page, *fetched}


def over_budget(public: Path) -> list[str]:
    """What weighs more than it may, with the heaviest of its files."""
    weighed = [(page, needs(public, page), HOME - 1) for page in HOMES]
    for suffix, budget in ASSETS.items():
        files = {path for path in (public / "assets").glob(f"*.{suffix}") if not path.name.startswith("feed.")}
        assert len(files) > 1
        weighed.append((suffix, files, budget))
    found = []
    for name, files, budget in weighed:
        sizes = {path.relative_to(public).as_posix(): sent(path) for path in files}
        if sum(sizes.values()) > budget:
            heaviest = max(sizes, key=lambda path: sizes[path])
            found.append(f"{name}: {sum(sizes.values())} bytes, most of them {heaviest}")
    return found


def test_the_home_page_style_sheets_and_scripts_are_light(reference_site: Path) -> None:
    assert over_budget(reference_site) == []


def noise(size: int) -> str:
    """Text that a compressor makes no smaller than the size."""
    return random.Random(1896).randbytes(size).hex()


def _append(pattern: str, text: str) -> Callable[[Path], None]:
    def plant(public: Path) -> None:
        path = next(iter(sorted(public.glob(pattern))))
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return plant


def _add(name: str, text: str, page: str = "", linked: str = "") -> Callable[[Path], None]:
    """A file; and the words by which a page asks for it."""

    def plant(public: Path) -> None:
        (public / name).write_text(text, encoding="utf-8")
        if page:
            _append(page, linked)(public)

    return plant


def _behind_a_sheet(public: Path) -> None:
    (public / "assets/a.svg").write_text(noise(40 * KB), encoding="utf-8")
    next(public.glob("assets/settings.*.css")).write_text("p { background: url(/assets/a.svg) }", encoding="utf-8")


FAULTS: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "a long home page": (_append("index.html", noise(40 * KB)), ["index.html"]),
    "a long home page in English": (_append("en/index.html", noise(40 * KB)), ["en/index.html"]),
    "a heavy drawing": (_add("media/a.svg", noise(40 * KB), "index.html", '<img src="/media/a.svg">'), ["index.html"]),
    "a drawing that a style sheet asks for": (_behind_a_sheet, ["index.html", "en/index.html"]),
    "a font": (
        _add("assets/a.woff2", noise(40 * KB), "index.html", '<link rel="preload" href="/assets/a.woff2" as="font">'),
        ["index.html"],
    ),
    "a style sheet on one more page": (_add("assets/extra.css", noise(2 * KB)), ["css"]),
    "a style sheet that grew": (_append("assets/lists.*.css", noise(2 * KB)), ["css"]),
    "a script that grew": (_append("assets/search.*.js", noise(10 * KB)), ["js"]),
    "a library": (
        _add("assets/library.js", noise(60 * KB), "index.html", '<script src="/assets/library.js"></script>'),
        ["index.html", "js"],
    ),
}
LIGHT: dict[str, Callable[[Path], None]] = {
    "nothing": lambda public: None,
    "a photograph": _add("media/a.webp", noise(90 * KB), "index.html", '<img src="/media/a.webp">'),
    "a drawing that no page asks for": _add("media/a.svg", noise(90 * KB)),
    "the style sheet of feeds": _append("assets/feed.*.css", noise(20 * KB)),
}


@pytest.fixture
def small(reference_site: Path, tmp_path: Path) -> Path:
    """The home pages of the site and what is not a photograph of what they need."""
    for file in [path for page in HOMES for path in needs(reference_site, page)] + list(reference_site.glob("assets/*.?s*")):
        copy = tmp_path / file.relative_to(reference_site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    (tmp_path / "media").mkdir(exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("fault", FAULTS)
def test_what_grew_too_heavy_is_named(small: Path, fault: str) -> None:
    plant, named = FAULTS[fault]
    plant(small)
    assert [line.partition(":")[0] for line in over_budget(small)] == named


@pytest.mark.parametrize("name", LIGHT)
def test_what_a_telephone_does_not_fetch_at_once_weighs_nothing(small: Path, name: str) -> None:
    LIGHT[name](small)
    assert over_budget(small) == []
