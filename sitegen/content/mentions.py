"""Mentions: `@lin-shili` in a text means the person of that id; who that is, and what may be said, only the site knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sitegen.content.parsing import NAME_END, NAME_OPEN

if TYPE_CHECKING:
    from markdown_it.rules_inline.state_inline import StateInline

FOLDER = "people"
FIELD = "@"  # what references of this sort are called
# No mention follows a letter of a script with spaces, as in an e-mail address, nor what addresses consist of; none leads
# over to another @ (a name at another host), to a path, a port or a host.  Chinese may stand right before and after it.
_LETTER = r"[^\W\u2e80-\U0003ffff]"
_MENTION = re.compile(rf"(?<!{_LETTER})(?<![-.+/@&=#%$\\])@([A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)(?!{_LETTER}|[@/]|[.:-][A-Za-z0-9])")
_ADDRESS = re.compile(r"://[\x21-\x7e]*\Z")
_LONGEST_ADDRESS = 2_000
_NAME = re.compile(f"{NAME_OPEN}([^{NAME_END}]*){NAME_END}")


def mention(state: StateInline, silent: bool) -> bool:
    """The rule of the Markdown parser.  An escaped sign, `\\@home`, never comes here."""
    match = _MENTION.match(state.src, state.pos, state.posMax)
    if match is None or _ADDRESS.search(state.src, max(0, state.pos - _LONGEST_ADDRESS), state.pos):
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = placed(match[1])
        token.meta = {"name": match[1], "in_link": state.linkLevel > 0}
    state.pos = match.end()
    return True


def placed(name: str) -> str:
    """A place in a plain text for the name of somebody; control characters cannot stand in a source."""
    return f"{NAME_OPEN}{name}{NAME_END}"


def with_places(text: str, note: Callable[[str], object]) -> str:
    """A plain text with a place for each mention, of whom `note` is told."""

    def place(match: re.Match[str]) -> str:
        note(match[1])
        return placed(match[1])

    return _MENTION.sub(place, text) if "@" in text else text


def filled(text: str, name_of: Callable[[str], str]) -> str:
    """A text with a name in each place."""
    return _NAME.sub(lambda match: name_of(match[1]), text) if NAME_OPEN in text else text


def whole(text: str) -> str:
    """The beginning of a text without a place that was cut in two."""
    start = text.rfind(NAME_OPEN)
    return text if start <= text.rfind(NAME_END) else text[:start].rstrip() + "…"


def id_of(name: str) -> str:
    """The id of the entry that a mention means."""
    return f"{FOLDER}/{name}"
