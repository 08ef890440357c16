"""The people of a desk: names, roles, passwords (Argon2), tokens and sessions, in a file beside the ledger."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marsad.errors import LedgerError
from marsad.serve.desk import ROLES, Person, Role

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
SESSION = timedelta(hours=12)
TRIES, PAUSE = 8, timedelta(minutes=15)
"""So many wrong passwords for one name within this time, and the name must wait."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, name TEXT NOT NULL, purpose TEXT, made TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (hash TEXT PRIMARY KEY, name TEXT NOT NULL, ends TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (name TEXT NOT NULL, at TEXT NOT NULL);
"""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    # Checked for names that do not exist, so that the answer takes as long as for those that do.
    return _hasher().hash(secrets.token_hex(16))


class Accounts:
    """The file of the people; passwords, tokens and sessions are kept as hashes only."""

    def __init__(self, file: str) -> None:
        self._file = file
        with self._open() as database:
            database.executescript(_SCHEMA)
        Path(file).chmod(0o600)

    def people(self) -> list[Person]:
        """Return everybody, by name."""
        with self._open() as database:
            rows = database.execute("SELECT name, role FROM people ORDER BY name").fetchall()
        return [Person(name, role) for name, role in rows]

    def add(self, name: str, role: str, password: str) -> None:
        """Add a person, or give one another role and password; sessions of old end."""
        if not name or len(name) > 60 or name.startswith("program ") or not name.isprintable():
            raise LedgerError("a name has 1 to 60 signs and does not begin with 'program '")
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise LedgerError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} signs")
        with self._open() as database:
            row = (name, require_role(role), _hasher().hash(password))
            database.execute("INSERT OR REPLACE INTO people VALUES (?, ?, ?)", row)
            database.execute("DELETE FROM sessions WHERE name = ?", (name,))

    def remove(self, name: str) -> None:
        """Take a person out, with all tokens and sessions; what they recorded keeps their name."""
        with self._open() as database:
            for table in ("people", "tokens", "sessions"):
                database.execute(f"DELETE FROM {table} WHERE name = ?", (name,))

    def log_in(self, name: str, password: str, now: datetime) -> str | None:
        """Return the secret of a new session; None for a wrong name or password, or too many tries."""
        with self._open() as database:
            since = (now - PAUSE).isoformat()
            tries = database.execute(
                "SELECT count(*) FROM failures WHERE name = ? AND at > ?", (name, since)
            ).fetchone()
            row = database.execute("SELECT password FROM people WHERE name = ?", (name,)).fetchone()
            right = _fits(row[0] if row else _nobody(), password[:LONGEST_PASSWORD]) and row is not None
            if not right or tries[0] >= TRIES:
                database.execute("DELETE FROM failures WHERE at <= ?", (since,))
                database.execute("INSERT INTO failures VALUES (?, ?)", (name[:60], now.isoformat()))
                return None
            secret = secrets.token_urlsafe(32)
            database.execute("DELETE FROM sessions WHERE ends < ?", (now.isoformat(),))
            database.execute(
                "INSERT INTO sessions VALUES (?, ?, ?)", (_hash(secret), name, (now + SESSION).isoformat())
            )
            return secret

    def log_out(self, secret: str) -> None:
        """End a session."""
        with self._open() as database:
            database.execute("DELETE FROM sessions WHERE hash = ?", (_hash(secret),))

    def make_token(self, name: str, purpose: str, now: datetime) -> str:
        """Return a new token for a program of this person; it is shown once and kept as a hash."""
        secret = f"marsad_{secrets.token_urlsafe(32)}"
        with self._open() as database:
            row = (_hash(secret), name, purpose[:100], now.isoformat())
            database.execute("INSERT INTO tokens VALUES (?, ?, ?, ?)", row)
        return secret

    def by_session(self, secret: str, now: datetime) -> Person | None:
        """Return whose session this is; None where it is nobody's or has ended."""
        asked = "SELECT p.name, p.role FROM sessions s JOIN people p USING (name) WHERE s.hash = ? AND s.ends > ?"
        return self._one(asked, (_hash(secret), now.isoformat()))

    def by_token(self, secret: str) -> Person | None:
        """Return whose token this is; None where it is nobody's."""
        return self._one(
            "SELECT p.name, p.role FROM tokens t JOIN people p USING (name) WHERE t.hash = ?", (_hash(secret),)
        )

    def _one(self, asked: str, values: tuple[str, ...]) -> Person | None:
        with self._open() as database:
            row = database.execute(asked, values).fetchone()
        return Person(*row) if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(self._file, timeout=30)
        except sqlite3.Error as error:
            raise LedgerError(f"the accounts in {self._file} cannot be opened: {error}") from error
        try:
            with database:
                yield database
        finally:
            database.close()


def require_role(words: str) -> Role:
    """Return the role of that name, or raise LedgerError with the roles there are."""
    for role in ROLES:
        if role == words:
            return role
    raise LedgerError(f"there is no role {words!r}: choose one of {', '.join(ROLES)}")


def _fits(kept: str, password: str) -> bool:
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash(secret: str) -> str:
    # The secrets are random and long: a fast hash suffices, and a session is looked up at every request.
    return sha256(secret.encode()).hexdigest()
