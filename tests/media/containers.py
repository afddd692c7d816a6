"""What a picture file carries beside its pixels, read by its container's own specification and not by the library under test."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# What a decoder needs; everything else is somebody's remark.
NEEDED = {
    "JPEG": {"APP0", "DQT", "SOF0", "SOF2", "DHT", "SOS", "DRI"},
    "PNG": {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"},
    "WEBP": {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"},
    "AVIF": {"av01", "grid"},
}
_MARKERS = {0xC0: "SOF0", 0xC2: "SOF2", 0xC4: "DHT", 0xDB: "DQT", 0xDD: "DRI", 0xDA: "SOS", 0xFE: "COM"}


def remarks(content: bytes) -> set[str]:
    """The names of all parts that are not needed to show the picture."""
    kind, parts = parsed(content)
    return set(parts) - NEEDED[kind]


def parsed(content: bytes) -> tuple[str, list[str]]:
    if content[:2] == b"\xff\xd8":
        return "JPEG", list(_jpeg(content))
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG", list(_png(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP", list(_riff(content))
    assert content[4:12] in (b"ftypavif", b"ftypavis"), content[:16]
    return "AVIF", list(_items(content))


def _jpeg(content: bytes) -> Iterator[str]:
    """Segments (ITU-T T.81, annex B), of every picture in the file."""
    place = 2
    while place < len(content):
        assert content[place] == 0xFF
        marker = content[place + 1]
        if marker == 0xD9:
            if place + 2 < len(content):
                yield "more after the end"
            return
        name = _MARKERS.get(marker) or (f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else hex(marker))
        yield name
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
        if name == "SOS":
            while not (content[place] == 0xFF and content[place + 1] not in (0, *range(0xD0, 0xD8))):
                place += 1


def _png(content: bytes) -> Iterator[str]:
    place = 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        yield content[place + 4 : place + 8].decode()
        place += 12 + length


def _riff(content: bytes) -> Iterator[str]:
    place = 12
    while place < len(content):
        yield content[place : place + 4].decode()
        (length,) = struct.unpack("<I", content[place + 4 : place + 8])
        place += 8 + length + length % 2


def _items(content: bytes) -> Iterator[str]:
    """The types of the items (ISO/IEC 14496-12, 8.11.6), and any profile of colours (12.1.5)."""
    at = content.find(b"iinf")
    count = struct.unpack(">H", content[at + 8 : at + 10])[0]
    place = at + 10
    for _ in range(count):
        (length,) = struct.unpack(">I", content[place : place + 4])
        assert content[place + 4 : place + 8] == b"infe"
        yield content[place + 16 : place + 20].decode()
        place += length
    colour = content.find(b"colr")
    while colour >= 0:
        if content[colour + 4 : colour + 8] != b"nclx":
            yield "a profile"
        colour = content.find(b"colr", colour + 4)
