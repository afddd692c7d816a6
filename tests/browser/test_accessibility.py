"""WCAG 2.2 AA: axe-core on every type of page, in both languages, light and dark, phone and desktop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser.page_types import CASES
from judges.installed import module

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = {
    "light": TAGS,
    "dark": ["color-contrast", "link-in-text-block"],
}  # in the dark a page has other colours, and is the same in all else
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
_RUN = """async tags => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(
    ({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ""}`));
}"""


@pytest.fixture(scope="module")
def judged(browser: Any) -> Iterator[Any]:
    """A page that stands still, in which axe-core looks at whatever is opened."""
    program = module("axe-core/axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()

    def look(address: str) -> list[str]:
        found = []
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            page.goto(address, wait_until="load")
            page.evaluate(program)  # by way of the debugger, which the site's policy does not bind
            for scheme, tags in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                found += [f"{size}, {scheme}: {complaint}" for complaint in page.evaluate(_RUN, tags)]
        return found

    page.look = look
    yield page
    context.close()


@pytest.mark.parametrize("path", [path for _, path in CASES], ids=[name for name, _ in CASES])
def test_axe_finds_nothing(judged: Any, address: str, path: str) -> None:
    assert judged.look(address + path) == []


PLANT = "() => {{ const p = document.querySelector('main .prose p'); {} }}"
# The scheme in which a fault is planted, and the rule that names it.
FAULTS = {
    "faint": ("light", "p.style.color = '#bbb'; p.style.background = '#fff'", "color-contrast"),
    "ink on the dark": ("dark", "p.style.color = '#1b1d22'", "color-contrast"),
    "a link like ink in the dark": ("dark", "p.querySelector('a').style.color = '#1f4e8c'", "color-contrast"),
    "a panel that stays light": ("dark", "p.style.background = '#f6f4ef'", "color-contrast"),
    "a link known by its colour": (
        "dark",
        "p.querySelector('a').style.cssText = 'color: #8ab8f5; text-decoration: none; border: 0'; p.style.color = '#ddd'",
        "link-in-text-block",
    ),
    "unnamed": ("light", "p.innerHTML = '<button></button>'", "button-name"),
    "without words": ("light", "p.innerHTML = '<img src=\"\">'", "image-alt"),
    "a heading left out": ("light", "p.outerHTML = '<h5>A</h5>'", "heading-order"),
    "in no language": ("light", "document.documentElement.lang = ''", "html-has-lang"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_axe_names_faults(judged: Any, address: str, fault: str) -> None:
    scheme, plant, rule = FAULTS[fault]
    judged.emulate_media(color_scheme=scheme)
    judged.goto(address + "/about/", wait_until="load")
    judged.evaluate(module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    assert judged.evaluate(_RUN, SCHEMES[scheme]) == []
    judged.evaluate(PLANT.format("p.innerHTML += ' <a href=/>A link</a> amid words.'"))
    assert judged.evaluate(_RUN, SCHEMES[scheme]) == []
    judged.evaluate(PLANT.format(plant))
    assert rule in {complaint.partition(":")[0] for complaint in judged.evaluate(_RUN, SCHEMES[scheme])}
