"""Texts as calendars can carry them: no control characters, and line ends that every reader takes for the same."""

from __future__ import annotations

import re

from icalendar import vText

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")  # some clients split at every one of them, escaped or not
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Text(vText):
    """A TEXT value, escaped as RFC 5545, 3.3.11 says; the library takes a backslash before an N for a line end."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return text.encode("utf-8")


def text(words: str) -> Text:
    """A text of several lines as the value of a property."""
    return Text(clean(words))


def clean(text: str) -> str:
    """A text of several lines (RFC 5545, 3.3.11); a tab is a space."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def line(text: str) -> str:
    """A text on one line."""
    return " ".join(clean(text).split())


def parameter(text: str) -> str:
    """A text as the value of a parameter, which holds no quotation marks (RFC 5545, 3.2)."""
    return line(text).replace('"', "'")
