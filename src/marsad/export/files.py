"""Files for analysis: Parquet, DuckDB and SQLite, with incidents, sources, claims and running totals as tables."""

import json
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marsad.errors import MarsadError
from marsad.export.entries import Entry, Written
from marsad.export.frame import Format, Frame
from marsad.export.plain import (
    CLAIM_COLUMNS,
    COLUMNS,
    DAYS,
    INTEGERS,
    REALS,
    RUNNING_COLUMNS,
    SOURCE_COLUMNS,
    claim_rows,
    row_of,
    running_rows,
    source_rows,
)
from marsad.export.table import Value, json_line

COUNTS = frozenset({"low", "best", "high", "start", "end"})


class MissingPackageError(MarsadError):
    """A format asks for a package that is not installed; the message says how to install it."""


Table = tuple[str, Sequence[str], Sequence[Mapping[str, Value]]]


def tables_of(entries: Sequence[Entry], frame: Frame) -> tuple[Table, ...]:
    """Return the tables that all these files hold, the incidents first."""
    incidents = [row_of(one) for one in entries]
    return (
        ("incidents", COLUMNS, incidents),
        ("sources", SOURCE_COLUMNS, source_rows(entries)),
        ("claims", CLAIM_COLUMNS, claim_rows(entries)),
        ("running_totals", RUNNING_COLUMNS, running_rows(frame.running)),
    )


def kind_of(table: str, column: str) -> str:
    """Return what a column holds: integer, real, day, truth or text."""
    if table in ("claims", "running_totals") and column in COUNTS:
        return "integer"
    if table == "running_totals" and column in ("from", "until"):
        return "day"
    if column in INTEGERS and table == "incidents":
        return "integer"
    if column in REALS:
        return "real"
    if column in DAYS or column == "published":
        return "day"
    return "truth" if column == "reviewed" else "text"


def write_parquet(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return the incidents as a Parquet file, its facts in the file's metadata."""
    arrow, parquet = _arrow()
    _, columns, rows = tables_of(entries, frame)[0]
    types = {
        "integer": arrow.int64(),
        "real": arrow.float64(),
        "day": arrow.date32(),
        "truth": arrow.bool_(),
        "text": arrow.string(),
    }
    facts = {"marsad": json.dumps({"version": frame.version, "policy": frame.policy, "profile": frame.profile.name})}
    fields = [arrow.field(name, types[kind_of("incidents", name)]) for name in columns]
    schema = arrow.schema(fields, metadata=facts)
    table = arrow.Table.from_pylist([{name: row.get(name) for name in columns} for row in rows], schema=schema)
    sink = arrow.BufferOutputStream()
    parquet.write_table(table, sink)
    return Written(sink.getvalue().to_pybytes(), len(rows))


def write_duckdb(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return a DuckDB database; its bytes differ from one writing to the next, its rows do not."""
    duckdb = _duckdb()
    types = {"integer": "BIGINT", "real": "DOUBLE", "day": "DATE", "truth": "BOOLEAN", "text": "VARCHAR"}
    tables = tables_of(entries, frame)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.duckdb"
        connection = duckdb.connect(str(path))
        try:
            for table in tables:
                _fill(connection, table, types, days=False)
        finally:
            connection.close()
        content = path.read_bytes()
    return Written(content, len(entries), canonical=canonical_of(tables))


def write_sqlite(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return an SQLite database with the same tables; days are ISO text."""
    types = {"integer": "INTEGER", "real": "REAL", "day": "TEXT", "truth": "INTEGER", "text": "TEXT"}
    tables = tables_of(entries, frame)
    connection = sqlite3.connect(":memory:")
    try:
        for table in tables:
            _fill(connection, table, types, days=True)
        connection.commit()
        return Written(connection.serialize(), len(entries))
    finally:
        connection.close()


def _fill(connection: Any, table: Table, types: Mapping[str, str], *, days: bool) -> None:
    name, columns, rows = table
    heads = ", ".join(f'"{column}" {types[kind_of(name, column)]}' for column in columns)
    connection.execute(f'CREATE TABLE "{name}" ({heads})')
    if rows:
        marks = ", ".join("?" for _ in columns)
        values = [[_value(row.get(column), days) for column in columns] for row in rows]
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', values)


def _value(value: Value, days: bool) -> Any:
    return value.isoformat() if days and isinstance(value, date) else value


def canonical_of(tables: Sequence[Table]) -> bytes:
    """Return the rows of tables as bytes that are the same for the same rows."""
    rows = [[name, [row.get(column) for column in columns]] for name, columns, found in tables for row in found]
    return "".join(json_line(row) for row in rows).encode("utf-8", "replace")


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise _missing("pyarrow", "Parquet") from error
    return pyarrow, pyarrow.parquet


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise _missing("duckdb", "DuckDB") from error
    return duckdb


def _missing(package: str, what: str) -> MissingPackageError:
    return MissingPackageError(
        f"{what} files need the package {package}, which is not installed: pip install 'marsad[export]' "
        "(csv, json and sqlite formats need nothing)"
    )


RULES = (
    "Marsad's own columns (docs/exports.md): low, best and high of every harm; an empty high is an open end.",
    "Words of reports are null unless the profile is internal.",
)
PARQUET = Format(
    "parquet",
    "Parquet file of the incidents",
    ".parquet",
    write_parquet,
    RULES,
    "Opened with pyarrow and pandas.",
    needs=("pyarrow",),
    is_text=False,
)
DUCKDB = Format(
    "duckdb",
    "DuckDB database: incidents, sources, claims, running totals",
    ".duckdb",
    write_duckdb,
    (*RULES, "DuckDB does not write the same bytes twice: sha256 is that of the rows."),
    "Opened with duckdb.",
    needs=("duckdb",),
    is_text=False,
)
SQLITE = Format(
    "sqlite",
    "SQLite database: incidents, sources, claims, running totals",
    ".sqlite",
    write_sqlite,
    (*RULES, "A copy to look at, no ledger: the record with its log is copied as a file (docs/ledger.md)."),
    "Opened with sqlite3.",
    is_text=False,
)
