"""Keeps which pairs of reports are likely to tell of one event, report by report; any order comes to the same.

Whether a pair is compared depends on the pair and on which keys more than LARGEST_BLOCK reports share; what the
comparison says depends on the pair alone. So a report that is added or taken out touches its own pairs only, and,
where it makes a key too common or rare again, the pairs that hung on that key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from marsad.link.block import FEWEST, LARGEST_BLOCK, ROUNDING, Card, card, enough, is_compared
from marsad.link.compare import features, probability
from marsad.link.match import Match, matches
from marsad.link.reasons import reasons
from marsad.link.tellings import Telling

LEAST = 0.1
"""Below this probability a pair of reports is not kept."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that are likely to tell of one event: how likely, why, and which of their incidents are one."""

    probability: float
    reasons: tuple[str, ...]
    matches: tuple[Match, ...]


class Shelf(Protocol):
    """Where an index keeps what it found: in memory, or in a database."""

    def put(self, telling: Telling) -> None:
        """Keep a report's telling, findable by its keys."""

    def take(self, key: str) -> None:
        """Forget a report: its telling and its links."""

    def tellings(self, keys: Iterable[str]) -> Mapping[str, Telling]:
        """Return the tellings of those reports that are kept."""

    def cards(self, keys: Iterable[str]) -> Mapping[str, Card]:
        """Return the cards of reports that are kept."""

    def sizes(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return how many reports are found by each term."""

    def found_by(self, terms: Iterable[str]) -> Iterable[tuple[str, str, float]]:
        """Yield (term, report, weight) for all reports that any of the terms finds."""

    def links_of(self, keys: Iterable[str]) -> Mapping[Pair, Link]:
        """Return the links that one of the reports has."""

    def put_links(self, links: Mapping[Pair, Link]) -> None:
        """Keep links, in place of older ones of the same pairs."""

    def drop_links(self, pairs: Iterable[Pair]) -> None:
        """Forget links."""


class Index:
    """The links among the reports of a shelf; `touched` are the reports whose links changed."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.touched: set[str] = set()

    def add(self, telling: Telling) -> None:
        """Add a report, in place of an older telling of it."""
        if telling.key in self.shelf.tellings([telling.key]):
            self.remove(telling.key)
        self.shelf.put(telling)
        sizes = self.shelf.sizes(telling.keys)
        self.touched.add(telling.key)
        self._judge(telling, [term for term in telling.keys if sizes[term] <= LARGEST_BLOCK])
        self._bury([term for term in telling.keys if sizes[term] == LARGEST_BLOCK + 1])

    def remove(self, key: str) -> None:
        """Take a report out."""
        telling = self.shelf.tellings([key])[key]
        for pair in self.shelf.links_of([key]):
            self.touched.update(pair)
        self.shelf.take(key)
        sizes = self.shelf.sizes(telling.keys)
        revived = {report for _, report, _ in self.shelf.found_by(t for t, n in sizes.items() if n == LARGEST_BLOCK)}
        for one in self.shelf.tellings(sorted(revived)).values():
            known = self.shelf.sizes(one.keys)
            self._judge(one, [term for term in one.keys if known[term] <= LARGEST_BLOCK])

    def _judge(self, telling: Telling, live: list[str]) -> None:
        """Compare a report with all that it shares enough of its keys with."""
        shared: dict[str, float] = {}
        for term, report, weight in self.shelf.found_by(live):
            shared[report] = shared.get(report, 0.0) + weight * telling.keys[term]
        shared.pop(telling.key, None)
        known = self.shelf.cards([report for report, sum_ in shared.items() if sum_ >= FEWEST - ROUNDING])
        mine = card(telling)
        near = sorted(key for key, theirs in known.items() if shared[key] >= enough(mine, theirs) - ROUNDING)
        found = set(live)
        links = {}
        for other in self.shelf.tellings(near).values():
            # Sums in one order, whoever came first.
            pair = (telling, other) if telling.key < other.key else (other, telling)
            link = _judge_pair(*pair, found)
            if link is not None:
                links[pair[0].key, pair[1].key] = link
        self.shelf.put_links(links)
        self.touched.update(key for pair in links for key in pair)

    def _bury(self, terms: list[str]) -> None:
        """Drop the links that hung on terms which have become too common."""
        reports = {report for _, report, _ in self.shelf.found_by(terms)}
        links = self.shelf.links_of(sorted(reports)) if reports else {}
        inside = [pair for pair in links if reports.issuperset(pair)]
        told = self.shelf.tellings(sorted({key for pair in inside for key in pair}))
        sizes = self.shelf.sizes({term for one in told.values() for term in one.keys})
        live = {term for term, size in sizes.items() if size <= LARGEST_BLOCK}
        gone = [(a, b) for a, b in inside if not is_compared(told[a], told[b], live)]
        self.shelf.drop_links(gone)
        self.touched.update(key for pair in gone for key in pair)


def _judge_pair(one: Telling, other: Telling, live: set[str]) -> Link | None:
    if not is_compared(one, other, live):
        return None
    found = features(one, other)
    chance = probability(one, other, found)
    if chance < LEAST:
        return None
    return Link(chance, reasons(found, one, other), matches(one, other, found["words alike"]))


class MemoryShelf:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._tellings: dict[str, Telling] = {}
        self._cards: dict[str, Card] = {}
        self._found: dict[str, dict[str, float]] = {}
        self._links: dict[str, dict[Pair, Link]] = {}

    def put(self, telling: Telling) -> None:
        """Keep a report's telling, findable by its keys."""
        self._tellings[telling.key] = telling
        self._cards[telling.key] = card(telling)
        for term, weight in telling.keys.items():
            self._found.setdefault(term, {})[telling.key] = weight

    def take(self, key: str) -> None:
        """Forget a report: its telling and its links."""
        self.drop_links(list(self._links.get(key, ())))
        del self._cards[key]
        for term in self._tellings.pop(key).keys:
            del self._found[term][key]

    def tellings(self, keys: Iterable[str]) -> Mapping[str, Telling]:
        """Return the tellings of those reports that are kept."""
        return {key: self._tellings[key] for key in keys if key in self._tellings}

    def cards(self, keys: Iterable[str]) -> Mapping[str, Card]:
        """Return the cards of reports that are kept."""
        return {key: self._cards[key] for key in keys}

    def sizes(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return how many reports are found by each term."""
        return {term: len(self._found.get(term, ())) for term in terms}

    def found_by(self, terms: Iterable[str]) -> Iterable[tuple[str, str, float]]:
        """Yield (term, report, weight) for all reports that any of the terms finds."""
        for term in terms:
            for report, weight in self._found.get(term, {}).items():
                yield term, report, weight

    def links_of(self, keys: Iterable[str]) -> Mapping[Pair, Link]:
        """Return the links that one of the reports has."""
        return {pair: link for key in keys for pair, link in self._links.get(key, {}).items()}

    def put_links(self, links: Mapping[Pair, Link]) -> None:
        """Keep links, in place of older ones of the same pairs."""
        for pair, link in links.items():
            for key in pair:
                self._links.setdefault(key, {})[pair] = link

    def drop_links(self, pairs: Iterable[Pair]) -> None:
        """Forget links."""
        for pair in pairs:
            for key in pair:
                self._links[key].pop(pair, None)

    def links(self) -> dict[Pair, Link]:
        """Return all links, in order."""
        return dict(sorted((pair, link) for found in self._links.values() for pair, link in found.items()))
