"""What watching keeps beside the ledger, in a file of its own: what was seen, what waits, what was told.

Every method is one transaction and returns when it is safe on disk, so that a crash loses nothing that was noted.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_data_path

from marsad.errors import LedgerError
from marsad.fetch import Validators

FORM = 1
BUSY_MILLISECONDS = 30_000
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS visits (
  asked TEXT PRIMARY KEY, address TEXT NOT NULL, etag TEXT, modified TEXT, mark TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sources (
  name TEXT PRIMARY KEY, due TEXT, failures INTEGER NOT NULL DEFAULT 0, polled TEXT
);
CREATE TABLE IF NOT EXISTS entries (
  source TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL,
  sha256 TEXT, attempts INTEGER NOT NULL DEFAULT 0, due TEXT, seen TEXT NOT NULL,
  is_new INTEGER NOT NULL, PRIMARY KEY (source, key)
);
CREATE TABLE IF NOT EXISTS figures (
  alert TEXT NOT NULL, subject TEXT NOT NULL, low INTEGER NOT NULL, best INTEGER NOT NULL, high INTEGER, told TEXT,
  PRIMARY KEY (alert, subject)
);
CREATE TABLE IF NOT EXISTS held (
  alert TEXT NOT NULL, subject TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (alert, subject)
);
CREATE TABLE IF NOT EXISTS outbox (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, output TEXT NOT NULL, body TEXT NOT NULL, attempts INTEGER NOT NULL,
  due TEXT NOT NULL, sent TEXT, UNIQUE (id, output)
);
"""
_ALL = ("visits", "sources", "entries", "figures", "held", "outbox")


def state_place(ledger: str) -> Path:
    """Return where the state of a ledger is kept: beside its file, or in the user's data folder for a database."""
    if "://" not in ledger:
        return Path(f"{ledger}.watch")
    name = hashlib.sha256(ledger.encode("utf-8")).hexdigest()[:12]
    return user_data_path("marsad", appauthor=False) / f"{name}.watch"


class State:
    """An open state file; `path` may be new. The tables are written by the modules that own them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.database = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None)
            self.database.row_factory = sqlite3.Row
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(
                f"{path}: what is kept of feeds and addresses cannot be opened ({error}); "
                "check its folder, or take it away to start anew"
            ) from None

    def _prepare(self) -> None:
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        form = self.database.execute("PRAGMA user_version").fetchone()[0]
        if form > FORM:
            raise LedgerError(f"{self.path}: was written by a newer Marsad (form {form}); update this one")
        if form < FORM:
            self.database.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {FORM}; COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def __enter__(self) -> "State":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a transaction that is the only one to write; all of it is kept, or nothing."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield self.database
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def get(self, key: str) -> str | None:
        """Return a note of that name."""
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def put(self, key: str, value: str) -> None:
        """Keep a note under a name; within `writing` it is part of that transaction."""
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def belong_to(self, seal: str | None) -> bool:
        """Make sure that the state is of the ledger whose first act has `seal`; return False where it was another's.

        Then everything is forgotten: what was seen for one ledger is not in the other.
        """
        kept = self.get("ledger")
        same = not kept or kept == seal
        with self.writing() as database:
            if not same:
                for table in _ALL:
                    database.execute(f"DELETE FROM {table}")
                database.execute("DELETE FROM meta")
            self.put("ledger", seal or "")
        return same

    def visited(self, asked: str, mark: str) -> Validators | None:
        """Return by what an address that was fetched before is recognised; None for one that was not, or not so."""
        row = self.database.execute("SELECT * FROM visits WHERE asked = ? AND mark = ?", (asked, mark)).fetchone()
        return None if row is None else Validators(row["address"], row["etag"], row["modified"])

    def note_visit(self, asked: str, found: Validators, mark: str) -> None:
        """Keep by what an address is recognised; `mark` says for what it was fetched."""
        row = (asked, found.address, found.etag, found.modified, mark)
        self.database.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?)", row)
