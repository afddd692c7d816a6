"""The third quickest build: where nothing but templates has changed, so that every entry is as it was and where it was."""

from __future__ import annotations

import time
from collections.abc import Callable

from sitegen.build import codec
from sitegen.build.last import LastBuild
from sitegen.build.recollection import NotRememberedError
from sitegen.build.remake import Changes, remake
from sitegen.build.seals import DamagedStateError
from sitegen.build.spool import spool_of
from sitegen.build.summary import Summary, nothing
from sitegen.build.theme_review import theme_disclosures
from sitegen.build.unchanged import only_templates_changed, recall_summary
from sitegen.config import load_config
from sitegen.problems import SiteError
from sitegen.theme.theme import load_theme


def restyled(last: LastBuild, written: Callable[[], None] = nothing) -> Summary | None:
    """The summary of a build after which every output is right; None where there is more to do.

    Calls `written` if files are then others, before that is remembered.
    """
    try:
        if not last.is_current or not only_templates_changed(last.meta, last.inputs, last.options.now):
            return None
        changes = _changes(last)
        if changes is None:
            return None
        with spool_of(last.options) as spool:
            return remake(last, changes, spool, written)
    except (NotRememberedError, DamagedStateError, SiteError):
        return None


def _changes(last: LastBuild) -> Changes | None:
    """The templates that are others now, with all that they include, unless there is something to be said of any."""
    options, clock = last.options, time.time_ns()
    config = load_config(options.root, options.config, options.base_url)
    if config.has_search and options.index:
        return None  # the index is of all pages
    theme = load_theme(config)
    if _were_spoken_of(last) or theme_disclosures(theme.chain, options.root):
        return None
    stale = {
        number: key
        for number, (key, digest) in last.state.facts_named("template").items()
        if codec.digest(theme.template(codec.load_key(key)[1])) != digest
    }
    return Changes(config, theme, clock, stale)


def _were_spoken_of(last: LastBuild) -> bool:
    """True if something was said of another file than a source: of a template it may not be true any more."""
    return any(problem.span.path not in last.sources for problem in recall_summary(last).problems)
