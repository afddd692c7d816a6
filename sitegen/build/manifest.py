"""The list of our files in a destination, kept in it: so that a build removes its own and nothing else, even without a state."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

NAME = ".sitegen-files"


def read_manifest(destination: Path) -> set[str]:
    """The files that builds wrote here.  Lines that lead elsewhere are passed over: the list may have been tampered with."""
    path = destination / NAME
    if path.is_symlink():
        return set()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return set()
    lines = text.splitlines()
    if ".." not in text and "\n/" not in text and "\n\n" not in text and not text.startswith(("/", "\n")):
        return set(lines)
    return {line for line in lines if line and not line.startswith("/") and ".." not in line.split("/")}


def write_manifest(destination: Path, files: Collection[str]) -> None:
    """Replaces the list, in one step.  Raises OSError."""
    destination.mkdir(parents=True, exist_ok=True)
    temporary = destination / f"{NAME}.new"
    try:
        temporary.write_text("".join(f"{file}\n" for file in sorted(files)), encoding="utf-8")
        os.replace(temporary, destination / NAME)
    finally:
        temporary.unlink(missing_ok=True)


def remove_manifest(destination: Path) -> None:
    """Forgets the list.  Raises OSError."""
    (destination / NAME).unlink(missing_ok=True)
