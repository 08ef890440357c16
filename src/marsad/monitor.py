"""Reads, extracts and stores in one breath: the only file that does, so that everything else stays pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from marsad import __version__
from marsad.check import UnsoundReadingError
from marsad.errors import BadInputError
from marsad.model import Reading, Report
from marsad.store.book import Book, Origin

Clock = Callable[[], datetime]
Reader = Callable[[Report], Reading]
Outcome = Literal["new", "reread", "known", "refused"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one report: recorded as new, read anew, already known, or refused with the reason."""

    outcome: Outcome
    report_id: str
    reading: Reading | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records, by which reader (named `extractor`) and clock; travels together into `ingest`."""

    who: str
    extractor: str
    make: Reader
    clock: Clock


def ingest(reports: Iterable[Report | BadInputError], book: Book, recorder: Recorder) -> Iterator[Ingested]:
    """Read every report and record it; what is yielded is safe on disk. A bad one is told of, the rest goes on."""
    for report in reports:
        if isinstance(report, BadInputError):
            yield Ingested("refused", "", reason=str(report))
        else:
            yield _ingest_one(report, book, recorder)


def _ingest_one(report: Report, book: Book, recorder: Recorder) -> Ingested:
    try:
        reading = recorder.make(report)
    except UnsoundReadingError as error:
        return Ingested("refused", report.id, reason=str(error))
    if _cannot_be_kept(report):
        return Ingested(
            "refused", report.id, reason="its text holds half a character (a lone surrogate): mend the file"
        )
    was_known = book.has_report(report)
    origin = Origin(recorder.who, recorder.clock(), __version__, recorder.extractor)
    if not book.add_reading(reading, origin):
        return Ingested("known", report.id, reading)
    return Ingested("reread" if was_known else "new", report.id, reading)


def _cannot_be_kept(report: Report) -> bool:
    words = (report.id, report.title, report.text, report.publisher, report.url)
    try:
        "".join(word for word in words if word).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
