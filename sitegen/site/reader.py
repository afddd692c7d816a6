"""A reader: one render's door to the facts.  It records every key read, which is all an output depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from markupsafe import Markup

from sitegen.config import Language
from sitegen.content.body import Block, Body, EntryLink, FileLink, Image, Mention, Message, Part, SiteLink
from sitegen.content.class_names import ClassWords, Patterns, class_name
from sitegen.content.kind import Kind
from sitegen.content.mentions import filled, id_of
from sitegen.site.addresses import quoted
from sitegen.site.cards import Address, Card
from sitegen.site.facts import Facts, Key

T = TypeVar("T")
_UNREAD = object()
_MOST_SHARED = 500  # so that a large site does not hold the texts of all its feeds at once


class MissingMessageError(Exception):
    """A word of the theme is wanted that no catalog has."""


class Reader:
    """Fetches facts for one output in one language, and writes addresses as this output needs them.

    `absolute` addresses are for what is read away from the site: feeds, calendars.
    """

    def __init__(
        self,
        facts: Facts,
        language: str,
        kinds: Mapping[str, Kind],
        views: Mapping[str, Callable[..., Any]],
        absolute: bool = False,
    ) -> None:
        self._facts = facts
        self._views = views
        self.language = language
        self.kinds = kinds
        self.absolute = absolute
        self.reads: dict[Key, Any] = {}
        self.draw: Callable[[Reader, Block, Markup], str] = lambda reader, block, content: content

    def fetch(self, key: Key) -> Any:
        """The value of a fact, its key recorded."""
        value = self.reads.get(key, _UNREAD)
        if value is _UNREAD:
            value = self.reads[key] = self._facts.fetch(key)
        return value

    def shared(self, key: Key, make: Callable[[Reader], T]) -> T:
        """A value that several outputs make alike: made once for those that ask soon, and each has read what it was made from.

        `key` says everything that the value depends on beside facts.
        """
        shared = self._facts.shared
        known = shared.pop(key, None)
        if known is None:
            reader = Reader(self._facts, self.language, self.kinds, self._views, self.absolute)
            known = (make(reader), reader.reads)
        shared[key] = known
        if len(shared) > _MOST_SHARED:
            del shared[next(iter(shared))]  # the one not asked for the longest
        self.reads.update(known[1])
        value: T = known[0]
        return value

    def entry(self, entry_id: str, language: str) -> Any:
        """The view of an entry, of the class for its kind; None if it may not be seen."""
        card: Card | None = self.fetch(("card", entry_id, language))
        return None if card is None else self._views.get(card.kind, self._views[""])(self, card)

    def resolve(self, candidates: tuple[str, ...]) -> Address | None:
        address: Address | None = self.fetch(("resolve", candidates, self.language))
        return address

    def url(self, entry_id: str, language: str) -> str | None:
        """The address of an entry's page, None if it has none."""
        path = self.fetch(("url", entry_id, language))
        return None if path is None else self.href(path)

    def config(self, name: str) -> Any:
        return self.fetch(("config", name, self.language))

    def locale(self, code: str | None = None) -> Language:
        if code is None or code == self.language:
            return self._own_locale
        return self._locale(code)

    @cached_property
    def _own_locale(self) -> Language:
        return self._locale(self.language)

    def _locale(self, code: str) -> Language:
        found: Language = next(language for language in self.config("languages") if language.code == code)
        return found

    def class_patterns(self, language: str) -> Patterns:
        """How a language calls classes."""
        found: Patterns = self.fetch(("config", "class_names", language))
        return found

    @cached_property
    def prefix(self) -> str:
        """The first part of the paths of this reader's language."""
        return self.prefix_of(self.language)

    def prefix_of(self, language: str) -> str:
        return "" if language == self.config("languages")[0].code else f"/{language}"

    def href(self, path: str) -> str:
        """A path of the site as written in this output."""
        return self.permalink(path) if self.absolute else str(self.config("base_path")) + quoted(path)

    def permalink(self, path: str) -> str:
        """The absolute address of a path of the site."""
        return str(self.config("base_url")).rstrip("/") + quoted(path)

    def message(self, key: str, **values: Any) -> str:
        """A text of the theme in this reader's language, its placeholders filled.  Raises MissingMessageError.

        A `count` decides between one and many, and is written with the separators of the language.
        """
        text = self.fetch(("message", self.language, key))
        if text is None:
            raise MissingMessageError(f"the catalogs have no message {key!r}")
        if isinstance(text, Mapping):
            from babel import Locale

            plural = Locale.parse(self.locale().locale, sep="-").plural_form(values.get("count", 0))
            text = text.get(plural, text.get("other", key))
        count = values.get("count")
        if isinstance(count, int) and count >= 1000:
            from sitegen.site.locales import number

            values["count"] = number(count, self.locale().locale)
        return str(text).format(**values) if values else str(text)

    def label(self, prefix: str, word: str) -> str:
        """The text of a word that may be one of the known (`role.president`), or the word itself."""
        known = self.fetch(("message", self.language, f"{prefix}.{word}"))
        return word if known is None else str(known)

    def html(self, body: Body) -> Markup:
        """A body with its marks resolved."""
        return Markup(self._join(body.parts))

    def _join(self, parts: tuple[Part, ...]) -> str:
        return "".join(part if isinstance(part, str) else self._resolved(part) for part in parts)

    def _resolved(self, mark: Any) -> str:
        match mark:
            case EntryLink():
                address = self.resolve(mark.candidates)
                url = self.url(*address) if address else None
                return _attribute("href", url + (f"#{mark.anchor}" if mark.anchor else "")) if url else ""
            case FileLink():
                path = self.fetch(("file", mark.path))
                return _attribute("href", self.href(path)) if path else ""
            case SiteLink():
                return _attribute("href", self.href(mark.path))
            case Image():
                words = {"alt": self.words(mark.alt), "caption": self.words(mark.caption)}
                return self.draw(self, Block("picture", {"src": mark.src} | words), Markup())
            case Message():
                return str(Markup.escape(self.message(mark.key)))
            case Mention():
                return str(self._mentioned(mark))
            case _:
                block = replace(mark, attrs={name: self.words(value) for name, value in mark.attrs.items()})
                return self.draw(self, block, Markup(self._join(mark.parts)))

    def words(self, text: str) -> str:
        """A plain text of the content, with the names of those it mentions."""
        return filled(text, self._name)

    def _name(self, name: str) -> str:
        found = self.fetch(("mention", id_of(name), self.language))
        if found is None:
            return f"@{name}"
        return str(found[0]) if found else self.message("mention.unnamed")

    def _mentioned(self, mark: Mention) -> Markup:
        """The name of a person, and the class where it is told."""
        found = self.fetch(("mention", id_of(mark.name), self.language))
        name = Markup.escape(self._name(mark.name))
        if not found:
            return name
        _, path, language, *words = found
        if path and mark.is_linked:
            name = Markup('<a href="{}">{}</a>').format(self.href(path), name)
        if not mark.is_first:
            return name
        called = class_name(ClassWords(*words), self.class_patterns(language).short)
        if not called.text:
            return name
        joined = self.message("mention.short" if called.is_abbreviated else "mention.class")
        return Markup.escape(joined).format(name=name, label=called.text)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{Markup.escape(value)}"'
