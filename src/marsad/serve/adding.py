"""Records reports at the desk: read, kept with their original bytes, and linked to what tells of the same events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from marsad.ledger import Ledger
from marsad.ledger.record import RecordedReading, members_of, report_key
from marsad.model import Reading, Report
from marsad.monitor import Outcome, Recorder, ingest
from marsad.relink import link_book
from marsad.serve.desk import Desk, Person

SHORTEST_KEY = 8
"""So many signs of a report's key find it."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one report: recorded under `key`, known already, or refused with the reason."""

    outcome: Outcome
    key: str
    reading: Reading | None
    reason: str | None


def add_reports(desk: Desk, person: Person, reports: Iterable[tuple[Report, bytes]]) -> list[Added]:
    """Record reports with their original bytes, judge which others tell of the same events; one answer for each."""
    recorder = Recorder(person.name, desk.options.extractor, desk.read, desk.clock)
    with desk.book() as book:
        outcomes = list(ingest(reports, book, recorder))
        link_book(book, desk.clock)
    return [
        Added(one.outcome, report_key(one.reading.report) if one.reading else "", one.reading, one.reason)
        for one in outcomes
    ]


def incidents_of(one: RecordedReading, heirs: Mapping[str, str]) -> set[str]:
    """Return the ids of the ledger's incidents that a recorded report tells of."""
    return {heirs[member.id] for member in members_of(one) if member.id in heirs}


def report_of(ledger: Ledger, asked: str) -> RecordedReading:
    """Return the recorded report whose key is, or begins with, what was asked for."""
    if asked in ledger.readings:
        return ledger.readings[asked]
    found = [one for key, one in ledger.readings.items() if key.startswith(asked)] if len(asked) >= SHORTEST_KEY else []
    if len(found) != 1:
        raise HTTPException(404, "there is no such report in this ledger")
    return found[0]
