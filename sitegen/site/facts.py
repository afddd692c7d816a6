"""fetch(key): the one table of facts that templates and formats read.  Total and pure: absence is a value too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from sitegen.content.body import Body
from sitegen.content.class_names import ClassWords, patterns_of
from sitegen.content.giving import cohort_of
from sitegen.content.translations import localize
from sitegen.content.zones import zone
from sitegen.site.audience import axes
from sitegen.site.cards import Address, Card
from sitegen.site.paging import sheet, sheet_count
from sitegen.site.relatives import Relatives
from sitegen.site.reunions import reunions_of
from sitegen.site.rolls import Roll
from sitegen.site.selections import Item, Selections
from sitegen.site.site import Site, this_year

Key: TypeAlias = tuple[Any, ...]
# Facts that only the whole site can tell; their values are plain: words, numbers, tuples and Sheets of them.
RELATIONS = frozenset(
    "list sheet sheets near url languages resolve mention barred terms term backlinks persons related "
    "past years calendars months month data cohort_rolls reunion_years".split()
)
# Facts that a single entry, the configuration, the theme or a file can tell.
OWN = frozenset("card body occurrences config label message setting asset template picture still length share file today".split())
# Facts of the whole site that would be large to remember: who asks for one anew builds by way of the whole.
LARGE = frozenset("files roll roll_keys roll_total roll_headings roll_protected".split())
_UNKNOWN = object()
_PLAIN_SETTINGS = frozenset("base_url base_path has_search paginate feed_limit feed_full_text id_host host timezone".split())


class ThemeFacts(Protocol):
    """What the theme knows."""

    def message(self, language: str, key: str) -> Any: ...
    def asset_url(self, name: str) -> str | None: ...
    def setting(self, name: str) -> Any: ...
    def template(self, name: str) -> str: ...
    def card_style(self) -> Any: ...


class MediaFacts(Protocol):
    """What is known of pictures and attached files."""

    def picture(self, source: str, *spec: Any) -> Any: ...
    def still(self, source: str, *spec: Any) -> Any: ...
    def length(self, source: str) -> int | None: ...
    def share_card(self, kicker: str, title: str, name: str, style: Any) -> Any: ...
    def file_url(self, path: str) -> str | None: ...


class Facts:
    """Each distinct fact is evaluated once.

    `files` are what the plan knows of the whole output: "pages" for the sitemap, "redirects" for hosts.
    `shared` are values that readers made from facts, with these; `digests` are kept for those who have reckoned them.
    """

    def __init__(self, site: Site, theme: ThemeFacts, media: MediaFacts, files: Mapping[str, Any]) -> None:
        self._site = site
        self._theme = theme
        self._media = media
        self._files = files
        self._known: dict[Key, Any] = {}
        self.shared: dict[Key, tuple[Any, Mapping[Key, Any]]] = {}
        self.digests: dict[Key, bytes] = {}
        selections, relatives = Selections(site), Relatives(site)
        self._evaluators: Mapping[str, Callable[..., Any]] = {
            "card": self._card,
            "body": self._body,
            "list": selections.listed,
            "sheet": lambda number, *listed: sheet(self._listed(*listed), site.config.paginate, number),
            "sheets": lambda *listed: sheet_count(len(self._listed(*listed)), site.config.paginate),
            "near": lambda entry_id, language: site.neighbours.get(Address(entry_id, language), (None, None)),
            "url": lambda entry_id, language: site.urls.get(Address(entry_id, language)),
            "languages": lambda entry_id: site.languages.get(entry_id, ()),
            "resolve": site.resolve,
            "mention": self._mention,
            "barred": lambda entry_id: entry_id in site.barred,
            "terms": self._terms,
            "term": lambda taxonomy, term, language: site.terms.get((taxonomy, language), {}).get(term, ()),
            "label": self._label,
            "backlinks": lambda entry_id, language: site.backlinks.get(Address(entry_id, language), ()),
            "persons": lambda entry_id, language: site.persons.get(Address(entry_id, language), ()),
            "related": relatives.of,
            "occurrences": lambda entry_id, language: site.occurrences.get(Address(entry_id, language), ()),
            "past": selections.past,
            "years": selections.years,
            "calendars": lambda language: axes(
                site.cards[Address(entry_id, language)].fields for entry_id in site.order.get(("event", language), ())
            ),
            "months": selections.months,
            "roll": self._of_roll(Roll.part),
            "roll_keys": self._of_roll(Roll.keys),
            "roll_total": self._of_roll(Roll.total),
            "roll_headings": self._of_roll(lambda roll: roll.headings),
            "roll_protected": self._of_roll(lambda roll: bool(roll.totals.get("protected"))),
            "cohort_rolls": lambda cohort_id, language: self._rolls_by_cohort.get((cohort_id, language), ()),
            "month": selections.month,
            "config": self._config,
            "data": lambda name, language: localize(site.data.get(name), language, site.config.default_language),
            "message": theme.message,
            "setting": theme.setting,
            "asset": theme.asset_url,
            "picture": media.picture,
            "still": media.still,
            "length": media.length,
            "share": lambda language, kicker, title: media.share_card(
                kicker, title, str(self._config("title", language)), theme.card_style()
            ),
            "file": media.file_url,
            "files": files.get,
            "template": theme.template,
            "reunion_years": lambda: reunions_of(site.config.texts.get("cohorts")).years(this_year(site)),
            "today": lambda: site.now.astimezone(zone(site.config.timezone)).date(),
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return Facts, (self._site, self._theme, self._media, self._files)

    def is_as_before(self, _text: str) -> bool:
        """True of the key of a fact, as text, that is known to be what it was in the last build."""
        return False

    def fetch(self, key: Key) -> Any:
        """The value of a fact; None, or an empty tuple, where there is nothing."""
        value = self._known.get(key, _UNKNOWN)
        return self._value(key) if value is _UNKNOWN else value

    def _value(self, key: Key) -> Any:
        if key not in self._known:
            self._known[key] = self._evaluators[key[0]](*key[1:])
        return self._known[key]

    def _card(self, entry_id: str, language: str) -> Card | None:
        return self._site.cards.get(Address(entry_id, language))

    def _body(self, entry_id: str, language: str) -> Body:
        return self._site.bodies.get(Address(entry_id, language), Body())

    def _mention(self, entry_id: str, language: str) -> tuple[Any, ...] | None:
        """Name, path (None without a page), language and class of somebody; empty for who may not be named, None for nobody."""
        address = self._site.resolve((entry_id,), language)
        if address is None:
            return () if entry_id in self._withheld else None
        card = self._site.cards[address]
        return (card.title, self._site.urls.get(address), card.language, *self._class_of(card))

    def _class_of(self, person: Card) -> ClassWords:
        """The class that somebody is known by: of the first degree with a year.  A cohort on the site says what it is itself."""
        for degree in person.fields.get("degrees", ()):
            cohort = self._site.cards.get(Address(f"cohorts/{cohort_of(degree)}", person.language))
            words = ClassWords.of_cohort(cohort.fields) if cohort else ClassWords.of_degree(degree)
            if words.has_year:
                return words
        return ClassWords()

    @cached_property
    def _withheld(self) -> frozenset[str]:
        return frozenset(each.card.id for each in self._site.withheld)

    def _config(self, name: str, language: str) -> Any:
        config = self._site.config
        if name in _PLAIN_SETTINGS:
            return getattr(config, name)
        if name == "languages":
            return config.languages
        if name == "class_names":
            return patterns_of(config.texts.get("cohorts"), language)
        if name == "params":
            return localize(config.params, language, config.default_language)
        return config.text(name, language)

    def _listed(self, kind: str, *rest: Any) -> Sequence[Item]:
        """The items of a paginated listing: a list, or the entries of a term."""
        if kind == "term":
            return [(entry_id, -1) for entry_id in self._value(("term", *rest))]
        items: Sequence[Item] = self._value(("list", kind, *rest))
        return items

    def _terms(self, taxonomy: str, language: str) -> tuple[tuple[str, int], ...]:
        return tuple((term, len(ids)) for term, ids in self._site.terms.get((taxonomy, language), {}).items())

    def _label(self, taxonomy: str, term: str, language: str) -> str:
        terms = self._site.config.taxonomies.get(taxonomy, {}).get("terms", {})
        return str(localize(terms.get(term), language, self._site.config.default_language) or term)

    def _of_roll(self, answer: Callable[..., Any]) -> Callable[..., Any]:
        """What a roll can tell; None where there is no such roll."""

        def value(entry_id: str, language: str, *asked: Any) -> Any:
            roll = self._site.rolls.get(Address(entry_id, language))
            return None if roll is None else answer(roll, *asked)

        return value

    @cached_property
    def _rolls_by_cohort(self) -> dict[tuple[str, str], tuple[tuple[str, int], ...]]:
        """The rolls that name somebody of a cohort, in the order of rolls, each with the number of its rows."""
        found: dict[tuple[str, str], tuple[tuple[str, int], ...]] = {}
        for language in self._site.config.language_codes:
            for roll_id in self._site.order.get(("honor_roll", language), ()):
                for name, count in self._site.rolls[Address(roll_id, language)].keys("class"):
                    key = (f"cohorts/{name}", language)
                    found[key] = (*found.get(key, ()), (roll_id, count))
        return found
