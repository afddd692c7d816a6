"""What a build begins with."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.build.inputs import Inputs
from sitegen.build.memory import Memory


@dataclass(frozen=True, slots=True)
class Beginning:
    """The digest of the program, what the last build left, the files as they were found, and when (nanoseconds)."""

    engine: str
    memory: Memory
    inputs: Inputs
    clock: int
