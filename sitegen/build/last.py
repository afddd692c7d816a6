"""The last build: what it left, and whether that still is as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from sitegen.build.engine import engine_digest
from sitegen.build.inputs import Inputs, look
from sitegen.build.manifest import read_manifest
from sitegen.build.options import Options
from sitegen.build.state import State
from sitegen.build.stats import stat_text


def is_present(meta: Mapping[str, str], now: datetime) -> bool:
    """True from the instant of the build of these notes until the next at which the site changes by itself."""
    if now < datetime.fromisoformat(meta["now"]):
        return False
    return not meta["next_change"] or now < datetime.fromisoformat(meta["next_change"])


class LastBuild:
    """Each question is asked once, and only if there is need.

    Who knows the inputs as they are now watches the project, and its destination is nobody else's.
    """

    def __init__(self, options: Options, state: State, inputs: Inputs | None = None) -> None:
        self.options = options
        self.state = state
        self._watched = inputs

    @cached_property
    def inputs(self) -> Inputs:
        """What a build would read now."""
        return self._watched or look(self.options)

    @cached_property
    def is_current(self) -> bool:
        """True if its program was this one, and the site has not changed by itself since."""
        meta = self.meta
        if not self.options.keep_state or self.options.clean or not meta or meta["engine"] != engine_digest(self.options.root):
            return False
        return is_present(meta, self.options.now)

    @cached_property
    def is_intact(self) -> bool:
        """True if every file that it left is still the one written, and no other of ours is there."""
        destination = self.options.destination.resolve()
        if read_manifest(destination) != self.stats.keys():
            return False
        base = str(destination)
        return self._watched is not None or all(stat_text(f"{base}/{file}") == stat for file, stat in self.stats.items())

    @property
    def meta(self) -> dict[str, str]:
        """The notes it left; none if they cannot be read."""
        return self._glance[0]

    @property
    def stats(self) -> Mapping[str, str]:
        """The stats of the files it left."""
        return self._glance[1]

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Every source with its stat.  Raises DamagedStateError."""
        return self.state.sources()

    @cached_property
    def _glance(self) -> tuple[dict[str, str], Mapping[str, str]]:
        return self.state.glance()
