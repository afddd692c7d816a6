"""What a template sees as `site`: titles, languages, menus, queries, settings; all through the Reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.formats.feed_formats import FeedLink, feed_links
from sitegen.site.addresses import INDEXES, SEARCH_FOLDER, index_path
from sitegen.site.query import Query
from sitegen.site.reader import Reader
from sitegen.site.views import TermView


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the site and its home page."""

    code: str
    locale: str
    label: str
    home_url: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of a menu; `current` on the page it leads to and on those below."""

    title: str
    url: str
    current: bool
    children: tuple[MenuItem, ...] = ()


class SiteView:
    """The site in the language of the page being rendered."""

    def __init__(self, reader: Reader, path: str) -> None:
        self._reader = reader
        self._path = path

    def __getattr__(self, name: str) -> Any:
        kind = next((kind for kind in self._reader.kinds.values() if kind.plural == name), None)
        if kind is None or name.startswith("_"):
            raise AttributeError(name)
        return Query(self._reader, kind.name)

    @property
    def title(self) -> str:
        return str(self._reader.config("title"))

    @property
    def description(self) -> str:
        return str(self._reader.config("description") or "")

    @property
    def url(self) -> str:
        return str(self._reader.config("base_url"))

    @property
    def language(self) -> str:
        return self._reader.language

    @property
    def locale(self) -> str:
        return self._reader.locale().locale

    @property
    def languages(self) -> list[LanguageView]:
        return [
            LanguageView(each.code, each.locale, each.label, self._reader.href(self._reader.prefix_of(each.code) + "/"))
            for each in self._reader.config("languages")
        ]

    @property
    def home_url(self) -> str:
        return self._reader.href(self._reader.prefix + "/")

    @property
    def manifest_url(self) -> str:
        return self._reader.href("/site.webmanifest")

    @property
    def feed_url(self) -> str:
        return self._reader.href(self._reader.prefix + "/feed.xml")

    @property
    def feed_links(self) -> tuple[FeedLink, ...]:
        return feed_links(self.feed_url)

    @property
    def calendar_url(self) -> str:
        return self._reader.href(self._reader.prefix + "/calendar.ics")

    @property
    def search(self) -> str:
        """Where the search index is; empty for a site without one."""
        return self._reader.href(f"/{SEARCH_FOLDER}") if self._reader.config("has_search") else ""

    @property
    def today(self) -> Any:
        return self._reader.fetch(("today",))

    @property
    def params(self) -> Mapping[str, Any]:
        params: Mapping[str, Any] = self._reader.config("params")
        return params

    @property
    def filings(self) -> dict[str, Any]:
        footer = self._reader.config("footer") or {}
        return {"icp": footer.get("icp"), "mps": footer.get("mps")}

    @property
    def theme(self) -> SettingsView:
        return SettingsView(self._reader)

    @property
    def data(self) -> DataView:
        return DataView(self._reader)

    @property
    def menus(self) -> MenusView:
        return MenusView(self._reader, self._path)

    @property
    def taxonomies(self) -> TaxonomiesView:
        return TaxonomiesView(self._reader)

    def get(self, reference: str) -> Any:
        """The entry of a reference such as "page:about"; None if it may not be seen."""
        kind, _, name = reference.partition(":")
        folder = self._reader.kinds[kind].folder if kind in self._reader.kinds else kind
        address = self._reader.resolve((f"{folder}/{name}",))
        return self._reader.entry(*address) if address else None


class SettingsView:
    """The theme's settings."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> Any:
        return self._reader.fetch(("setting", name))


class DataView:
    """The files of data/, by name; texts in the page's language."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> Any:
        return self._reader.fetch(("data", name, self._reader.language))


class TaxonomiesView:
    """The terms in use, by taxonomy."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> list[TermView]:
        terms = self._reader.fetch(("terms", name, self._reader.language))
        return [TermView(self._reader, name, term, count) for term, count in terms]


@dataclass(frozen=True, slots=True)
class _Link:
    """An entry of a menu, whichever page shows it."""

    title: str
    url: str
    path: str | None
    is_home: bool
    children: tuple[_Link, ...]

    def on(self, page: str) -> MenuItem:
        current = self.path is not None and (page == self.path if self.is_home else page.startswith(self.path))
        return MenuItem(self.title, self.url, current, tuple(child.on(page) for child in self.children))


class MenusView:
    """The menus of config.yaml."""

    def __init__(self, reader: Reader, path: str) -> None:
        self._reader = reader
        self._path = path

    def __getattr__(self, name: str) -> tuple[MenuItem, ...]:
        reader = self._reader
        links = reader.shared(("menu", name, reader.language, reader.absolute), lambda own: _menu(own, name))
        return tuple(link.on(self._path) for link in links)


def _menu(reader: Reader, name: str) -> tuple[_Link, ...]:
    menus = reader.config("menus") or {}
    return _links(reader, menus.get(name, ()))


def _links(reader: Reader, declared: Iterable[Mapping[str, Any]]) -> tuple[_Link, ...]:
    links = [_link(reader, each) for each in declared]
    return tuple(link for link in links if link is not None)


def _link(reader: Reader, declared: Mapping[str, Any]) -> _Link | None:
    title, path = declared.get("title"), None
    reference = declared.get("ref", "")
    if reference in INDEXES:
        path = index_path(reference, reader.prefix)
        title = title or reader.message(f"nav.{reference}")
    elif ":" in reference:
        view = SiteView(reader, "").get(reference)
        if view is None or view.path is None:
            return None
        title, path = title or view.title, view.path
    url = reader.href(path) if path else str(declared.get("url", ""))
    return _Link(str(title), url, path, path == reader.prefix + "/", _links(reader, declared.get("children", ())))
