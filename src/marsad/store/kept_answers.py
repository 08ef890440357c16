"""The answers that the kept ledger gives without a walk over all incidents; each the same as the walk's."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from marsad.ledger.around import ledger_around
from marsad.ledger.build import order_of
from marsad.ledger.changes import Changes, changes, moved_totals, origins
from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.policy import Policy
from marsad.ledger.record import RecordedReading
from marsad.ledger.tolls import By, Row, Selection, TollTable, in_order, require_by, sum_of_rows
from marsad.ledger.trace import Said, Trace, no_row, nothing_answers, one_of, said_of, trace
from marsad.store.kept import Kept, can_ask
from marsad.store.kept_statements import days_published, readings_telling
from marsad.store.kept_sums import Sums
from marsad.store.kept_tables import KEPT_INCIDENTS
from marsad.store.kept_totals import KEYS, SPLITTING, key_of, shares_of_row, split_sums
from marsad.store.lazy import Counted, Lazy
from marsad.vocabulary import StatementKind

USUAL: Policy = "newest"
"""The policy whose figures stand in the tables; figures by another are chosen as incidents are looked at."""


class Place(Protocol):
    """Where the kept ledger is asked (`kept_ledger.KeptPlace`)."""

    def asked(self, act: int) -> AbstractContextManager[Kept]:
        """Give the kept ledger as of an act."""
        ...

    def incidents(self, numbers: Sequence[int], act: int, policy: Policy) -> list[LedgerIncident]:
        """Return incidents by the numbers of their rows."""
        ...

    def running(self, numbers: Sequence[int], act: int) -> list[RunningTotal]:
        """Return running totals by the numbers of their rows."""
        ...


class Answers:
    """Answers for one ledger: those of `tolls.Adding`, `trace.Tracing`, `changes.Comparing` and `stated.Telling`."""

    def __init__(self, place: Place, act: int, policy: Policy, as_of: datetime | None) -> None:
        self.place = place
        self.act = act
        self.policy: Policy = policy
        self.as_of = as_of
        self.whole: object = None
        self.readings: object = None

    def incidents(self, numbers: Sequence[int]) -> list[LedgerIncident]:
        """Return incidents by the numbers of their rows."""
        return self.place.incidents(numbers, self.act, self.policy)

    def running(self, numbers: Sequence[int]) -> list[RunningTotal]:
        """Return running totals by the numbers of their rows."""
        return self.place.running(numbers, self.act)

    def knows(self, ledger: Ledger, selection: Selection | None = None) -> bool:
        """Say whether a ledger is the one that these answers are about, whole, and its columns know what is asked."""
        return ledger.incidents is self.whole and (selection is None or can_ask(selection))

    def telling(self, ledger: Ledger, kind: StatementKind) -> Sequence[RecordedReading] | None:
        """Return the readings that stand and hold statements of a kind, with these alone of what they hold."""
        if ledger.readings is not self.readings:
            return None
        with self.place.asked(self.act) as kept:
            return [*readings_telling(kept.source, kind)]

    def published(self, ledger: Ledger) -> Sequence[date] | None:
        """Return the days on which the ledger's reports came out, in order."""
        if ledger.readings is not self.readings:
            return None
        with self.place.asked(self.act) as kept:
            return days_published(kept.source)

    def chosen(self, ledger: Ledger, selection: Selection) -> Sequence[LedgerIncident] | None:
        """Return the incidents that a selection takes."""
        if not self.knows(ledger, selection):
            return None
        with self.place.asked(self.act) as kept:
            return Lazy(kept.numbers(kept.chosen(selection)), self.incidents)

    def newest(self, ledger: Ledger, selection: Selection) -> Sequence[LedgerIncident] | None:
        """Return the incidents that a selection takes, the newest day first; those without a day come last."""
        if not self.knows(ledger, selection):
            return None
        with self.place.asked(self.act) as kept:
            return Lazy(kept.numbers(kept.chosen(selection), newest_first=True), self.incidents)

    def added_up(self, ledger: Ledger, by: By, selection: Selection) -> TollTable | None:
        """Return a toll."""
        if self.policy != USUAL or not self.knows(ledger, selection):
            return None
        with self.place.asked(self.act) as kept:
            return self._table(kept, by, selection)

    def _table(self, kept: Kept, by: By, selection: Selection) -> TollTable:
        counts, sums = added(kept, by, selection)
        ids = _Ids(self.place, self.act, by, selection)
        rows = [
            Row(f"{by}:{key}", key, Counted(counts[key], lambda key=key: ids.of(key)), each.figures())  # type: ignore[misc]
            for key, each in sums.items()
        ]
        number = kept.count_chosen(selection)
        total = Row("total", "total", Counted(number, ids.all), sum_of_rows(rows))
        is_window = selection.since is not None or selection.until is not None
        undated = kept.count(kept.undated(selection)) if is_window else 0
        running = Lazy(kept.running_numbers(selection), self.running)
        return TollTable(by, in_order(rows, by), total, undated, running, self.policy, self.as_of)

    def traced(self, ledger: Ledger, asked: str, selection: Selection | None) -> Trace | None:
        """Return what an id rests on."""
        if not self.knows(ledger, selection):
            return None
        if ":" in asked or asked == "total":
            return self._row_traced(ledger, asked, selection or Selection())
        with self.place.asked(self.act) as kept:
            return trace(ledger_around(kept.source, [_report_of(kept, asked)], self.policy, self.as_of), asked)

    def _row_traced(self, ledger: Ledger, asked: str, selection: Selection) -> Trace | None:
        by = require_by(asked.partition(":")[0] if ":" in asked else "perpetrator")
        table = self.added_up(ledger, by, selection)
        if table is None:
            return None
        row = next((row for row in (*table.rows, table.total) if row.id == asked), None)
        if row is None:
            raise no_row(asked, by)
        wanted = set(row.incidents)
        with self.place.asked(self.act) as kept:
            found = [
                one for one in kept.rows(["number", "id", "claim_count"], kept.chosen(selection)) if one.id in wanted
            ]
        incidents = Lazy([one.number for one in found], self.incidents)
        said: Counted[Said] = Counted(
            sum(one.claim_count for one in found), lambda: [each for one in incidents for each in said_of(one)]
        )
        return Trace(asked, row, incidents, said)

    def compared(self, before: Ledger, after: Ledger) -> Changes | None:
        """Return what changed between two ledgers of one place."""
        old = before.answers
        if not isinstance(old, Answers) or old.place is not self.place or old.policy != self.policy:
            return None
        if self.policy != USUAL or not old.knows(before) or not self.knows(after) or old.act > self.act:
            return None
        return _compared(old, self)


def added(kept: Kept, by: By, wanted: Selection) -> tuple[dict[str, int], dict[str, Sums]]:
    """Return per key of a property how many incidents there are, and what they come to."""
    if kept.is_whole(wanted):
        return kept.totals(by)
    where = kept.chosen(wanted)
    counts: dict[str, int] = {}
    sums: dict[str, Sums] = {}
    column = KEYS[by]
    for (key,), (number, figures) in kept.grouped([column], where, kept.used_harms()).items():
        if key is not None or by not in SPLITTING:
            name = key_of(by, key)
            counts[name] = counts.get(name, 0) + number
            sums.setdefault(name, Sums()).add(Sums(figures))
    split = [*where, KEPT_INCIDENTS.c[column].is_(None)]
    for row in kept.rows([column, "split"], split) if by in SPLITTING else ():
        for key, each in split_sums(shares_of_row(row._asdict(), by)):
            counts[key] = counts.get(key, 0) + 1
            sums.setdefault(key, Sums()).add(each)
    return counts, sums


class _Ids:
    """The ids of the incidents of a toll's rows, loaded when the first row's are looked at."""

    def __init__(self, place: Place, act: int, by: By, selection: Selection) -> None:
        self._place = place
        self._act = act
        self._by: By = by
        self._selection = selection
        self._by_key: dict[str, list[str]] | None = None
        self._every: list[str] = []

    def of(self, key: str) -> list[str]:
        """Return the ids of one row."""
        return self._loaded()[key]

    def all(self) -> list[str]:
        """Return the ids of all rows, each once."""
        self._loaded()
        return self._every

    def _loaded(self) -> dict[str, list[str]]:
        if self._by_key is None:
            found: dict[str, list[str]] = {}
            with self._place.asked(self._act) as kept:
                rows = kept.rows(["id", KEYS[self._by], "split"], kept.chosen(self._selection))
            for name, value, split in rows:
                for key in self._keys(value, split):
                    found.setdefault(key, []).append(name)
            self._every = [row[0] for row in rows]
            self._by_key = found
        return self._by_key

    def _keys(self, value: str | int | None, split: str | None) -> Iterable[str]:
        if value is None and self._by in ("victims", "source"):
            return dict.fromkeys(share[0] for share in json.loads(split or "{}")[self._by])
        return (key_of(self._by, value),)


def _report_of(kept: Kept, asked: str) -> str:
    """Return the report, by key, to which an id leads: that of an incident, or the one that the id names itself."""
    name = one_of(asked, kept.ids_from(asked), "incident")
    if name is not None:
        return kept.source.reports_of([name])[name]
    start = asked.partition("/")[0]
    key = one_of(start, kept.reports_from(start), "report")
    if key is None:
        raise nothing_answers(asked)
    return key


def _compared(old: Answers, new: Answers) -> Changes:
    with new.place.asked(new.act) as now:
        # On one connection: who held one and waited for another would keep those waiting who do the same.
        then = now.at(old.act)
        closed, opened = then.gone_by(now.act), now.come_since(then.act)
        members = then.members_of([row.id for row in closed])
        heirs_of = now.heirs_of([name for names in members.values() for name in names])
        heirs = {was: tuple(sorted({heirs_of[n] for n in names if n in heirs_of})) for was, names in members.items()}
        # An heir that did not change itself stands in both.
        same = now.standing({heir for found in heirs.values() for heir in found} - {row.id for row in opened})
        totals = moved_totals(then.sums().figures(), now.sums().figures())
    origin = origins({**heirs, **{row.id: (row.id,) for row in same}})
    added = [row.number for row in opened if row.id not in origin]
    known = [row.number for row in same]
    before = _small(old, [*(row.number for row in closed), *known])
    after = _small(new, [*(row.number for row in opened if row.id in origin), *known], heirs_of)
    found = changes(before, after)
    return replace(found, added=Lazy(added, new.incidents), totals=totals)


def _small(answers: Answers, numbers: Iterable[int], heirs: Mapping[str, str] | None = None) -> Ledger:
    """Return a ledger of some incidents only."""
    found = sorted(answers.incidents([*numbers]), key=lambda one: one.id)
    heirs = {**(heirs or {}), **{m.id: one.id for one in found for m in one.members}}
    return Ledger(answers.as_of, answers.policy, tuple(sorted(found, key=order_of)), heirs=heirs)
