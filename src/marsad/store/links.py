"""Tables that linking derives from the record: they may be dropped at any time, and are made anew from it.

They are no part of the record: no act of the log seals them, and no answer of the ledger is read from them. They spare
`marsad add` to look at all reports for each one that is added.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from marsad.ledger.record import RecordedReading
from marsad.model import Judgement, Report
from marsad.store.rows import judgement_of, reading_of, report_of
from marsad.store.schema import ACTS, JUDGEMENTS, READING, REPORTS, readings_of_acts

DERIVED = MetaData()
STATE = Table(
    "link_state",
    DERIVED,
    Column("form", Text, primary_key=True),
    Column("through", Integer, nullable=False),
)
TELLINGS = Table(
    "link_tellings",
    DERIVED,
    Column("number", Integer, primary_key=True),
    Column("report", String(64), nullable=False, unique=True),
    Column("is_short", Boolean, nullable=False),
    Column("published", Date),
    Column("body", LargeBinary, nullable=False),
)
TERMS = Table(
    "link_terms",
    DERIVED,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("report", Integer, primary_key=True, autoincrement=False),
    Column("weight", Float(53), nullable=False),
    Index("link_terms_by_report", "report"),
    sqlite_with_rowid=False,
)
SIZES = Table(
    "link_sizes",
    DERIVED,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
)
PAIRS = Table(
    "link_pairs",
    DERIVED,
    Column("left", String(64), primary_key=True),
    Column("right", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("said", Text),
    Index("link_pairs_by_right", "right"),
)
T = TypeVar("T")
CHUNK = 500
"""How many values one question to the database names: SQLite once allowed 999."""


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One report as the tables keep it: `body` is its telling, packed; `terms` are what it is found by."""

    report: str
    is_short: bool
    published: date | None
    body: bytes
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two linked reports: `body` is the link, packed; `said` is what was last recorded of it."""

    left: str
    right: str
    body: str
    said: str | None = None


class LinkTables:
    """The derived tables, in one transaction that is the only one to write until it ends."""

    def __init__(self, connection: Connection, append: Callable[[str, Sequence[Judgement], datetime], int]) -> None:
        self._connection = connection
        self._append = append
        DERIVED.create_all(connection)

    def through(self, form: str) -> int | None:
        """Return the act up to which readings are in the tables; None where they are not of this form."""
        found = self._connection.execute(select(STATE.c.through).where(STATE.c.form == form)).first()
        return None if found is None else int(found.through)

    def last_reading(self) -> int:
        """Return the number of the act that recorded the last reading; 0 where there is none."""
        asked = select(ACTS.c.number).where(ACTS.c.kind == READING).order_by(ACTS.c.number.desc()).limit(1)
        return int(self._connection.execute(asked).scalar() or 0)

    def count_after(self, act: int) -> int:
        """Return how many readings were recorded after an act."""
        asked = select(func.count()).where(ACTS.c.number > act, ACTS.c.kind == READING)
        return int(self._connection.execute(asked).scalar_one())

    def until(self, act: int, readings: int) -> int:
        """Return the act that recorded the last of so many readings after an act; of fewer, if there are no more."""
        asked = select(ACTS.c.number).where(ACTS.c.number > act, ACTS.c.kind == READING).order_by(ACTS.c.number)
        return int(self._connection.execute(asked.limit(readings)).scalars().all()[-1])

    def count(self) -> int:
        """Return how many reports are in the tables."""
        return int(self._connection.execute(select(func.count()).select_from(TELLINGS)).scalar_one())

    def readings_after(self, act: int, until: int) -> list[RecordedReading]:
        """Return the readings that were recorded after an act, up to another, in their order."""
        rows = self._connection.execute(readings_of_acts(ACTS.c.number.between(act + 1, until))).all()
        keys = sorted({row.report for row in rows})
        reports = {
            row.key: report_of(row)
            for chunk in _chunks(keys)
            for row in self._connection.execute(select(REPORTS).where(REPORTS.c.key.in_(chunk)))
        }
        return [reading_of(row, reports[row.report]) for row in rows]

    def judgements(self) -> tuple[Judgement, ...]:
        """Return all words on which incidents are one, in the order of recording."""
        rows = self._connection.execute(select(JUDGEMENTS).order_by(JUDGEMENTS.c.act))
        return tuple(judgement_of(row) for row in rows)

    def finish(self, form: str, through: int, program: str, words: Sequence[Judgement], now: datetime) -> int:
        """Record a program's words, and up to which act readings are in the tables; return how many words that were."""
        self._connection.execute(delete(STATE))
        self._connection.execute(insert(STATE).values(form=form, through=through))
        return self._append(program, words, now)

    def clear(self) -> None:
        """Empty the tables."""
        for table in (STATE, TELLINGS, TERMS, SIZES, PAIRS):
            self._connection.execute(delete(table))

    def put_tellings(self, rows: Iterable[TellingRow]) -> None:
        """Keep reports that are not yet there."""
        for row in rows:
            values = {"report": row.report, "is_short": row.is_short, "published": row.published, "body": row.body}
            made = self._connection.execute(insert(TELLINGS).values(**values)).inserted_primary_key
            assert made is not None
            terms = {name_of(term): weight for term, weight in row.terms.items()}
            known = self._sizes(terms)
            if terms:
                found = [{"term": term, "report": made[0], "weight": weight} for term, weight in terms.items()]
                self._connection.execute(insert(TERMS), found)
                self._resize(known, 1)
            new = [{"term": term, "size": 1} for term in terms if term not in known]
            if new:
                self._connection.execute(insert(SIZES), new)

    def take_telling(self, report: str) -> None:
        """Forget a report and what it is found by."""
        number = select(TELLINGS.c.number).where(TELLINGS.c.report == report).scalar_subquery()
        found = self._connection.execute(select(TERMS.c.term).where(TERMS.c.report == number))
        self._resize([row.term for row in found], -1)
        self._connection.execute(delete(TERMS).where(TERMS.c.report == number))
        self._connection.execute(delete(TELLINGS).where(TELLINGS.c.report == report))

    def tellings(self, reports: Iterable[str]) -> dict[str, bytes]:
        """Return the packed tellings of those reports that are kept."""
        found = select(TELLINGS.c.report, TELLINGS.c.body)
        rows = (
            row for chunk in _chunks(reports) for row in self._connection.execute(found.where(_report_in(chunk))).all()
        )
        return {row.report: row.body for row in rows}

    def cards(self, reports: Iterable[str]) -> dict[str, tuple[bool, date | None]]:
        """Return whether reports are short, and their day of publication."""
        found = select(TELLINGS.c.report, TELLINGS.c.is_short, TELLINGS.c.published)
        rows = (
            row for chunk in _chunks(reports) for row in self._connection.execute(found.where(_report_in(chunk))).all()
        )
        return {row.report: (row.is_short, row.published) for row in rows}

    def sizes(self, terms: Iterable[str]) -> dict[str, int]:
        """Return how many reports are found by each term."""
        names = {term: name_of(term) for term in terms}
        known = self._sizes(names.values())
        return {term: known.get(name, 0) for term, name in names.items()}

    def found_by(self, terms: Iterable[str]) -> Iterator[tuple[str, str, float]]:
        """Yield (term, report, weight) for all reports that any of the terms finds."""
        names = {name_of(term): term for term in terms}
        found = select(TERMS.c.term, TELLINGS.c.report, TERMS.c.weight)
        found = found.join_from(TERMS, TELLINGS, TERMS.c.report == TELLINGS.c.number)
        for chunk in _chunks(names):
            for name, report, weight in self._connection.execute(found.where(TERMS.c.term.in_(chunk))).all():
                yield names[name], report, weight

    def pairs_of(self, reports: Iterable[str]) -> list[PairRow]:
        """Return the pairs that one of the reports is in."""
        rows = [
            row
            for chunk in _chunks(reports)
            for side in (PAIRS.c.left, PAIRS.c.right)
            for row in self._connection.execute(select(PAIRS).where(side.in_(chunk))).all()
        ]
        return [PairRow(row.left, row.right, row.body, row.said) for row in rows]

    def reports(self, keys: Iterable[str]) -> dict[str, Report]:
        """Return reports by their keys, those that are there."""
        rows = (self._connection.execute(select(REPORTS).where(REPORTS.c.key.in_(chunk))) for chunk in _chunks(keys))
        return {row.key: report_of(row) for found in rows for row in found}

    def put_pairs(self, rows: Sequence[PairRow]) -> None:
        """Keep pairs, in place of older rows of the same."""
        self.drop_pairs([(row.left, row.right) for row in rows])
        values = [{"left": row.left, "right": row.right, "body": row.body, "said": row.said} for row in rows]
        if values:
            self._connection.execute(insert(PAIRS), values)

    def drop_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Forget pairs."""
        for left, right in pairs:
            self._connection.execute(delete(PAIRS).where(PAIRS.c.left == left, PAIRS.c.right == right))

    def note_said(self, pair: tuple[str, str], said: str | None) -> None:
        """Keep what was recorded of a pair."""
        here = (PAIRS.c.left == pair[0], PAIRS.c.right == pair[1])
        self._connection.execute(update(PAIRS).where(*here).values(said=said))

    def _sizes(self, names: Iterable[int]) -> dict[int, int]:
        rows = (
            row
            for chunk in _chunks(names)
            for row in self._connection.execute(select(SIZES).where(SIZES.c.term.in_(chunk))).all()
        )
        return {row.term: row.size for row in rows}

    def _resize(self, names: Iterable[int], by: int) -> None:
        for chunk in _chunks(names):
            self._connection.execute(update(SIZES).where(SIZES.c.term.in_(chunk)).values(size=SIZES.c.size + by))


def name_of(term: str) -> int:
    """Return a term's name in the tables: 63 bits of its SHA-256, so that a million terms hardly ever share one."""
    return int.from_bytes(hashlib.sha256(term.encode()).digest()[:8], "big") >> 1


def _report_in(reports: Sequence[str]) -> ColumnElement[bool]:
    return TELLINGS.c.report.in_(reports)


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    every = list(values)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]
