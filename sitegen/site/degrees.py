"""How a class is written: 级 is the year of entry, 届 that of graduation, and one is never guessed from the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

_USUAL = {"zh": "entry"}  # elsewhere classes are known by the year of graduation


class ClassYear(NamedTuple):
    """The class of a degree: its unit as it is called there, and the years that are known, with four digits."""

    unit: str = ""
    entry: int | None = None
    graduation: int | None = None


def class_of(degrees: Iterable[Mapping[str, Any]]) -> ClassYear:
    """The class that somebody is known by: of the first degree that has a year."""
    for degree in degrees:
        if "entry" in degree or "graduation" in degree:
            unit = degree.get("unit_short") or degree.get("unit", "")
            return ClassYear(unit, degree.get("entry"), degree.get("graduation"))
    return ClassYear()


def style_of(configured: Mapping[str, str] | None, language: str) -> str:
    """The style in which a language writes classes."""
    return (configured or {}).get(language) or _USUAL.get(language.partition("-")[0], "short")


def label(known: ClassYear, style: str, message: Callable[..., str]) -> tuple[str, str]:
    """A class in words, and the style they have; both empty where no year is known.

    A style that asks for a year nobody noted down gives way to the other year, in that year's own words.
    """
    if style == "none" or not (known.entry or known.graduation):
        return "", ""
    if style == "entry" and known.entry is None:
        style = "graduation"
    elif style != "entry" and known.graduation is None:
        style = "entry"
    year = str(known.entry if style == "entry" else known.graduation)
    return message(f"class.{style}", unit=known.unit, year=year, two_digits=year[2:]).strip(" ,，"), style
