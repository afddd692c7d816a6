"""The web app manifest (W3C): it says what a home screen needs, what it names is there, and every page leads to it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

NAME = "site.webmanifest"
DISPLAYS = {"fullscreen", "standalone", "minimal-ui", "browser"}
TYPES = {"image/svg+xml": ".svg", "image/png": ".png", "image/webp": ".webp"}

Manifest = dict[str, Any]


def unsound(public: Path) -> list[str]:
    """What is wrong with the manifest of a site, each named by its member or its page."""
    manifest = json.loads((public / NAME).read_text(encoding="utf-8"))
    wanted = ("name", "start_url", "display", "icons", "theme_color")
    found = [f"{member}: missing" for member in wanted if not manifest.get(member)]
    start, scope = manifest.get("start_url", "/"), manifest.get("scope", "/")
    if not start.startswith(scope):
        found.append(f"start_url: {start} is outside {scope}")
    if not (public / start.lstrip("/") / "index.html").is_file():
        found.append(f"start_url: no page at {start}")
    if manifest.get("display", "browser") not in DISPLAYS:
        found.append(f"display: {manifest['display']}")
    if not re.fullmatch("#[0-9A-Fa-f]{6}", manifest.get("theme_color", "#000000")):
        found.append(f"theme_color: {manifest['theme_color']}")
    for icon in manifest.get("icons", ()):
        found += _of_icon(icon, public / icon["src"].lstrip("/"))
    pages = [path for path in sorted(public.rglob("*.html")) if _links(path) not in ([f"/{NAME}"], None)]
    return found + [f"{path.relative_to(public)}: does not lead to the manifest" for path in pages]


def _of_icon(icon: dict[str, str], file: Path) -> list[str]:
    if not file.is_file():
        return [f"icons: no file {icon['src']}"]
    if TYPES.get(icon["type"]) != file.suffix:
        return [f"icons: {icon['src']} is not {icon['type']}"]
    if file.suffix == ".svg" and etree.parse(file).getroot().tag != "{http://www.w3.org/2000/svg}svg":
        return [f"icons: {icon['src']} is no drawing"]
    return []


def _links(path: Path) -> list[str] | None:
    """The manifests that a page names; None of a page that leads elsewhere by itself."""
    tree = html.parse(path, html.HTMLParser(encoding="utf-8"))
    return None if tree.xpath("//meta[@http-equiv='refresh']") else tree.xpath("//link[@rel='manifest']/@href")


def test_the_manifest_is_sound(reference_site: Path) -> None:
    assert unsound(reference_site) == []


def _icon(**members: str) -> Callable[[Manifest], object]:
    return lambda manifest: manifest["icons"][0].update(members)


FAULTS: dict[str, tuple[Callable[[Manifest], object], str]] = {
    "no name": (lambda manifest: manifest.pop("name"), "name: missing"),
    "an empty name": (lambda manifest: manifest.update(name=""), "name: missing"),
    "no icon": (lambda manifest: manifest.update(icons=[]), "icons: missing"),
    "a start that is not there": (lambda manifest: manifest.update(start_url="/gone/"), "start_url: no page at /gone/"),
    "a start outside": (lambda manifest: manifest.update(scope="/en/"), "start_url: / is outside /en/"),
    "a display of no browser": (lambda manifest: manifest.update(display="window"), "display: window"),
    "a colour in words": (lambda manifest: manifest.update(theme_color="crimson"), "theme_color: crimson"),
    "an icon that is not there": (_icon(src="/assets/gone.svg"), "icons: no file /assets/gone.svg"),
    "an icon of another type": (_icon(type="image/png"), "is not image/png"),
    "a page for an icon": (_icon(src="/index.html"), "icons: /index.html is not image/svg+xml"),
}


@pytest.fixture
def small(reference_site: Path, tmp_path: Path) -> Path:
    """The home page of the site, its manifest, and what that names."""
    (tmp_path / "assets").mkdir()
    for file in [reference_site / NAME, reference_site / "index.html", *reference_site.glob("assets/*.svg")]:
        shutil.copy(file, tmp_path / file.relative_to(reference_site))
    assert unsound(tmp_path) == []
    return tmp_path


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_manifest_is_named(small: Path, fault: str) -> None:
    plant, named = FAULTS[fault]
    manifest = json.loads((small / NAME).read_text(encoding="utf-8"))
    plant(manifest)
    (small / NAME).write_text(json.dumps(manifest), encoding="utf-8")
    (found,) = unsound(small)
    assert named in found


@pytest.mark.parametrize(
    "link", ["", '<link rel="manifest" href="/gone.webmanifest">'], ids=["a page without it", "a page with another"]
)
def test_a_page_that_does_not_lead_to_the_manifest_is_named(small: Path, link: str) -> None:
    page = small / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub('<link rel="manifest"[^>]*>', link, text), encoding="utf-8")
    assert unsound(small) == ["index.html: does not lead to the manifest"]
