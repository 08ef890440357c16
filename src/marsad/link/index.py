"""Keeps which pairs of reports are likely to tell of one event, report by report; any order comes to the same.

Whether a pair is compared depends on the pair and on which blocks hold more than LARGEST_BLOCK reports; what the
comparison says depends on the pair alone. So a report that is added or taken out touches its own pairs only, and,
where it makes a block too large or small again, the pairs that hung on that block. A term's block is parted by time
and place when it grows too large, and only as long as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from marsad.link.block import (
    EVERYWHERE,
    FEWEST,
    LARGEST_BLOCK,
    OF_A_PART,
    ROUNDING,
    Block,
    Card,
    blocks_of,
    card,
    enough,
    is_compared,
)
from marsad.link.compare import features, probability
from marsad.link.match import Link, Pair, matches
from marsad.link.packed import opener, pack_telling
from marsad.link.reasons import reasons
from marsad.link.tellings import Telling

LEAST = 0.1
"""Below this probability a pair of reports is not kept."""

Found = tuple[Block, str, float]
"""A block, a report that stands in it, and what the block's term weighs in the report."""


class Shelf(Protocol):
    """Where an index keeps what it found: in memory, or in a database."""

    def put(self, telling: Telling) -> None:
        """Keep a report's telling, in the blocks of its keys."""

    def part(self, found: Iterable[Found]) -> None:
        """Put reports into further blocks."""

    def join(self, terms: Iterable[str]) -> None:
        """Forget the blocks that terms are parted into."""

    def take(self, key: str) -> None:
        """Forget a report: its telling, its places in blocks and its links."""

    def tellings(self, keys: Iterable[str]) -> Mapping[str, Telling]:
        """Return the tellings of those reports that are kept."""

    def cards(self, keys: Iterable[str]) -> Mapping[str, Card]:
        """Return the cards of reports that are kept."""

    def sizes(self, blocks: Iterable[Block]) -> Mapping[Block, int]:
        """Return how many reports stand in each block."""

    def found_by(self, blocks: Iterable[Block]) -> Iterable[Found]:
        """Yield all reports that stand in the blocks."""

    def links_of(self, keys: Iterable[str]) -> Mapping[Pair, Link]:
        """Return the links that one of the reports has."""

    def put_links(self, key: str, links: Mapping[Pair, Link]) -> None:
        """Keep links of a report, in place of older ones of the same pairs."""

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
        self._part(telling)
        self.touched.add(telling.key)
        sizes = self._sizes([telling])
        self._judge(telling, _live(sizes))
        self._bury([block for block, size in sizes.items() if size == LARGEST_BLOCK + 1])

    def remove(self, key: str) -> None:
        """Take a report out."""
        telling = self.shelf.tellings([key])[key]
        for pair in self.shelf.links_of([key]):
            self.touched.update(pair)
        before = self._sizes([telling])
        self.shelf.take(key)
        again = [block for block, size in before.items() if size == LARGEST_BLOCK + 1]
        revived = {report for _, report, _ in self.shelf.found_by(again)}
        self.shelf.join(term for term, part in again if part == EVERYWHERE)
        for one in self.shelf.tellings(sorted(revived)).values():
            self._judge(one, _live(self._sizes([one])))

    def _part(self, telling: Telling) -> None:
        """Put a report into parts of what is too common, and all others too where a term has just become so."""
        sizes = self.shelf.sizes([(term, EVERYWHERE) for term in telling.keys])
        common = [term for (term, _), size in sizes.items() if size > LARGEST_BLOCK + 1]
        mine = [(block, telling.key, telling.keys[block[0]]) for block in blocks_of(telling, common)]
        new = list(self.shelf.found_by([block for block, size in sizes.items() if size == LARGEST_BLOCK + 1]))
        cards = self.shelf.cards({report for _, report, _ in new})
        theirs = [((term, part), key, weight) for (term, _), key, weight in new for part in cards[key].parts]
        self.shelf.part([*mine, *theirs])

    def _sizes(self, told: Iterable[Telling]) -> dict[Block, int]:
        """Return the sizes of all blocks that reports stand in."""
        whole = self.shelf.sizes({(term, EVERYWHERE) for one in told for term in one.keys})
        common = {term for (term, _), size in whole.items() if size > LARGEST_BLOCK}
        parts = {block for one in told for block in blocks_of(one, common & one.keys.keys())}
        return {**whole, **self.shelf.sizes(parts)}

    def _judge(self, telling: Telling, live: set[Block]) -> None:
        """Compare a report with all that it shares enough of its keys with."""
        # A term counts once, however many of its parts two reports share.
        weights = {
            (term, report): weight * (1 if part == EVERYWHERE else OF_A_PART)
            for (term, part), report, weight in self.shelf.found_by(live)
        }
        shared: dict[str, float] = {}
        for (term, report), weight in weights.items():
            shared[report] = shared.get(report, 0.0) + weight * telling.keys[term]
        shared.pop(telling.key, None)
        known = self.shelf.cards([report for report, sum_ in shared.items() if sum_ >= FEWEST - ROUNDING])
        mine = card(telling)
        near = sorted(key for key, theirs in known.items() if shared[key] >= enough(mine, theirs) - ROUNDING)
        links = {}
        for other in self.shelf.tellings(near).values():
            # Sums in one order, whoever came first.
            pair = (telling, other) if telling.key < other.key else (other, telling)
            link = _judge_pair(*pair, live)
            if link is not None:
                links[pair[0].key, pair[1].key] = link
        self.shelf.put_links(telling.key, links)
        self.touched.update(key for pair in links for key in pair)

    def _bury(self, blocks: list[Block]) -> None:
        """Drop the links that hung on blocks which have become too large."""
        reports = {report for _, report, _ in self.shelf.found_by(blocks)}
        links = self.shelf.links_of(sorted(reports)) if reports else {}
        inside = [pair for pair in links if reports.issuperset(pair)]
        told = self.shelf.tellings(sorted({key for pair in inside for key in pair}))
        live = _live(self._sizes(told.values()))
        gone = [(a, b) for a, b in inside if not is_compared(told[a], told[b], live)]
        self.shelf.drop_links(gone)
        self.touched.update(key for pair in gone for key in pair)


def _live(sizes: Mapping[Block, int]) -> set[Block]:
    return {block for block, size in sizes.items() if size <= LARGEST_BLOCK}


def _judge_pair(one: Telling, other: Telling, live: set[Block]) -> Link | None:
    if not is_compared(one, other, live):
        return None
    found = features(one, other)
    chance = probability(one, other, found)
    if chance < LEAST:
        return None
    return Link(chance, reasons(found, one, other), matches(one, other, found["words alike"]))


class MemoryShelf:
    """A shelf in memory; tellings, the largest part of it, are kept packed."""

    def __init__(self) -> None:
        self._tellings: dict[str, bytes] = {}
        self._open = opener()
        self._cards: dict[str, Card] = {}
        self._found: dict[str, dict[str, dict[str, float]]] = {}
        self._links: dict[str, dict[Pair, Link]] = {}

    def put(self, telling: Telling) -> None:
        """Keep a report's telling, in the blocks of its keys."""
        self._tellings[telling.key] = pack_telling(telling)
        self._cards[telling.key] = card(telling)
        self.part(((term, EVERYWHERE), telling.key, weight) for term, weight in telling.keys.items())

    def part(self, found: Iterable[Found]) -> None:
        """Put reports into further blocks."""
        for (term, part), key, weight in found:
            self._found.setdefault(term, {}).setdefault(part, {})[key] = weight

    def join(self, terms: Iterable[str]) -> None:
        """Forget the blocks that terms are parted into."""
        for term in terms:
            self._found[term] = {EVERYWHERE: self._found[term][EVERYWHERE]}

    def take(self, key: str) -> None:
        """Forget a report: its telling, its places in blocks and its links."""
        self.drop_links(list(self._links.get(key, ())))
        for term in self._open(self._tellings.pop(key)).keys:
            for part in (EVERYWHERE, *self._cards[key].parts):
                self._found[term].get(part, {}).pop(key, None)
        del self._cards[key]

    def tellings(self, keys: Iterable[str]) -> Mapping[str, Telling]:
        """Return the tellings of those reports that are kept."""
        return {key: self._open(self._tellings[key]) for key in keys if key in self._tellings}

    def cards(self, keys: Iterable[str]) -> Mapping[str, Card]:
        """Return the cards of reports that are kept."""
        return {key: self._cards[key] for key in keys}

    def sizes(self, blocks: Iterable[Block]) -> Mapping[Block, int]:
        """Return how many reports stand in each block."""
        return {block: len(self._block(block)) for block in blocks}

    def found_by(self, blocks: Iterable[Block]) -> Iterable[Found]:
        """Yield all reports that stand in the blocks."""
        for block in blocks:
            for report, weight in self._block(block).items():
                yield block, report, weight

    def packed(self) -> Iterable[tuple[Telling, bytes]]:
        """Yield all tellings with the form in which they are kept."""
        return ((self._open(packed), packed) for packed in self._tellings.values())

    def parted(self) -> Iterable[Found]:
        """Yield what stands in the blocks that terms are parted into."""
        return self.found_by(
            (term, part) for term, parts in self._found.items() for part in parts if part != EVERYWHERE
        )

    def _block(self, block: Block) -> Mapping[str, float]:
        return self._found.get(block[0], {}).get(block[1], {})

    def links_of(self, keys: Iterable[str]) -> Mapping[Pair, Link]:
        """Return the links that one of the reports has."""
        return {pair: link for key in keys for pair, link in self._links.get(key, {}).items()}

    def put_links(self, key: str, links: Mapping[Pair, Link]) -> None:
        """Keep links of a report, in place of older ones of the same pairs."""
        for pair, link in links.items():
            for one in {key, *pair}:
                self._links.setdefault(one, {})[pair] = link

    def drop_links(self, pairs: Iterable[Pair]) -> None:
        """Forget links."""
        for pair in pairs:
            for key in pair:
                self._links[key].pop(pair, None)

    def links(self) -> dict[Pair, Link]:
        """Return all links, in order."""
        return dict(sorted((pair, link) for found in self._links.values() for pair, link in found.items()))
