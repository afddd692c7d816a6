"""Minors: whoever is named and not of age needs the consent of a guardian, and where it is filed is nobody else's business."""

from __future__ import annotations

from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.fields import Field, Flag, Word
from sitegen.content.reading import Reading
from sitegen.problems import Code

MINOR: dict[str, Field] = {"minor": Flag(), "guardian_consent": Word()}


def check_minor(fields: dict[str, Any], node: yaml.Mapping, reading: Reading) -> None:
    """Notes a minor who is named without a guardian's consent."""
    if fields.get("minor") and "guardian_consent" not in fields and fields.keys() & {"name", "person"}:
        hint = "add guardian_consent: where the agreement is filed, or leave out the name"
        reading.note(Code.MISSING_FIELD, "a minor who is named needs guardian_consent", node.items["minor"], hint)


def without_consents(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of somebody without the marks of the office."""
    return {key: value for key, value in fields.items() if key not in ("minor", "guardian_consent", "consent")}
