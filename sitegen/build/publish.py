"""publish(): the quickest build that gives what a clean build gives."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.build.garbage import rare_collections
from sitegen.build.inputs import Inputs
from sitegen.build.last import LastBuild
from sitegen.build.lock import build_lock
from sitegen.build.options import Options
from sitegen.build.state import State
from sitegen.build.summary import Progress, Summary, nothing, silent
from sitegen.build.unchanged import unchanged


def publish(
    options: Options,
    progress: Progress = silent,
    state: State | None = None,
    inputs: Inputs | None = None,
    written: Callable[[], None] = nothing,
) -> Summary:
    """Builds a site.  Raises SiteError, and leaves the last output as it was, if anything is wrong.

    Who builds again and again passes the same `state` each time, and who watches the project its `inputs` as they are now;
    the quick way calls `written` when pages are as they should be, before that is remembered.
    """
    state = state or State(options.root, options.destination.resolve())
    with build_lock(options.root):
        last = LastBuild(options, state, inputs)
        try:
            summary = unchanged(last) or (_retouched(last, written) if last.is_current else None)
        finally:
            state.close()
    if summary is not None:
        return summary
    from sitegen.build.pipeline import build

    return build(options, progress, state).summary


def _retouched(last: LastBuild, written: Callable[[], None]) -> Summary | None:
    from sitegen.build.retouch import retouched  # with all that renders: a build that has nothing to do needs none of it

    with rare_collections():
        return retouched(last, written)
