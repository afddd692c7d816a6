"""Paths and addresses as authors write them: which are safe, and which file of the content folder they mean."""

from __future__ import annotations

import posixpath
import re

PICTURE_HINT = "name a file beside this one, or /media/… for one in content/media"


def content_path(text: str, source: str) -> str | None:
    """The path from the content folder, beginning with /, of a file named in a source; None for one outside it."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", text) or "\\" in text:
        return None
    folder = posixpath.dirname("/" + source.partition("/")[2])
    path = posixpath.normpath(posixpath.join(folder, text))
    depth = [part for part in posixpath.join(folder, text).split("/") if part not in ("", ".")]
    level = 0
    for part in depth:
        level += -1 if part == ".." else 1
        if level < 0:
            return None
    return path


def is_safe_url(text: str) -> bool:
    """True for http(s), mailto, tel, and paths of this site; false for every scheme that can run code."""
    if re.search(r"[\x00-\x20\x7f\\]", text):
        return False
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", text)
    if scheme:
        return scheme[1].lower() in {"http", "https", "mailto", "tel", "webcal"}
    return not text.startswith("//")
