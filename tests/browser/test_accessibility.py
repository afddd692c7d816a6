"""WCAG 2.2 AA: axe-core on every type of page, in both languages, light and dark, phone and desktop; and the site by keyboard."""

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


FAULTS = {
    "faint": "p.style.color = '#bbb'; p.style.background = '#fff'",
    "unnamed": "p.innerHTML = '<button></button>'",
    "without words": "p.innerHTML = '<img src=\"\">'",
    "a heading left out": "p.outerHTML = '<h5>A</h5>'",
    "in no language": "document.documentElement.lang = ''",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_axe_notices_faults(judged: Any, address: str, fault: str) -> None:
    judged.goto(address + "/about/", wait_until="load")
    judged.evaluate(module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    assert judged.evaluate(_RUN, TAGS) == []
    judged.evaluate(f"() => {{ const p = document.querySelector('main .prose p'); {FAULTS[fault]} }}")
    assert judged.evaluate(_RUN, TAGS) != []


_FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const { left, top, right, bottom, width, height } = at.getBoundingClientRect();
  const style = getComputedStyle(at), x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max((top + bottom) / 2, 1), innerHeight - 2), over = document.elementFromPoint(x, y);
  at.dataset.walked = +(at.dataset.walked ?? 0) + 1;
  return {
    name: at.outerHTML.slice(0, 120),
    again: at.dataset.walked > 1,
    seen: width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    covered: !(over === at || at.contains(over) || over?.contains(at)),
  };
}"""
_REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.disabled).length"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/en/news/", "/events/2026/12/", "/honors/annual-2026/", "/en/chapters/", "/en/search/"])
def test_everything_is_reached_by_tab_once_and_is_seen_while_it_has_the_focus(
    browser: Any, address: str, path: str, size: str
) -> None:
    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + path, wait_until="load")
    wanted = page.evaluate(_REACHABLE)
    met = []
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUSED)
        if here is None or here["again"]:
            break
        met.append(here)
    assert [each["name"] for each in met if not each["seen"] or not each["marked"] or each["covered"]] == []
    assert len(met) == wanted
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_menu_of_a_phone_opens_and_leads_on_by_keyboard(browser: Any, address: str, prefix: str) -> None:
    context = browser.new_context(viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(f"{address}{prefix}/")
    link = page.locator(f"header nav a[href='{prefix}/events/']").first
    assert not link.is_visible()
    button = page.locator("header .menu-button")
    button.focus()
    page.keyboard.press("Enter")
    link.wait_for()
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    link.wait_for()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{prefix}/events/")
    context.close()


def test_the_language_changes_by_keyboard(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/about/")
    page.locator("header a[hreflang=en], header a[lang=en]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/about/")
    page.close()


def test_filters_work_by_keyboard(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/en/chapters/")
    page.locator("[data-filter-input]").focus()
    before = page.locator("[data-filter-list=chapters] li:visible").count()
    page.keyboard.type("singapore")
    assert 0 < page.locator("[data-filter-list=chapters] li:visible").count() < before
    page.keyboard.type(" zzz")
    assert page.locator("[data-filter-none=chapters]").is_visible()
    page.close()


def test_one_goes_from_month_to_month_by_keyboard(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/events/2026/12/")
    following = page.locator("main a[rel=next]").first
    target = following.get_attribute("href")
    following.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + target)
    page.close()
