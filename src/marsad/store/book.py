"""Appends to the record and reads it back; every append and its line in the log are one transaction."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, insert, select

from marsad.check import check_reading, require_sound
from marsad.contract import from_json, to_json
from marsad.ledger.record import Record, RecordedReading, canonical, digest, report_key
from marsad.model import Judgement, Reading, Report, Revision
from marsad.store.chain import FIRST, Act, broken, seal
from marsad.store.schema import ACTS, JUDGEMENTS, READINGS, REPORTS, REVISIONS


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the record that does not hold, in plain words."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who recorded a reading, when, and what made it."""

    who: str
    moment: datetime
    program: str
    extractor: str


class Book:
    """An open ledger; every method is one transaction, and returns only when its work is safe on disk."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_reading(self, reading: Reading, origin: Origin, original: bytes | None = None) -> bool:
        """Record a report and its reading; return False where this very reading is there already.

        Raises UnsoundReadingError for a reading whose spans or sums do not hold.
        """
        require_sound(reading)
        key = report_key(reading.report)
        body = canonical(_body(reading))
        name = digest([key, body])
        if self._has(READINGS, name):
            return False
        with self._writing() as connection, connection.begin():
            # Looked at again under the lock: another process may have added it in between.
            if connection.execute(select(READINGS.c.key).where(READINGS.c.key == name)).first():
                return False
            if not connection.execute(select(REPORTS.c.key).where(REPORTS.c.key == key)).first():
                _append_report(connection, key, reading.report, original, origin)
            row = {"key": name, "report": key, "body": body, "program": origin.program, "extractor": origin.extractor}
            row["recorded"] = origin.moment.isoformat()
            act = _append_act(connection, "reading", origin.who, origin.moment, name, row)
            connection.execute(insert(READINGS).values(**row, act=act))
        return True

    def has_report(self, report: Report) -> bool:
        """Say whether a report with these words, publisher and day was recorded."""
        return self._has(REPORTS, report_key(report))

    def add_judgements(self, judgements: list[Judgement]) -> None:
        """Record words on which incidents are one, all or none of them."""
        with self._writing() as connection, connection.begin():
            for word in judgements:
                row = {
                    "left": word.left,
                    "right": word.right,
                    "verdict": word.verdict,
                    "score": word.score,
                    "reasons": canonical(list(word.reasons)),
                    "made_by": word.by,
                    "made": word.made.isoformat(),
                }
                subject = f"{word.left} {word.right}"
                act = _append_act(connection, "judgement", word.by, word.made, subject, row)
                connection.execute(insert(JUDGEMENTS).values(**row, act=act))

    def add_revision(self, word: Revision) -> None:
        """Record a person's word on one value."""
        row = {"of": word.of, "field": word.field, "value": word.value, "reason": word.reason, "made_by": word.by}
        row["made"] = word.made.isoformat()
        with self._writing() as connection, connection.begin():
            act = _append_act(connection, "revision", word.by, word.made, f"{word.of} {word.field}", row)
            connection.execute(insert(REVISIONS).values(**row, act=act))

    def record(self) -> Record:
        """Return all that was recorded, from one moment's view of the database."""
        with self._engine.connect() as connection, connection.begin():
            reports = {row.key: _report(row) for row in connection.execute(select(REPORTS))}
            readings = connection.execute(select(READINGS).order_by(READINGS.c.act))
            judgements = connection.execute(select(JUDGEMENTS).order_by(JUDGEMENTS.c.act))
            revisions = connection.execute(select(REVISIONS).order_by(REVISIONS.c.act))
            return Record(
                tuple(_reading(row, reports[row.report]) for row in readings),
                tuple(_judgement(row) for row in judgements),
                tuple(_revision(row) for row in revisions),
            )

    def acts(self) -> Iterator[Act]:
        """Yield the log from its first act."""
        with self._engine.connect() as connection, connection.begin():
            for row in connection.execute(select(ACTS).order_by(ACTS.c.number)):
                yield Act(*row)

    def count(self) -> dict[str, int]:
        """Return how many reports, readings, judgements, revisions and acts there are."""
        tables = (REPORTS, READINGS, JUDGEMENTS, REVISIONS, ACTS)
        with self._engine.connect() as connection, connection.begin():
            return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}

    def verify(self) -> Iterator[Fault]:
        """Yield every break of the chain, every row that differs from its act, and every span that does not hold."""
        contents = {act.number: act.content for act in self.acts()}
        yield from (Fault("log", fault) for fault in broken(self.acts()))
        with self._engine.connect() as connection, connection.begin():
            for table in (REPORTS, READINGS, JUDGEMENTS, REVISIONS):
                for row in connection.execute(select(table)):
                    if contents.get(row.act) != digest(_sealed(dict(row._mapping))):
                        yield Fault(f"{table.name}, act {row.act}", "was changed after it was recorded")
        for one in self.record().readings:
            for fault in check_reading(one.reading):
                yield Fault(f"reading {one.key[:12]}", fault)
            if report_key(one.reading.report) != one.report_key:
                yield Fault(f"report {one.report_key[:12]}", "its words are not those that were recorded")

    def _has(self, table: Table, key: str) -> bool:
        with self._engine.connect() as connection, connection.begin():
            return connection.execute(select(table.c.key).where(table.c.key == key)).first() is not None

    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(writes=True)


def _append_report(connection: Connection, key: str, report: Report, original: bytes | None, origin: Origin) -> None:
    row: dict[str, Any] = {
        "key": key,
        "caller_id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "language": report.language,
        "published": report.published,
        "text": report.text,
        "sha256": report.sha256,
        "original": original,
        "recorded": origin.moment.isoformat(),
    }
    act = _append_act(connection, "report", origin.who, origin.moment, key, row)
    connection.execute(insert(REPORTS).values(**row, act=act))


def _append_act(
    connection: Connection, kind: str, who: str, moment: datetime, subject: str, row: Mapping[str, Any]
) -> int:
    """Append one line to the log; the caller's write lock keeps two writers from taking one number."""
    last = connection.execute(select(ACTS.c.number, ACTS.c.seal).order_by(ACTS.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.seal) if last else (1, FIRST)
    what = (kind, who, moment.isoformat(), subject, digest(_sealed(row)))
    names = ("kind", "who", "moment", "subject", "content")
    values = dict(zip(names, what, strict=True))
    connection.execute(
        insert(ACTS).values(number=number, previous=previous, seal=seal(number, what, previous), **values)
    )
    return int(number)


def _sealed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an act seals of a row: all of it but the act's own number; bytes as hex."""
    plain = {name: value for name, value in row.items() if name != "act"}
    if isinstance(plain.get("original"), bytes):
        plain["original"] = plain["original"].hex()
    if plain.get("published") is not None:
        plain["published"] = plain["published"].isoformat()
    return plain


def _body(reading: Reading) -> dict[str, Any]:
    """Return a reading without what belongs to its report, which is kept in a row of its own."""
    row = to_json(reading, places=True, why=True)
    return {name: value for name, value in row.items() if name not in ("id", "report")}


def _report(row: Row[Any]) -> Report:
    return Report(row.caller_id, row.text, row.title, row.publisher, row.url, row.language, row.published, row.sha256)


def _reading(row: Row[Any], report: Report) -> RecordedReading:
    reading = from_json(json.loads(row.body), report)
    moment = datetime.fromisoformat(row.recorded)
    return RecordedReading(row.key, row.report, reading, moment, row.program, row.extractor)


def _judgement(row: Row[Any]) -> Judgement:
    made = datetime.fromisoformat(row.made)
    return Judgement(row.left, row.right, row.verdict, row.made_by, made, row.score, tuple(json.loads(row.reasons)))


def _revision(row: Row[Any]) -> Revision:
    return Revision(row.of, row.field, row.value, row.reason, row.made_by, datetime.fromisoformat(row.made))
