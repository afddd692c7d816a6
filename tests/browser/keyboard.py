"""The site as it is used without a pointer: each judge does one thing with keys on an open page, and says what failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

_FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const { left, top, right, bottom, width, height } = at.getBoundingClientRect();
  const style = getComputedStyle(at), x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max((top + bottom) / 2, 1), innerHeight - 2), over = document.elementFromPoint(x, y);
  const before = [...document.querySelectorAll("[data-walked='last']")][0];
  const again = "walked" in at.dataset;
  if (before) before.dataset.walked = "";
  at.dataset.walked = "last";
  return {
    name: at.outerHTML.slice(0, 120),
    again,
    unseen: !(width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight),
    unmarked: style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2,
    covered: !(over === at || at.contains(over) || over?.contains(at)),
    "out of turn": Boolean(before) && !again && !(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""
_REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)"""
_LEFT = f"() => ({_REACHABLE})().filter(each => !('walked' in each.dataset)).map(each => each.outerHTML.slice(0, 120))"
_WRONG = ("unseen", "unmarked", "covered", "out of turn")


def walk(page: Any) -> list[str]:
    """What Tab does not reach, or reaches unseen, unmarked, covered or out of turn; and what does not let go."""
    wanted = page.evaluate(f"() => ({_REACHABLE})().length")
    found, last = [], None
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUSED)
        if here is None:
            break
        if here["again"]:
            # The last thing of a page leads back to the browser, or to the first; nothing else may keep the focus.
            found += [f"trap: {here['name']}"] if here["name"] == last else []
            break
        found += [f"{wrong}: {here['name']}" for wrong in _WRONG if here[wrong]]
        last = here["name"]
    return found + [f"not reached: {name}" for name in page.evaluate(_LEFT)]


def skip_link(page: Any) -> list[str]:
    """The first Tab of a page offers the content, and Enter goes there."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    return [] if _arrives(page, lambda address: address.fragment == "main") else ["the content is not reached"]


def menu(page: Any, target: str) -> list[str]:
    """The menu of a phone is closed, opens, closes with the focus where it was, opens again, and leads to a page."""
    link = page.locator(f"header nav a[href='{target}']").first
    button = page.locator("header .menu-button")
    if link.is_visible():
        return ["open at first"]
    button.focus()
    page.keyboard.press("Enter")
    if not _appears(link):
        return ["does not open"]
    page.keyboard.press("Escape")
    if link.is_visible():
        return ["does not close"]
    if not button.evaluate("button => button === document.activeElement"):
        return ["loses the focus"]
    page.keyboard.press("Enter")
    link.focus()
    return follow(page, target)


def language(page: Any, target: str) -> list[str]:
    """The switch of languages leads to the same page in the other one."""
    switch = page.locator("header a[hreflang]")
    if not switch.count():
        return ["no switch"]
    switch.first.focus()
    return follow(page, target)


def follow(page: Any, target: str) -> list[str]:
    """Enter on the link that has the focus leads to a path."""
    page.keyboard.press("Enter")
    return [] if _arrives(page, lambda address: address.path == target) else [f"leads to {urlsplit(page.url).path}"]


def filtering(page: Any, words: str) -> list[str]:
    """A filter leaves fewer rows when words are typed, says so when there are none, and gives all back."""
    rows = page.locator("main .rows > li:visible")
    before = rows.count()
    page.locator("input[data-filter-input]").focus()
    page.keyboard.type(words)
    if not 0 < rows.count() < before:
        return ["does not filter"]
    page.keyboard.type(" zzz")
    found = (
        [] if rows.count() == 0 and page.locator("[data-filter-none]").first.is_visible() else ["does not say that nothing is left"]
    )
    for _ in f"{words} zzz":
        page.keyboard.press("Backspace")
    return found + ([] if rows.count() == before else ["does not give the rows back"])


def searching(page: Any, words: str) -> list[str]:
    """Words and Enter find pages, Tab leads to the first of them, and Enter opens it."""
    page.locator("[type=search]").focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    first = page.locator("[data-search-results] .row__title a").first
    if not _appears(first):
        return ["finds nothing"]
    target = first.get_attribute("href")
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            return follow(page, target)
    return ["results are not reached"]


def _arrives(page: Any, is_there: Callable[[SplitResult], bool]) -> bool:
    """True once the address is so; a page that is just being left cannot be asked itself."""
    from playwright.sync_api import TimeoutError as TooLongError

    try:
        page.wait_for_url(lambda url: is_there(urlsplit(url)), timeout=3000, wait_until="commit")
    except TooLongError:
        return False
    return True


def _appears(locator: Any) -> bool:
    from playwright.sync_api import TimeoutError as TooLongError

    try:
        locator.wait_for(timeout=3000)
    except TooLongError:
        return False
    return True
