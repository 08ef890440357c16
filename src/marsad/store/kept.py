"""Asks the kept ledger, as of one act: questions of the database in place of a walk over all that was ever recorded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from marsad.errors import LedgerError
from marsad.ledger.build import incident_of, running_of
from marsad.ledger.columns import BETWEEN, NO_DAY, wanted_words
from marsad.ledger.entries import LedgerIncident, RunningTotal
from marsad.ledger.policy import Policy
from marsad.ledger.record import Member, members_of
from marsad.ledger.revise import Revised
from marsad.ledger.tolls import By, Selection
from marsad.model import Revision
from marsad.store.bodies import BODY
from marsad.store.keeping import last_act, moment_of, state_of
from marsad.store.kept_paths import Condition, Paths
from marsad.store.kept_source import chunks
from marsad.store.kept_sums import Sum, Sums
from marsad.store.kept_tables import FIGURES, FOREVER, FORM, KEPT_INCIDENTS, KEPT_RUNNING, KEPT_STEPS, holds
from marsad.store.kept_totals import count_of_all, totals_of
from marsad.vocabulary import HARMS, Harm

ROW = KEPT_INCIDENTS.c
Key = str | int | None
Groups = dict[tuple[Key, ...], tuple[int, dict[Harm, Sum]]]
"""Per key how many incidents there are, and the sums of their figures by harm."""

WORDS = {"place": ROW.place_words, "perpetrator": ROW.actor_words, "victims": ROW.victim_words,
         "means": ROW.means_words, "source": ROW.source_words}  # fmt: skip
"""Which column holds the words that a filter looks for."""


def act_at(connection: Connection, moment: datetime | None) -> int | None:
    """Return the act that was the last at a moment (None: now); None where the kept ledger cannot say what held then.

    It can for the end of every day (UTC), and wherever it was brought up to date; the present is where it was last.
    """
    state = state_of(connection)
    if state is None or state.form != FORM:
        return None
    if moment is None:
        return int(state.through)
    if not state.is_ordered or _goes_on(connection, state.through, moment):
        return None
    low, high = 0, int(state.through)
    while low < high:
        middle = (low + high + 1) // 2
        if moment_of(connection, middle) <= moment:
            low = middle
        else:
            high = middle - 1
    is_step = connection.execute(select(KEPT_STEPS.c.act).where(KEPT_STEPS.c.act == low)).first() is not None
    return low if is_step or low == 0 else None


def _goes_on(connection: Connection, through: int, moment: datetime) -> bool:
    """Say whether acts until a moment are not yet in the tables."""
    return through < last_act(connection) and moment_of(connection, through + 1) <= moment


class Kept(Paths):
    """The kept ledger as of an act, within one transaction that reads."""

    def at(self, act: int) -> "Kept":
        """Return the kept ledger as of another act, in the same transaction."""
        return Kept(self._connection, act)

    def sums(self) -> Sums:
        """Return what all incidents come to."""
        packed = self._connection.execute(select(KEPT_STEPS.c.sums).where(KEPT_STEPS.c.act == self.act)).scalar()
        return Sums.unpacked(packed or "{}")

    def chosen(self, wanted: Selection, *, stands: bool = True, walked: bool = False) -> list[Condition]:
        """Return the conditions for the incidents that a selection takes.

        `walked` says that all rows will be looked at, whatever is asked: as they lie that is three times faster than by
        the index of days.
        """
        alive = self.alive(KEPT_INCIDENTS)
        kind, has_days = self.of_kind(wanted), wanted.since is not None or wanted.until is not None
        if self._is_present and stands and not has_days and (walked or kind):
            alive = [ROW.until_act + 0 == FOREVER]
        return [*alive, ROW.stands.is_(stands), *self.of_days(wanted), *kind]

    def of_days(self, wanted: Selection) -> list[Condition]:
        """Return the conditions for the incidents of the days that a selection takes."""
        out: list[Condition] = []
        if wanted.since is not None:
            out.append(ROW.day >= wanted.since.toordinal())
        if wanted.until is not None:
            out.append(ROW.day <= wanted.until.toordinal())
        if wanted.since is not None or wanted.until is not None:
            out.append(ROW.day < NO_DAY)
        return out

    def undated(self, wanted: Selection) -> list[Condition]:
        """Return the conditions for the incidents of a selection's kind that have no day."""
        return [*self.alive(KEPT_INCIDENTS), ROW.stands.is_(True), ROW.day == NO_DAY, *self.of_kind(wanted)]

    def of_kind(self, wanted: Selection) -> list[Condition]:
        """Return the conditions for the incidents of the kind that a selection takes, whenever they were."""
        out: list[Condition] = [ROW.voice_count >= wanted.min_sources] if wanted.min_sources > 1 else []
        for name, column in WORDS.items():
            words = getattr(wanted, name)
            if words is not None:
                words = wanted_words(words)
                out.append(holds(self._connection, column, words) if words else column != "")
        if wanted.status is not None:
            out.append(holds(self._connection, ROW.standings, wanted.status))
        return out

    def numbers(self, where: Sequence[Condition], *, newest_first: bool = False) -> list[int]:
        """Return the numbers of the rows of incidents, in the ledger's order or with the newest day first."""
        if not newest_first:
            asked = select(ROW.number).where(*where).order_by(ROW.day, ROW.id)
            return [*self._connection.execute(asked).scalars()]
        # Those without a day come last in both; here they come first, since NO_DAY is after every day.
        newest = select(ROW.number, ROW.day).where(*where).order_by(ROW.day.desc(), ROW.id.desc())
        rows = self._connection.execute(newest).all()
        dated = [number for number, day in rows if day != NO_DAY]
        return dated + [number for number, day in rows if day == NO_DAY]

    def count(self, where: Sequence[Condition]) -> int:
        """Return how many incidents there are."""
        return int(
            self._connection.execute(select(func.count()).select_from(KEPT_INCIDENTS).where(*where)).scalar_one()
        )

    def rows(self, columns: Sequence[str], where: Sequence[Condition]) -> Sequence[Any]:
        """Return some columns of incidents, in the ledger's order."""
        asked = select(*(ROW[name] for name in columns)).where(*where).order_by(ROW.day, ROW.id)
        return self._connection.execute(asked).all()

    def grouped(self, columns: Sequence[str], where: Sequence[Condition], harms: Sequence[Harm] = HARMS) -> Groups:
        """Return the sums of figures by the values of some columns."""
        sums = [
            part
            for harm in harms
            for low, best, high in [(ROW[f"{harm}_low"], ROW[f"{harm}_best"], ROW[f"{harm}_high"])]
            for part in (func.count(best), func.count(high), func.sum(low), func.sum(best), func.sum(high))
        ]
        keys = [ROW[name] for name in columns]
        out: Groups = {}
        for row in self._connection.execute(select(*keys, func.count(), *sums).where(*where).group_by(*keys)):
            number, *rest = row[len(keys) :]
            figures: dict[Harm, Sum] = {}
            for at, harm in enumerate(harms):
                best, high, *each = rest[5 * at : 5 * at + 5]
                if best:
                    figures[harm] = (best, best - high, int(each[0]), int(each[1]), int(each[2] or 0))
            out[tuple(row[: len(keys)])] = (number, figures)
        return out

    def moved(
        self, earlier: int, columns: Sequence[str], wanted: Selection
    ) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
        """Return columns of the incidents that a selection took at an earlier act and not so now, and the other way."""
        asked = select(*(ROW[name] for name in columns)).where(ROW.stands.is_(True), *self.of_days(wanted))
        asked = asked.where(*self.of_kind(wanted)).order_by(ROW.day, ROW.id)
        gone = asked.where(ROW.until_act > earlier, ROW.until_act <= self.act, ROW.from_act <= earlier)
        come = asked.where(*self.after(earlier), ROW.until_act > self.act)
        return self._connection.execute(gone).all(), self._connection.execute(come).all()

    def last_at(
        self, columns: Sequence[str], wanted: Selection, points: Sequence[str] | None = None
    ) -> Sequence[Row[Any]]:
        """Return columns of the incident at each point (None: of all) that was put in last, of those of a selection."""
        where = [*self.chosen(wanted), ROW.point.is_not(None) if points is None else ROW.point.in_(points)]
        lasts = select(func.max(ROW.number)).where(*where).group_by(ROW.point)
        return [] if points is not None and not points else self.rows(columns, [ROW.number.in_(lasts)])

    def is_whole(self, wanted: Selection) -> bool:
        """Say whether a selection takes all that stand today: what these come to is kept."""
        return self._is_present and wanted == Selection()

    def totals(self, by: By) -> tuple[dict[str, int], dict[str, Sums]]:
        """Return per row of a toll of all that stands today how many incidents there are, and what they come to."""
        return totals_of(self._connection, by)

    def count_chosen(self, wanted: Selection) -> int:
        """Return how many incidents a selection takes."""
        return count_of_all(self._connection) if self.is_whole(wanted) else self.count(self.chosen(wanted))

    def used_harms(self) -> tuple[Harm, ...]:
        """Return the harms of which there are figures, so that sums need not ask for the others."""
        known = self.sums().of
        return tuple(harm for harm in HARMS if harm in known and known[harm][0])

    def bodies(self, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        """Return the columns that hold incidents without their reports, by the numbers of their rows."""
        asked = select(ROW.number, ROW.id, ROW.voices, ROW.means, *(ROW[name] for name in (*BODY, *FIGURES)))
        wanted = [asked.where(ROW.number.in_(chunk)) for chunk in chunks(numbers)]
        rows = (row for each in wanted for row in self._connection.execute(each).mappings())
        return {row["number"]: dict(row) for row in rows}

    def incidents(self, numbers: Sequence[int], policy: Policy) -> list[LedgerIncident]:
        """Return incidents by the numbers of their rows, put together from their readings as they were derived."""
        made = {
            row.number: json.loads(row.made_of)
            for chunk in chunks(numbers)
            for row in self._connection.execute(select(ROW.number, ROW.made_of).where(ROW.number.in_(chunk)))
        }
        if len(made) < len(set(numbers)):
            raise LedgerError("it was brought into another form by another Marsad meanwhile: start this one anew")
        readings = self.source.readings(sorted({key for each in made.values() for _, key in each["group"]}))
        words = self.source.revisions(sorted({act for each in made.values() for _, act in each["words"]}))
        members: dict[str, dict[str, Member]] = {}
        for key, one in readings.items():
            members[key] = {member.id: member for member in members_of(one)}
        out = []
        for number in numbers:
            group = [members[key][name] for name, key in made[number]["group"]]
            out.append(incident_of(group, policy, _revised(made[number]["words"], words))[0])
        return out

    def running_numbers(self, wanted: Selection) -> list[int]:
        """Return the numbers of the rows of running totals that a selection's window touches, in the ledger's order."""
        row = KEPT_RUNNING.c
        where = self.alive(KEPT_RUNNING)
        if wanted.until is not None:
            where.append(row.start.is_(None) | (row.start <= wanted.until.toordinal()))
        if wanted.since is not None:
            where.append(row.end.is_(None) | (row.end >= wanted.since.toordinal()))
        return [
            *self._connection.execute(select(row.number).where(*where).order_by(row.report, row.position)).scalars()
        ]

    def running(self, numbers: Sequence[int]) -> list[RunningTotal]:
        """Return running totals by the numbers of their rows."""
        row = KEPT_RUNNING.c
        asked = select(row.number, row.ref, row.made_of)
        rows = [each for c in chunks(numbers) for each in self._connection.execute(asked.where(row.number.in_(c)))]
        made = {each.number: (each.ref, json.loads(each.made_of)) for each in rows}
        readings = self.source.readings(sorted({each["reading"] for _, each in made.values()}))
        words = self.source.revisions(sorted({act for _, each in made.values() for _, act in each["words"]}))
        out = []
        for number in numbers:
            ref, each = made[number]
            found = running_of([readings[each["reading"]]], _revised(each["words"], words))
            out.append(next(one for one in found if one.id == ref))
        return out


def can_ask(wanted: Selection) -> bool:
    """Say whether the columns can answer a selection: a filter that is new to them is left to the walk over all."""
    known = {"since", "until", "min_sources", "status", *WORDS}
    usual = Selection()
    odd = [one.name for one in fields(wanted) if one.name not in known]
    if any(getattr(wanted, name) != getattr(usual, name) for name in odd):
        return False
    return not any(BETWEEN in (getattr(wanted, name) or "") for name in WORDS)


def _revised(said: Iterable[Sequence[Any]], words: Mapping[int, Revision]) -> Revised:
    return Revised((of, words[act]) for of, act in said)
