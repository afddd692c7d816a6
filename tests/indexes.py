"""What a search index holds, for tests: its texts and words, out of the compressed files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

FOLDER = "pagefind/"


def pages_of(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Every page in the index, by its address: as Pagefind gives it to who has found it."""
    fragments = (content for file, content in files.items() if file.startswith(f"{FOLDER}fragment/"))
    found = (json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd")) for content in fragments)
    return {page["url"]: page for page in found}


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The index with its files decompressed."""
    return {
        file: gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        for file, content in files.items()
        if file.startswith(FOLDER)
    }
