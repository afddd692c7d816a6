"""Related entries: those that share the most tags and topics."""

from __future__ import annotations

from collections import Counter
from functools import cache
from heapq import nlargest
from itertools import islice

from sitegen.site.cards import Address
from sitegen.site.site import Site

_MOST = 4


class Relatives:
    """Which entries of feeds are related to which."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._newest_of_term = cache(self._find_newest)
        self._by_date = cache(self._in_order_of_date)

    def of(self, entry_id: str, language: str) -> tuple[str, ...]:
        """Entries of feeds that share the most tags and topics; the newest first among equals."""
        card = self._site.cards.get(Address(entry_id, language))
        if card is None:
            return ()
        shared: Counter[str] = Counter()
        for taxonomy in self._site.config.taxonomies:
            for term in card.fields.get(taxonomy, ()):
                shared.update(self._newest_of_term(taxonomy, term, language))
        del shared[entry_id]
        by_rank, ranks = self._by_date(language)
        best = nlargest(_MOST, (count * len(by_rank) + ranks[other] for other, count in shared.items()))
        return tuple(by_rank[number % len(by_rank)] for number in best)

    def _find_newest(self, taxonomy: str, term: str, language: str) -> list[str]:
        """The newest fifty entries of feeds under a term: enough, and a large site does not compare all with all."""
        ids = self._site.terms[taxonomy, language].get(term, ())
        return list(islice((each for each in ids if self._in_feeds(each, language)), 50))

    def _in_order_of_date(self, language: str) -> tuple[list[str], dict[str, int]]:
        """All entries, oldest first, and the place of each: comparing two numbers is quicker than two dates."""
        cards = [card for address, card in self._site.cards.items() if address.language == language]
        ids = [card.id for card in sorted(cards, key=lambda card: (str(card.fields.get("date", "")), card.id))]
        return ids, {entry_id: place for place, entry_id in enumerate(ids)}

    def _in_feeds(self, entry_id: str, language: str) -> bool:
        return self._site.config.kind(self._site.cards[Address(entry_id, language)].kind).in_feeds
