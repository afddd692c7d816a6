"""Raw HTML in Markdown, where a site allows it: cleaned of everything that can run, embed or restyle (through nh3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6"
    " hr i ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time"
    " tr u ul var wbr".split()
)
_VOID = frozenset(("br", "hr", "wbr"))
_ATTRIBUTES = {"*": {"lang", "title", "dir"}, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"},
               "time": {"datetime"}, "ol": {"start"}, "abbr": {"title"}}  # fmt: skip


def sanitize_block(html: str) -> str:
    """A block of HTML with safe elements only, all of them closed."""
    import nh3

    return nh3.clean(html, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None)


def sanitize_tag(tag: str) -> str:
    """One opening or closing tag within a line; nothing if its element is not allowed."""
    match = _TAG.match(tag)
    if match is None or match[2].lower() not in _TAGS:
        return ""
    name = match[2].lower()
    if match[1]:
        return f"</{name}>"
    cleaned = sanitize_block(f"<table><tr>{tag}</table>" if name in ("td", "th") else tag)
    found = re.search(rf"<{name}[^>]*>", cleaned)
    return found[0] if found else ""


def balance_tags(tokens: Sequence[Token]) -> str:
    """Cleans the tags within one paragraph: what is opened there is closed there.  Gives the closing tags still wanted."""
    opened: list[str] = []
    for token in tokens:
        if token.type != "html_inline":
            continue
        token.content = tag = sanitize_tag(token.content)
        name = tag.strip("</>").split(" ")[0]
        if tag.startswith("</"):
            token.content = "".join(f"</{each}>" for each in _closed_by(opened, name))
        elif tag and name not in _VOID:
            opened.append(name)
    return "".join(f"</{name}>" for name in reversed(opened))


def _closed_by(opened: list[str], name: str) -> list[str]:
    """The elements a closing tag ends, innermost first; none if it was never opened."""
    if name not in opened:
        return []
    closed: list[str] = []
    while not closed or closed[-1] != name:
        closed.append(opened.pop())
    return closed
