"""How each database is made to keep the record's promises: one writer at a time, one moment's view, safe on disk."""

import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from marsad.errors import LedgerError

BUSY_SECONDS = 120
"""How long a writer waits for the others: judging a large ledger may hold it for a while."""
HELD_SECONDS = 600
"""After so long a silence a PostgreSQL server takes a writer's turn away: its machine may be gone, and all wait."""
SILENCE = {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
"""How long a PostgreSQL server that says nothing at all is waited for: one whose machine is gone would be for hours."""
EXTRAS = {"postgresql": "postgres"}
"""Which extra of the package brings the driver of a database."""

# Any number will do, as long as every Marsad that writes to a database takes the same: "marsad" in ASCII.
WRITERS_LOCK = 0x6D6172736164


def address_of(place: str) -> URL:
    """Return the address of a ledger named as a file or as a database's URL; raise LedgerError for neither."""
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise LedgerError(f"{place} is no address of a database: write a file name or postgresql://...") from error
    # SQLAlchemy's own choice of a driver has changed between its versions; "postgres" is libpq's other name for it.
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def shown(place: str) -> str:
    """Return a ledger's name as it may be printed: without the password of its URL."""
    try:
        return make_url(place).render_as_string(hide_password=True) if "://" in place else place
    except ArgumentError:
        return place


def connect(url: URL) -> Engine:
    """Return the engine for an address; raise LedgerError with advice where its driver is not installed."""
    backend = url.get_backend_name()
    try:
        # A server may have been started anew since a connection was last used.
        engine = create_engine(url, pool_pre_ping=backend != "sqlite", connect_args=_told_at_connecting(url))
    except (ImportError, NoSuchModuleError) as error:
        extra = EXTRAS.get(backend)
        advice = f"pip install 'marsad[{extra}]'" if extra else "ledgers are SQLite files or PostgreSQL databases"
        raise LedgerError(f"no driver for {backend} is installed ({error}): {advice}") from error
    if backend == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif backend == "postgresql":
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _told_at_connecting(url: URL) -> dict[str, str]:
    """Return what a connection is told beside its URL; what the URL says itself stands."""
    if url.get_backend_name() != "postgresql":
        return {}
    return {name: words for name, words in SILENCE.items() if name not in url.query}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # We write BEGIN ourselves: the driver's own would start readers as writers or writers as readers.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    _keep_write_ahead_log(connection)
    # FULL, since what was acknowledged is to outlive a power cut, not only a crash.
    connection.execute("PRAGMA synchronous = FULL")


def _keep_write_ahead_log(connection: Any) -> None:
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # A file that may only be read keeps the journal it has.
            if "readonly" in str(error):
                return
            # SQLite does not wait by itself while another process turns the same new file to WAL.
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    # Always, since a connection that comes from the pool keeps what was last asked of it.
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(1000 * _patience(connection))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    # Said once a connection: to say it in every transaction takes as long again as most questions.
    connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if not _writes(connection):
        return
    told = (
        # READ COMMITTED, so that what is read after waiting for the lock is what the writer before has left.
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE",
        f"SET LOCAL lock_timeout = '{max(1, round(1000 * _patience(connection)))}ms'",
        f"SET LOCAL idle_in_transaction_session_timeout = '{HELD_SECONDS}s'",
        # Not left to the server's settings: what was acknowledged is to outlive a power cut.
        "SET LOCAL synchronous_commit = on",
        f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})",
    )
    connection.exec_driver_sql("; ".join(told))


def _patience(connection: Connection) -> float:
    """Return how many seconds a writer waits for its turn."""
    return float(connection.get_execution_options().get("patience", BUSY_SECONDS))


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes"))
