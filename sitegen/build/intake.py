"""What a project says, read from its files: configuration, theme and sources, parsed where their bytes are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.build import codec, workers
from sitegen.build.memory import Memory
from sitegen.build.options import Options
from sitegen.build.parsed import Parsed, recall
from sitegen.build.parsing import Parser, Reparsed
from sitegen.build.spool import Spool
from sitegen.build.stats import stat_text
from sitegen.build.theme_review import theme_disclosures
from sitegen.build.workers import Steps
from sitegen.config import Config, load_config
from sitegen.content.entries import FOLDER
from sitegen.content.record import Record
from sitegen.content.sources import Source, find_sources
from sitegen.media.examination import is_examined
from sitegen.problems import Code, Problem, SiteError, Span
from sitegen.theme.theme import Theme, load_theme


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read, and the problems met on the way; bodies wait in the spool."""

    config: Config
    theme: Theme
    sources: Sequence[Source]
    records: Sequence[Record]
    problems: Sequence[Problem]
    parsed: Mapping[str, Parsed]
    dialect: str
    spool: Spool


def take_in(options: Options, memory: Memory, clock: int, spool: Spool, meanwhile: Steps = ()) -> Intake:
    """Problems are collected, not raised, but for those of config and theme.

    `clock` is the file system's time in nanoseconds, 0 to trust no stat of a young file.  What is to be done `meanwhile`
    is done while workers parse, if there is enough for them.
    """
    config = load_config(options.root, options.config, options.base_url)
    _check_destination(options)
    sources, problems = find_sources(options.root, FOLDER)
    problems += config.disclosures
    theme = load_theme(config)
    problems += theme_disclosures(theme.chain, options.root)
    records, parsed, found = _parse(sources, config, memory, clock, spool, options.jobs, meanwhile)
    return Intake(config, theme, sources, records, [*problems, *found], parsed, dialect_of(config).hex(), spool)


def _check_destination(options: Options) -> None:
    destination, root = options.destination.resolve(), options.root.resolve()
    kept = [root / name for name in (FOLDER, "templates", "themes", "data", ".git")]
    if root.is_relative_to(destination) or any(destination.is_relative_to(folder) for folder in kept):
        hint = "name a folder of its own, such as public/"
        problem = Problem(
            Code.UNSAFE_PATH, f"the destination {options.destination} holds the site's sources", Span("config.yaml"), hint
        )
        raise SiteError([problem], exit_code=2)


def _parse(
    sources: Sequence[Source],
    config: Config,
    memory: Memory,
    clock: int,
    spool: Spool,
    jobs: int,
    meanwhile: Steps,
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

    enough = len(unseen) >= workers.WORTH_FORKING
    told = workers.map_in_workers(parse, unseen, jobs, keep, meanwhile=meanwhile if enough else ())
    problems = [problem for found in told for problem in found]
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
