"""The tables of the kept ledger: what the record comes to, as rows with the acts from which and until which they hold.

They are derived: no act of the log seals them, and whoever drops them has them made anew from the record by the next
program that opens the ledger. A row is never altered but for its end, so that every past day can be asked for.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
)

from marsad.vocabulary import HARMS

FORM = 4
"""The form of these tables and the rules by which they were derived: raise it with every change that alters an answer
of `build_ledger`. Tables of a lower form are made anew; those of a higher one are left alone, and not read."""
FOREVER = 2_147_483_647
"""The act until which a row holds that still does."""

KEPT = MetaData()
FIGURES = tuple(f"{harm}_{bound}" for harm in HARMS for bound in ("low", "best", "high"))
ASKED = (
    *("voice_count", "place_words", "actor_words", "victim_words", "means_words", "source_words", "standings"),
    *("perpetrators", "place", "admin1", "country", "means", "victims", "source", "split"),
)
"""The columns by which incidents are chosen and added up."""
ID = String(64).with_variant(String(64, collation="C"), "postgresql")

KEPT_STATE = Table(
    "kept_state",
    KEPT,
    Column("form", Integer, primary_key=True, autoincrement=False),
    # Acts up to `through` are in the tables; those up to `done` are being put in, and will hold from `target` on.
    Column("through", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("target", Integer, nullable=False),
    Column("is_ordered", Boolean, nullable=False),
    Column("sums", Text, nullable=False),
)
KEPT_STEPS = Table(
    "kept_steps",
    KEPT,
    Column("act", Integer, primary_key=True, autoincrement=False),
    Column("sums", Text, nullable=False),
)
KEPT_IDS = Table(
    "kept_ids",
    KEPT,
    Column("id", ID, primary_key=True),
    Column("report", String(64), nullable=False),
)
KEPT_MENTIONS = Table(
    "kept_mentions",
    KEPT,
    Column("name", Text, primary_key=True),
    Column("act", Integer, primary_key=True, autoincrement=False),
)
KEPT_REPORTS = Table(
    "kept_reports",
    KEPT,
    Column("report", ID, primary_key=True),
    Column("names", Text, nullable=False),
)
KEPT_INCIDENTS = Table(
    "kept_incidents",
    KEPT,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False),
    Column("from_act", Integer, nullable=False),
    Column("until_act", Integer, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("made_of", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("perpetrators", Text, nullable=False),
    Column("place", Text),
    Column("admin1", Text),
    Column("country", Text),
    Column("province", Text),
    Column("means", Text),
    Column("victims", Text),
    Column("source", Text),
    Column("split", Text),
    Column("claim_count", Integer, nullable=False),
    Column("voice_count", Integer, nullable=False),
    Column("voices", Text, nullable=False),
    Column("place_words", Text, nullable=False),
    Column("actor_words", Text, nullable=False),
    Column("victim_words", Text, nullable=False),
    Column("means_words", Text, nullable=False),
    Column("source_words", Text, nullable=False),
    Column("standings", Text, nullable=False),
    *(Column(f"{part}_body", Text) for part in ("when", "where", "doers", "victims", "rest")),
    Column("point", Text),
    Column("latitude", Float(53)),
    Column("longitude", Float(53)),
    Column("geoprecision", Integer),
    Column("radius_km", Float(53)),
    *(Column(name, BigInteger) for name in FIGURES),
    Index("kept_incidents_by_id", "id"),
    # One of the two: SQLite, given both, takes whichever was made last.
    Index("kept_incidents_by_day", "until_act", "stands", "day", "id").ddl_if(dialect="postgresql"),
    # All that a filtered toll or list looks at, without the bodies: to read it through costs a tenth of the rows.
    # PostgreSQL would refuse entries of more than 2,704 bytes.
    Index("kept_incidents_narrow", "until_act", "stands", "day", "id", "from_act", *ASKED, *FIGURES).ddl_if(
        dialect="sqlite"
    ),
)
KEPT_TOTALS = Table(
    "kept_totals",
    KEPT,
    Column("name", String(64), primary_key=True),
    Column("by", String(12), nullable=False),
    Column("key", Text, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("sums", Text, nullable=False),
    Index("kept_totals_by_property", "by"),
)
KEPT_HEIRS = Table(
    "kept_heirs",
    KEPT,
    Column("id", ID, primary_key=True),
    Column("from_act", Integer, primary_key=True, autoincrement=False),
    Column("until_act", Integer, nullable=False),
    Column("incident", ID, nullable=False),
    # The incident of today's reading that answers for it: itself, unless the id is of an older reading.
    Column("member", ID, nullable=False),
    # heir: leads to an incident that stands; taken: is part of a withdrawn one; past: neither, but part of one or led
    # to such a part (all of its claims are withdrawn, or it is an older reading's id of something withdrawn).
    Column("kind", String(5), nullable=False),
    Index("kept_heirs_by_incident", "incident"),
)
KEPT_RUNNING = Table(
    "kept_running",
    KEPT,
    Column("number", Integer, primary_key=True),
    Column("from_act", Integer, nullable=False),
    Column("until_act", Integer, nullable=False),
    Column("report", ID, nullable=False),
    Column("position", Integer, nullable=False),
    Column("ref", Text, nullable=False),
    Column("made_of", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Index("kept_running_by_report", "report", "position"),
)


def holds(connection: Connection, column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Return the question whether a column's words hold `words`, letter by letter: LIKE would read % and _ as signs."""
    find = func.strpos if connection.dialect.name == "postgresql" else func.instr
    return find(column, words) > 0
