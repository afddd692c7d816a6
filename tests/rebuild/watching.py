"""What a preview keeps from build to build, which thereby looks only at files that were seen to change."""

from __future__ import annotations

from rebuild.sites import Project

from sitegen.build.inputs import Inputs, look
from sitegen.build.publish import publish
from sitegen.build.state import State
from sitegen.build.summary import Summary


class Watch:
    """Builds a project as its preview does."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._state = State(project.root, project.public.resolve())
        self._inputs: Inputs | None = None

    def publish(self) -> Summary:
        """The next build; what has changed since the last is found by a look at everything, as by events that miss nothing."""
        before, now = self._inputs, look(self._project.options)
        self._inputs = now
        if before is None:
            return publish(self._project.options, state=self._state)
        changed = {path for path, stat in before.stats.items() | now.stats.items() if before.stats.get(path) != now.stats.get(path)}
        inputs = before.after_changes(self._project.root, changed)
        return publish(self._project.options, state=self._state, inputs=inputs)
