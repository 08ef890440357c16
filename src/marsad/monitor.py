"""Reads, extracts and stores in one breath: the only file that does, so that everything else stays pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from marsad import __version__
from marsad.check import UnsoundReadingError
from marsad.errors import BadInputError
from marsad.ledger.differences import Difference, differences
from marsad.ledger.ground import standing_readings
from marsad.ledger.record import Record
from marsad.link.cluster import by_person, cluster
from marsad.link.judge import judge
from marsad.model import Judgement, Reading, Report
from marsad.reading import Coming, Made
from marsad.relink import linkable
from marsad.store.book import Book, Origin
from marsad.store.opening import patiently

Clock = Callable[[], datetime]
Reader = Callable[[Report], Reading]
Outcome = Literal["new", "reread", "known", "refused"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one report: recorded as new, read anew, already known, or refused with the reason.

    `differences` is what a new reading says otherwise than the one before, which stays beside it.
    """

    outcome: Outcome
    report_id: str
    reading: Reading | None = None
    reason: str | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records, by which reader (named `extractor`) and clock; travels together into `ingest`."""

    who: str
    extractor: str
    make: Reader
    clock: Clock


def ingest(
    reports: Iterable[Report | Coming | BadInputError], book: Book, recorder: Recorder, patience: float = 0
) -> Iterator[Ingested]:
    """Read every report and record it, with its original bytes where they are given; a bad one stops nothing.

    Where the ledger's server is away each waits so many seconds (`patience`) for it to come back.

    A reading that was made before is recorded as if its report had been read now, by the program that made it. What is
    yielded is safe on disk.
    """
    for report in reports:
        if isinstance(report, BadInputError):
            yield Ingested("refused", "", reason=str(report))
        elif isinstance(report, Made):
            origin = Origin(recorder.who, recorder.clock(), report.program, report.extractor)
            yield _record(report.reading, report.original, book, origin, patience)
        elif isinstance(report, Report):
            yield _ingest_one(report, None, book, recorder, patience)
        else:
            yield _ingest_one(*report, book, recorder, patience)


def without_original(item: Coming) -> Report | Made:
    """Return what comes in without the bytes that it came in."""
    return replace(item, original=None) if isinstance(item, Made) else item[0]


def _ingest_one(report: Report, original: bytes | None, book: Book, recorder: Recorder, patience: float) -> Ingested:
    try:
        reading = recorder.make(report)
    except UnsoundReadingError as error:
        return Ingested("refused", report.id, reason=str(error))
    origin = Origin(recorder.who, recorder.clock(), __version__, recorder.extractor)
    return _record(reading, original, book, origin, patience)


def _record(reading: Reading, original: bytes | None, book: Book, origin: Origin, patience: float) -> Ingested:
    report = reading.report
    fault = _cannot_be_kept(report, book)
    if fault:
        return Ingested("refused", report.id, reason=fault)
    before = patiently(lambda: book.standing(report), patience)
    # Where a server went as it acknowledged, nobody knows whether it did: what is there already is not added again.
    if not patiently(lambda: book.add_reading(reading, origin, original), patience):
        return Ingested("known", report.id, reading)
    if before is None:
        return Ingested("new", report.id, reading)
    return Ingested("reread", report.id, reading, differences=differences(before.reading, reading))


def _cannot_be_kept(report: Report, book: Book) -> str | None:
    """Return why a database cannot hold a report's words; None where it can."""
    words = "".join(filter(None, (report.id, report.title, report.text, report.publisher, report.url, report.language)))
    if any("\ud800" <= character <= "\udfff" for character in words):
        return "its text holds half a character (a lone surrogate): mend the file"
    if "\0" in words and not book.keeps_null_characters:
        return "its text holds a null character (U+0000), which PostgreSQL cannot keep: take it out of the file"
    return None


def linked(record: Record, moment: datetime) -> list[Judgement]:
    """Return the program's words on all that is recorded; the ids of reports without incidents begin with r.

    They are a function of the whole record, so that one report more gives what all in one go would give.
    """
    return judge([linkable(one) for one in standing_readings(record.readings).values() if not one.is_coded], moment)


def incidents_of_reports(record: Record, words: Iterable[Judgement]) -> dict[str, tuple[str, ...]]:
    """Return, per report (by key), the ids of the incidents it tells of, by people's words and those of `linked`."""
    standing = standing_readings(record.readings)
    told = [linkable(one) for one in standing.values()]
    people = [word for word in record.judgements if by_person(word)]
    order = {name: (one.reading.report.published or date.min, one.key) for one in told for name in one.ids}
    kin = {name: one.key for one in told for name in one.ids}
    groups = cluster(order, [*people, *words], kin)
    heirs = {
        name: min(group, key=lambda one: (one.startswith("r"), order[one], one)) for group in groups for name in group
    }
    return {one.key: tuple(sorted({heirs[name] for name in one.ids})) for one in told}
