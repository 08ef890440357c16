"""Keeps the program's words on which incidents are one up to date with the record, report by report.

What it says is a function of the readings that stand, so that reports added one by one come to what all in one go
would; the tables in which it keeps what it found are derived, and made anew where they are missing.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from marsad.ledger.ground import standing_readings
from marsad.ledger.record import Record, RecordedReading, members_of
from marsad.link.block import Block, Card, card
from marsad.link.cluster import standing_words
from marsad.link.index import Found, Index, MemoryShelf, Shelf
from marsad.link.judge import PROGRAM, connected, words
from marsad.link.match import Link, Pair
from marsad.link.packed import opener, pack_link, pack_telling, unpack_link
from marsad.link.tellings import Linkable, Telling, tell
from marsad.model import Incident, Judgement
from marsad.store.book import Book
from marsad.store.links import LinkTables, PairRow, TellingRow

FORM = f"{PROGRAM}, form 3"
"""What the derived tables hold; tables of another program or form are made anew."""
LINKERS = "program link "
"""How linking signs, in every version."""
MANY = 300
SHARE = 20
"""More new readings than these, and than one in so many of a ledger's, are reason to judge all anew in memory: that
takes some milliseconds a report of the ledger, where a report more in the tables takes five to twenty times as many."""
AT_ONCE = 100
"""How many new readings one transaction takes into the tables: other writers wait for some seconds at most."""
ACTS_AT_ONCE = 2000
"""How many acts of the log are looked through at once for readings, where all are judged anew."""
NO_LONGER = ("with what is known now they are no longer alike",)
"""The reason that is given where a program takes a word back."""

Said = tuple[str, float | None]


def link_book(book: Book, clock: Callable[[], datetime]) -> int:
    """Judge which reports of a ledger tell of one event, where that is not yet done; return how many words were new."""
    new = 0
    while True:
        with book.linking() as tables:
            through, last = tables.through(FORM), tables.last_reading()
            if through == last:
                return new
            if through is None or _are_many(tables, tables.count_after(through)):
                break
            new += _add_to(tables, through, clock())
    return new + _make_anew(book, last, clock)


def _are_many(tables: LinkTables, readings: int) -> bool:
    """Say whether so many new readings are quicker linked by judging all anew."""
    return readings > MANY and readings > tables.count() // SHARE


def _told_in_words(readings: Iterable[RecordedReading]) -> list[RecordedReading]:
    """Return the readings that stand, without the rows of coders' tables: their words are all alike."""
    return [one for one in standing_readings(readings).values() if not one.is_coded]


def linkable(one: RecordedReading) -> Linkable:
    """Return a recorded reading in the form that linking takes; one without incidents stands as a whole."""
    members = members_of(one)
    if members:
        return Linkable(one.report_key, one.reading, tuple(member.id for member in members))
    whole = replace(one.reading, incidents=(Incident("r0", "report", ()),))
    return Linkable(one.report_key, whole, (f"r{one.report_key[:12]}",))


def relink(record: Record, said: Iterable[Judgement], moment: datetime) -> list[Judgement]:
    """Return what of the program's words on all that is recorded is news to it; "unsure" takes an old word back."""
    # What other programs say (marsad import matches the rows of coders' tables) is theirs to take back.
    program = standing_words(word for word in record.judgements if word.by.startswith(LINKERS))
    before = {pair: (word.verdict, word.score) for pair, word in program.items()}
    return _news(before, said, moment)


def _news(before: Mapping[Pair, Said], said: Iterable[Judgement], moment: datetime) -> list[Judgement]:
    # Reasons that changed their order are no news: the log would grow with every report.
    fresh = {(word.left, word.right): replace(word, made=moment) for word in said if not _on_wholes(word)}
    new = [word for pair, word in fresh.items() if before.get(pair) != (word.verdict, word.score)]
    gone = [
        Judgement(left, right, "unsure", PROGRAM, moment, 0.0, NO_LONGER)
        for (left, right), (_, score) in before.items()
        if score and (left, right) not in fresh
    ]
    return sorted((*new, *gone), key=lambda word: (word.left, word.right))


def _on_wholes(word: Judgement) -> bool:
    """Say whether a word is on a report without incidents: it serves `marsad link`, the record has no use for it."""
    return word.left.startswith("r") or word.right.startswith("r")


def _add_to(tables: LinkTables, through: int, moment: datetime) -> int:
    shelf = DatabaseShelf(tables)
    index = Index(shelf)
    until = tables.until(through, AT_ONCE)
    for one in _told_in_words(tables.readings_after(through, until)):
        index.add(tell(linkable(one)))
    links = connected(shelf, index.touched)
    found = words(links, moment)
    kept = _by_pair(found)
    before = shelf.said_of(links)
    news = _news({**before, **shelf.taken_back}, (word for _, word in found), moment)
    packed = {pair: _packed_words(kept.get(pair, ())) for pair in links}
    tables.note_said({pair: said for pair, said in packed.items() if said != shelf.noted[pair]})
    return tables.finish(FORM, until, PROGRAM, news, moment)


def _make_anew(book: Book, last: int, clock: Callable[[], datetime]) -> int:
    """Judge all in memory, beside other writers, and fill the tables; what they add meanwhile is for the next time."""
    shelf = MemoryShelf()
    index = Index(shelf)
    for start in range(0, last, ACTS_AT_ONCE):
        for one in _told_in_words(book.readings_between(start, min(start + ACTS_AT_ONCE, last))):
            index.add(tell(linkable(one)))
    links, moment = shelf.links(), clock()
    found = words(links, moment)
    kept = _by_pair(found)
    with book.linking() as tables:
        through = tables.through(FORM)
        if through is not None and through >= last:
            return 0
        pairs = (PairRow(*pair, pack_link(link), _packed_words(kept.get(pair, ()))) for pair, link in links.items())
        tables.fill((_telling_row(*one) for one in shelf.packed()), shelf.parted(), pairs)
        # What others said in the meantime is looked at again: a word of theirs that no longer holds is taken back.
        said = Record(judgements=tables.judgements())
        return tables.finish(FORM, last, PROGRAM, relink(said, (word for _, word in found), moment), moment)


def _by_pair(found: Iterable[tuple[Pair, Judgement]]) -> dict[Pair, list[Judgement]]:
    out: dict[Pair, list[Judgement]] = {}
    for pair, word in found:
        out.setdefault(pair, []).append(word)
    return out


def _packed_words(found: Iterable[Judgement]) -> str | None:
    told = [[word.left, word.right, word.verdict, word.score] for word in found]
    return json.dumps(told) if told else None


def _said(row: PairRow) -> dict[Pair, Said]:
    if row.said is None:
        return {}
    return {(left, right): (verdict, score) for left, right, verdict, score in json.loads(row.said)}


def _telling_row(telling: Telling, packed: bytes) -> TellingRow:
    about = card(telling)
    return TellingRow(telling.key, about.is_short, about.published, about.parts, packed, telling.keys)


class DatabaseShelf(Shelf):
    """A shelf in a ledger's derived tables.

    `taken_back` is what was said of pairs that are linked no longer; `noted` what stands in the rows of pairs as they
    were looked at last.
    """

    def __init__(self, tables: LinkTables) -> None:
        self._tables = tables
        self._open = opener()
        self._said: dict[Pair, dict[Pair, Said]] = {}
        self.taken_back: dict[Pair, Said] = {}
        self.noted: dict[Pair, str | None] = {}

    def put(self, telling: Telling) -> None:
        """Keep a report's telling, in the blocks of its keys."""
        self._tables.put_telling(_telling_row(telling, pack_telling(telling)))

    def part(self, found: Iterable[Found]) -> None:
        """Put reports into further blocks."""
        self._tables.put_parts(found)

    def join(self, terms: Iterable[str]) -> None:
        """Forget the blocks that terms are parted into."""
        self._tables.drop_parts(terms)

    def take(self, key: str) -> None:
        """Forget a report: its telling, its places in blocks and its links."""
        self.drop_links(list(self.links_of([key])))
        self._tables.take_telling(key)

    def tellings(self, keys: Iterable[str]) -> Mapping[str, Telling]:
        """Return the tellings of those reports that are kept."""
        return {key: self._open(body) for key, body in self._tables.tellings(keys).items()}

    def cards(self, keys: Iterable[str]) -> Mapping[str, Card]:
        """Return the cards of reports that are kept."""
        return {key: Card(*found) for key, found in self._tables.cards(keys).items()}

    def sizes(self, blocks: Iterable[Block]) -> Mapping[Block, int]:
        """Return how many reports stand in each block."""
        return self._tables.sizes(blocks)

    def found_by(self, blocks: Iterable[Block]) -> Iterable[Found]:
        """Yield all reports that stand in the blocks."""
        return self._tables.found_by(blocks)

    def links_of(self, keys: Iterable[str]) -> Mapping[Pair, Link]:
        """Return the links that one of the reports has."""
        rows = self._tables.pairs_of(keys)
        for row in rows:
            self._said.setdefault((row.left, row.right), _said(row))
            self.noted[row.left, row.right] = row.said
        return {(row.left, row.right): unpack_link(row.body) for row in rows}

    def put_links(self, key: str, links: Mapping[Pair, Link]) -> None:
        """Keep links of a report, in place of older ones of the same pairs."""
        self.drop_links(self.links_of([key]).keys() & links.keys())
        self._tables.put_pairs([PairRow(*pair, pack_link(link)) for pair, link in links.items()])

    def drop_links(self, pairs: Iterable[Pair]) -> None:
        """Forget links; what was said of them is to be taken back, unless it is said again."""
        gone = list(pairs)
        for pair in gone:
            self.taken_back |= self._said.get(pair, {})
        self._tables.drop_pairs(gone)

    def said_of(self, pairs: Iterable[Pair]) -> dict[Pair, Said]:
        """Return what was last recorded of pairs that `links_of` gave: by the pair of incidents."""
        return {key: word for pair in pairs for key, word in self._said.get(pair, {}).items()}
