"""Tables that linking derives from the record: they may be dropped at any time, and are made anew from it.

They are no part of the record: no act of the log seals them, and no answer of the ledger is read from them. They spare
`marsad add` to look at all reports for each one that is added.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

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
    Row,
    Select,
    String,
    Table,
    Text,
    bindparam,
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
    Column("parts", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
TERMS = Table(
    "link_terms",
    DERIVED,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("part", BigInteger, primary_key=True, autoincrement=False),
    Column("report", Integer, primary_key=True, autoincrement=False),
    Column("weight", Float(53), nullable=False),
    Index("link_terms_by_report", "report"),
    sqlite_with_rowid=False,
)
SIZES = Table(
    "link_sizes",
    DERIVED,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("part", BigInteger, primary_key=True, autoincrement=False),
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
THIS_PAIR = (PAIRS.c.left == bindparam("one"), PAIRS.c.right == bindparam("other"))
T = TypeVar("T")
Block = tuple[str, str]
"""A term and a part of time or place; the empty part is all."""
Names = tuple[int, int]
WHOLE = 0
"""The name of the part that is all."""
CHUNK = 500
"""How many values one question to the database names: SQLite once allowed 999."""


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One report as the tables keep it: `body` is its telling, packed; `terms` are what it is found by, in `parts`."""

    report: str
    is_short: bool
    published: date | None
    parts: Sequence[str]
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
        return readings_between(self._connection, act, until)

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
        """Make the tables anew: those of an older form may have had other columns."""
        DERIVED.drop_all(self._connection)
        DERIVED.create_all(self._connection)

    def fill(
        self, tellings: Iterable[TellingRow], parted: Iterable[tuple[Block, str, float]], pairs: Iterable[PairRow]
    ) -> None:
        """Make the tables anew of reports, what stands in parts of their terms, and pairs."""
        self.clear()
        numbers: dict[str, int] = {}
        for row in tellings:
            numbers[row.report] = self._put(row)
        self._stand((_names(block), numbers[report], weight) for block, report, weight in parted)
        counted = select(TERMS.c.term, TERMS.c.part, func.count()).group_by(TERMS.c.term, TERMS.c.part)
        self._connection.execute(insert(SIZES).from_select(["term", "part", "size"], counted))
        for some in _chunks(pairs):
            self.put_pairs(some)

    def put_telling(self, row: TellingRow) -> None:
        """Keep a report that is not yet there."""
        self._put(row)
        self._grow(Counter(_names((term, "")) for term in row.terms))

    def put_parts(self, parted: Iterable[tuple[Block, str, float]]) -> None:
        """Let reports that are there be found in parts of terms too."""
        rows = list(parted)
        reports = {report for _, report, _ in rows}
        found = select(TELLINGS.c.report, TELLINGS.c.number)
        asked = (self._connection.execute(found.where(_report_in(chunk))) for chunk in _chunks(reports))
        numbers = {row.report: row.number for answer in asked for row in answer}
        named = [(_names(block), numbers[report], weight) for block, report, weight in rows]
        self._stand(named)
        self._grow(Counter(names for names, _, _ in named))

    def drop_parts(self, terms: Iterable[str]) -> None:
        """Let no report be found in parts of these terms any more."""
        for chunk in _chunks(name_of(term) for term in terms):
            for table in (TERMS, SIZES):
                self._connection.execute(delete(table).where(table.c.term.in_(chunk), table.c.part != WHOLE))

    def take_telling(self, report: str) -> None:
        """Forget a report and what it is found by."""
        number = select(TELLINGS.c.number).where(TELLINGS.c.report == report).scalar_subquery()
        found = self._connection.execute(select(TERMS.c.term, TERMS.c.part).where(TERMS.c.report == number)).all()
        self._resize([(row.term, row.part) for row in found], -1)
        self._connection.execute(delete(TERMS).where(TERMS.c.report == number))
        self._connection.execute(delete(TELLINGS).where(TELLINGS.c.report == report))

    def tellings(self, reports: Iterable[str]) -> dict[str, bytes]:
        """Return the packed tellings of those reports that are kept."""
        found = select(TELLINGS.c.report, TELLINGS.c.body)
        rows = (
            row for chunk in _chunks(reports) for row in self._connection.execute(found.where(_report_in(chunk))).all()
        )
        return {row.report: row.body for row in rows}

    def cards(self, reports: Iterable[str]) -> dict[str, tuple[bool, date | None, tuple[str, ...]]]:
        """Return whether reports are short, their day of publication, and the parts that they belong to."""
        found = select(TELLINGS.c.report, TELLINGS.c.is_short, TELLINGS.c.published, TELLINGS.c.parts)
        rows = (
            row for chunk in _chunks(reports) for row in self._connection.execute(found.where(_report_in(chunk))).all()
        )
        return {row.report: (row.is_short, row.published, tuple(json.loads(row.parts))) for row in rows}

    def sizes(self, blocks: Iterable[Block]) -> dict[Block, int]:
        """Return how many reports stand in each block."""
        names = {block: _names(block) for block in blocks}
        known = self._sizes(names.values())
        return {block: known.get(name, 0) for block, name in names.items()}

    def found_by(self, blocks: Iterable[Block]) -> Iterator[tuple[Block, str, float]]:
        """Yield (block, report, weight) for all reports that stand in the blocks."""
        names = {_names(block): block for block in blocks}
        found = select(TERMS.c.term, TERMS.c.part, TELLINGS.c.report, TERMS.c.weight)
        found = found.join_from(TERMS, TELLINGS, TERMS.c.report == TELLINGS.c.number)
        for row in self._in_blocks(found, TERMS, names):
            yield names[row.term, row.part], row.report, row.weight

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
        """Keep pairs that are not yet there."""
        if rows:
            self._connection.execute(insert(PAIRS), [asdict(row) for row in rows])

    def drop_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Forget pairs."""
        rows = [{"one": left, "other": right} for left, right in pairs]
        if rows:
            self._connection.execute(delete(PAIRS).where(*THIS_PAIR), rows)

    def note_said(self, said: Mapping[tuple[str, str], str | None]) -> None:
        """Keep what was recorded of pairs."""
        rows = [{"one": pair[0], "other": pair[1], "words": words} for pair, words in said.items()]
        if rows:
            self._connection.execute(update(PAIRS).where(*THIS_PAIR).values(said=bindparam("words")), rows)

    def _put(self, row: TellingRow) -> int:
        values = {"report": row.report, "is_short": row.is_short, "published": row.published, "body": row.body}
        values["parts"] = json.dumps(row.parts, ensure_ascii=False)
        made = self._connection.execute(insert(TELLINGS).values(**values)).inserted_primary_key
        assert made is not None
        number = int(made[0])
        self._stand((_names((term, "")), number, weight) for term, weight in row.terms.items())
        return number

    def _stand(self, found: Iterable[tuple[Names, int, float]]) -> None:
        for some in _chunks(found):
            rows = [{"term": term, "part": part, "report": number, "weight": w} for (term, part), number, w in some]
            self._connection.execute(insert(TERMS), rows)

    def _sizes(self, names: Iterable[Names]) -> dict[Names, int]:
        rows = self._in_blocks(select(SIZES.c.term, SIZES.c.part, SIZES.c.size), SIZES, names)
        return {(row.term, row.part): row.size for row in rows}

    def _grow(self, more: Mapping[Names, int]) -> None:
        known = self._sizes(more)
        by: dict[int, list[Names]] = {}
        for name in known:
            by.setdefault(more[name], []).append(name)
        for step, names in by.items():
            self._resize(names, step)
        new = [{"term": name[0], "part": name[1], "size": size} for name, size in more.items() if name not in known]
        if new:
            self._connection.execute(insert(SIZES), new)

    def _resize(self, names: Iterable[Names], by: int) -> None:
        for part, chunk in _by_part(names):
            here = (SIZES.c.part == part, SIZES.c.term.in_(chunk))
            self._connection.execute(update(SIZES).where(*here).values(size=SIZES.c.size + by))

    def _in_blocks(self, asked: Select[Any], table: Table, names: Iterable[Names]) -> Iterator[Row[Any]]:
        for part, chunk in _by_part(names):
            yield from self._connection.execute(asked.where(table.c.part == part, table.c.term.in_(chunk))).all()


def readings_between(connection: Connection, act: int, until: int) -> list[RecordedReading]:
    """Return the readings that were recorded after an act, up to another, in their order."""
    rows = connection.execute(readings_of_acts(ACTS.c.number.between(act + 1, until))).all()
    keys = sorted({row.report for row in rows})
    reports = {
        row.key: report_of(row)
        for chunk in _chunks(keys)
        for row in connection.execute(select(REPORTS).where(REPORTS.c.key.in_(chunk)))
    }
    return [reading_of(row, reports[row.report]) for row in rows]


def name_of(term: str) -> int:
    """Return a term's name in the tables: 63 bits of its SHA-256, so that a million terms hardly ever share one."""
    return int.from_bytes(hashlib.sha256(term.encode()).digest()[:8], "big") >> 1


def _names(block: Block) -> Names:
    return name_of(block[0]), name_of(block[1]) if block[1] else WHOLE


def _by_part(names: Iterable[Names]) -> Iterator[tuple[int, list[int]]]:
    """Yield terms of one part each, some at a time."""
    parts: dict[int, list[int]] = {}
    for term, part in names:
        parts.setdefault(part, []).append(term)
    for part, terms in parts.items():
        for chunk in _chunks(terms):
            yield part, chunk


def _report_in(reports: Sequence[str]) -> ColumnElement[bool]:
    return TELLINGS.c.report.in_(reports)


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    every = iter(values)
    while chunk := list(islice(every, CHUNK)):
        yield chunk
