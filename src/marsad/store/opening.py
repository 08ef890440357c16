"""Opens a ledger: finds it, checks its form, brings an older one up to date after a backup, and explains what fails."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from platformdirs import user_data_path
from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from marsad.errors import AwayError, LedgerError
from marsad.store.book import Book
from marsad.store.engines import BUSY_SECONDS, address_of, connect, shown
from marsad.store.migrations import NEWEST, migrate, require_known, version_of

LEDGER_VARIABLE = "MARSAD_LEDGER"
AGAIN = 0.5
"""Seconds until what found the server away is tried again."""
T = TypeVar("T")


def default_ledger() -> str:
    """Return where the ledger is: MARSAD_LEDGER, else ledger.db in the user's data folder."""
    return os.environ.get(LEDGER_VARIABLE) or str(user_data_path("marsad", appauthor=False) / "ledger.db")


@contextmanager
def open_book(place: str, moment: datetime, *, create: bool = False) -> Iterator[Book]:
    """Open the ledger at `place`, a file or a database URL; `create` makes it where there is none.

    Raises LedgerError, which names the ledger and what to do, for whatever keeps it from being read or written.
    """
    url = address_of(place)
    file = _file(url)
    if file is not None and not file.exists():
        if not create:
            raise _nothing_there(place)
        _make_folder(file, place)
    with _explained(shown(place)):
        engine = connect(url)
        try:
            _bring_up_to_date(engine, place, moment, create=create)
            yield Book(engine)
        finally:
            engine.dispose()


class StandingBook:
    """A ledger that stays open between questions: to open one, and to phrase the questions anew, takes milliseconds.

    It is opened anew where another file was put in its place.
    """

    def __init__(self, place: str, clock: Callable[[], datetime]) -> None:
        self._place = place
        self._clock = clock
        self._lock = Lock()
        self._open: tuple[ExitStack, Book, tuple[int, int] | None] | None = None

    @contextmanager
    def book(self) -> Iterator[Book]:
        """Give the ledger; it is made where there is none."""
        with self._lock:
            book = self._opened()
        with _explained(shown(self._place)):
            yield book

    def close(self) -> None:
        """Close the ledger; the next question opens it anew."""
        with self._lock:
            if self._open is not None:
                self._open[0].close()
                self._open = None

    def _opened(self) -> Book:
        if self._open is not None:
            stack, book, known = self._open
            if known == self._identity():
                return book
            stack.close()
            self._open = None
        stack = ExitStack()
        book = stack.enter_context(open_book(self._place, self._clock(), create=True))
        self._open = stack, book, self._identity()
        return book

    def _identity(self) -> tuple[int, int] | None:
        file = _file(address_of(self._place))
        if file is None:
            return None
        try:
            found = file.stat()
        except FileNotFoundError:
            return -1, -1
        return found.st_dev, found.st_ino


def _nothing_there(place: str) -> LedgerError:
    return LedgerError(f"there is no ledger at {shown(place)} yet: marsad add REPORTS makes one")


def _file(url: URL) -> Path | None:
    is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith((":memory:", "file:"))
    return Path(url.database) if is_file and url.database else None


def _make_folder(file: Path, place: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder of the ledger {place} cannot be made ({error.strerror}): choose another by --ledger FILE"
        raise LedgerError(message) from error


def _bring_up_to_date(engine: Engine, place: str, moment: datetime, *, create: bool) -> None:
    with engine.connect() as connection, connection.begin():
        version = version_of(connection)
        require_known(version)
    if version == NEWEST:
        return
    file = _file(engine.url)
    if not version and not create and file is None:
        raise _nothing_there(place)
    if version and file is not None:
        _back_up(file, version)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Another process may have done it while we waited for the lock: migrate looks again.
        migrate(connection, moment)


def _back_up(file: Path, version: int) -> None:
    """Copy an older ledger beside itself, unless another process has brought it up to date by now."""
    partial = file.with_name(f"{file.name}.form{version}.{os.getpid()}.partial")
    source, target = sqlite3.connect(file, timeout=BUSY_SECONDS), sqlite3.connect(partial)
    try:
        source.backup(target)
        copied = target.execute("SELECT max(number) FROM schema_steps").fetchone()[0]
    finally:
        target.close()
        source.close()
    if copied == version:
        partial.replace(file.with_name(f"{file.name}.form{version}.backup"))
    else:
        partial.unlink()


_ADVICE = (
    ("readonly database", "it may only be read: give yourself the right to write to it, or choose another by --ledger"),
    ("read-only transaction", "it may only be read: ask for the right to write to it, or choose another by --ledger"),
    ("not a database", "it is not a ledger but some other file: choose another by --ledger FILE"),
    ("malformed", "it is damaged: restore a backup, or save what can be read with sqlite3's .recover"),
    ("disk is full", "the disk is full; nothing of the last report was recorded: make room and add it again"),
    ("No space left", "the server's disk is full; nothing of the last report was recorded: make room and add it again"),
    ("unable to open", "it cannot be opened: check that its folder is there and that you may read and write it"),
    ("append-only", "what was recorded may not be changed"),
    ("disk I/O error", "the disk failed to read or write: check the disk, then run marsad verify"),
    ("password authentication failed", "the server refuses this user or password: check them in the URL or ~/.pgpass"),
    ("no password supplied", "the server wants a password: write it into ~/.pgpass, or into the URL"),
    ("FATAL:  database", "the server has no database of that name: check the URL, or ask the server's keeper for one"),
    ("permission denied", "the server does not let this user do so: ask its keeper for rights on the database"),
)

_HELD = f"another program has held it for {BUSY_SECONDS} seconds: wait for it to end and try again"
_GONE = "the server ended the connection, as when it is restarted: try again"
_BUSY = "the server has no more connections to give: try again, or ask its keeper for more (max_connections)"
_AWAY = (
    ("database is locked", _HELD),
    ("lock timeout", _HELD),
    ("idle-in-transaction", "it had waited too long for this program, and gave up its turn: try again"),
    ("starting up", "the server is starting: try again in a moment"),
    ("shutting down", "the server is being shut down: try again when it is back"),
    ("recovery mode", "the server is putting itself in order after a crash: try again in a moment"),
    ("too many clients", _BUSY),
    ("connection slots", _BUSY),
    ("terminating connection", _GONE),
    ("closed the connection", _GONE),
    ("connection is lost", _GONE),
    ("connection is closed", _GONE),
    ("connection failed", "the server cannot be reached: check that it runs and that host and port are right"),
    ("connection is bad", "the server cannot be reached: check that it runs and that host and port are right"),
)
"""What passes by itself, so that the same may be tried again; looked for after what does not."""


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _fault(name, error) from error
    except PoolTimeoutError as error:
        raise AwayError(f"ledger {name}: too many ask at once: try again in a moment") from error
    except LedgerError as error:
        if str(error).startswith("it "):
            raise LedgerError(f"ledger {name}: {error}") from error
        raise


def _fault(name: str, error: DBAPIError | sqlite3.Error) -> LedgerError:
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    for advice, kind in ((_ADVICE, LedgerError), (_AWAY, AwayError)):
        for sign, words in advice:
            if sign in said:
                return kind(f"ledger {name}: {words}")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return AwayError(f"ledger {name}: {_GONE}")
    return LedgerError(f"ledger {name}: the database says: {said.strip()}")


def is_away(error: Exception) -> bool:
    """Say whether an error of the database passes by itself, so that the same may be tried again."""
    if isinstance(error, (DBAPIError, sqlite3.Error)):
        return isinstance(_fault("", error), AwayError)
    return isinstance(error, (AwayError, PoolTimeoutError))


def patiently(act: Callable[[], T], patience: float = BUSY_SECONDS) -> T:
    """Do what may be done twice; where the server is away, again and again for so many seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            return act()
        except (DBAPIError, sqlite3.Error, AwayError, PoolTimeoutError) as error:
            if not is_away(error) or time.monotonic() + AGAIN > until:
                raise
        time.sleep(AGAIN)
