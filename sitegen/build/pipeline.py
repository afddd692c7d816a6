"""build(): the whole way from sources to files.  What follows on the sources is loaded while workers parse them."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from sitegen.build.beginning import Beginning
from sitegen.build.engine import engine_digest
from sitegen.build.garbage import rare_collections
from sitegen.build.inputs import look
from sitegen.build.intake import take_in
from sitegen.build.lock import build_lock
from sitegen.build.memory import Memory
from sitegen.build.options import Options
from sitegen.build.seals import DamagedStateError
from sitegen.build.spool import spool_of
from sitegen.build.state import CANNOT_BE_READ, State
from sitegen.build.summary import Progress, silent

if TYPE_CHECKING:
    from sitegen.build.report import Report

# With all libraries of feeds and calendars: of many sources there will be some, and no worker has to load them by itself.
_LATER = ("build.load", "build.render", "build.production", "formats.feeds", "formats.ics")
_LOADING = [partial(import_module, f"sitegen.{name}") for name in _LATER]


def build(options: Options, progress: Progress = silent, state: State | None = None) -> Report:
    """Builds a site by way of the whole of it.  Raises SiteError, and leaves the last output as it was, if anything is wrong."""
    state = state or State(options.root, options.destination.resolve())
    with build_lock(options.root), rare_collections():
        engine = engine_digest(options.root)
        memory, remark = state.load(engine) if options.keep_state else (Memory(), "")
        try:
            report = _build(options, state, engine, memory, progress)
        except DamagedStateError:
            report, remark = _build(options, state, engine, Memory(), progress), CANNOT_BE_READ
        finally:
            state.close()
    return replace(report, remark=report.remark or remark)


def _build(options: Options, state: State, engine: str, memory: Memory, progress: Progress) -> Report:
    beginning = Beginning(engine, memory, look(options), time.time_ns())
    with spool_of(options) as spool:
        intake = take_in(options, Memory() if options.clean else memory, beginning.clock, spool, _LOADING)
        from sitegen.build.production import produce

        return produce(intake, beginning, options, state, progress)
