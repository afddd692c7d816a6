"""A page → what of it is searched: its <main data-pagefind-body>, with a space on both sides of every Chinese character.

Pagefind would cut Chinese into the words of a dictionary, and a browser cuts what is asked for by another; what the two
cut differently is not found.  With every character a word of its own, and what is asked for a phrase, all is found.

What pages are filtered by (<meta property="search:year" content="2026">) become words too.  Pagefind has filters of its own, but
writes them in an order left to chance.
"""

from __future__ import annotations

import html
import re

WIDE = "\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"  # with the punctuation
_BODY = re.compile(r"<main\b[^>]*\sdata-pagefind-body\b.*</main>", re.DOTALL)
_ROOT = re.compile(r"<html\b[^>]*>")
_META = re.compile(r"<meta\b[^>]*\sdata-pagefind-[^>]*>")
_FACT = re.compile(r'<meta property="search:([a-z]+)" content="([^"]*)"')
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_TAG = re.compile(r"(<[^>]*>)")
_CHARACTER = re.compile(f"[{WIDE}]")


def search_sheet(page: str) -> str:
    """A page with nothing but what is searched, and what it is filtered by; '' for a page that is not searched."""
    body = _BODY.search(page)
    if body is None:
        return ""
    root = _ROOT.search(page)
    head = page[: body.start()]
    text = _apart(_DRAWING.sub("", body[0])).removesuffix("</main>")
    facts = " ".join(_word(name, html.unescape(value)) for name, value in _FACT.findall(head))
    return f"{root[0] if root else ''}<head>{''.join(_META.findall(head))}</head><body>{text}<p>{facts}</p></main></body>"


def _word(name: str, value: str) -> str:
    """A word that no text has and that Pagefind does not take apart, as the theme's search.js spells it."""
    return "xq" + name + value.encode().hex().translate(_LETTERS)


def _apart(text: str) -> str:
    if text.isascii():
        return text
    parts = _TAG.split(text)
    parts[::2] = [part if part.isascii() else _CHARACTER.sub(r" \g<0> ", part) for part in parts[::2]]
    return "".join(parts)
