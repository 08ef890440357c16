"""Checks a record against itself: the chain, rows against acts, bytes against their names, quotes against texts."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from marsad.check import check_reading
from marsad.ledger.record import digest, report_key
from marsad.store.chain import Act, broken
from marsad.store.rows import reading_of, report_of, sealed
from marsad.store.schema import ACTS, LINKING, ORIGINALS, READINGS, REPORTS, SEALED

# Rows at a time, so that a ledger larger than memory can be checked.
IN_BATCHES = {"yield_per": 500}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the record that does not hold, in plain words."""

    where: str
    what: str


def faults(connection: Connection) -> Iterator[Fault]:
    """Yield every break of the chain, every row that differs from its act, and all that does not hold in itself."""
    yield from (Fault("log", fault) for fault in broken(acts(connection)))
    yield from _rows(connection)
    yield from _originals(connection)
    yield from _readings(connection)


def acts(connection: Connection) -> Iterator[Act]:
    """Yield the log from its first act."""
    for row in connection.execute(select(ACTS).order_by(ACTS.c.number), execution_options=IN_BATCHES):
        yield Act(*row)


def _rows(connection: Connection) -> Iterator[Fault]:
    """Yield rows that differ from their act, and acts whose row is gone."""
    contents = {act.number: act.content for act in acts(connection) if act.kind != LINKING}
    for table in SEALED:
        for row in connection.execute(select(table), execution_options=IN_BATCHES):
            if contents.pop(row.act, None) != digest(sealed(dict(row._mapping))):
                yield Fault(f"{table.name}, act {row.act}", "was changed after it was recorded")
    for number in sorted(contents):
        yield Fault(f"log, act {number}", "what it recorded is gone")


def _originals(connection: Connection) -> Iterator[Fault]:
    for row in connection.execute(select(ORIGINALS), execution_options=IN_BATCHES):
        if hashlib.sha256(row.bytes).hexdigest() != row.sha256:
            yield Fault(f"original {row.sha256[:12]}", "its bytes are not those that were recorded")


def _readings(connection: Connection) -> Iterator[Fault]:
    """Yield readings whose spans or sums do not hold, and reports whose words are not those of their key."""
    for batch in connection.execute(select(REPORTS), execution_options=IN_BATCHES).partitions():
        reports = {row.key: report_of(row) for row in batch}
        for key, report in reports.items():
            if report_key(report) != key:
                yield Fault(f"report {key[:12]}", "its words are not those that were recorded")
        for row in connection.execute(select(READINGS).where(READINGS.c.report.in_(reports))):
            for fault in check_reading(reading_of(row, reports[row.report]).reading):
                yield Fault(f"reading {row.key[:12]}", fault)
