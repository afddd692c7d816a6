"""Contrast of two colours as WCAG 2.2 §1.4.3 measures it, and the nearest colour that has enough of it."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Iterator

ENOUGH = 4.5  # for text of ordinary size, level AA
EASY = 7.0  # level AAA


def contrast(one: str, other: str) -> float:
    """The ratio of two colours such as #8C1D2B, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest_legible(color: str, papers: Iterable[str], enough: float = ENOUGH) -> str | None:
    """The colour of the same hue, a little darker or lighter, that can be read on all the papers; None if there is none."""
    grounds = tuple(papers)
    return next((shade for shade in _shades(color) if all(contrast(shade, paper) >= enough for paper in grounds)), None)


def _shades(color: str) -> Iterator[str]:
    """The colour in ever more different lightness, the nearest first."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(color)))
    for step in range(256):
        for wanted in (lightness - step / 255, lightness + step / 255):
            if 0 <= wanted <= 1:
                rgb = colorsys.hls_to_rgb(hue, wanted, saturation)
                yield "#" + "".join(f"{round(part * 255):02X}" for part in rgb)


def _luminance(color: str) -> float:
    """Relative luminance, 0 for black and 1 for white (WCAG 2.2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _fractions(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _fractions(color: str) -> Iterator[float]:
    return (part / 255 for part in _parts(color))


def _parts(color: str) -> tuple[int, int, int]:
    import webcolors

    return tuple(webcolors.hex_to_rgb(color))
