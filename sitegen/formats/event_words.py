"""Types of event and audiences in the reader's language."""

from __future__ import annotations

from sitegen.site.reader import Reader


def type_label(reader: Reader, word: str) -> str:
    """A type of event in the reader's language."""
    return reader.label("event_type", word)


def audience_label(reader: Reader, word: str) -> str:
    """An audience in the reader's language: a group, or a class such as `graduation-1997`."""
    basis, _, year = word.rpartition("-")
    return reader.message(f"cohort.{basis}", year=year) if year.isdecimal() else reader.label("audience", word)
