"""What became of reports that were just added: whose text they copy, and whether their incidents are new."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from marsad.ledger.record import RecordedReading, members_of, report_key
from marsad.ledger.voices import COPIED, Shingles, likeness, shingles
from marsad.model import Reading, Report
from marsad.read.plain import content_id
from marsad.relink import FORM, DatabaseShelf
from marsad.store.book import Book
from marsad.store.links import LinkTables

# Copies share so many terms that linking is sure of them; of those that it is less sure of none was a copy.
SURE = 0.9
MOST_COMPARED = 6
# In fewer runs of words than this two headlines are alike by chance.
FEWEST_RUNS = 30


@dataclass(frozen=True, slots=True)
class Copy:
    """One added report that repeats so great a share of another's words, both as a person knows them."""

    report: str
    of: str
    share: float


@dataclass(frozen=True, slots=True)
class Added:
    """The copies among added reports, and how many of their incidents were new, and how many known or told twice."""

    copies: tuple[Copy, ...]
    new: int
    joined: int


class Newcomers:
    """Notes the reports that are added, to say afterwards what became of them; keeps their keys and ids only."""

    def __init__(self) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        self._files: dict[str, str] = {}

    def note(self, reading: Reading) -> None:
        """Note one reading that was recorded as new."""
        key = report_key(reading.report)
        recorded = RecordedReading("", key, reading, datetime.min.replace(tzinfo=UTC), "", "")
        self._ids[key] = tuple(member.id for member in members_of(recorded))
        if reading.report.source:
            self._files[key] = reading.report.source

    def became(self, book: Book) -> Added:
        """Return what became of them, by what linking last said and as the kept ledger stands."""
        if not self._ids:
            return Added((), 0, 0)
        with book.linking() as tables:
            copies = () if tables.through(FORM) is None else tuple(_copies(tables, self._ids, self._files))
        return Added(copies, *_news(book, [one for found in self._ids.values() for one in found]))


def _copies(tables: LinkTables, ids: Collection[str], files: Mapping[str, str]) -> Iterator[Copy]:
    near: dict[str, list[tuple[float, str]]] = {}
    for (left, right), link in DatabaseShelf(tables).links_of(ids).items():
        if link.probability >= SURE:
            for key, other in ((left, right), (right, left)):
                if key in ids:
                    near.setdefault(key, []).append((-link.probability, other))
    for key in (one for one in ids if one in near):
        others = [other for _, other in sorted(near[key])[:MOST_COMPARED]]
        found = tables.reports([key, *others])
        mine = found.pop(key)
        earlier = {
            other: one for other, one in found.items() if other not in ids or _told(one, other) < _told(mine, key)
        }
        alike = max(((_likeness(mine, one), other) for other, one in earlier.items()), default=(0.0, ""))
        if alike[0] >= COPIED:
            yield Copy(
                _known_as(mine, files.get(key)), _known_as(earlier[alike[1]], files.get(alike[1])), round(alike[0], 2)
            )


def _known_as(report: Report, file: str | None) -> str:
    """Return the name that a person knows a report by: its own id, its file or its title; last, the hash it goes by."""
    if report.id != content_id(report.text, report.title, report.published):
        return report.id
    return file or report.source or (f"“{report.title}”" if report.title else report.id)


def _told(report: Report, key: str) -> tuple[date, str]:
    return report.published or date.max, key


def _likeness(one: Report, other: Report) -> float:
    mine, theirs = shingles(one.text), shingles(other.text)
    return likeness(mine, theirs) if _enough(mine) and _enough(theirs) else 0.0


def _enough(told: Shingles) -> bool:
    return len(told) >= FEWEST_RUNS


def _news(book: Book, ids: Collection[str]) -> tuple[int, int]:
    """Return how many incidents of the ledger only the added reports tell of, and how many were told of besides."""
    book.keep_up()
    with book.kept() as kept:
        if kept is None:
            return 0, 0
        led = kept.heirs_of(sorted(ids))
        members = kept.members_of(sorted(set(led.values())))
    mine = set(ids)
    new = sum(mine.issuperset(found) for found in members.values())
    return new, len(led) - new
