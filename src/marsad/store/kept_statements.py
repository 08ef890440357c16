"""Asks the record for the readings that hold statements of one kind, so that no other is opened for them."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from marsad.ledger.record import RecordedReading
from marsad.store.kept_source import RecordSource, chunks, corrected, reports_by_key
from marsad.store.kept_tables import holds
from marsad.store.rows import body_read
from marsad.store.schema import READINGS, REPORTS
from marsad.vocabulary import StatementKind

EMPTIED = ("claims", "breakdowns", "restatements", "restatements_why", "incidents", "places", "warnings")
"""What of a reading is not looked at where only its statements are asked for; to read it takes the most time."""


def readings_telling(source: RecordSource, kind: StatementKind) -> Iterator[RecordedReading]:
    """Yield, by report, the readings that stand and hold statements of a kind, with these statements alone.

    Readings of a kind are found by their bodies as the database holds them: `canonical` writes keys without spaces.
    """
    connection, body = source.connection, READINGS.c.body
    until = READINGS.c.act <= source.until
    asked = select(READINGS.c.report).where(until, holds(connection, body, f'"kind":"{kind}"')).distinct()
    for some in chunks(sorted(connection.execute(asked).scalars())):
        rows = connection.execute(select(READINGS).where(until, READINGS.c.report.in_(some)))
        standing: dict[str, Row[Any]] = {}
        for row in rows:
            before = standing.get(row.report)
            if before is None or _order(row) > _order(before):
                standing[row.report] = row
        reports = reports_by_key(connection, some)
        for key, row in sorted(standing.items()):
            cut = _cut(row.body, kind)
            if cut["statements"]:
                yield corrected(body_read(row, cut, reports[key]), source.names)


def days_published(source: RecordSource) -> list[date]:
    """Return the days on which the reports came out, in order: a report is recorded with its first reading."""
    row = REPORTS.c
    asked = select(row.published).where(row.published.is_not(None), row.act <= source.until).group_by(row.published)
    return sorted(source.connection.execute(asked).scalars())


def _order(row: Row[Any]) -> tuple[datetime, str]:
    """Return what the reading that stands has most of (`ledger.ground.standing_readings`)."""
    return datetime.fromisoformat(row.recorded), row.key


def _cut(body: str, kind: StatementKind) -> dict[str, Any]:
    row = json.loads(body)
    said = [one for one in row.get("statements") or () if one["kind"] == kind]
    return {**row, **{name: [] for name in EMPTIED}, "statements": said}
