"""Opens a ledger: finds it, checks its form, brings an older one up to date after a backup, and explains what fails."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from marsad.errors import LedgerError
from marsad.store.book import Book
from marsad.store.migrations import NEWEST, migrate, require_known, version_of

LEDGER_VARIABLE = "MARSAD_LEDGER"
BUSY_SECONDS = 30


def default_ledger() -> str:
    """Return where the ledger is: MARSAD_LEDGER, else ledger.db in the user's data folder."""
    return os.environ.get(LEDGER_VARIABLE) or str(user_data_path("marsad", appauthor=False) / "ledger.db")


@contextmanager
def open_book(place: str, moment: datetime, *, create: bool = False) -> Iterator[Book]:
    """Open the ledger at `place`, a file or a database URL; `create` makes it where there is none.

    Raises LedgerError, which names the ledger and what to do, for whatever keeps it from being read or written.
    """
    url = _url(place)
    file = _file(url)
    if file is not None and not file.exists():
        if not create:
            raise LedgerError(f"there is no ledger at {place} yet: marsad add REPORTS makes one")
        _make_folder(file, place)
    with _explained(place):
        engine = _engine(url)
        try:
            _bring_up_to_date(engine, file, moment)
            yield Book(engine)
        finally:
            engine.dispose()


def _url(place: str) -> URL:
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        return make_url(place)
    except ArgumentError as error:
        raise LedgerError(f"{place} is no address of a database: write a file name or postgresql://...") from error


def _file(url: URL) -> Path | None:
    is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith((":memory:", "file:"))
    return Path(url.database) if is_file and url.database else None


def _make_folder(file: Path, place: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder of the ledger {place} cannot be made ({error.strerror}): choose another by --ledger FILE"
        raise LedgerError(message) from error


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url)
    except (ImportError, NoSuchModuleError) as error:
        backend = url.get_backend_name()
        raise LedgerError(f"no driver for {backend} is installed ({error}): pip install 'marsad[{backend}]'") from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    # We write BEGIN ourselves: the driver's own would start readers as writers or writers as readers.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # A file that may only be read keeps the journal it has.
        if "readonly" not in str(error):
            raise
    # FULL, since what was acknowledged is to outlive a power cut, not only a crash.
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, file: Path | None, moment: datetime) -> None:
    with engine.connect() as connection:
        version = version_of(connection)
        require_known(version)
    if version == NEWEST:
        return
    if version and file is not None:
        _back_up(file, version)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Another process may have done it while we waited for the lock: migrate looks again.
        migrate(connection, moment)


def _back_up(file: Path, version: int) -> None:
    copy = file.with_name(f"{file.name}.form{version}.backup")
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


_ADVICE = (
    ("database is locked", f"another program has held it for {BUSY_SECONDS} seconds: wait for it to end and try again"),
    ("readonly database", "it may only be read: give yourself the right to write to it, or choose another by --ledger"),
    ("not a database", "it is not a ledger but some other file: choose another by --ledger FILE"),
    ("malformed", "it is damaged: restore a backup, or save what can be read with sqlite3's .recover"),
    ("disk is full", "the disk is full; nothing of the last report was recorded: make room and add it again"),
    ("unable to open", "it cannot be opened: check that its folder is there and that you may read and write it"),
    ("append-only", "what was recorded may not be changed"),
    ("disk I/O error", "the disk failed to read or write: check the disk, then run marsad verify"),
)


@contextmanager
def _explained(place: str) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        advice = next((words for sign, words in _ADVICE if sign in said), f"the database says: {said.strip()}")
        raise LedgerError(f"ledger {place}: {advice}") from error
    except LedgerError as error:
        if str(error).startswith("it "):
            raise LedgerError(f"ledger {place}: {error}") from error
        raise
