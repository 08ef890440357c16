"""Appends to the record and reads it back; every append and its line in the log are one transaction."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Literal

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from marsad.check import require_sound
from marsad.contract import from_json
from marsad.ledger.record import Record, RecordedReading, digest, report_key
from marsad.model import Judgement, Reading, Report, Revision
from marsad.store import verify as checks
from marsad.store.chain import Act
from marsad.store.keeping import Keeper, is_behind, last_act, last_days, state_of
from marsad.store.kept import Kept, act_at
from marsad.store.kept_tables import FORM
from marsad.store.links import LinkTables, readings_between
from marsad.store.pen import Pen
from marsad.store.rows import (
    body_of,
    judgement_of,
    judgement_values,
    reading_of,
    report_of,
    report_values,
    revision_of,
    revision_values,
)
from marsad.store.schema import (
    ACTS,
    JUDGEMENTS,
    LINKING,
    ORIGINALS,
    READING,
    READINGS,
    REPORTS,
    REVISIONS,
    SEALED,
    readings_of_acts,
)
from marsad.store.verify import Fault


@dataclass(frozen=True, slots=True)
class Origin:
    """Who recorded a reading, when, and what made it."""

    who: str
    moment: datetime
    program: str
    extractor: str


Keeping = Literal["now", "soon", "never"]
"""Whether the kept ledger is up to date; will be when another writer is done; or cannot be asked, since the ledger may
only be read or a newer program keeps it in another form.
"""
BUSY = ("database is locked", "lock timeout")
"""What a database says where another writer is at work."""
MAY_ONLY_READ = ("readonly", "read-only", "permission denied")
"""What a database says where it may be read and not written."""


class Book:
    """An open ledger; every method is one transaction, and returns only when its work is safe on disk."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def keeps_null_characters(self) -> bool:
        """Say whether texts with U+0000 can be kept: PostgreSQL has no place for them."""
        return self._engine.dialect.name != "postgresql"

    def add_reading(self, reading: Reading, origin: Origin, original: bytes | None = None) -> bool:
        """Record a report, its reading and its original bytes; return False where this very reading is there already.

        Raises UnsoundReadingError for a reading whose spans or sums do not hold.
        """
        require_sound(reading)
        key = report_key(reading.report)
        sha256 = reading.report.sha256 if original is None else hashlib.sha256(original).hexdigest()
        if self._is_there(reading, sha256 if original is not None else None):
            return False
        with self._writing() as connection:
            pen = Pen(connection)
            known = connection.execute(select(REPORTS.c.sha256).where(REPORTS.c.key == key)).first()
            moment = pen.stamp(origin.moment, later=known is not None)
            origin = replace(origin, moment=moment)
            if known is None:
                row = {**report_values(key, reading.report, sha256), "recorded": moment.isoformat()}
                connection.execute(insert(REPORTS).values(**row, act=pen.write("report", origin.who, moment, key, row)))
            # Of a report that comes again in other bytes the first ones are kept: they are those that its row names.
            if original is not None and (known is None or known.sha256 == sha256):
                _append_original(connection, pen, original, origin)
            return _append_reading(connection, pen, reading, origin)

    def standing(self, report: Report) -> RecordedReading | None:
        """Return the reading of a report that was recorded last; None where there is none."""
        key = report_key(report)
        with self._reading() as connection:
            whole = select(READINGS).where(READINGS.c.report == key).order_by(READINGS.c.act.desc()).limit(1)
            row = connection.execute(whole).first()
            return None if row is None else reading_of(row, report)

    def original(self, key: str) -> bytes | None:
        """Return the bytes that a report (by its key) was read from; None where they were not kept."""
        with self._reading() as connection:
            row = connection.execute(select(REPORTS.c.sha256, REPORTS.c.original).where(REPORTS.c.key == key)).one()
            kept = connection.execute(select(ORIGINALS.c.bytes).where(ORIGINALS.c.sha256 == row.sha256)).first()
            found: bytes | None = kept.bytes if kept else row.original
            return found

    def add_judgements(self, judgements: Sequence[Judgement]) -> None:
        """Record words on which incidents are one, all or none of them."""
        with self._writing() as connection:
            _append_judgements(connection, Pen(connection), judgements)

    @contextmanager
    def linking(self) -> Iterator[LinkTables]:
        """Give the tables that linking derives, in a transaction that is the only one to write until it ends."""
        with self._writing() as connection:
            yield LinkTables(connection, partial(_append_linking, connection))

    def add_revision(self, word: Revision) -> None:
        """Record a person's word on one value."""
        self.add_revisions([word])

    def add_revisions(self, words: Sequence[Revision]) -> None:
        """Record a person's words on values, all or none of them."""
        with self._writing() as connection:
            pen = Pen(connection)
            for word in words:
                made = pen.stamp(word.made, later=True)
                row = revision_values(word, made)
                act = pen.write("revision", word.by, made, f"{word.of} {word.field}", row)
                connection.execute(insert(REVISIONS).values(**row, act=act))

    def record(self) -> Record:
        """Return all that was recorded, from one moment's view of the database."""
        with self._reading() as connection:
            return _record(connection)

    def readings_between(self, act: int, until: int) -> list[RecordedReading]:
        """Return the readings that were recorded after an act, up to another, in their order."""
        with self._reading() as connection:
            return readings_between(connection, act, until)

    def keep_up(self, patience: float | None = None) -> Keeping:
        """Bring the kept ledger up to date with the record; wait so many seconds for another writer (None: long)."""
        keeper = Keeper()
        try:
            while self._is_behind():
                with self._writing(patience) as connection:
                    keeper.advance(connection)
        except DBAPIError as error:
            said = str(error.orig)
            if any(sign in said for sign in MAY_ONLY_READ):
                return "never"
            if patience is None or not any(sign in said for sign in BUSY):
                raise
            return "soon" if self._is_of_our_form() else "never"
        return "now" if self._is_of_our_form() else "never"

    def kept_through(self) -> int:
        """Return the last act that the kept ledger knows; 0 where there is none."""
        with self._reading() as connection:
            state = state_of(connection)
            return 0 if state is None else int(state.through)

    def _is_of_our_form(self) -> bool:
        with self._reading() as connection:
            state = state_of(connection)
            return state is not None and state.form == FORM

    @contextmanager
    def kept(self, as_of: datetime | None = None) -> Iterator[Kept | None]:
        """Give the kept ledger as of a moment (None: now); None where it cannot say what was known then."""
        with self._reading() as connection:
            act = act_at(connection, as_of)
            yield None if act is None else Kept(connection, act)

    @contextmanager
    def kept_at(self, act: int) -> Iterator[Kept]:
        """Give the kept ledger as of an act at which it was brought up to date."""
        with self._reading() as connection:
            yield Kept(connection, act)

    def _is_behind(self) -> bool:
        with self._reading() as connection:
            return is_behind(connection)

    def reports_read(self, after: int, until: int) -> dict[str, int]:
        """Return the keys of the reports that acts after one, until another, read; with the last act that did."""
        asked = readings_of_acts(ACTS.c.number.between(after + 1, until))
        asked = asked.with_only_columns(READINGS.c.report, READINGS.c.act)
        with self._reading() as connection:
            return {row.report: row.act for row in connection.execute(asked)}

    def words(self, after: int = 0, until: int | None = None) -> Record:
        """Return the record without its readings: what was said of incidents, claims and names.

        Only what the acts said that come `after` one, `until` another (None: the last).
        """
        with self._reading() as connection:
            last = last_act(connection) if until is None else until
            judgements, revisions = (
                connection.execute(select(table).where(table.c.act.between(after + 1, last)).order_by(table.c.act))
                for table in (JUDGEMENTS, REVISIONS)
            )
            return Record((), tuple(map(judgement_of, judgements)), tuple(map(revision_of, revisions)))

    def acts(self) -> Iterator[Act]:
        """Yield the log from its first act."""
        with self._reading() as connection:
            yield from checks.acts(connection)

    def last_act(self) -> int:
        """Return the number of the last act of the log; 0 where there is none."""
        with self._reading() as connection:
            return last_act(connection)

    def days(self, number: int) -> dict[date, datetime]:
        """Return the last days (UTC) on which something was recorded, with the last moment of each, newest first."""
        with self._reading() as connection:
            return last_days(connection, number)

    def count(self) -> dict[str, int]:
        """Return how many reports, readings, judgements, revisions, originals and acts there are."""
        with self._reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (*SEALED, ACTS)
            }

    def verify(self) -> Iterator[Fault]:
        """Yield every break of the chain, every row that differs from its act, and every span that does not hold."""
        with self._reading() as connection:
            yield from checks.faults(connection)

    def _is_there(self, reading: Reading, sha256: str | None) -> bool:
        """Say whether a reading is recorded, and the bytes of that name where one is given."""
        if sha256 is not None and not self._has(ORIGINALS, sha256):
            return False
        with self._reading() as connection:
            return _is_recorded(connection, report_key(reading.report), body_of(reading), reading.report)

    def _has(self, table: Table, key: str | None) -> bool:
        (column,) = table.primary_key
        with self._reading() as connection:
            return connection.execute(select(column).where(column == key)).first() is not None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self, patience: float | None = None) -> Iterator[Connection]:
        """Give a transaction that is the only one to write until it ends; wait so many seconds for the turn."""
        options = {"writes": True} | ({} if patience is None else {"patience": patience})
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection


def _record(connection: Connection) -> Record:
    reports = {row.key: report_of(row) for row in connection.execute(select(REPORTS))}
    readings = connection.execute(select(READINGS).order_by(READINGS.c.act))
    judgements = connection.execute(select(JUDGEMENTS).order_by(JUDGEMENTS.c.act))
    revisions = connection.execute(select(REVISIONS).order_by(REVISIONS.c.act))
    return Record(
        tuple(reading_of(row, reports[row.report]) for row in readings),
        tuple(judgement_of(row) for row in judgements),
        tuple(revision_of(row) for row in revisions),
    )


def _append_original(connection: Connection, pen: Pen, original: bytes, origin: Origin) -> None:
    name = hashlib.sha256(original).hexdigest()
    if connection.execute(select(ORIGINALS.c.sha256).where(ORIGINALS.c.sha256 == name)).first():
        return
    row = {"sha256": name, "bytes": original, "recorded": origin.moment.isoformat()}
    act = pen.write("original", origin.who, origin.moment, name, row)
    connection.execute(insert(ORIGINALS).values(**row, act=act))


def _append_reading(connection: Connection, pen: Pen, reading: Reading, origin: Origin) -> bool:
    key, body = report_key(reading.report), body_of(reading)
    # Looked at again under the lock: another process may have added it in between.
    if _is_recorded(connection, key, body, reading.report):
        return False
    name = digest([key, body])
    row = {"key": name, "report": key, "body": body, "program": origin.program, "extractor": origin.extractor}
    row["recorded"] = origin.moment.isoformat()
    act = pen.write(READING, origin.who, origin.moment, name, row)
    connection.execute(insert(READINGS).values(**row, act=act))
    return True


def _is_recorded(connection: Connection, key: str, body: str, report: Report) -> bool:
    """Say whether a reading that says the same is there: in the same bytes, or in those of an older contract."""
    name = digest([key, body])
    if connection.execute(select(READINGS.c.key).where(READINGS.c.key == name)).first():
        return True
    rows = connection.execute(select(READINGS.c.body).where(READINGS.c.report == key))
    said = from_json(json.loads(body), report)
    return any(from_json(json.loads(row.body), report) == said for row in rows)


def _append_judgements(connection: Connection, pen: Pen, judgements: Sequence[Judgement]) -> None:
    stamped = [(word, pen.stamp(word.made, later=True)) for word in judgements]
    for word, made in stamped:
        row = judgement_values(word, made)
        act = pen.write("judgement", word.by, made, f"{word.left} {word.right}", row)
        connection.execute(insert(JUDGEMENTS).values(**row, act=act))


def _append_linking(connection: Connection, program: str, words: Sequence[Judgement], now: datetime) -> int:
    pen = Pen(connection)
    _append_judgements(connection, pen, words)
    pen.write(LINKING, program, pen.stamp(now), f"{len(words)} words", {})
    return len(words)
