"""The second quickest build: where only templates and the text of a few sources have changed, all else is as it was.

Templates and bodies are facts of their own, so the outputs to be made again are those that read one of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from sitegen.build import codec
from sitegen.build.intake import dialect_of
from sitegen.build.last import LastBuild
from sitegen.build.parsed import Parsed, changed_texts
from sitegen.build.parsing import Parser
from sitegen.build.recollection import NotRememberedError
from sitegen.build.remake import Changes, remake
from sitegen.build.seals import DamagedStateError
from sitegen.build.spool import Spool, spool_of
from sitegen.build.stats import changed_at
from sitegen.build.summary import Summary, nothing
from sitegen.build.templates import changed_templates
from sitegen.build.unchanged import recall_summary
from sitegen.config import load_config
from sitegen.problems import SiteError
from sitegen.theme.theme import load_theme

FEW = 64


def retouched(last: LastBuild, written: Callable[[], None] = nothing) -> Summary | None:
    """The summary of a build after which every output is right; None where there is more to do.

    Calls `written` if files are then others, before that is remembered.
    """
    try:
        if not last.is_current or not last.meta["settings"]:
            return None
        with spool_of(last.options) as spool:
            changes = _changes(last, spool)
            return remake(last, changes, spool, written) if changes else None
    except (NotRememberedError, DamagedStateError, SiteError):
        return None


def _changes(last: LastBuild, spool: Spool) -> Changes | None:
    """What has changed, if it is nothing but texts and templates."""
    options, clock = last.options, time.time_ns()
    changed = [path for path, stat in last.sources.items() if not stat or last.inputs.stats.get(path) != stat]
    if len(changed) > FEW or last.inputs.digest(without={*last.sources, *last.inputs.templates}) != last.meta["settings"]:
        return None
    if _is_spoken_of(last, changed):
        return None
    config = load_config(options.root, options.config, options.base_url)
    if config.has_search and options.index:
        return None  # the index is of all texts
    theme = load_theme(config)
    templates = changed_templates(last, theme)
    if templates is None:
        return None
    dialect = dialect_of(config)
    before = last.state.part(paths=changed).parsed
    parsed: dict[str, Parsed] = {}
    stamps: dict[str, tuple[bytes, bytes]] = {}
    parse = Parser(config, dialect, {path: entry.digest for path, entry in before.items()}, clock)
    for path in changed:
        stat = last.inputs.stats.get(path)
        found = parse((path, changed_at(stat))) if stat else []
        if isinstance(found, list):
            return None
        parsed[path] = found.kept(before[path], spool)
        texts = changed_texts(before[path], parsed[path])
        if texts is None:
            return None
        stamps |= {codec.dump_key(("body", parsed[path].id, language)): each for language, each in texts.items()}
    # A body of which the fact has another digest than the source had is not shown: its entry is withheld, or has no page.
    texts_read = {number: key for key, (number, digest) in last.state.facts_of(stamps).items() if digest == stamps[key][0]}
    return Changes(config, theme, clock, texts_read | templates, parsed)


def _is_spoken_of(last: LastBuild, paths: Collection[str]) -> bool:
    """True if something was said of one of the sources: what it was said of may stand on another line now."""
    return any(problem.span.path in paths for problem in recall_summary(last).problems)
