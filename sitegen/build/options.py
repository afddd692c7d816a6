"""What a build is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitegen.site.visibility import Policy


@dataclass(frozen=True, slots=True)
class Options:
    """One build's wishes.  `now` is the only clock it knows; without `keep_state` it neither uses nor leaves a state,
    without `index` it makes no search index."""

    root: Path
    destination: Path
    now: datetime
    config: str = "config.yaml"
    base_url: str | None = None
    policy: Policy = field(default_factory=Policy)
    strict: bool = False
    jobs: int = 1
    clean: bool = False
    keep_state: bool = True
    index: bool = True
