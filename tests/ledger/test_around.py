"""What is derived around a few acts is what the whole record comes to, at every act."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.test_whole_record import Record, records

from marsad.ledger import LedgerIncident, RecordedReading, RunningTotal, build_ledger
from marsad.ledger.around import Part, part_around
from marsad.ledger.policy import POLICIES, Policy
from marsad.ledger.record import members_of
from marsad.model import Judgement, Revision

Act = RecordedReading | Judgement | Revision


@dataclass
class Memory:
    """The record in memory, as the walk asks for it."""

    readings: list[RecordedReading] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)

    def reports_of(self, ids: Collection[str]) -> Mapping[str, str]:
        return {m.id: one.report_key for one in self.readings for m in members_of(one) if m.id in ids}

    def readings_of(self, reports: Collection[str]) -> Iterable[RecordedReading]:
        return [one for one in self.readings if one.report_key in reports]

    def judgements_on(self, ids: Collection[str]) -> Mapping[int, Judgement]:
        return {act: word for act, word in enumerate(self.judgements) if word.left in ids or word.right in ids}

    def revisions_on(self, names: Collection[str]) -> Mapping[int, Revision]:
        return {act: word for act, word in enumerate(self.revisions) if word.of.partition("/")[0] in names}

    def add(self, act: Act) -> tuple[set[str], set[str]]:
        """Record an act; return the reports that it touches, and the incidents that it names."""
        if isinstance(act, RecordedReading):
            self.readings.append(act)
            return {act.report_key}, set()
        if isinstance(act, Judgement):
            self.judgements.append(act)
            ends = {act.left, act.right}
            return (set(), ends) if act.by.startswith("program ") else (set(self.reports_of(ends).values()), ends)
        self.revisions.append(act)
        about = act.of.partition("/")[0]
        return {one.report_key for one in self.readings if one.report_key[:12] == about} | set(
            self.reports_of([about]).values()
        ), set()


@dataclass
class Kept:
    """A ledger that is changed part by part."""

    incidents: dict[str, LedgerIncident] = field(default_factory=dict)
    withdrawn: dict[str, LedgerIncident] = field(default_factory=dict)
    heirs: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    running: dict[str, list[RunningTotal]] = field(default_factory=dict)

    def put(self, part: Part) -> None:
        """Put a part in place of what its ids led to."""
        for name in part.ids:
            self.heirs.pop(name, None)
            self.taken.pop(name, None)
            if old := self.groups.pop(name, None):
                self.incidents.pop(old, None)
                self.withdrawn.pop(old, None)
        for one in part.derived:
            (self.incidents if one.stands else self.withdrawn)[one.incident.id] = one.incident
            self.groups.update({name: one.incident.id for name, _ in one.group})
        self.heirs.update(part.heirs)
        self.taken.update(part.taken)
        for report in part.fresh:
            self.running[report] = [one.total for one in part.running if one.report == report]


def in_order(record: Record) -> list[Act]:
    readings, judgements, revisions = record
    acts: list[tuple[datetime, Act]] = [(one.recorded, one) for one in readings]
    acts += [(word.made, word) for word in judgements]
    acts += [(word.made, word) for word in revisions]
    return [act for _, act in sorted(acts, key=lambda pair: pair[0])]


@given(records(), st.sampled_from(POLICIES))
def test_part_after_part_comes_to_the_ledger_at_every_act(record: Record, policy: Policy) -> None:
    memory, kept = Memory(), Kept()
    for act in in_order(record):
        fresh, named = memory.add(act)
        kept.put(part_around(memory, fresh, named, policy))
        whole = build_ledger(memory.readings, memory.judgements, memory.revisions, policy)
        assert kept.incidents == {one.id: one for one in whole.incidents}
        assert kept.withdrawn == {one.id: one for one in whole.withdrawn}
        assert kept.heirs == dict(whole.heirs)
        assert kept.taken == {m.id: one.id for one in whole.withdrawn for m in one.members}
        assert [total for _, each in sorted(kept.running.items()) for total in each] == list(whole.running)


@given(records(), st.sets(st.integers(0, 5)))
def test_many_acts_at_once_come_to_the_same(record: Record, stops: set[int]) -> None:
    memory, kept = Memory(), Kept()
    reports, ends = set[str](), set[str]()
    acts = in_order(record)
    for number, act in enumerate(acts):
        fresh, named = memory.add(act)
        reports |= fresh
        ends |= named
        if number in stops or number == len(acts) - 1:
            kept.put(part_around(memory, reports, ends))
            reports, ends = set(), set()
            whole = build_ledger(memory.readings, memory.judgements, memory.revisions)
            assert kept.incidents == {one.id: one for one in whole.incidents}
            assert kept.heirs == dict(whole.heirs)
