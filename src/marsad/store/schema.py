"""The tables of the record, as today's program reads and writes them; how they came about is told by the migrations.

Words that users give have no set length: PostgreSQL would refuse the longer ones, SQLite never does.
"""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    select,
)

METADATA = MetaData()

SCHEMA_STEPS = Table(
    "schema_steps",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(80), nullable=False),
    Column("applied", String(40), nullable=False),
)

ACTS = Table(
    "acts",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("who", Text, nullable=False),
    Column("moment", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("seal", String(64), nullable=False, unique=True),
)

REPORTS = Table(
    "reports",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("caller_id", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("language", Text),
    Column("published", Date),
    Column("text", Text, nullable=False),
    Column("sha256", String(64)),
    Column("original", LargeBinary),
    Column("recorded", String(40), nullable=False),
    Column("act", ForeignKey("acts.number"), nullable=False),
    # Since the third form: the file that the report first came from, through archives, and the evidence of its day.
    Column("source", Text),
    Column("dated", Text),
)

READINGS = Table(
    "readings",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("report", ForeignKey("reports.key"), nullable=False),
    Column("body", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("recorded", String(40), nullable=False),
    Column("act", ForeignKey("acts.number"), nullable=False),
    Index("readings_by_report", "report"),
)

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("act", ForeignKey("acts.number"), primary_key=True, autoincrement=False),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("score", Float),
    Column("reasons", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", String(40), nullable=False),
)

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("act", ForeignKey("acts.number"), primary_key=True, autoincrement=False),
    Column("of", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", String(40), nullable=False),
)

ORIGINALS = Table(
    "originals",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("recorded", String(40), nullable=False),
    Column("act", ForeignKey("acts.number"), nullable=False),
)

SINCE_FORM_3 = ("source", "dated")
"""Columns of reports that older rows have no value in; a row without one is sealed as it always was."""

SEALED = (REPORTS, READINGS, JUDGEMENTS, REVISIONS, ORIGINALS)
"""The tables whose every row belongs to an act of the log and is sealed by it."""

READING = "reading"
"""The kind of act that records a reading."""
LINKING = "linking"
"""The kind of act that records no row: that a program judged all reports recorded until then."""


def readings_of_acts(which: ColumnElement[bool]) -> Select[Any]:
    """Return the question for the readings that some acts recorded, in their order.

    By way of the log, which is found by its numbers: readings have no index of their acts, and to look through all that
    were ever recorded would cost every new report more than the one before.
    """
    found = select(READINGS).join_from(ACTS, READINGS, ACTS.c.subject == READINGS.c.key)
    return found.where(ACTS.c.kind == READING, which).order_by(ACTS.c.number)
