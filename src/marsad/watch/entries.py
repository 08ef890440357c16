"""What was seen of every source, and what waits for its turn: the part of the state that polling writes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from marsad.watch.feeds import Entry, unpacked_entry
from marsad.watch.state import State

WAITING = "waiting"
LONGEST_PAUSE = timedelta(days=1)
JITTER = 0.2
"""Sources that fail together come back apart, each by its own share of up to so much of its pause."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands: when it is due, how often it failed in a row, when it was last polled well."""

    due: datetime | None = None
    failures: int = 0
    polled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose page is still to be read; `is_new` where the feed named it since it was last polled."""

    entry: Entry
    attempts: int
    seen: datetime
    is_new: bool
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry as a poll leaves it: waiting for its turn, or passed over (`state` says why)."""

    entry: Entry
    state: str
    is_new: bool


def standing_of(state: State, source: str) -> Standing:
    """Return how a source stands."""
    row = state.database.execute("SELECT * FROM sources WHERE name = ?", (source,)).fetchone()
    return Standing() if row is None else Standing(_moment(row["due"]), row["failures"], _moment(row["polled"]))


def keep_standing(state: State, source: str, standing: Standing) -> None:
    """Keep how a source stands."""
    row = (source, _words(standing.due), standing.failures, _words(standing.polled))
    state.database.execute("INSERT OR REPLACE INTO sources (name, due, failures, polled) VALUES (?, ?, ?, ?)", row)


def pause_after(source: str, every: timedelta, failures: int) -> timedelta:
    """Return how long to leave a source alone that failed so often in a row: doubled each time, up to a day."""
    pause = min(every * (1 << min(failures, 20)), max(every, LONGEST_PAUSE))
    share = int(hashlib.sha256(f"{source} {failures}".encode()).hexdigest()[:8], 16) / 0xFFFF_FFFF
    return pause * (1 + JITTER * share)


def marks_of(state: State, source: str) -> dict[str, str]:
    """Return the marks of all entries that were seen of a source, by their keys."""
    rows = state.database.execute("SELECT key, mark FROM entries WHERE source = ?", (source,))
    return {row["key"]: row["mark"] for row in rows}


def note_entries(state: State, source: str, entries: Iterable[Seen], now: datetime) -> None:
    """Keep entries as seen or waiting; one that is seen again with another mark waits again."""
    for one in entries:
        state.database.execute(
            "INSERT INTO entries (source, key, mark, state, body, seen, is_new) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (source, key) DO UPDATE SET mark = excluded.mark, state = excluded.state, "
            "body = excluded.body, attempts = 0, due = NULL",
            (source, one.entry.key, one.entry.mark, one.state, one.entry.packed(), now.isoformat(), one.is_new),
        )


def waiting_of(state: State, source: str, now: datetime) -> list[Waiting]:
    """Return the entries of a source whose turn it is, in the order in which they were seen."""
    rows = state.database.execute(
        "SELECT * FROM entries WHERE source = ? AND state = ? AND (due IS NULL OR due <= ?) ORDER BY rowid",
        (source, WAITING, now.isoformat()),
    ).fetchall()
    return [
        Waiting(
            unpacked_entry(row["body"]),
            row["attempts"],
            datetime.fromisoformat(row["seen"]),
            bool(row["is_new"]),
            row["sha256"],
        )
        for row in rows
    ]


def settle(state: State, source: str, key: str, outcome: str, sha256: str | None = None) -> None:
    """Note what became of an entry; its text is let go."""
    state.database.execute(
        "UPDATE entries SET state = ?, body = '', sha256 = coalesce(?, sha256), due = NULL "
        "WHERE source = ? AND key = ?",
        (outcome, sha256, source, key),
    )


def postpone(state: State, source: str, key: str, until: datetime) -> None:
    """Note that an entry failed and when its turn comes again."""
    state.database.execute(
        "UPDATE entries SET attempts = attempts + 1, due = ? WHERE source = ? AND key = ?",
        (until.isoformat(), source, key),
    )


def leave(state: State, source: str, key: str, until: datetime) -> None:
    """Note that an entry was not tried, and when its turn comes."""
    state.database.execute("UPDATE entries SET due = ? WHERE source = ? AND key = ?", (until.isoformat(), source, key))


def next_turn(state: State, sources: Iterable[str]) -> datetime | None:
    """Return when the next entry that was put off comes to its turn."""
    marks = [*sources]
    row = state.database.execute(
        f"SELECT min(due) AS due FROM entries WHERE state = ? AND source IN ({', '.join('?' * len(marks))})",
        (WAITING, *marks),
    ).fetchone()
    return _moment(row["due"])


def _moment(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words) if words else None


def _words(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
