"""Makes the receipts: what every number of a report rests on, as its profile lets it be shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from marsad.export.entries import Entry, Source
from marsad.export.told import Shown, source_of
from marsad.ledger import Ledger
from marsad.ledger.stated import Stated
from marsad.ledger.tolls import add_up
from marsad.model import Figure
from marsad.report.model import Line, Quote, Receipt
from marsad.vocabulary import Harm


class Receipts:
    """Gathers receipts by key, each once."""

    def __init__(self, ledger: Ledger, shown: Shown) -> None:
        self.ledger, self.shown = ledger, shown
        self.known: dict[str, Receipt] = {}
        self._sums: dict[tuple[str, ...], str] = {}

    def of_entry(self, entry: Entry) -> str:
        """Return the receipt of one incident: the claims it rests on."""
        sources = {source.id: source for source in entry.sources}
        quotes = (
            _quote(told.ref, sources.get(told.source), told.quote, told.voice)
            for told in entry.claims
            if told.modality != "denied"
        )
        return self.keep(Receipt(entry.id, ((entry.id, entry.tolls),), tuple(quotes)))

    def of_sum(self, key: str, entries: Sequence[Entry]) -> str:
        """Return the receipt of a sum: the incidents that it adds up; of one incident alone, that incident's own."""
        if len(entries) == 1:
            return self.of_entry(entries[0])
        # Two sums of the same incidents have one receipt: the reader looks it up once.
        same = self._sums.setdefault(tuple(one.id for one in entries), key)
        return self.keep(Receipt(same, tuple((one.id, one.tolls) for one in entries)))

    def of_words(self, key: str, said: Iterable[Stated], parts: Sequence[Entry] = ()) -> str:
        """Return the receipt of what reports state: their words, and the incidents that they were held against."""
        quotes = []
        for one in said:
            recorded = self.ledger.readings.get(one.report_key)
            source = source_of(recorded, self.shown) if recorded else None
            quotes.append(_quote(one.ref, source, one.statement.span.quote if self.shown.profile.words else None))
        return self.keep(Receipt(key, tuple((one.id, one.tolls) for one in parts), tuple(quotes)))

    def keep(self, one: Receipt) -> str:
        """Keep a receipt and return its key."""
        self.known.setdefault(one.key, one)
        return one.key


def line_of(key: str | None, entries: Sequence[Entry], receipt: str) -> Line:
    """Return the sum of some incidents as a line."""
    return Line(key, len(entries), sums(entries), receipt)


def sums(entries: Iterable[Entry]) -> Mapping[Harm, Figure]:
    """Return what incidents add up to, by harm."""
    figures: dict[Harm, list[Figure]] = {}
    for one in entries:
        for harm, figure in one.tolls.items():
            figures.setdefault(harm, []).append(figure)
    return add_up(figures)


def by_size(one: Entry) -> tuple[int, int, date, str]:
    """Return what puts incidents in order: the most killed first, then the most harmed, the latest, the id."""
    killed = one.killed.best if one.killed else 0
    harmed = sum(figure.best for figure in one.tolls.values())
    return -killed, -harmed, one.start or date.max, one.id


def _quote(ref: str, source: Source | None, words: str | None, voice: str | None = None) -> Quote:
    if source is None:
        return Quote(ref, words=words, voice=voice)
    return Quote(ref, source.publisher, source.published, source.url, words, voice)
