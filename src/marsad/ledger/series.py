"""Reads running totals as what they are: one counter over time, with its steps, its phases and its slips."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.tolls import add_up, first_day, victims_name
from marsad.model import Figure
from marsad.vocabulary import Harm

StepKind = Literal["first", "rise", "standstill", "retroactive", "correction", "restart", "swap", "slip"]
RESTART = 0.5
"""A counter that falls below this share of itself, and stays below, starts anew: no correction is as large."""


@dataclass(frozen=True, slots=True)
class Point:
    """One publication of a counter: the day it is as of, the total, the toll given with it, and where it stands."""

    day: date
    total: int
    added: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """How a counter came to a point: `change` from the point before, `unexplained` is what goes beyond the day's toll.

    `swap` and `slip` are points that the next one takes back (two digits changed places; any other error): the step
    after them is counted from the last point that stands.
    """

    kind: StepKind
    point: Point
    change: int
    unexplained: int | None
    phase: int


@dataclass(frozen=True, slots=True)
class Series:
    """One counter: whose word, which harm to whom, where, since when; its steps; and what incidents do not explain."""

    voice: str
    harm: Harm
    whom: str
    where: str
    since: date | None
    steps: tuple[Step, ...]
    remainder: Figure | None = None


def steps_of(points: Iterable[Point]) -> list[Step]:
    """Return the steps of a counter, by day; of several publications on one day the last in order is taken."""
    by_day = {point.day: point for point in sorted(points, key=lambda p: (p.day, p.total, p.ref))}
    ordered = [by_day[day] for day in sorted(by_day)]
    steps: list[Step] = []
    standing: Point | None = None
    phase = 1
    for index, point in enumerate(ordered):
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        kind = _kind(standing, point, after)
        phase += kind == "restart"
        change = point.total if standing is None or kind == "restart" else point.total - standing.total
        unexplained = None if point.added is None or kind in ("first", "restart") else change - point.added
        if kind == "rise" and unexplained:
            kind = "retroactive" if unexplained > 0 else "rise"
        steps.append(Step(kind, point, change, unexplained, phase))
        if kind not in ("swap", "slip"):
            standing = point
    return steps


def series_of(ledger: Ledger) -> tuple[Series, ...]:
    """Return the counters that the ledger's running totals make up, each with what its incidents leave unexplained."""
    groups: dict[tuple[str, Harm, str, str, date | None], list[RunningTotal]] = {}
    for one in ledger.running:
        if one.claim.scope == "cumulative" and one.claim.count.stated is not None and _day(one) is not None:
            groups.setdefault(_counter(one), []).append(one)
    found = []
    for (voice, harm, whom, where, since), totals in sorted(groups.items(), key=str):
        steps = steps_of(_points(totals))
        left = remainder(ledger, totals, harm, where, since, steps)
        found.append(Series(voice, harm, whom, where, since, tuple(steps), left))
    return tuple(found)


def remainder(
    ledger: Ledger,
    totals: Sequence[RunningTotal],
    harm: Harm,
    where: str,
    since: date | None,
    steps: Sequence[Step],
) -> Figure | None:
    """Return the newest standing total less what the incidents of its place and window come to; None without start."""
    standing = [step.point for step in steps if step.kind not in ("swap", "slip")]
    if since is None or not standing:
        return None
    newest = max(standing, key=lambda point: point.day)
    count = next(one.claim.count for one in totals if one.id == newest.ref)
    inside = [i for i in ledger.incidents if harm in i.tolls and _inside(i, where, since, newest.day)]
    explained = add_up({harm: [incident.tolls[harm] for incident in inside]}).get(harm, Figure(0, 0, 0))
    low = 0 if explained.high is None else max(0, count.low - explained.high)
    best = max(low, count.best - explained.best)
    return Figure(low, best, None if count.high is None else max(best, count.high - explained.low))


def _kind(standing: Point | None, point: Point, after: Point | None) -> StepKind:
    if standing is None:
        return "first"
    if after is not None and standing.total <= after.total and _is_taken_back(standing, point, after):
        return "swap" if _swapped_between(point.total, standing.total, after.total) else "slip"
    if point.total < standing.total:
        return "restart" if point.total < RESTART * standing.total else "correction"
    return "rise" if point.total > standing.total else "standstill"


def _is_taken_back(standing: Point, point: Point, after: Point) -> bool:
    """Say whether a point lies outside of its neighbours, which themselves stand in order."""
    return point.total < standing.total or point.total > after.total


def _swapped_between(total: int, low: int, high: int) -> bool:
    digits = str(total)
    swaps = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    return any(low <= int(swap) <= high for swap in swaps if swap != digits)


def _counter(one: RunningTotal) -> tuple[str, Harm, str, str, date | None]:
    claim = one.claim
    voice = claim.according_to
    name = (voice.actor.name if voice.actor else voice.text) if voice else one.report.publisher or "unknown"
    where = (claim.where.name or claim.where.text or "") if claim.where else ""
    return name, claim.harm, victims_name(claim.victims), where, claim.when.start if claim.when else None


def _day(one: RunningTotal) -> date | None:
    return one.report.published or (one.claim.when.end if one.claim.when else None)


def _points(totals: Iterable[RunningTotal]) -> Iterator[Point]:
    for one in totals:
        day, stated = _day(one), one.claim.count.stated
        if day is not None and stated is not None:
            yield Point(day, stated, None, one.id)


def _inside(incident: LedgerIncident, where: str, since: date, until: date) -> bool:
    day = first_day(incident)
    if day is None or not since <= day <= until:
        return False
    place = incident.where
    if not where:
        return True
    return place is not None and where in (place.name, place.text, place.admin1, place.admin2, place.country)
