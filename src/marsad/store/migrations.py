"""The numbered steps that bring a ledger's tables to today's form; a step that was released is never changed.

Plain functions instead of alembic: the record is append-only, so a step adds tables or columns and never rewrites
rows; four lines of bookkeeping do what is needed, and a user's machine carries one dependency less.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import product

from sqlalchemy import Connection, Table, insert, inspect, select

from marsad.errors import LedgerError
from marsad.store.schema import (
    ACTS,
    JUDGEMENTS,
    METADATA,
    ORIGINALS,
    READINGS,
    REPORTS,
    REVISIONS,
    SCHEMA_STEPS,
    SINCE_FORM_3,
)

Step = Callable[[Connection], None]
FIRST_TABLES = (ACTS, REPORTS, READINGS, JUDGEMENTS, REVISIONS)


def _first_tables(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[SCHEMA_STEPS, *FIRST_TABLES])
    _guard(connection, FIRST_TABLES)


def _originals(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[ORIGINALS])
    _guard(connection, (ORIGINALS,))


def _provenance(connection: Connection) -> None:
    # The first step makes today's tables, in which the columns are there already.
    there = {column["name"] for column in inspect(connection).get_columns(REPORTS.name)}
    for name in SINCE_FORM_3:
        if name not in there:
            connection.exec_driver_sql(f"ALTER TABLE {REPORTS.name} ADD COLUMN {name} TEXT")


def _guard(connection: Connection, tables: Sequence[Table]) -> None:
    """Let the database refuse changes: against slips of our own and of other tools, not against its keeper."""
    if connection.dialect.name == "sqlite":
        for table, verb in product(tables, ("UPDATE", "DELETE")):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table.name}_never_{verb.lower()} BEFORE {verb} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
            )
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION marsad_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
            execution_options={"no_parameters": True},
        )
        for table in tables:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table.name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION marsad_refuse()"
            )


STEPS: tuple[tuple[int, str, Step], ...] = (
    (1, "first tables", _first_tables),
    (2, "originals", _originals),
    (3, "provenance of reports", _provenance),
)
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
    if done and done < steps[-1][0] and connection.dialect.name == "postgresql":
        _copy_tables(connection, f"marsad_form{done}_backup")
    for number, name, step in steps:
        if number > done:
            step(connection)
            connection.execute(insert(SCHEMA_STEPS).values(number=number, name=name, applied=moment.isoformat()))


def _copy_tables(connection: Connection, schema: str) -> None:
    """Copy every table of an older ledger into a schema of its own: a server's database has no file to copy."""
    connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    for name in inspect(connection).get_table_names():
        connection.exec_driver_sql(f"CREATE TABLE {schema}.{name} AS TABLE {name}")
