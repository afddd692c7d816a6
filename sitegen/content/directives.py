"""Block directives (`:::figure{…}` … `:::`): which there are, and what each may say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ATTRIBUTE = re.compile(r"""\s*([a-z_-]+)=(?:"([^"]*)"|“([^”]*)”|([^\s"{}]+))""")
_OPENING = re.compile(r"([a-z][a-z-]*)\s*(?:\{(.*)\})?\s*\Z")


@dataclass(frozen=True, slots=True)
class Directive:
    """A block: its attributes, those it needs, and which of them name entries."""

    attrs: frozenset[str]
    needs: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()


def _of(attrs: str, needs: str = "", **references: str) -> Directive:
    return Directive(frozenset(attrs.split()), tuple(needs.split()), tuple(references.items()))


DIRECTIVES: dict[str, Directive] = {
    "figure": _of("src alt credit", "src alt"),
    "gallery": _of("title"),
    "quote": _of("by role"),
    "video": _of("src title poster credit", "src title"),
    "people": _of("ids title", "ids", ids="people"),
    "events": _of("chapter limit title", chapter="chapters"),
    "honor-roll": _of("id level limit title", "id", id="honors"),
}


WORDS = frozenset(("alt", "by", "credit", "role", "title"))  # attributes that are texts for readers


class DirectiveError(Exception):
    """What is wrong with an opening line, and a hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def parse_opening(text: str) -> tuple[str, dict[str, str]]:
    """The name and attributes of what follows `:::`.  Raises DirectiveError."""
    from sitegen.problems import did_you_mean

    match = _OPENING.match(text.strip())
    if not match:
        raise DirectiveError(f"“:::{text.strip()}” is not a block", 'write :::figure{src=a.jpg alt="…"}')
    name, rest = match[1], match[2] or ""
    directive = DIRECTIVES.get(name)
    if directive is None:
        raise DirectiveError(f"there is no block :::{name}", did_you_mean(name, DIRECTIVES))
    attrs: dict[str, str] = {}
    position = 0
    while rest[position:].strip():
        attribute = _ATTRIBUTE.match(rest, position)
        if not attribute:
            raise DirectiveError(f"“{rest[position:].strip()}” is not understood in :::{name}", 'write name="value"')
        if attribute[1] not in directive.attrs:
            raise DirectiveError(f":::{name} has no {attribute[1]}", did_you_mean(attribute[1], directive.attrs))
        attrs[attribute[1]] = next(value for value in attribute.groups()[1:] if value is not None)
        position = attribute.end()
    for needed in directive.needs:
        if not attrs.get(needed):
            raise DirectiveError(f":::{name} needs {needed}", f'add {needed}="…" inside the braces')
    if not attrs.get("limit", "1").isdecimal():
        raise DirectiveError(f"limit is “{attrs['limit']}”", "write a whole number such as 5")
    return name, attrs
