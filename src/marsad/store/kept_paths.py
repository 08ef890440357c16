"""Asks the kept ledger where ids lead, and the record what it held, as of one act."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from marsad.ledger.ground import ground, standing_readings
from marsad.ledger.record import RecordedReading, members_of
from marsad.model import Judgement, Revision
from marsad.store.kept_source import RecordSource, chunks
from marsad.store.kept_tables import FOREVER, KEPT_HEIRS, KEPT_INCIDENTS, KEPT_REPORTS, KEPT_STATE
from marsad.store.rows import judgement_of, revision_of
from marsad.store.schema import JUDGEMENTS, READINGS, REVISIONS

Condition = ColumnElement[bool]
HEIR = KEPT_HEIRS.c
LAST = "\U0010ffff"


class Paths:
    """Where ids lead and what words there were, as of an act, within one transaction that reads."""

    def __init__(self, connection: Connection, act: int) -> None:
        self._connection = connection
        self.act = act
        # While acts are being put in, rows that still hold have an end, and others that do not yet have none.
        state = KEPT_STATE.c
        self._is_present = connection.execute(select(state.through).where(state.done == state.through)).scalar() == act

    @cached_property
    def source(self) -> RecordSource:
        """The record as of this act."""
        return RecordSource(self._connection, self.act)

    def alive(self, table: Any) -> list[Condition]:
        """Return the conditions for rows that hold at this act."""
        if self._is_present:
            return [table.c.until_act == FOREVER]
        return [table.c.from_act <= self.act, table.c.until_act > self.act]

    def heirs(self, kinds: Collection[str], *also: Condition) -> dict[str, str]:
        """Return the incidents that ids lead to."""
        asked = select(HEIR.id, HEIR.incident).where(*self.alive(KEPT_HEIRS), HEIR.kind.in_(sorted(kinds)), *also)
        return {each.id: each.incident for each in self._connection.execute(asked)}

    def heir(self, name: str) -> str | None:
        """Return the incident that an id leads to."""
        return self.heirs(["heir"], HEIR.id == name).get(name)

    def heirs_of(self, names: Collection[str]) -> dict[str, str]:
        """Return the incidents that some ids lead to."""
        found: dict[str, str] = {}
        for chunk in chunks(names):
            found.update(self.heirs(["heir"], HEIR.id.in_(chunk)))
        return found

    def members_of(self, incidents: Collection[str]) -> dict[str, list[str]]:
        """Return the members of incidents that stand, by the incident's id."""
        found: dict[str, list[str]] = {name: [] for name in incidents}
        for chunk in chunks(incidents):
            here = (HEIR.incident.in_(chunk), HEIR.member == HEIR.id)
            for name, incident in self.heirs(["heir"], *here).items():
                found[incident].append(name)
        return found

    def aliases(self) -> dict[str, str]:
        """Return, per id of an older reading, the one that answers for it."""
        asked = select(HEIR.id, HEIR.member).where(*self.alive(KEPT_HEIRS), HEIR.member != HEIR.id)
        return {each.id: each.member for each in self._connection.execute(asked)}

    def parts(self) -> dict[str, tuple[str, ...]]:
        """Return where ids of older readings lead, of those that lead to several of today's."""
        several = select(READINGS.c.report).where(READINGS.c.act <= self.act).group_by(READINGS.c.report)
        keys = [*self._connection.execute(several.having(func.count() > 1)).scalars()]
        out: dict[str, tuple[str, ...]] = {}
        for key in keys:
            readings = self.source.readings_of([key])
            ids = sorted({member.id for one in readings for member in members_of(one)})
            words = self.source.judgements_on(ids).values()
            found = ground(readings, words, self.source.revisions_on(ids).values())
            out.update({was: now for was, now in found.parts.items() if len(now) > 1})
        return out

    def ids_from(self, start: str) -> list[str]:
        """Return the ids of incidents, also of withdrawn ones, that are or begin with some letters."""
        asked = select(HEIR.id).where(*self.alive(KEPT_HEIRS), HEIR.kind != "past", _from(HEIR.id, start))
        return sorted(self._connection.execute(asked).scalars())

    def reports_from(self, start: str) -> list[str]:
        """Return the keys of reports that are or begin with some letters."""
        asked = select(KEPT_REPORTS.c.report).where(_from(KEPT_REPORTS.c.report, start))
        return [key for key in sorted(self._connection.execute(asked).scalars()) if self.has_report(key)]

    def has_report(self, key: str) -> bool:
        """Say whether a report had been read."""
        asked = select(READINGS.c.key).where(READINGS.c.report == key, READINGS.c.act <= self.act).limit(1)
        return self._connection.execute(asked).first() is not None

    def has_readings(self) -> bool:
        """Say whether anything had been read."""
        asked = select(READINGS.c.key).where(READINGS.c.act <= self.act).limit(1)
        return self._connection.execute(asked).first() is not None

    def report_keys(self) -> list[str]:
        """Return the keys of all reports that had been read."""
        asked = select(READINGS.c.report).where(READINGS.c.act <= self.act).distinct()
        return sorted(self._connection.execute(asked).scalars())

    def standing_readings(self, reports: Collection[str]) -> dict[str, RecordedReading]:
        """Return the readings of reports that stand."""
        return standing_readings(self.source.readings_of(reports))

    def count_judgements(self) -> int:
        """Return how many words on incidents were recorded."""
        return self._count(JUDGEMENTS)

    def count_revisions(self) -> int:
        """Return how many values people had put in place of what was read."""
        return self._count(REVISIONS)

    def judgements(self, after: int = 0) -> list[Judgement]:
        """Return all words on which incidents are one, in the order of recording."""
        here = (JUDGEMENTS.c.act > after, JUDGEMENTS.c.act <= self.act)
        asked = select(JUDGEMENTS).where(*here).order_by(JUDGEMENTS.c.act)
        return [judgement_of(row) for row in self._connection.execute(asked)]

    def revisions(self) -> list[Revision]:
        """Return all that people revised, in the order of recording."""
        asked = select(REVISIONS).where(REVISIONS.c.act <= self.act).order_by(REVISIONS.c.act)
        return [revision_of(row) for row in self._connection.execute(asked)]

    def gone_by(self, later: int) -> list[Row[Any]]:
        """Return number and id of the incidents that stood and did not at a later act, or not as they were."""
        row = KEPT_INCIDENTS.c
        here = (row.from_act <= self.act, row.until_act > self.act, row.until_act <= later, row.stands.is_(True))
        return [*self._connection.execute(select(row.number, row.id).where(*here))]

    def come_since(self, earlier: int) -> list[Row[Any]]:
        """Return number and id of the incidents that stand and did not at an earlier act, in the ledger's order."""
        row = KEPT_INCIDENTS.c
        here = (*self.after(earlier), row.until_act > self.act, row.stands.is_(True))
        return [*self._connection.execute(select(row.number, row.id).where(*here).order_by(row.day, row.id))]

    def after(self, earlier: int) -> list[Condition]:
        """Return the conditions for the rows of incidents that were put in after an earlier act, until this one.

        Rows are numbered in the order in which they are put in, and those that held at an act are never taken out:
        what came after it stands behind the last of them.
        """
        row = KEPT_INCIDENTS.c
        last = select(row.number).where(row.from_act <= earlier).order_by(row.number.desc()).limit(1)
        behind = self._connection.execute(last).scalar() or 0
        return [row.number > behind, row.from_act > earlier, row.from_act <= self.act]

    def standing(self, ids: Iterable[str], columns: Sequence[str] = ("number", "id")) -> list[Row[Any]]:
        """Return columns of the incidents of some ids."""
        row = KEPT_INCIDENTS.c
        asked: Select[Any] = select(*(row[name] for name in columns)).where(
            *self.alive(KEPT_INCIDENTS), row.stands.is_(True)
        )
        wanted = [asked.where(row.id.in_(chunk)) for chunk in chunks(sorted(ids))]
        return [each for one in wanted for each in self._connection.execute(one)]

    def _count(self, table: Any) -> int:
        asked = select(func.count()).select_from(table).where(table.c.act <= self.act)
        return int(self._connection.execute(asked).scalar_one())


def _from(column: ColumnElement[Any], start: str) -> Condition:
    return (column >= start) & (column < start + LAST)
