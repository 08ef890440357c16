"""Alerts on their way: what was decided is kept in one transaction with what it was decided by, and sent until taken.

An alert is kept once per way out. One that could not be delivered waits and is tried again, without end; every try is
noted before it is made, so that after a crash the way out knows that it may have been heard already.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from marsad.ledger.record import Record
from marsad.model import Figure
from marsad.watch.alerts import Known, Memory
from marsad.watch.sources import Rule
from marsad.watch.state import State

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
THROUGH = "told through"


@dataclass(frozen=True, slots=True)
class Letter:
    """One alert on one way out; `attempts` were made before, the last of which may have been heard."""

    number: int
    output: str
    attempts: int
    alert: Mapping[str, Any]


def told_through(state: State) -> dict[str, int] | None:
    """Return how much of the record was looked at for alerts, as the lengths of its parts; None before the first."""
    words = state.get(THROUGH)
    return None if words is None else {str(name): int(size) for name, size in json.loads(words).items()}


def lengths_of(record: Record) -> dict[str, int]:
    """Return how long each part of a record is; it only ever grows, so that these say what it was."""
    return {one.name: len(getattr(record, one.name)) for one in fields(record)}


def record_through(record: Record, lengths: Mapping[str, int]) -> Record:
    """Return the record as it was when its parts were so long."""
    return replace(record, **{name: getattr(record, name)[: lengths.get(name, 0)] for name in lengths_of(record)})


def keep(
    state: State,
    lengths: Mapping[str, int],
    memories: Iterable[tuple[Rule, Memory]],
    alerts: Iterable[tuple[Rule, Mapping[str, Any]]],
    now: datetime,
) -> None:
    """Keep alerts, what their rules remember, and through what they were decided: all of it or nothing."""
    with state.writing() as database:
        for rule, memory in memories:
            _keep_memory(state, rule, memory)
        for rule, alert in alerts:
            body = json.dumps(alert, ensure_ascii=False)
            for output in dict.fromkeys(rule.to):
                row = (alert["id"], output, body, now.isoformat())
                database.execute(
                    "INSERT OR IGNORE INTO outbox (id, output, body, attempts, due) VALUES (?, ?, ?, 0, ?)", row
                )
        state.put(THROUGH, json.dumps(lengths))


def memory_of(state: State, rule: Rule) -> Memory:
    """Return what a rule remembers."""
    figures = state.database.execute("SELECT * FROM figures WHERE alert = ?", (rule.name,)).fetchall()
    held = state.database.execute("SELECT * FROM held WHERE alert = ?", (rule.name,)).fetchall()
    return Memory(
        {
            row["subject"]: Known(
                Figure(row["low"], row["best"], row["high"]),
                datetime.fromisoformat(row["told"]) if row["told"] else None,
            )
            for row in figures
        },
        {row["subject"]: datetime.fromisoformat(row["until"]) for row in held},
    )


def _keep_memory(state: State, rule: Rule, memory: Memory) -> None:
    for table in ("figures", "held"):
        state.database.execute(f"DELETE FROM {table} WHERE alert = ?", (rule.name,))
    for subject, known in memory.known.items():
        figure = known.figure
        row = (rule.name, subject, figure.low, figure.best, figure.high, known.told.isoformat() if known.told else None)
        state.database.execute("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)", row)
    for subject, until in memory.held.items():
        state.database.execute("INSERT INTO held VALUES (?, ?, ?)", (rule.name, subject, until.isoformat()))


def due_letters(state: State, now: datetime) -> list[Letter]:
    """Return the letters whose turn it is, oldest first."""
    rows = state.database.execute(
        "SELECT * FROM outbox WHERE sent IS NULL AND due <= ? ORDER BY number", (now.isoformat(),)
    ).fetchall()
    return [Letter(row["number"], row["output"], row["attempts"], json.loads(row["body"])) for row in rows]


def note_try(state: State, letter: Letter, now: datetime) -> datetime:
    """Note that a letter is about to be sent; return when it is sent again, should it not be taken."""
    again = now + min(FIRST_PAUSE * (1 << min(letter.attempts, 20)), LONGEST_PAUSE)
    state.database.execute(
        "UPDATE outbox SET attempts = attempts + 1, due = ? WHERE number = ?", (again.isoformat(), letter.number)
    )
    return again


def note_sent(state: State, letter: Letter, now: datetime) -> None:
    """Note that a letter was taken."""
    state.database.execute("UPDATE outbox SET sent = ? WHERE number = ?", (now.isoformat(), letter.number))


def unsent(state: State) -> int:
    """Return how many letters are still on their way."""
    return int(state.database.execute("SELECT count(*) FROM outbox WHERE sent IS NULL").fetchone()[0])


def next_due(state: State) -> datetime | None:
    """Return when the next letter or the next held news comes to its turn."""
    row = state.database.execute(
        "SELECT min(due) AS due FROM (SELECT due FROM outbox WHERE sent IS NULL UNION ALL SELECT until FROM held)"
    ).fetchone()
    return datetime.fromisoformat(row["due"]) if row["due"] else None


def held_due(state: State, now: datetime) -> bool:
    """Say whether news that was held back may be told now."""
    found = state.database.execute("SELECT 1 FROM held WHERE until <= ?", (now.isoformat(),)).fetchone()
    return found is not None
