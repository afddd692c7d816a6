"""Pictures of every type of page: python tests/browser/screenshots.py FOLDER, or: make screenshots.

Each in both languages, on a telephone and a desktop, light and dark; some also printed, in larger text, and grey as on a day of
mourning.  The same content gives the same pictures: the site is built for one instant.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser.chromium import CHROMIUM, FLAGS, served_with_headers
from browser.page_types import TYPES
from conftest import NOW, PROJECT

from sitegen.build.options import Options
from sitegen.build.pipeline import build
from sitegen.site.visibility import Policy

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
LARGER = "document.documentElement.dataset.text = 'large'"
GREY = "document.documentElement.classList.add('grey')"
ALSO = {"larger": LARGER, "grey": GREY}
SAMPLES = ("home", "news", "event", "chapter", "honor_roll-donors")  # of these also printed, larger, grey


@contextmanager
def site() -> Iterator[str]:
    """The address of the reference site, built for one instant."""
    with tempfile.TemporaryDirectory() as folder:
        options = Options(root=PROJECT, destination=Path(folder) / "public", now=NOW, keep_state=False)
        build(replace(options, policy=Policy()))
        with served_with_headers(options.destination) as address:
            yield address


def take(browser: Any, address: str, folder: Path) -> list[Path]:
    """All pictures, in the order of the contact sheet."""
    taken = []
    for size, viewport in SIZES.items():
        context = browser.new_context(
            viewport=viewport, reduced_motion="reduce", timezone_id="Asia/Shanghai", device_scale_factor=1
        )
        page = context.new_page()
        for language, pages in TYPES.items():
            for name, path in pages.items():
                page.emulate_media(color_scheme="light", media="screen")
                page.goto(address + path, wait_until="load")
                page.evaluate("document.querySelectorAll('img').forEach(each => each.loading = 'eager')")
                page.wait_for_load_state("networkidle")
                stem = f"{name}.{language}.{size}"
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    taken.append(_shoot(page, folder / f"{stem}.{scheme}.png"))
                if name not in SAMPLES:
                    continue
                page.emulate_media(color_scheme="light")
                for look, script in ALSO.items():
                    page.evaluate(script)
                    taken.append(_shoot(page, folder / f"{stem}.{look}.png"))
                    page.reload(wait_until="load")
                if size == "desktop":
                    page.emulate_media(media="print")
                    page.pdf(path=folder / f"{stem}.print.pdf", format="A4", print_background=False)
                    taken.append(folder / f"{stem}.print.pdf")
        context.close()
    return taken


def _shoot(page: Any, path: Path) -> Path:
    page.screenshot(path=path, full_page=True, animations="disabled", caret="hide")
    return path


def contact_sheet(taken: list[Path], folder: Path) -> Path:
    """A page with all of them, a row for each type of page."""
    rows: dict[str, list[Path]] = {}
    for path in taken:
        rows.setdefault(path.name.partition(".")[0], []).append(path)
    parts = []
    for name, paths in rows.items():
        parts.append(f"<h2>{html.escape(name)}</h2><ul>")
        for path in sorted(paths):
            inner = f'<img src="{path.name}" alt="" loading="lazy">' if path.suffix == ".png" else "PDF"
            parts.append(f'<li><a href="{path.name}">{inner}<br>{re.sub(r"^[^.]*[.]|[.][a-z]+$", "", path.name)}</a></li>')
        parts.append("</ul>")
    style = "body{font:14px sans-serif}ul{display:flex;flex-wrap:wrap;gap:12px;list-style:none;padding:0}" + (
        "img{height:320px;max-width:360px;object-fit:cover;object-position:top;border:1px solid #ccc}"
    )
    index = folder / "index.html"
    index.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>Pages</title><style>{style}</style>{''.join(parts)}", encoding="utf-8"
    )
    return index


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Take pictures of every type of page of the reference site.")
    parser.add_argument("folder", type=Path, help="where to put them; it is emptied first")
    folder = parser.parse_args().folder
    if CHROMIUM is None:
        sys.exit("Chromium is not installed")
    if folder.exists() and not (folder / "index.html").exists() and any(folder.iterdir()):
        sys.exit(f"{folder} holds something else")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    from playwright.sync_api import sync_playwright

    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        taken = take(browser, address, folder)
        browser.close()
    print(f"{len(taken)} pictures; see {contact_sheet(taken, folder)}")


if __name__ == "__main__":
    main()
