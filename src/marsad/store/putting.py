"""Writes derived incidents, and what leads to them, in place of older rows: those end where the new ones begin."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select, update

from marsad.ledger.around import Derived, Part
from marsad.ledger.columns import columns_of
from marsad.store.bodies import body_columns
from marsad.store.kept_source import chunks
from marsad.store.kept_sums import Sums, sums_of
from marsad.store.kept_tables import FOREVER, KEPT_HEIRS, KEPT_INCIDENTS, KEPT_RUNNING
from marsad.store.kept_totals import Totals


class Putting:
    """Puts parts of the ledger in place of what their ids led to; rows hold from `target` on."""

    def __init__(self, connection: Connection, target: int, sums: Sums) -> None:
        self._connection = connection
        self._target = target
        self.sums = sums
        self._totals = Totals()

    def put(self, part: Part, renamed: Mapping[str, int]) -> None:
        """Put a part in; `renamed` are reports whose names people corrected, with the act that did."""
        heirs = self._now(KEPT_HEIRS, "id", part.ids)
        old = {row.made_of: row for row in self._incidents({row.incident for row in heirs})}
        new = {_made_of(one, renamed): one for one in part.derived}
        self._close(KEPT_INCIDENTS, [row.number for made_of, row in old.items() if made_of not in new])
        for made_of, row in old.items():
            if made_of not in new and row.stands:
                self.sums.take(sums_of(row._asdict()))
                self._totals.take(row._asdict())
        rows = [self._row(one, made_of) for made_of, one in new.items() if made_of not in old]
        for each in rows:
            if each["stands"]:
                self.sums.add(sums_of(each))
                self._totals.add(each)
        self._totals.write(self._connection)
        insert_rows(self._connection, KEPT_INCIDENTS, rows)
        self._put_heirs({row.id: row for row in heirs}, _leads(part))
        self._put_running(part, renamed)

    def _row(self, one: Derived, made_of: str) -> dict[str, Any]:
        columns = {**columns_of(one.incident), **body_columns(one.incident)}
        return {"id": one.incident.id, "stands": one.stands, "made_of": made_of, **self._holds(), **columns}

    def _holds(self) -> dict[str, int]:
        return {"from_act": self._target, "until_act": FOREVER}

    def _incidents(self, ids: Collection[str]) -> list[Row[Any]]:
        return self._now(KEPT_INCIDENTS, "id", ids)

    def _now(self, table: Table, column: str, values: Collection[str]) -> list[Row[Any]]:
        return rows_in(self._connection, table, column, sorted(values), table.c.until_act == FOREVER)

    def _put_heirs(self, old: Mapping[str, Row[Any]], new: Mapping[str, tuple[str, str, str]]) -> None:
        moved = [name for name, row in old.items() if new.get(name) != (row.incident, row.member, row.kind)]
        for chunk in chunks(moved):
            here = (KEPT_HEIRS.c.id.in_(chunk), KEPT_HEIRS.c.until_act == FOREVER)
            self._connection.execute(delete(KEPT_HEIRS).where(*here, KEPT_HEIRS.c.from_act == self._target))
            self._connection.execute(update(KEPT_HEIRS).where(*here).values(until_act=self._target))
        gone = set(moved)
        rows = [
            {"id": name, "incident": incident, "member": member, "kind": kind, **self._holds()}
            for name, (incident, member, kind) in sorted(new.items())
            if name not in old or name in gone
        ]
        insert_rows(self._connection, KEPT_HEIRS, rows)

    def _put_running(self, part: Part, renamed: Mapping[str, int]) -> None:
        old: dict[tuple[str, int, str], Row[Any]] = {}
        for row in self._now(KEPT_RUNNING, "report", part.fresh):
            old[row.report, row.position, row.made_of] = row
        new: dict[tuple[str, int, str], dict[str, Any]] = {}
        position: dict[str, int] = {}
        for one in part.running:
            report = one.report
            at = position[report] = position.get(report, -1) + 1
            made_of = packed({"reading": one.reading, "words": one.revised, "names": renamed.get(report, 0)})
            when = one.total.claim.when
            start, end = (when.start, when.end) if when else (None, None)
            new[report, at, made_of] = {
                "report": report, "position": at, "ref": one.total.id, "made_of": made_of, **self._holds(),
                "start": start and start.toordinal(), "end": end and end.toordinal(),
            }  # fmt: skip
        self._close(KEPT_RUNNING, [row.number for key, row in old.items() if key not in new])
        insert_rows(self._connection, KEPT_RUNNING, [row for key, row in new.items() if key not in old])

    def _close(self, table: Table, numbers: Collection[int]) -> None:
        for chunk in chunks(sorted(numbers)):
            here = table.c.number.in_(chunk)
            self._connection.execute(delete(table).where(here, table.c.from_act == self._target))
            self._connection.execute(update(table).where(here).values(until_act=self._target))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, if there are any."""
    if rows:
        connection.execute(insert(table), rows)


def rows_in(
    connection: Connection, table: Table, column: str, values: Collection[str], *also: ColumnElement[bool]
) -> list[Row[Any]]:
    """Return the rows in which a column is one of the values."""
    wanted = select(table).where(*also)
    return [row for chunk in chunks(values) for row in connection.execute(wanted.where(table.c[column].in_(chunk)))]


def packed(value: object) -> str:
    """Return a value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _made_of(one: Derived, renamed: Mapping[str, int]) -> str:
    """Return all that an incident depends on: rows that are made of the same are the same."""
    names = max((renamed.get(m.recorded.report_key, 0) for m in one.incident.members), default=0)
    return packed({"group": one.group, "words": one.revised, "names": names})


def _leads(part: Part) -> dict[str, tuple[str, str, str]]:
    """Return where every id leads: the incident, the member that answers for it, and how (`kept_heirs.kind`)."""
    group = {name: one.incident.id for one in part.derived for name, _ in one.group}
    out = {}
    for name in part.ids:
        member = part.aliases.get(name, name)
        if member in group:
            kind = "heir" if name in part.heirs else "taken" if name in part.taken else "past"
            incident = part.heirs.get(name) or part.taken.get(name) or group[member]
            out[name] = (incident, member, kind)
    return out
