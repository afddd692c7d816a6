"""What a process that builds again and again need not read back from the state that it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """What a state is known to hold since this process wrote it, for as long as its file is the one written."""

    stat: str
    meta: dict[str, str]
    stats: Mapping[str, str]
    sources: Mapping[str, str]
    reads: Mapping[str, bytes]
