"""Keeps the derived ledger up to date with the record: only what the acts since the last time touch is derived anew."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, func, insert, inspect, select, update

from marsad.ledger.around import part_around
from marsad.ledger.names import NAMED_FIELDS
from marsad.ledger.record import members_of
from marsad.store.kept_names import bearers, changed_names, names_in, names_until
from marsad.store.kept_source import RecordSource, chunks
from marsad.store.kept_sums import Sums
from marsad.store.kept_tables import (
    FORM,
    KEPT,
    KEPT_IDS,
    KEPT_MENTIONS,
    KEPT_REPORTS,
    KEPT_STATE,
    KEPT_STEPS,
)
from marsad.store.putting import Putting, insert_rows, rows_in
from marsad.store.schema import ACTS, JUDGEMENTS, REVISIONS, readings_of_acts

ACTS_AT_ONCE = 4_000
"""How many acts one transaction takes in: some seconds, so that other writers need not wait long."""


@dataclass
class Touched:
    """What some acts touch: reports that were read anew or that people spoke of, and ids that new words name.

    `renamed` are the reports that bear a name of which people said what it means, with the act until which they did.
    """

    fresh: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    renamed: dict[str, int] = field(default_factory=dict)


def is_behind(connection: Connection) -> bool:
    """Say whether acts were recorded that the kept ledger does not know."""
    state = state_of(connection)
    return state is None or state.form < FORM or (state.form == FORM and state.through < last_act(connection))


def state_of(connection: Connection) -> Row[Any] | None:
    """Return how far the kept ledger is; None where there is none."""
    if not inspect(connection).has_table(KEPT_STATE.name):
        return None
    return connection.execute(select(KEPT_STATE)).first()


def last_act(connection: Connection) -> int:
    """Return the number of the last act."""
    return connection.execute(select(func.max(ACTS.c.number))).scalar() or 0


class Keeper:
    """Brings the kept ledger up to date, some acts at a time, each time in a transaction that writes."""

    def __init__(self) -> None:
        self._source: RecordSource | None = None

    def advance(self, connection: Connection) -> bool:
        """Take in some acts; return False where there are no more."""
        state = _prepared(connection)
        last = last_act(connection)
        if state.form > FORM or state.through >= last:
            return False
        target = state.target if state.target > state.through else _end_of_day(connection, state.through + 1, last)
        until = min(target, state.done + ACTS_AT_ONCE)
        work = Putting(connection, target, Sums.unpacked(state.sums))
        acts = range(state.done + 1, until + 1)
        is_ordered = state.is_ordered and _is_ordered(connection, acts)
        touched = self._touched(connection, acts)
        source = self._source
        assert source is not None
        work.put(part_around(source, touched.fresh, touched.named), touched.renamed)
        sums = work.sums.packed()
        if until == target:
            connection.execute(insert(KEPT_STEPS).values(act=target, sums=sums))
        through = target if until == target else state.through
        values = {"through": through, "done": until, "target": target, "is_ordered": is_ordered, "sums": sums}
        connection.execute(update(KEPT_STATE).values(**values))
        return bool(until < last)

    def _touched(self, connection: Connection, acts: range) -> Touched:
        """Note what the acts of a range name, and return what they touch."""
        until = acts[-1]
        revisions = connection.execute(_of_acts(REVISIONS, acts)).all()
        renamed = any(row.field in NAMED_FIELDS for row in revisions)
        if self._source is None:
            self._source = RecordSource(connection, until)
        before = names_until(connection, acts[0] - 1) if renamed else None
        self._source.up_to(connection, until, renamed=renamed)
        judgements = connection.execute(_of_acts(JUDGEMENTS, acts)).all()
        here = ACTS.c.number.between(acts[0], acts[-1])
        keys = [row.key for row in connection.execute(readings_of_acts(here))]
        touched = Touched()
        touched.fresh |= self._note_readings(connection, keys)
        mentions = {(end, row.act) for row in judgements for end in (row.left, row.right)}
        mentions |= {(row.of.partition("/")[0], row.act) for row in revisions if row.field not in NAMED_FIELDS}
        insert_rows(connection, KEPT_MENTIONS, [{"name": name, "act": act} for name, act in sorted(mentions)])
        touched.named = {end for row in judgements for end in (row.left, row.right)}
        people = {e for row in judgements if not row.made_by.startswith("program ") for e in (row.left, row.right)}
        people |= {row.of for row in revisions if "/" not in row.of and row.field not in NAMED_FIELDS}
        touched.fresh |= set(self._source.reports_of(sorted(people)).values())
        claims = sorted({row.of.partition("/")[0] for row in revisions if "/" in row.of})
        touched.fresh |= {report for start in claims for report in _reports_from(connection, start)}
        if before is not None:
            changed = changed_names(before, self._source.names)
            touched.renamed = dict.fromkeys(bearers(connection, changed), until)
            touched.fresh |= touched.renamed.keys()
        return touched

    def _note_readings(self, connection: Connection, keys: Collection[str]) -> set[str]:
        assert self._source is not None
        found = self._source.readings(keys)
        told = self._source.as_read(keys) if self._source.names else found
        ids = {m.id: one.report_key for one in found.values() for m in members_of(one)}
        known = self._source.reports_of(sorted(ids))
        new = [{"id": name, "report": report} for name, report in sorted(ids.items()) if name not in known]
        insert_rows(connection, KEPT_IDS, new)
        names: dict[str, set[str]] = {}
        for one in told.values():
            names.setdefault(one.report_key, set()).update(names_in(one))
        for row in rows_in(connection, KEPT_REPORTS, "report", sorted(names)):
            names[row.report] |= set(row.names.split("\n"))
        for chunk in chunks(sorted(names)):
            connection.execute(delete(KEPT_REPORTS).where(KEPT_REPORTS.c.report.in_(chunk)))
        rows = [{"report": report, "names": "\n".join(sorted(said))} for report, said in sorted(names.items())]
        insert_rows(connection, KEPT_REPORTS, rows)
        return set(names)


def _prepared(connection: Connection) -> Row[Any]:
    """Return the state of the tables; they are made, or made anew, where they are missing or of an older form."""
    state = state_of(connection)
    if state is None or state.form < FORM:
        KEPT.drop_all(connection)
        KEPT.create_all(connection)
        start = {"form": FORM, "through": 0, "done": 0, "target": 0, "is_ordered": True, "sums": "{}"}
        connection.execute(insert(KEPT_STATE).values(**start))
        state = state_of(connection)
        assert state is not None
    return state


def _end_of_day(connection: Connection, first: int, last: int) -> int:
    """Return the last act of the day (UTC) of act `first`, so that every day's end can be asked for."""
    day = _day_of(connection, first)
    low, high = first, last
    while low < high:
        middle = (low + high + 1) // 2
        if _day_of(connection, middle) == day:
            low = middle
        else:
            high = middle - 1
    return low


def last_days(connection: Connection, number: int) -> dict[date, datetime]:
    """Return the last days (UTC) on which something was recorded, with the last moment of each, the newest first."""
    out: dict[date, datetime] = {}
    act = last_act(connection)
    while act and len(out) < number:
        moment = moment_of(connection, act)
        day = moment.astimezone(UTC).date()
        out[day] = moment
        act = bisect_left(range(1, act + 1), day, key=lambda each: _day_of(connection, each))
    return out


def _day_of(connection: Connection, act: int) -> date:
    return moment_of(connection, act).astimezone(UTC).date()


def moment_of(connection: Connection, act: int) -> datetime:
    """Return the moment of an act."""
    return datetime.fromisoformat(connection.execute(select(ACTS.c.moment).where(ACTS.c.number == act)).scalar_one())


def _is_ordered(connection: Connection, acts: range) -> bool:
    """Say whether time runs forward in some acts of the log, as every Marsad since the first has seen to."""
    here = ACTS.c.number.between(acts[0] - 1, acts[-1])
    rows = connection.execute(select(ACTS.c.moment).where(here).order_by(ACTS.c.number))
    moments = [datetime.fromisoformat(row.moment) for row in rows]
    return all(one <= other for one, other in pairwise(moments))


def _of_acts(table: Table, acts: range) -> Select[Any]:
    return select(table).where(table.c.act.between(acts[0], acts[-1])).order_by(table.c.act)


def _reports_from(connection: Connection, start: str) -> list[str]:
    """Return the keys of reports that begin with the letters by which claims name them."""
    here = (KEPT_REPORTS.c.report >= start, KEPT_REPORTS.c.report < start + "g")
    return [row.report for row in connection.execute(select(KEPT_REPORTS.c.report).where(*here))]
