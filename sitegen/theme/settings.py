"""A theme's settings: declared with type and default in theme.yaml, chosen in config.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean
from sitegen.theme.chain import Chain

_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str, "path": str, "color": str, "flag": bool, "integer": int, "number": (int, float), "list": list, "map": dict,
}  # fmt: skip
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def settings(chain: Chain, chosen: Mapping[str, Any], place: Span) -> dict[str, Any]:
    """Every declared setting with its value.  Raises SiteError for unknown names and wrong types."""
    declared: dict[str, Any] = {}
    for layer in reversed(chain.layers):
        declared.update(layer.settings)
    values = {name: (each.get("default") if isinstance(each, Mapping) else each) for name, each in declared.items()}
    problems = []
    for name, value in chosen.items():
        if name not in declared:
            hint = did_you_mean(name, declared)
            problems.append(Problem(Code.UNKNOWN_KEY, f"the theme has no setting {name}", place, hint))
            continue
        kind = declared[name].get("type", "text") if isinstance(declared[name], Mapping) else "text"
        is_number = kind in ("integer", "number")
        if (
            not isinstance(value, _TYPES.get(kind, object))
            or (is_number and isinstance(value, bool))
            or (kind == "color" and not _COLOR.match(str(value)))
        ):
            hint = "write a colour such as #8C1D2B" if kind == "color" else f"a {kind} is needed"
            problems.append(Problem(Code.WRONG_TYPE, f"theme_settings.{name} is {value!r}", place, hint))
            continue
        values[name] = value
    if problems:
        raise SiteError(problems, exit_code=2)
    return values
