"""Versions of installed libraries, read from the names of the folders that record them.

`importlib.metadata` gives the same from the files inside; to import it and to read those would take every build some 20 ms more.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import cache


def version(name: str) -> str:
    """The version of an installed library; '' where there is none."""
    return _recorded().get(_normalized(name)) or _asked(name)


@cache
def _recorded() -> Mapping[str, str]:
    """Version by name: `{name}-{version}.dist-info`, as the specification of recording installed projects has it."""
    versions: dict[str, str] = {}
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")
        except OSError:
            continue
        for entry in sorted(entries):
            name, _, rest = entry.partition("-")
            if rest.endswith(".dist-info"):
                versions.setdefault(_normalized(name), rest.removesuffix(".dist-info"))
    return versions


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _asked(name: str) -> str:
    """Of a library that is recorded in another way."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
