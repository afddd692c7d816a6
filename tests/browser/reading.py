"""Whether an open page can be read: on a phone, in larger text, without a script, whole.  Each judge gives what is wrong."""

from __future__ import annotations

from typing import Any

# What reaches beyond the window, but what lies in a box that scrolls by itself; the innermost of nested ones.
_WIDER = """() => {
  const root = document.documentElement, width = root.clientWidth;
  if (root.scrollWidth <= width) return [];
  const reach = each => Math.max(each.getBoundingClientRect().right,
    getComputedStyle(each).overflowX === "visible" ? each.getBoundingClientRect().left + each.scrollWidth : 0);
  const out = [...document.querySelectorAll("body *")].filter(each => reach(each) > width + 1);
  const kept = each => { for (let up = each.parentElement; up !== document.body && up; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return true; return false; };
  const named = out.filter(each => !kept(each) && !out.some(other => other !== each && each.contains(other) && !kept(other)));
  return [`${root.scrollWidth - width} px too wide`, ...named.map(each => each.outerHTML.slice(0, 100))];
}"""
_SIZES = """() => {
  const said = each => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return [...document.querySelectorAll("body :not(noscript, svg *)")].filter(each => said(each) && each.checkVisibility())
    .map(each => [each.outerHTML.slice(0, 100), parseFloat(getComputedStyle(each).fontSize)]);
}"""
_BROKEN = "[...document.images].filter(i => i.complete && !i.naturalWidth && i.getBoundingClientRect().width).map(i => i.outerHTML)"


def wider(page: Any) -> list[str]:
    """By how much a page is wider than its window, and what makes it so (WCAG 2.2, 1.4.10)."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def fixed_text(page: Any, growth: float = 1.25) -> list[str]:
    """What stays small when a reader asks for larger text, by the button that the page has for it."""
    button = page.locator("header [data-toggle=text]").first
    before = page.evaluate(_SIZES)
    button.click()
    after = page.evaluate(_SIZES)
    pressed = [] if button.get_attribute("aria-pressed") == "true" else ["the button does not say that it is pressed"]
    pairs = zip(before, after, strict=True)
    return pressed + [name for (name, small), (_, large) in pairs if large < small * growth]


def unsound(page: Any) -> list[str]:
    """Pictures that do not load, and a number of main headings that is not one."""
    count = page.locator("h1").count()
    return page.evaluate(_BROKEN) + ([] if count == 1 else [f"{count} main headings"])


def lacking(page: Any) -> list[str]:
    """What a page lacks where scripts do not run: its menu, its heading, its text; and what it shows though it is dead."""
    found = []
    if page.locator("header nav a:visible").count() <= 5:
        found.append("no menu")
    if not page.locator("h1").count() or not page.locator("h1").first.is_visible():
        found.append("no heading")
    heading = "".join(page.locator("h1").all_inner_texts())
    if len(page.locator("main").inner_text().replace(heading, "").strip()) <= 20:
        found.append("no text")
    controls = page.locator(":is(header, main, footer) :is(input, select, textarea, button)").all()
    return found + [f"dead: {each.evaluate('each => each.outerHTML.slice(0, 100)')}" for each in controls if each.is_visible()]
