"""Reads, extracts and stores in one breath: the only file that does, so that everything else stays pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from marsad import __version__
from marsad.check import UnsoundReadingError
from marsad.errors import BadInputError
from marsad.ledger.build import standing_readings
from marsad.ledger.differences import Difference, differences
from marsad.ledger.record import Record, RecordedReading, members_of
from marsad.link.cluster import by_person, cluster, standing_words
from marsad.link.judge import PROGRAM, judge
from marsad.link.tellings import Linkable
from marsad.model import Incident, Judgement, Reading, Report
from marsad.store.book import Book, Origin

Clock = Callable[[], datetime]
Reader = Callable[[Report], Reading]
TICK = timedelta(microseconds=1)
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
    reports: Iterable[Report | tuple[Report, bytes] | BadInputError], book: Book, recorder: Recorder
) -> Iterator[Ingested]:
    """Read every report and record it, with its original bytes where they are given; a bad one stops nothing.

    What is yielded is safe on disk.
    """
    for report in reports:
        if isinstance(report, BadInputError):
            yield Ingested("refused", "", reason=str(report))
        elif isinstance(report, Report):
            yield _ingest_one(report, None, book, recorder)
        else:
            yield _ingest_one(*report, book, recorder)


def _ingest_one(report: Report, original: bytes | None, book: Book, recorder: Recorder) -> Ingested:
    try:
        reading = recorder.make(report)
    except UnsoundReadingError as error:
        return Ingested("refused", report.id, reason=str(error))
    fault = _cannot_be_kept(report, book)
    if fault:
        return Ingested("refused", report.id, reason=fault)
    before = book.standing(report)
    origin = Origin(recorder.who, recorder.clock(), __version__, recorder.extractor)
    if not book.add_reading(reading, origin, original):
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


def link_book(book: Book, clock: Clock) -> int:
    """Judge which reports of a ledger tell of one event, where that is not yet done; return how many words were new."""
    return book.judge(PROGRAM, lambda record: relink(record, linked(record, clock()), clock()), clock())


def linkable(one: RecordedReading) -> Linkable:
    """Return a recorded reading in the form that linking takes; one without incidents stands as a whole."""
    members = members_of(one)
    if members:
        return Linkable(one.report_key, one.reading, tuple(member.id for member in members))
    whole = replace(one.reading, incidents=(Incident("r0", "report", ()),))
    return Linkable(one.report_key, whole, (f"r{one.report_key[:12]}",))


def linked(record: Record, moment: datetime) -> list[Judgement]:
    """Return the program's words on all that is recorded; the ids of reports without incidents begin with r.

    They are a function of the whole record, so that one report more gives what all in one go would give.
    """
    return judge([linkable(one) for one in standing_readings(record.readings).values()], moment)


def relink(record: Record, words: Iterable[Judgement], moment: datetime) -> list[Judgement]:
    """Return what of the program's `words` (from `linked`) is news to the record; "unsure" takes an old word back."""
    # Two commands may share one moment where the clock stands still; the later word must be the later one.
    latest = max((word.made for word in record.judgements), default=moment - TICK)
    moment = max(moment, latest + TICK)
    fresh = {(word.left, word.right): replace(word, made=moment) for word in words}
    fresh = {pair: word for pair, word in fresh.items() if not any(one.startswith("r") for one in pair)}
    program = standing_words(word for word in record.judgements if not by_person(word))
    new = [word for pair, word in fresh.items() if pair not in program or _differs(word, program[pair])]
    gone = [
        Judgement(left, right, "unsure", PROGRAM, moment, 0.0, ("with what is known now they are no longer alike",))
        for (left, right), word in program.items()
        if word.score and (left, right) not in fresh
    ]
    return sorted((*new, *gone), key=lambda word: (word.left, word.right))


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


def _differs(word: Judgement, before: Judgement) -> bool:
    # Reasons that changed their order are no news: the log would grow with every report.
    return (word.verdict, word.score) != (before.verdict, before.score)
