"""What the file system says of a file, and when that can be trusted."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LINK = "link"
RACY = 2_000_000_000  # nanoseconds: a file this young may change again without a sign of it


def stat_text(path: str | Path) -> str:
    """What the file system says of a file that changes when its content does; '' where there is none.

    The time of the last change of the inode cannot be set back, unlike the time of modification.
    """
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return ""
    if stat.S_ISLNK(status.st_mode):
        return LINK
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def changed_at(text: str) -> int:
    """The time of the last change, in nanoseconds, out of such a text."""
    return max(int(part) for part in text.split(":")[1:3])
