"""discover → load → relate → plan: sources and what is remembered of them → the related site and its outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sitegen.build import codec, workers
from sitegen.build.media import library_of, measure_all
from sitegen.build.memory import Memory
from sitegen.build.options import Options
from sitegen.build.parsed import Parsed, recall
from sitegen.build.parsing import Parser, Reparsed
from sitegen.build.plan import Output, plan
from sitegen.build.spool import Spool
from sitegen.build.state import FOLDER as STATE
from sitegen.build.stats import stat_text
from sitegen.build.theme_review import theme_disclosures
from sitegen.config import Config, load_config
from sitegen.content import strict_yaml as yaml
from sitegen.content.entries import FOLDER, Record, id_of
from sitegen.content.field_groups import plain
from sitegen.content.privacy_review import disclosures, settle
from sitegen.content.reading import as_translations
from sitegen.content.sources import Source, decode, find_sources, read_source
from sitegen.media.examination import is_examined
from sitegen.media.library import Library
from sitegen.problems import Code, Problem, SiteError, Span, errors
from sitegen.site.advice import advise
from sitegen.site.cards import make_cards
from sitegen.site.clock_changes import missing_hours
from sitegen.site.next_change import next_end, next_year
from sitegen.site.relate import relate
from sitegen.site.site import Site
from sitegen.theme.theme import Theme, load_theme


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


def load_site(options: Options, memory: Memory | None = None, clock: int = 0, spool: Spool | None = None) -> Loaded:
    """Problems are collected, not raised, but for those of config and theme.

    Bodies wait in the spool, which is the caller's to close.
    `clock` is the file system's time in nanoseconds, 0 to trust no stat of a young file.
    """
    config = load_config(options.root, options.config, options.base_url)
    spool = spool or spool_of(options)
    _check_destination(options)
    sources, problems = find_sources(options.root, FOLDER)
    problems += config.disclosures
    theme = load_theme(config)
    problems += theme_disclosures(theme.chain, options.root)
    records, parsed, found = _parse(sources, config, memory or Memory(), clock, spool, options.jobs)
    problems += found
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
    return Loaded(config, theme, library, site, outputs, problems, next_change, parsed, dialect_of(config).hex(), spool)


def spool_of(options: Options) -> Spool:
    """A spool on the disk of the project."""
    return Spool(options.root / STATE, spawned=not workers.can_fork())


def _parse(
    sources: Sequence[Source], config: Config, memory: Memory, clock: int, spool: Spool, jobs: int
) -> tuple[list[Record], dict[str, Parsed], list[Problem]]:
    """The records of all sources that can be read, parsed only where the bytes are not those of last time."""
    dialect = dialect_of(config)
    known = memory.parsed
    if memory.meta.get("dialect") != dialect.hex():
        # Stats are of files, not of what they mean: to another dialect all are unseen.
        known = {path: entry.at("") for path, entry in known.items()}
    read = [source for source in sources if source.is_entry or is_examined(source.path)]
    parsed = {source.path: known[source.path] for source in read if _is_known(source, config, known.get(source.path))}
    unseen = [(source.path, source.changed) for source in read if source.path not in parsed]
    parse = Parser(config, dialect, {path: known[path].digest for path, _ in unseen if path in known}, clock)

    def keep(found: Reparsed | list[Problem]) -> list[Problem]:
        if isinstance(found, list):
            return found
        parsed[found.path] = found.kept(known.get(found.path), spool)
        return []

    problems = [problem for found in workers.map_in_workers(parse, unseen, jobs, keep) for problem in found]
    records = []
    for record, found in recall(parsed[path] for path in sorted(parsed)):
        problems += found
        if record is not None:
            records.append(record)
    return records, parsed, problems


def _is_known(source: Source, config: Config, before: Parsed | None) -> bool:
    return before is not None and bool(before.stat) and before.stat == stat_text(f"{config.root}/{source.path}")


def dialect_of(config: Config) -> bytes:
    """What of the configuration decides how a source is read."""
    kinds = [(kind.name, kind.folder) for kind in config.kinds]
    return codec.digest([config.language_codes, config.raw_html, kinds])


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


def _check_destination(options: Options) -> None:
    destination, root = options.destination.resolve(), options.root.resolve()
    kept = [root / name for name in (FOLDER, "templates", "themes", "data", ".git")]
    if root.is_relative_to(destination) or any(destination.is_relative_to(folder) for folder in kept):
        hint = "name a folder of its own, such as public/"
        problem = Problem(
            Code.UNSAFE_PATH, f"the destination {options.destination} holds the site's sources", Span("config.yaml"), hint
        )
        raise SiteError([problem], exit_code=2)


def _places(records: Sequence[Record], name: str) -> list[tuple[str, Span]]:
    """The pictures or attached files that sources name, with every place that names one."""
    return [(path, Span(record.source, line, column)) for record in records for path, line, column in getattr(record, name)]
