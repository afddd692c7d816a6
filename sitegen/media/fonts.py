"""Fonts with Chinese characters on this computer: found, not shipped; each with a digest that stands for what it draws."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

# File and family, the first found wins: the serif of titles, then a sans serif, then whatever a system has always had.
_KNOWN = (
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    ("NotoSerifCJKsc-Bold.otf", ""),
    ("NotoSerifSC-Bold.otf", ""),
    ("NotoSerifSC-Bold.ttf", ""),
    ("SourceHanSerifSC-Bold.otf", ""),
    ("SourceHanSerif-Bold.ttc", "Source Han Serif SC"),
    ("Songti.ttc", "Songti SC"),
    ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
    ("SourceHanSansSC-Bold.otf", ""),
    ("NotoSansSC-Bold.otf", ""),
    ("PingFang.ttc", "PingFang SC"),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB"),
    ("msyhbd.ttc", "Microsoft YaHei"),
    ("msyh.ttc", "Microsoft YaHei"),
    ("simsun.ttc", "SimSun"),
    ("wqy-microhei.ttc", "WenQuanYi Micro Hei"),
    ("wqy-zenhei.ttc", "WenQuanYi Zen Hei"),
)
FOLDERS: tuple[str, ...] = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts",
    "$WINDIR/Fonts", "$LOCALAPPDATA/Microsoft/Windows/Fonts",
)  # fmt: skip
_HEAD = 65_536  # bytes: the tables of contents of a font hold a checksum of each of its tables (OpenType 1.9, table directory)


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, the family to take where it holds several, and what stands for its content."""

    path: str
    family: str
    digest: str


def find_font(chosen: str = "") -> Font | None:
    """The font chosen, or the best of those known that are on this computer; None where there is none."""
    path, family = (chosen, "") if chosen else _installed()
    try:
        with open(path, "rb") as stream:
            head = stream.read(_HEAD)
            size = os.fstat(stream.fileno()).st_size
    except OSError:
        return None
    return Font(path, family, hashlib.blake2b(head + f"{family} {size}".encode(), digest_size=8).hexdigest())


def _installed() -> tuple[str, str]:
    found: dict[str, str] = {}
    for folder in FOLDERS:
        place = str(Path(os.path.expandvars(folder)).expanduser())
        if "$" not in place:
            for parent, folders, files in os.walk(place):
                folders.sort()
                for name in files:
                    found.setdefault(name, f"{parent}/{name}")
    return next(((found[name], family) for name, family in _KNOWN if name in found), ("", ""))


@lru_cache(maxsize=32)
def sized(font: Font, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels.  Raises OSError for a file that is no font."""
    from PIL import ImageFont

    number = _number(font.path, font.family) if font.family else 0
    return ImageFont.truetype(font.path, size, index=number, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def _number(path: str, family: str) -> int:
    """The number of a family in a file that holds several; the first where it holds none of that name."""
    from PIL import ImageFont

    number = 0
    while True:
        try:
            if ImageFont.truetype(path, 16, index=number).getname()[0] == family:
                return number
        except OSError:
            return 0
        number += 1


@lru_cache(maxsize=8192)
def has_glyph(font: Font, character: str) -> bool:
    """True for a character that the font can draw: one that it cannot looks like one that nobody has."""
    return character.isspace() or _drawn(font, character) != _drawn(font, "\U0010ffff")


def _drawn(font: Font, character: str) -> tuple[tuple[int, int], bytes]:
    mask = sized(font, 24).getmask(character)
    return mask.size, bytes(mask)


def font_stamp() -> str:
    """What stands for the font that would be found, for builds that ask whether anything has changed."""
    path, _ = _installed()
    try:
        status = os.stat(path)
    except OSError:
        return ""
    return f"{path}:{status.st_size}:{status.st_mtime_ns}"
