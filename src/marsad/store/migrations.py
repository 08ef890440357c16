"""The numbered steps that bring a ledger's tables to today's form; a step that was released is never changed.

Plain functions instead of alembic: the record is append-only, so a step adds tables or columns and never rewrites
rows; four lines of bookkeeping do what is needed, and a user's machine carries one dependency less.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select, text

from marsad.errors import LedgerError
from marsad.store.schema import ACTS, JUDGEMENTS, METADATA, READINGS, REPORTS, REVISIONS, SCHEMA_STEPS

Step = Callable[[Connection], None]
FIRST_TABLES = (ACTS, REPORTS, READINGS, JUDGEMENTS, REVISIONS)


def _first_tables(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[SCHEMA_STEPS, *FIRST_TABLES])
    if connection.dialect.name != "sqlite":
        return
    for table in FIRST_TABLES:
        for verb in ("UPDATE", "DELETE"):
            # A guard against slips in our own code and in other tools, not against someone with the file in hand.
            connection.execute(
                text(
                    f"CREATE TRIGGER {table.name}_never_{verb.lower()} BEFORE {verb} ON {table.name} "
                    f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
                )
            )


STEPS: tuple[tuple[int, str, Step], ...] = ((1, "first tables", _first_tables),)
NEWEST = STEPS[-1][0]


def version_of(connection: Connection) -> int:
    """Return the number of the last step that a database has had; 0 for an empty one. Foreign tables are refused."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return 0
    if SCHEMA_STEPS.name not in tables:
        raise LedgerError("it is a database, but not a ledger of Marsad")
    return connection.execute(select(SCHEMA_STEPS.c.number).order_by(SCHEMA_STEPS.c.number.desc())).scalar() or 0


def require_known(version: int) -> None:
    """Raise LedgerError where a ledger was written by a newer program."""
    if version > NEWEST:
        raise LedgerError(
            f"it was written by a newer Marsad (form {version}, this program knows {NEWEST}): "
            "upgrade with pip install --upgrade marsad"
        )


def migrate(connection: Connection, moment: datetime, steps: tuple[tuple[int, str, Step], ...] = STEPS) -> None:
    """Run the steps that are missing; the caller holds one transaction around it, so all are done or none."""
    done = version_of(connection)
    for number, name, step in steps:
        if number > done:
            step(connection)
            connection.execute(insert(SCHEMA_STEPS).values(number=number, name=name, applied=moment.isoformat()))
