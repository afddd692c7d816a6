"""The guide for a person who opens an XML feed in a browser: a CSS stylesheet, and a note as XHTML that feed readers ignore.

XSLT is not used: browsers are removing it.  https://developer.chrome.com/docs/web-platform/deprecating-xslt
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from sitegen.formats.feed import Feed

_XHTML = "http://www.w3.org/1999/xhtml"


def add_guide(root: Any, head: Any, feed: Feed) -> None:
    """Adds to an lxml tree: the stylesheet before its root (xml-stylesheet 1.0), the note at the end of `head`."""
    from lxml import etree

    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.locale)
    if feed.guide is None:
        return
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href={quoteattr(feed.guide.stylesheet)}'))
    note = etree.SubElement(head, f"{{{_XHTML}}}div", nsmap={None: _XHTML})
    etree.SubElement(note, f"{{{_XHTML}}}p").text = feed.guide.text
    link = etree.SubElement(etree.SubElement(note, f"{{{_XHTML}}}p"), f"{{{_XHTML}}}a", href=feed.guide.url)
    link.text = feed.guide.label
