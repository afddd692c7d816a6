"""config.yaml → Config: what the site is called, where it lives, its languages and choices."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sitegen.content import strict_yaml as yaml
from sitegen.content.date_fields import TimeZone
from sitegen.content.field_groups import Anything, Group, ListOf, Named, read_fields
from sitegen.content.fields import Field, Flag, Former, Integer, Ref, Text, Url, Word
from sitegen.content.kind import Kind
from sitegen.content.kinds import BUILT_IN
from sitegen.content.kinds.cohort import SETTINGS as COHORTS
from sitegen.content.privacy_review import FIELD, REVIEWED, disclosures, reviews
from sitegen.content.reading import Reading
from sitegen.content.reference import Reference
from sitegen.content.review import Review
from sitegen.content.sources import decode
from sitegen.content.translations import as_translations, localize
from sitegen.problems import Code, Problem, SiteError, Span, errors

FILE_NAME = "config.yaml"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site: code in addresses, CLDR locale, name in its own words."""

    code: str
    locale: str
    label: str


_ADDRESS = r"https?://[^\s?#]+"
_ADDRESS_HINT = "write the public address, such as https://alumni.example.edu/"
_MENU_ITEM: dict[str, Field] = {"ref": Ref(folders=()), "url": Url(), "title": Text()}
_FILING = Group(fields={"text": Text(required=True), "url": Url(required=True)})

_HOST = Word(pattern=r"[A-Za-z0-9.-]+", hint="write a host without https://, such as alumni.example.edu")

_CLASS_NAMES = 'write how classes are called under cohorts, such as short: [{zh: "{subject}{entry}级", en: "{code} {graduation}"}]'

FIELDS: dict[str, Field] = {
    "title": Text(),
    "description": Text(),
    "base_url": Word(pattern=_ADDRESS, hint=_ADDRESS_HINT),
    "timezone": TimeZone(),
    "languages": Named(item=Group(fields={"locale": Word(required=True), "label": Word(required=True)})),
    "theme": Word(pattern=r"[A-Za-z0-9_-]+", hint="write the name of a folder in themes/"),
    "theme_settings": Anything(),
    "permalinks": Named(item=Word(pattern=r"/\S*", hint="write a path such as /news/{year}/{slug}/")),
    "paginate": Integer(minimum=1, maximum=300),
    "taxonomies": Named(item=Group(fields={"terms": Named(item=Text())})),
    "feeds": Group(fields={"limit": Integer(minimum=1, maximum=500), "full_text": Flag()}),
    "id_host": _HOST,
    "class_style": Former(instead=_CLASS_NAMES),
    "menus": Named(item=ListOf(item=Group(fields=_MENU_ITEM | {"children": ListOf(item=Group(fields=_MENU_ITEM))}))),
    "footer": Group(fields={"icp": _FILING, "mps": _FILING}),
    "cohorts": COHORTS,
    "markup": Group(fields={"raw_html": Flag()}),
    "security": Group(fields={"contact": Url(required=True), "expires": Word(required=True)}),
    "params": Anything(),
    "extensions": ListOf(item=Word()),
    "publish": Anything(),
    "search": Flag(),
    "privacy_reviewed": REVIEWED,
}

_EXAMPLES = {
    "title": "add title: the name of the site",
    "base_url": "add base_url: https://…, the public address",
    "timezone": "add timezone: Asia/Shanghai, or the zone your dates are in",
    "languages": "add languages: {zh: {locale: zh-Hans-CN, label: 简体中文}}",
}
_FALLBACK_MENU = [{"ref": ref} for ref in ("news", "people", "events", "chapters", "honors")]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything config.yaml says, with defaults; texts keep their languages until asked for one."""

    root: Path
    base_url: str
    timezone: str
    languages: tuple[Language, ...]
    theme: str
    texts: Mapping[str, Any]
    kinds: tuple[Kind, ...]
    permalinks: Mapping[str, str]
    theme_settings: yaml.Node | None = None
    taxonomies: Mapping[str, Any] = field(default_factory=dict)
    paginate: int = 20
    feed_limit: int = 30
    feed_full_text: bool = True
    id_host: str = ""
    raw_html: bool = False
    wants_search: bool = False
    has_search: bool = False  # wanted, and the program that makes its index is installed
    params: Mapping[str, Any] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()
    file: str = FILE_NAME
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    menu_references: tuple[Reference, ...] = ()
    reviews: tuple[Review, ...] = ()  # of what this file and those of data/ tell of people
    disclosures: tuple[Problem, ...] = ()
    kinds_by_name: Mapping[str, Kind] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds_by_name", {kind.name: kind for kind in self.kinds})

    def __reduce__(self) -> tuple[Any, ...]:
        # Kinds may come from modules that only this loads, so another process loads them too.
        return load_config, (self.root, self.file, self.base_url)

    def place(self, key: str) -> Span:
        """Where a key of the configuration stands."""
        return Span(self.file, *self.places.get(key, (1, 1)))

    @property
    def default_language(self) -> str:
        return self.languages[0].code

    @property
    def language_codes(self) -> tuple[str, ...]:
        return tuple(language.code for language in self.languages)

    @property
    def base_path(self) -> str:
        """The path part of base_url, without its last slash: empty for a site at the root of its host."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"

    def language(self, code: str) -> Language:
        return next(language for language in self.languages if language.code == code)

    def kind(self, name: str) -> Kind:
        """The kind of that name.  Raises KeyError."""
        return self.kinds_by_name[name]

    def text(self, key: str, language: str) -> Any:
        """A configured text, or map or list of texts, in one language."""
        return localize(self.texts.get(key), language, self.default_language)

    def prefix(self, language: str) -> str:
        """The first part of a language's paths: empty for the default language."""
        return "" if language == self.default_language else f"/{language}"

    def permalink(self, kind: Kind) -> str:
        return self.permalinks.get(kind.name) or self.permalinks.get(kind.plural) or kind.permalink


def load_config(root: Path, name: str = FILE_NAME, base_url: str | None = None) -> Config:
    """Reads the configuration.  Raises SiteError (exit code 2) with every problem in it."""
    if base_url is not None and not re.fullmatch(_ADDRESS, base_url):
        problem = Problem(Code.CONFIG, f"base_url cannot be “{base_url}”", Span("--base-url"), _ADDRESS_HINT)
        raise SiteError([problem], exit_code=2)
    path = root / name
    try:
        content = path.read_bytes()
    except OSError as error:
        hint = "run this in the folder of a site, name it with --source, or start one with: sitegen init"
        problem = Problem(Code.CONFIG, f"{name} cannot be read: {error.strerror}", Span(name), hint)
        raise SiteError([problem], exit_code=2) from None
    try:
        text = decode(content, name)
        config = _read(root, name, yaml.parse(text, name), base_url)
    except SiteError as error:
        raise SiteError(error.problems, exit_code=2) from None
    return replace(config, disclosures=tuple(disclosures(name, text)))


def _read(root: Path, name: str, node: yaml.Node | None, base_url: str | None) -> Config:
    if not isinstance(node, yaml.Mapping):
        raise SiteError([Problem(Code.CONFIG, "the configuration is empty", Span(name), "begin with title: …")])
    languages = _languages(node)
    reading = Reading(name, tuple(language.code for language in languages) or ("en",))
    values = read_fields(FIELDS, node, "", reading)
    for key in ("title", "base_url", "timezone", "languages"):
        if key not in node.items:
            reading.note(Code.MISSING_FIELD, f"{key} is missing", node, _EXAMPLES[key])
    kinds = BUILT_IN + _extension_kinds(root, values.get("extensions", []), node, reading)
    _check_names(values, kinds, node, reading)
    if errors(reading.problems):
        raise SiteError(reading.problems)
    address = base_url or values["base_url"]
    feeds = values.get("feeds", {})
    texts = {key: values.get(key) for key in ("title", "description", "menus", "footer", "security", "cohorts")}
    texts["menus"] = {"main": _FALLBACK_MENU} | (texts["menus"] or {})
    return Config(
        root=root,
        base_url=address if address.endswith("/") else address + "/",
        timezone=values["timezone"],
        languages=languages,
        theme=values.get("theme", "beacon"),
        texts=texts,
        kinds=kinds,
        permalinks=values.get("permalinks", {}),
        theme_settings=node.items.get("theme_settings"),
        taxonomies=values.get("taxonomies", {"tags": {}, "topics": {}}),
        paginate=values.get("paginate", 20),
        feed_limit=feeds.get("limit", 30),
        feed_full_text=feeds.get("full_text", True),
        id_host=(values.get("id_host") or urlsplit(address).hostname or "localhost").lower(),
        raw_html=values.get("markup", {}).get("raw_html", False),
        wants_search=values.get("search", False),
        has_search=values.get("search", False) and find_spec("pagefind_bin") is not None,
        params=as_translations(values.get("params") or {}, reading.languages),
        extensions=tuple(values.get("extensions", [])),
        file=name,
        places=node.keys,
        menu_references=tuple(reading.references),
        reviews=reviews(values.get(FIELD), node, name),
    )


def _languages(node: yaml.Mapping) -> tuple[Language, ...]:
    declared = node.items.get("languages")
    if not isinstance(declared, yaml.Mapping):
        return ()
    languages = []
    for code, details in declared.items.items():
        values = yaml_texts(details)
        languages.append(Language(code, values.get("locale", code), values.get("label", code)))
    return tuple(languages)


def yaml_texts(node: yaml.Node) -> dict[str, str]:
    """The scalar texts of a map."""
    if not isinstance(node, yaml.Mapping):
        return {}
    return {key: item.text for key, item in node.items.items() if isinstance(item, yaml.Scalar)}


def _check_names(values: Mapping[str, Any], kinds: tuple[Kind, ...], node: yaml.Mapping, reading: Reading) -> None:
    from sitegen.problems import did_you_mean

    names = {kind.name for kind in kinds} | {kind.plural for kind in kinds}
    for key in values.get("permalinks", {}):
        if key not in names:
            reading.note(Code.CONFIG, f"permalinks names no kind: {key}", node.items["permalinks"], did_you_mean(key, names))
    for key, pattern in values.get("permalinks", {}).items():
        unknown = set(re.findall(r"\{([^}]*)\}", pattern)) - {"year", "month", "day", "slug", "section", "path"}
        if unknown or ".." in pattern:
            hint = "{year} {month} {day} {slug} {section} {path} are known"
            reading.note(Code.UNSAFE_PATH, f"the permalink of {key} cannot be {pattern}", node.items["permalinks"], hint)
    for code in values.get("languages", {}):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            reading.note(Code.CONFIG, f"{code} is not a language code", node.items["languages"], "such as zh, en, zh-Hant")
    for key in values.get("taxonomies", {}):
        if key not in ("tags", "topics"):
            reading.note(Code.CONFIG, f"there is no taxonomy {key}", node.items["taxonomies"], "tags and topics are known")


def _extension_kinds(root: Path, names: list[str], node: yaml.Mapping, reading: Reading) -> tuple[Kind, ...]:
    """The kinds that the modules named under `extensions:` declare in a tuple called KINDS."""
    import importlib

    kinds: list[Kind] = []
    for name in names:
        try:
            sys.path.insert(0, str(root))
            kinds.extend(importlib.import_module(name).KINDS)
        except Exception as error:
            hint = "name a Python module of this folder that has KINDS = (…,)"
            reading.note(Code.EXTENSION, f"the extension {name} failed: {error}", node.items["extensions"], hint)
        finally:
            sys.path.remove(str(root))
    return tuple(kinds)
