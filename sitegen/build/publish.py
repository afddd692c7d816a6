"""publish(): the quickest build that gives what a clean build gives."""

from __future__ import annotations

from sitegen.build.last import LastBuild
from sitegen.build.lock import build_lock
from sitegen.build.options import Options
from sitegen.build.state import State
from sitegen.build.summary import Progress, Summary, silent
from sitegen.build.unchanged import unchanged


def publish(options: Options, progress: Progress = silent) -> Summary:
    """Builds a site.  Raises SiteError, and leaves the last output as it was, if anything is wrong."""
    with build_lock(options.root):
        state = State(options.root, options.destination.resolve())
        last = LastBuild(options, state)
        try:
            summary = unchanged(last) or (_retouched(last) if last.is_current else None)
        finally:
            state.close()
    if summary is not None:
        return summary
    from sitegen.build.pipeline import build

    return build(options, progress).summary


def _retouched(last: LastBuild) -> Summary | None:
    from sitegen.build.retouch import retouched  # with all that renders: a build that has nothing to do needs none of it

    return retouched(last)
