"""relate → plan: what a project says → the related site and its outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sitegen.build.intake import Intake, take_in
from sitegen.build.media import library_of, measure_all
from sitegen.build.memory import Memory
from sitegen.build.options import Options
from sitegen.build.parsed import Parsed
from sitegen.build.plan import Output, plan
from sitegen.build.spool import Spool, spool_of
from sitegen.build.state import FOLDER as STATE
from sitegen.config import Config
from sitegen.content import strict_yaml as yaml
from sitegen.content.entries import id_of
from sitegen.content.field_groups import plain
from sitegen.content.privacy_review import disclosures, settle
from sitegen.content.record import Record
from sitegen.content.sources import decode, find_sources, read_source
from sitegen.content.translations import as_translations
from sitegen.media.library import Library
from sitegen.problems import Problem, SiteError, Span, errors
from sitegen.site.advice import advise
from sitegen.site.cards import make_cards
from sitegen.site.clock_changes import missing_hours
from sitegen.site.next_change import next_end, next_year
from sitegen.site.relate import relate
from sitegen.site.site import Site
from sitegen.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Loaded:
    """The related site with all that a render needs, and the problems met on the way."""

    config: Config
    theme: Theme
    library: Library
    site: Site
    outputs: Sequence[Output]
    problems: Sequence[Problem]
    next_change: datetime | None
    parsed: Mapping[str, Parsed]
    dialect: str
    spool: Spool


def load_site(options: Options, spool: Spool | None = None) -> Loaded:
    """Takes in a project and relates what it says.  Bodies wait in the spool, which is the caller's to close."""
    return load(take_in(options, Memory(), 0, spool or spool_of(options)), options)


def load(intake: Intake, options: Options) -> Loaded:
    """Relates what was taken in, and plans the outputs; problems are collected, not raised."""
    config, sources, records, problems = intake.config, intake.sources, intake.records, [*intake.problems]
    library, known = library_of(options.root, sources, options.root / STATE)
    measure_all(library, known, options.root, (path for path, _ in _places(records, "pictures")), options.jobs)
    read = {record.source for record in records}
    unread = {id_of(source.path) for source in sources if source.is_entry and source.path not in read}
    cards, found = make_cards(records, config, options.now, options.policy, unread)
    problems += found
    problems += library.check(_places(records, "pictures"), _places(records, "files"))
    site, found = relate(cards, records, config, options.now, load_data(options.root, config, problems))
    problems += found
    problems = settle(problems, [*config.reviews, *(review for record in records for review in record.reviews)])
    outputs: list[Output] = []
    if not errors(problems):
        outputs, found = plan(site)
        problems += found + advise(site) + missing_hours(site)
    changes = [moment for moment in (cards.next_change, next_end(site), next_year(site)) if moment]
    next_change = min(changes, default=None)
    return Loaded(config, intake.theme, library, site, outputs, problems, next_change, intake.parsed, intake.dialect, intake.spool)


def load_data(root: Path, config: Config, problems: list[Problem]) -> dict[str, Any]:
    """The files of data/, by name without suffix."""
    data = {}
    sources, found = find_sources(root, "data")
    problems += found
    for source in sources:
        try:
            text = decode(read_source(root, source.path), source.path)
            problems += disclosures(source.path, text, source.path)
            node = yaml.parse(text, source.path)
        except SiteError as error:
            problems += error.problems
            continue
        data[Path(source.path).stem] = as_translations(plain(node), config.language_codes)
    return data


def _places(records: Sequence[Record], name: str) -> list[tuple[str, Span]]:
    """The pictures or attached files that sources name, with every place that names one."""
    return [(path, Span(record.source, line, column)) for record in records for path, line, column in getattr(record, name)]
