"""The engine digest: our code, Python, and the libraries that shape an output.  Another engine means a clean build."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from sitegen.libraries import version

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = (
    "babel feedgen icalendar jinja2 lxml markdown-it-py markupsafe mdit-py-plugins nh3 openpyxl orjson pagefind-bin pillow pypdf"
    " pypinyin python-dateutil pyyaml resvg-py segno tzdata webcolors"
).split()


@cache
def engine_digest(root: Path) -> str:
    """Changes with every byte of the program and its tables, with Python, each library and the site's own modules."""
    state = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in _LIBRARIES:
        state.update(f"{name} {version(name)}\n".encode())
    for path in [*sorted(_PACKAGE.rglob("*.py")), *sorted(_PACKAGE.glob("site/*.txt")), *_modules(root)]:
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


def _modules(root: Path) -> list[Path]:
    """The Python files beside config.yaml, and in packages there: extensions are among them."""
    packages = [init.parent for init in sorted(root.glob("*/__init__.py"))]
    return [*sorted(root.glob("*.py")), *(path for package in packages for path in sorted(package.rglob("*.py")))]
