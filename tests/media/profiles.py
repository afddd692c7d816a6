"""Profiles of colour (ICC.1:2001-04) and what they mean, reckoned from their definitions and not by a library."""

from __future__ import annotations

import struct

# From linear light to XYZ under D50, as their profiles say it (after SMPTE EG 432-1 and Adobe RGB (1998), 4.3.5.3).
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
GAMMA = 563 / 256  # as u8Fixed8Number says 2.199


def profile(columns: tuple[tuple[float, ...], ...], gamma: float = GAMMA) -> bytes:
    """A profile of a display with these primaries and this gamma."""
    primaries = {name: _xyz(column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)}
    return _packed(b"RGB ", primaries | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(gamma)))


def grey_profile(gamma: float) -> bytes:
    """A profile of greys."""
    return _packed(b"GRAY", {b"kTRC": _curve(gamma)})


def _curve(gamma: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)


def _packed(colours: bytes, own: dict[bytes, bytes]) -> bytes:
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0" + bytes(3),
        b"wtpt": _xyz((0.9642, 1.0, 0.8249)),
        **own,
    }
    place = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">II", place + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", place + len(data), b"test", 0x02400000, b"mntr", colours, b"XYZ ") + bytes(12) + b"acsp"
    head += bytes(28) + struct.pack(">III", *(round(part * 65536) for part in (0.9642, 1.0, 0.8249)))
    return head + bytes(128 - len(head)) + table + data


def in_srgb(columns: tuple[tuple[float, ...], ...], colour: tuple[int, int, int], gamma: float = GAMMA) -> tuple[int, ...]:
    """A colour of such a display as sRGB has it (IEC 61966-2-1)."""
    light = [(part / 255) ** gamma for part in colour]
    xyz = [sum(columns[source][row] * light[source] for source in range(3)) for row in range(3)]
    linear = _solved(SRGB, xyz)
    return tuple(round(255 * _encoded(min(max(part, 0.0), 1.0))) for part in linear)


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _solved(columns: tuple[tuple[float, ...], ...], wanted: list[float]) -> list[float]:
    """x of columns · x = wanted, by Cramer's rule."""

    def determinant(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> float:
        return a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1])

    whole = determinant(*columns)
    found = []
    for number in range(3):
        replaced = list(columns)
        replaced[number] = tuple(wanted)
        found.append(determinant(*replaced) / whole)
    return found


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">iii", *(round(part * 65536) for part in values))
