"""Derives only what a few acts touch: the incidents of some reports, and all that these could be put together with.

What a report comes to before it is linked depends on its own readings and on the words on its own ids (`ground`), and
groups grow along words alone. So the incidents that can be reached from the touched ones, derived by themselves, are
what `build_ledger` makes of them within the whole record; tests/ledger/test_around.py holds it to that.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from marsad.ledger.build import build_ledger, incident_of, running_of
from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.ground import Ground, ground, renamed
from marsad.ledger.policy import Policy
from marsad.ledger.record import Member, RecordedReading, members_of
from marsad.ledger.revise import Revised
from marsad.link.cluster import JOIN, by_person, cluster, standing_words
from marsad.model import Judgement, Revision


class Source(Protocol):
    """What is asked of the record, as of one act; words come with the number of their act."""

    def reports_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Return the key of the report of every incident's id that was ever read."""
        ...

    def readings_of(self, reports: Collection[str]) -> Iterable[RecordedReading]:
        """Return all readings of reports, their names as people corrected them."""
        ...

    def judgements_on(self, ids: Collection[str]) -> Mapping[int, Judgement]:
        """Return the words that name any of these ids."""
        ...

    def revisions_on(self, names: Collection[str]) -> Mapping[int, Revision]:
        """Return what people revised of incidents (by id) and of claims (by the first 12 letters of the report)."""
        ...


@dataclass(frozen=True, slots=True)
class Derived:
    """One incident as it comes out, and whether it stands; `group` and `revised` are all that it depends on.

    `group` are its members, each with the key of its reading, also those of which every claim is withdrawn; `revised`
    are people's words: the id that each is about today, and the act that recorded it.
    """

    incident: LedgerIncident
    stands: bool
    group: tuple[tuple[str, str], ...]
    revised: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A running total with the keys of its report and reading, and the acts of people's words on it."""

    total: RunningTotal
    report: str
    reading: str
    revised: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the ledger, whole in itself: its incidents, and what leads to them.

    `ids` are all that were looked at: members, ids of older readings that lead to them, and every id that the reports
    `fresh` ever had; `aliases` leads from ids of older readings to members. `heirs` leads from ids to incidents that
    stand, `taken` from members to those that are withdrawn.
    `running` are the running totals of the reports `fresh`.
    """

    derived: tuple[Derived, ...]
    ids: frozenset[str]
    heirs: Mapping[str, str]
    taken: Mapping[str, str]
    aliases: Mapping[str, str]
    fresh: frozenset[str]
    running: tuple[Beside, ...]


def part_around(source: Source, fresh: Iterable[str], named: Iterable[str] = (), policy: Policy = "newest") -> Part:
    """Return what the reports `fresh` (by key) and the incidents `named` by new words come to, with all around them."""
    walk = _Walk(source)
    told = frozenset(fresh)
    reached = walk.reach(told, frozenset(named))
    return _part(walk, reached, told, policy)


def ledger_around(source: Source, reports: Collection[str], policy: Policy, as_of: datetime | None) -> Ledger:
    """Return a ledger that knows of some reports (by key) all that the whole one does: what words tied to what in them.

    It holds more besides, of which it does not know all: ask it about these reports only.
    """
    walk = _Walk(source)
    walk.follow(reports)
    return replace(build_ledger(*walk.record(), policy), as_of=as_of)


class _Walk:
    """Reads report after report, as words lead from one to the next."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.grounds: dict[str, Ground] = {}
        self.ever: dict[str, frozenset[str]] = {}
        self.members: dict[str, Member] = {}
        self.aliases: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        self._words: dict[int, Judgement] = {}
        self._on: dict[str, set[int]] = {}
        self._reports: dict[str, str] = {}
        self.acts: dict[tuple[str, Revision], int] = {}
        self._read_so_far: list[RecordedReading] = []

    def reach(self, fresh: Collection[str], named: Collection[str]) -> set[str]:
        """Return the members that the touched ones could be put together with, they themselves among them."""
        self._read(fresh)
        ids = {name for report in fresh for name in self.ever.get(report, ())}
        self._find(named)
        # The other end of a word may have come loose, so it is touched as well.
        ends = {end for word in self.words_on(ids) for end in (word.left, word.right)}
        self._find(ends)
        touched = {self.aliases.get(name, name) for name in {*ids, *ends, *named}}
        return self._closed(touched & self.members.keys())

    def follow(self, reports: Collection[str]) -> None:
        """Read some reports, and all to which words could ever have joined their incidents."""
        self._read(reports)
        reached: set[str] = set()
        edge = {name for key in reports for name in self.ever.get(key, ())}
        while edge:
            reached |= edge
            words = self.words_on({name for one in edge for name in {one, *self.names(self.aliases.get(one, one))}})
            self._find({end for word in words for end in (word.left, word.right)})
            ends = {end for word in words if word.verdict == "same" or word.score for end in (word.left, word.right)}
            edge = {name for end in ends for name in (end, self.aliases.get(end, end))} - reached

    def record(self) -> tuple[list[RecordedReading], list[Judgement], list[Revision]]:
        """Return all that was read: readings with corrected names, and people's words but for those on names."""
        revisions = sorted(((act, word) for (_, word), act in self.acts.items()), key=lambda pair: pair[0])
        return self._read_so_far, [self._words[act] for act in sorted(self._words)], [word for _, word in revisions]

    def _closed(self, touched: Iterable[str]) -> set[str]:
        reached: set[str] = set()
        edge = set(touched)
        while edge:
            reached |= edge
            words = self.words_on({name for member in edge for name in self.names(member)})
            self._find({end for word in words for end in (word.left, word.right)})
            standing = standing_words(
                one
                for one in (renamed(word, self.aliases) for word in words)
                if one.left in self.members and one.right in self.members
            )
            edge = {end for word in standing.values() if _joins(word) for end in (word.left, word.right)} - reached
        return reached

    def names(self, member: str) -> set[str]:
        """Return a member's id and those of older readings that lead to it."""
        return self._names.get(member, {member})

    def words_on(self, ids: Iterable[str]) -> list[Judgement]:
        """Return the words on any of these ids of reports that were read, in the order of recording."""
        return [self._words[act] for act in sorted({act for name in ids for act in self._on.get(name, ())})]

    def _find(self, ids: Collection[str]) -> None:
        """Read the reports of ids."""
        unknown = {name for name in ids if name not in self._reports}
        if unknown:
            self._reports.update(self._source.reports_of(sorted(unknown)))
        self._read({self._reports[name] for name in ids if name in self._reports})

    def _read(self, reports: Collection[str]) -> None:
        new = sorted(key for key in reports if key not in self.grounds)
        if not new:
            return
        readings: dict[str, list[RecordedReading]] = {key: [] for key in new}
        for one in self._source.readings_of(new):
            readings[one.report_key].append(one)
            self._read_so_far.append(one)
        ever = {key: frozenset(m.id for one in readings[key] for m in members_of(one)) for key in new}
        self.ever.update(ever)
        self._reports.update({name: key for key, ids in ever.items() for name in ids})
        ids = sorted({name for names in ever.values() for name in names})
        for act, word in self._source.judgements_on(ids).items():
            self._words[act] = word
            for end in (word.left, word.right):
                self._on.setdefault(end, set()).add(act)
        revisions = self._source.revisions_on([*ids, *(key[:12] for key in new)])
        about: dict[str, list[Revision]] = {}
        for act, revision in sorted(revisions.items()):
            about.setdefault(revision.of.partition("/")[0], []).append(revision)
            self.acts[revision.of, revision] = act
        for key in new:
            on_ids = [word for name in sorted(ever[key]) for word in about.get(name, ())]
            on_claims = [word for word in about.get(key[:12], ()) if "/" in word.of]
            self._settle(key, ground(readings[key], self.words_on(ever[key]), [*on_ids, *on_claims]))

    def _settle(self, key: str, found: Ground) -> None:
        self.grounds[key] = found
        self.members.update(found.members)
        self.aliases.update(found.aliases)
        for was, now in found.aliases.items():
            self._names.setdefault(now, {now}).add(was)


def _joins(word: Judgement) -> bool:
    if word.verdict == "different":
        return False
    return word.verdict == "same" if by_person(word) else (word.score or 0.0) >= JOIN


def _part(walk: _Walk, reached: set[str], fresh: frozenset[str], policy: Policy) -> Part:
    members = walk.members
    names = {name for member in reached for name in walk.names(member)}
    said = [renamed(word, walk.aliases) for word in walk.words_on(names)]
    kin = {name: members[name].recorded.report_key for name in reached}
    reports = sorted({*kin.values(), *fresh})
    about = [pair for key in reports for pair in walk.grounds[key].words]
    words = Revised(about)
    acts: dict[str, list[tuple[str, int]]] = {}
    for of, word in about:
        acts.setdefault(of.partition("/")[0], []).append((of, walk.acts[word.of, word]))
    derived = []
    for group in cluster(sorted(reached), said, kin):
        one, stands = incident_of([members[name] for name in group], policy, words)
        keys = tuple((name, members[name].recorded.key) for name in group)
        derived.append(Derived(one, stands, keys, _said_of(group, kin, acts)))
    heirs = {m.id: one.incident.id for one in derived if one.stands for m in one.incident.members}
    taken = {m.id: one.incident.id for one in derived if not one.stands for m in one.incident.members}
    heirs.update({was: heirs[now] for now in sorted(reached) if now in heirs for was in walk.names(now) if was != now})
    ever = {name for key in fresh for name in walk.ever[key]}
    standing = [one for key in sorted(fresh) for one in walk.grounds[key].standing.values()]
    running = [
        Beside(total, one.report_key, one.key, tuple(p for p in acts.get(one.report_key[:12], ()) if p[0] == total.id))
        for one in standing
        for total in running_of([one], words)
    ]
    return Part(tuple(derived), frozenset(names | ever), heirs, taken, walk.aliases, fresh, tuple(running))


def _said_of(
    group: Iterable[str], kin: Mapping[str, str], acts: Mapping[str, list[tuple[str, int]]]
) -> tuple[tuple[str, int], ...]:
    places = sorted({place for name in group for place in (name, kin[name][:12])})
    return tuple(sorted({pair for place in places for pair in acts.get(place, ())}))
