"""Feeds in XML: an item is written once, as the lines that it takes in every feed that holds it.

A person who opens one in a browser sees a guide: a CSS stylesheet, and a note as XHTML that feed readers ignore.
XSLT is not used: browsers are removing it.  https://developer.chrome.com/docs/web-platform/deprecating-xslt
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from lxml import etree

from sitegen.formats.feed import Feed

_XHTML = "http://www.w3.org/1999/xhtml"


def add_guide(root: Any, head: Any, feed: Feed) -> None:
    """Adds to an lxml tree: the stylesheet before its root (xml-stylesheet 1.0), the note at the end of `head`."""
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.locale)
    if feed.guide is None:
        return
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{escape(feed.guide.stylesheet)}"'))
    note = etree.SubElement(head, f"{{{_XHTML}}}div", nsmap={None: _XHTML})
    etree.SubElement(note, f"{{{_XHTML}}}p").text = feed.guide.text
    link = etree.SubElement(etree.SubElement(note, f"{{{_XHTML}}}p"), f"{{{_XHTML}}}a", href=feed.guide.url)
    link.text = feed.guide.label


def document_of(root: Any) -> bytes:
    """A tree written out, an element a line."""
    document: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return document


def lines_inside(document: bytes, depth: int) -> bytes:
    """The lines of a document inside its outer elements, of which there are `depth`."""
    return document.split(b"\n", depth + 1)[-1].rsplit(b"\n", depth + 1)[0] + b"\n"


def with_lines(document: bytes, depth: int, lines: Iterable[bytes]) -> bytes:
    """A document with more lines at the end of its outer elements."""
    head, *ends = document.rsplit(b"\n", depth + 1)
    return b"".join((head, b"\n", *lines, b"\n".join(ends)))
