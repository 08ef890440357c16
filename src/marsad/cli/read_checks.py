"""Checks the record claims of reports that are read but not recorded, against a ledger that may not know them yet."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from marsad import __version__
from marsad.checking import CheckedStatement, Checker
from marsad.ledger import Ledger, Record, RecordedReading, build_ledger
from marsad.ledger.record import digest, members_of, report_key
from marsad.model import Judgement, Reading

REACH = timedelta(days=30)
"""Reports that came out farther apart are not looked at for the events of a report: they hardly tell of the same."""


class ReadChecker:
    """A ledger against which reports are checked, each as if it had been added and linked; nothing is recorded."""

    def __init__(self, record: Record, moment: datetime) -> None:
        self._record = record
        self._moment = moment
        self._known: Checker | None = None

    def of(self, reading: Reading) -> tuple[CheckedStatement, ...]:
        """Return the verdicts on a report's record claims, in the order of its text."""
        if not any(one.kind == "record" for one in reading.statements):
            return ()
        key = report_key(reading.report)
        made = RecordedReading(digest([key, "checked"]), key, reading, self._moment, __version__, "checked")
        known = self._known = self._known or Checker(self._built(()))
        if key in known.ledger.readings:
            # What the ledger read of it stands, whatever is read of it now.
            return known.reports([known.ledger.readings[key]])
        return Checker(self._built((made,))).reports([made])

    def _built(self, more: tuple[RecordedReading, ...]) -> Ledger:
        record = self._record
        words = [word for one in more for word in self._words_on(one)]
        return build_ledger((*record.readings, *more), (*record.judgements, *words), record.revisions)

    def _words_on(self, made: RecordedReading) -> list[Judgement]:
        """Return the linker's words on which of the ledger's incidents a report tells of."""
        from marsad.monitor import linked

        day = made.reading.report.published
        near = [one for one in self._record.readings if _is_near(one.reading.report.published, day)]
        own = {member.id for member in members_of(made)}
        words = linked(replace(self._record, readings=(*near, made)), self._moment)
        return [word for word in words if word.left in own or word.right in own]


def _is_near(day: date | None, other: date | None) -> bool:
    return day is None or other is None or abs(day - other) <= REACH
