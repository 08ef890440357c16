"""Decides what is worth an alert: a pure function of two ledgers, of what was told before, and of the rules.

A rule tells of an incident when its toll reaches the rule's; then again when it has risen by as much as the rule asks
since it was last told, however many steps that took; and when what was told fell or was taken back. Within the quiet
period nothing is told twice: the news waits for its end, and only what then still holds is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from marsad.ledger import Changes, Ledger, LedgerIncident, RunningTotal, Selection, Series, select
from marsad.ledger.record import digest
from marsad.model import Figure
from marsad.watch.sources import Rule

Kind = Literal["new", "rise", "fall", "withdrawn", "series"]
NOBODY = Figure(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule takes a subject's figure to be: as it last told, or as it was before (`told` None)."""

    figure: Figure
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell by a rule: of an incident, or of a running total; `figure` is None for what was withdrawn.

    `last` is when the rule last told of it.
    """

    rule: Rule
    kind: Kind
    subject: str
    before: Figure
    figure: Figure | None
    last: datetime | None = None
    incident: LedgerIncident | None = None
    series: Series | None = None
    running: RunningTotal | None = None

    @property
    def id(self) -> str:
        """The id of the alert: the same for the same news, whoever derives it again."""
        figure = [self.figure.low, self.figure.best, self.figure.high] if self.figure else None
        return "a" + digest([self.rule.name, self.kind, self.subject, figure, self.last and self.last.isoformat()])[:15]


@dataclass(slots=True)
class Memory:
    """What one rule remembers: figures by subject, and subjects whose news waits for the end of a quiet period."""

    known: dict[str, Known] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """Two ledgers, what changed from the one to the other, and the time by the clock."""

    before: Ledger
    after: Ledger
    changes: Changes
    series_before: tuple[Series, ...]
    series_after: tuple[Series, ...]
    now: datetime


def decide(rule: Rule, memory: Memory, moment: Moment) -> list[News]:
    """Return what a rule tells now, in the ledger's order; `memory` is brought up to date."""
    memory.known = _by_heirs(memory.known, moment.after)
    memory.held = {moment.after.heirs.get(name, name): until for name, until in memory.held.items()}
    wanted = {one.id for one in _selected(rule, moment)}
    old = dict(_before_by_id(moment.changes))
    out = list(_withdrawn(rule, memory, moment))
    for one in moment.after.incidents:
        due = one.id in memory.held and memory.held[one.id] <= moment.now
        if one.id in wanted and (one.id in old or due):
            out += _news(rule, memory, moment, one, old.get(one.id))
    if rule.series_rise:
        out += _series_news(rule, memory, moment)
    # What was held until now and is not told now holds no longer.
    memory.held = {name: until for name, until in memory.held.items() if until > moment.now}
    return out


def _before_by_id(changes: Changes) -> Iterator[tuple[str, LedgerIncident | None]]:
    yield from ((one.id, None) for one in changes.added)
    yield from ((one.after.id, one.before) for one in changes.altered)


def _by_heirs(known: Mapping[str, Known], after: Ledger) -> dict[str, Known]:
    """Return what is known under the ids of today; of incidents that became one, what was told of the largest."""
    out: dict[str, Known] = {}
    for name, one in sorted(known.items()):
        heir = after.heirs.get(name, name)
        there = out.get(heir)
        if there is None or _weight(one) > _weight(there):
            out[heir] = one
    return out


def _weight(one: Known) -> tuple[bool, int, str]:
    return one.told is not None, one.figure.best, one.told.isoformat() if one.told else ""


def _selected(rule: Rule, moment: Moment) -> Iterable[LedgerIncident]:
    since = None if rule.within is None else (moment.now - rule.within).date()
    chosen = Selection(
        since=since, place=rule.place, perpetrator=rule.actor, min_sources=rule.min_sources, victims=rule.victims,
        means=rule.means,
    )  # fmt: skip
    found = select(moment.after, chosen)
    return [one for one in found if not rule.country or (one.where and one.where.country in rule.country)]


def _news(
    rule: Rule, memory: Memory, moment: Moment, one: LedgerIncident, before: LedgerIncident | None
) -> Iterator[News]:
    figure = one.tolls.get(rule.harm, NOBODY)
    known = memory.known.setdefault(one.id, Known(before.tolls.get(rule.harm, NOBODY) if before else NOBODY))
    kind = _kind(rule, known, figure)
    if kind is not None and not _is_its_turn(rule, memory, one.id, known, moment.now):
        return
    memory.held.pop(one.id, None)
    if kind is None:
        return
    if kind in rule.on:
        memory.known[one.id] = Known(figure, moment.now)
        yield News(rule, kind, one.id, known.figure, figure, known.told, one)
    else:
        # Not to be told, and yet what later changes are measured by.
        memory.known[one.id] = Known(figure, known.told)


def _kind(rule: Rule, known: Known, figure: Figure) -> Kind | None:
    rise = figure.best - known.figure.best
    if known.told is None:
        if figure.best < rule.toll or rise < rule.rise:
            return None
        return "new" if known.figure == NOBODY else "rise"
    if rise >= rule.rise:
        return "rise"
    return "fall" if rise < 0 else None


def _is_its_turn(rule: Rule, memory: Memory, subject: str, known: Known, now: datetime) -> bool:
    """Say whether the quiet period is over; while it is not, the subject is held until then."""
    if known.told is None or now >= known.told + rule.quiet:
        return True
    memory.held[subject] = known.told + rule.quiet
    return False


def _withdrawn(rule: Rule, memory: Memory, moment: Moment) -> Iterator[News]:
    for one in moment.changes.withdrawn:
        known = memory.known.pop(one.id, None)
        memory.held.pop(one.id, None)
        if known is not None and known.told is not None and "withdrawn" in rule.on:
            yield News(rule, "withdrawn", one.id, known.figure, None, known.told, one)


def _series_news(rule: Rule, memory: Memory, moment: Moment) -> Iterator[News]:
    before = {series_id(one): one for one in moment.series_before}
    running = {one.id: one for one in moment.after.running}
    for one in moment.series_after:
        subject, total = series_id(one), running.get(_newest(one))
        if total is None or not _is_wanted(rule, one):
            continue
        figure = _figure(total)
        old = before.get(subject)
        start = _figure_of(old, moment.before) if old else NOBODY
        known = memory.known.setdefault(subject, Known(start))
        risen = figure.best - known.figure.best >= rule.series_rise
        if risen and _is_its_turn(rule, memory, subject, known, moment.now):
            memory.held.pop(subject, None)
            memory.known[subject] = Known(figure, moment.now)
            yield News(rule, "series", subject, known.figure, figure, known.told, series=one, running=total)


def series_id(one: Series) -> str:
    """Return the id of a counter: from whose word it is, which harm, to whom, where, since when."""
    since = one.since.isoformat() if one.since else None
    return "s" + digest([one.voice, one.harm, one.whom, one.where, since])[:12]


def _is_wanted(rule: Rule, one: Series) -> bool:
    return one.harm == rule.harm and _holds(rule.place, one.where) and _holds(rule.victims, one.whom)


def _holds(wanted: str | None, words: str) -> bool:
    return wanted is None or wanted.casefold() in words.casefold()


def _newest(one: Series) -> str:
    """Return the id of the running total that stands: the newest one that is no slip."""
    standing = [step.point for step in one.steps if step.kind not in ("swap", "slip")]
    return max(standing, key=lambda point: point.day).ref if standing else ""


def _figure_of(one: Series, ledger: Ledger) -> Figure:
    newest = _newest(one)
    return next((_figure(total) for total in ledger.running if total.id == newest), NOBODY)


def _figure(total: RunningTotal) -> Figure:
    count = total.claim.count
    return Figure(count.low, count.best, count.high)
