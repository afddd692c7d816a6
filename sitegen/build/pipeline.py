"""build(): the whole way from sources to files, in one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sitegen.build.clean import remove_output
from sitegen.build.emit import Emitted, emit
from sitegen.build.plan import Output, plan
from sitegen.build.render import Rendered, render
from sitegen.build.state import State, build_lock
from sitegen.config import Config, load_config
from sitegen.content import strict_yaml as yaml
from sitegen.content.entries import FOLDER, Record, id_of, load_entry
from sitegen.content.field_groups import plain
from sitegen.content.reading import as_translations
from sitegen.content.sources import Source, decode, find_sources, read_source
from sitegen.media.library import Library
from sitegen.problems import Code, Problem, SiteError, Span, errors
from sitegen.site.addresses import listing_path
from sitegen.site.advice import advise
from sitegen.site.cards import Address, Withheld, make_cards
from sitegen.site.facts import Facts, Key
from sitegen.site.relate import Site, next_end, relate
from sitegen.site.visibility import Policy
from sitegen.theme.theme import Theme, load_theme


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do.  `now` is the only clock it knows."""

    root: Path
    destination: Path
    now: datetime
    config: str = "config.yaml"
    base_url: str | None = None
    policy: Policy = field(default_factory=Policy)
    strict: bool = False
    jobs: int = 1
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    site: Site
    outputs: Sequence[Output]
    emitted: Emitted
    problems: Sequence[Problem]
    next_change: datetime | None
    media: frozenset[Key]  # the pictures and files that pages read

    @property
    def pages(self) -> int:
        return sum(output.format == "html" for output in self.outputs)

    @property
    def withheld(self) -> Sequence[Withheld]:
        return self.site.withheld


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


def build(options: Options, progress: Callable[[int], Callable[[], None]] = lambda total: lambda: None) -> Report:
    """Builds a site.  Raises SiteError, and leaves the last output as it was, if anything is wrong."""
    with build_lock(options.root):
        loaded = load_site(options)
        _stop_at(loaded.problems, options)
        facts = Facts(loaded.site, loaded.theme, loaded.library, _whole(loaded))
        rendered, failed = render(loaded.outputs, facts, loaded.theme, loaded.config, options.jobs, progress(len(loaded.outputs)))
        _stop_at([*loaded.problems, *failed], options)
        media = frozenset(key for each in rendered for key in each.reads if key[0] in ("picture", "file"))
        contents = _contents(rendered, media, loaded)
        state = State(options.root)
        destination = options.destination.resolve()
        if options.clean:
            remove_output(options.root, destination)
        emitted = emit(contents, destination, state.emitted(destination))
        state.commit(destination, emitted.files)
    return Report(loaded.site, loaded.outputs, emitted, loaded.problems, loaded.next_change, media)


def load_site(options: Options) -> Loaded:
    """discover → load → relate → plan.  Problems are collected, not raised, but for those of config and theme."""
    config = load_config(options.root, options.config, options.base_url)
    _check_destination(options)
    sources, problems = find_sources(options.root, FOLDER)
    theme = load_theme(config)
    records = load(sources, config, problems)
    library = Library(options.root, sources)
    read = {record.source for record in records}
    unread = {id_of(source.path) for source in sources if source.is_entry and source.path not in read}
    cards, found = make_cards(records, config, options.now, options.policy, unread)
    problems += found
    problems += library.check(_places(records, "pictures"), _places(records, "files"))
    site, found = relate(cards, records, config, options.now, load_data(options.root, config, problems))
    problems += found
    outputs: list[Output] = []
    if not errors(problems):
        outputs, found = plan(site)
        problems += found + advise(site)
    changes = [moment for moment in (cards.next_change, next_end(site)) if moment]
    return Loaded(config, theme, library, site, outputs, problems, min(changes, default=None))


def load(sources: Sequence[Source], config: Config, problems: list[Problem]) -> list[Record]:
    """The records of all sources that can be read; the problems of all sources."""
    records = []
    for source in sources:
        if not source.is_entry:
            continue
        try:
            record, found = load_entry(source.path, read_source(config.root, source.path), config)
        except SiteError as error:
            record, found = None, list(error.problems)
        problems += found
        if record is not None:
            records.append(record)
    return records


def load_data(root: Path, config: Config, problems: list[Problem]) -> dict[str, Any]:
    """The files of data/, by name without suffix."""
    data = {}
    sources, found = find_sources(root, "data")
    problems += found
    for source in sources:
        try:
            node = yaml.parse(decode(read_source(root, source.path), source.path), source.path)
        except SiteError as error:
            problems += error.problems
            continue
        data[Path(source.path).stem] = as_translations(plain(node), config.language_codes)
    return data


def _stop_at(problems: Sequence[Problem], options: Options) -> None:
    if errors(problems) or (options.strict and problems):
        raise SiteError(problems)


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


def _whole(loaded: Loaded) -> Mapping[str, Any]:
    """What the sitemap and the list of redirects say, from the plan."""
    site = loaded.site
    paths = {output.path for output in loaded.outputs}
    pages = []
    for output in loaded.outputs:
        if output.format == "html" and output.subject[0] not in ("404", "tombstone"):
            pages.append({"path": output.path, "lastmod": _lastmod(output, site), "alternates": _versions(output, site, paths)})
    redirects = [(output.path, output.subject[0]) for output in loaded.outputs if output.format == "redirect"]
    return {"pages": tuple(sorted(pages, key=lambda page: str(page["path"]))), "redirects": tuple(sorted(redirects))}


def _lastmod(output: Output, site: Site) -> str:
    if output.subject[0] != "entry":
        return ""
    fields = site.cards[Address(output.subject[1], output.language)].fields
    return str(fields.get("updated") or fields.get("date") or "")[:10]


def _versions(output: Output, site: Site, paths: set[str]) -> list[tuple[str, str]]:
    """Locale and path of the page in each language that has it, if there are several."""
    versions = []
    for language in site.config.languages:
        if output.subject[0] == "entry":
            path = site.urls.get(Address(output.subject[1], language.code)) if len(output.subject) == 2 else None
        elif output.subject[-1] is None or output.subject[0] in ("index", "month"):
            path = listing_path(output.subject, site.config.prefix(language.code))
        else:
            path = None
        if path in paths and path is not None:
            versions.append((language.locale, path))
    return [*versions, ("x-default", versions[0][1])] if len(versions) > 1 else []


def _contents(rendered: Sequence[Rendered], media: Iterable[Key], loaded: Loaded) -> dict[str, bytes]:
    """Every file of the output: what was rendered, the theme's assets, and the media that the pages read."""
    contents = {each.file: each.content for each in rendered}
    for asset in loaded.theme.assets.values():
        contents[asset.path.lstrip("/")] = asset.content
    for key in sorted(media):
        published = loaded.library.file_url(key[1])
        if published is not None:
            contents[published.lstrip("/")] = loaded.library.content(key[1])
    return contents
