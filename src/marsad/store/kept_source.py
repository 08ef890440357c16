"""Reads of the record what deriving a part of the ledger asks for, as of one act."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, select

from marsad.ledger.names import Names, corrected_reading
from marsad.ledger.record import RecordedReading
from marsad.model import Judgement, Report, Revision
from marsad.store.kept_names import names_until
from marsad.store.kept_tables import KEPT_IDS, KEPT_MENTIONS
from marsad.store.rows import judgement_of, reading_of, report_of, revision_of
from marsad.store.schema import JUDGEMENTS, READINGS, REPORTS, REVISIONS

T = TypeVar("T")
CHUNK = 500
"""How many values one question to the database names: SQLite once allowed 999."""
READINGS_KEPT = 2_000
"""How many readings are kept in memory while a ledger is brought up to date."""


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values by CHUNK."""
    every = list(values)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]


class RecordSource:
    """The record until an act, of which part is asked for at a time; names stand as people had corrected them."""

    def __init__(self, connection: Connection, until: int) -> None:
        self._connection = connection
        self._until = until
        self._names: Names | None = None
        self._read: OrderedDict[str, RecordedReading] = OrderedDict()

    def up_to(self, connection: Connection, until: int, *, renamed: bool) -> None:
        """Go on to a later act, in another transaction; `renamed` says that people corrected names meanwhile."""
        self._connection, self._until = connection, until
        if renamed:
            self._names = None
            self._read.clear()

    @property
    def connection(self) -> Connection:
        """The transaction in which the record is read."""
        return self._connection

    @property
    def until(self) -> int:
        """The act until which the record is read."""
        return self._until

    @property
    def names(self) -> Names:
        """The words on names that stand."""
        if self._names is None:
            self._names = names_until(self._connection, self._until)
        return self._names

    def reports_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Return the key of the report of every incident's id that was ever read."""
        wanted = select(KEPT_IDS)
        rows = (
            row for chunk in chunks(ids) for row in self._connection.execute(wanted.where(KEPT_IDS.c.id.in_(chunk)))
        )
        return {row.id: row.report for row in rows}

    def readings_of(self, reports: Collection[str]) -> list[RecordedReading]:
        """Return all readings of reports, in the order of recording."""
        return self._readings(READINGS.c.report, reports)

    def readings(self, keys: Collection[str]) -> dict[str, RecordedReading]:
        """Return readings by their keys."""
        known = {key: self._read[key] for key in keys if key in self._read}
        missing = [key for key in keys if key not in known]
        return {**known, **{one.key: one for one in self._readings(READINGS.c.key, missing)}}

    def as_read(self, keys: Collection[str]) -> dict[str, RecordedReading]:
        """Return readings by their keys, their names as they were read."""
        wanted = select(READINGS).where(READINGS.c.act <= self._until)
        rows = [row for c in chunks(keys) for row in self._connection.execute(wanted.where(READINGS.c.key.in_(c)))]
        reports = reports_by_key(self._connection, sorted({row.report for row in rows}))
        return {row.key: reading_of(row, reports[row.report]) for row in rows}

    def judgements_on(self, ids: Collection[str]) -> dict[int, Judgement]:
        """Return the words that name any of these ids, by act."""
        return {
            row.act: judgement_of(row)
            for chunk in chunks(self._mentions(ids))
            for row in self._connection.execute(select(JUDGEMENTS).where(JUDGEMENTS.c.act.in_(chunk)))
        }

    def revisions_on(self, names: Collection[str]) -> dict[int, Revision]:
        """Return what people revised of incidents (by id) and of claims (by 12 letters of the report), by act."""
        return self.revisions(self._mentions(names))

    def revisions(self, acts: Iterable[int]) -> dict[int, Revision]:
        """Return people's revisions of these acts."""
        return {
            row.act: revision_of(row)
            for chunk in chunks(acts)
            for row in self._connection.execute(select(REVISIONS).where(REVISIONS.c.act.in_(chunk)))
        }

    def _mentions(self, names: Collection[str]) -> list[int]:
        until = KEPT_MENTIONS.c.act <= self._until
        found = select(KEPT_MENTIONS.c.act).where(until)
        acts = {
            row.act
            for chunk in chunks(names)
            for row in self._connection.execute(found.where(KEPT_MENTIONS.c.name.in_(chunk)))
        }
        return sorted(acts)

    def _readings(self, column: ColumnElement[str], values: Collection[str]) -> list[RecordedReading]:
        wanted = select(READINGS).where(READINGS.c.act <= self._until).order_by(READINGS.c.act)
        rows = [row for chunk in chunks(values) for row in self._connection.execute(wanted.where(column.in_(chunk)))]
        unread = sorted({row.report for row in rows if row.key not in self._read})
        reports = reports_by_key(self._connection, unread)
        out = []
        for row in rows:
            one = self._read.get(row.key)
            if one is None:
                one = corrected(reading_of(row, reports[row.report]), self.names)
                self._read[row.key] = one
            out.append(one)
        while len(self._read) > READINGS_KEPT:
            self._read.popitem(last=False)
        return out


def reports_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, Report]:
    """Return reports by their keys."""
    return {
        row.key: report_of(row)
        for chunk in chunks(keys)
        for row in connection.execute(select(REPORTS).where(REPORTS.c.key.in_(chunk)))
    }


def corrected(one: RecordedReading, names: Names) -> RecordedReading:
    """Return a reading with its names as people said."""
    return corrected_reading(one, names) if names else one
