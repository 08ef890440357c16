"""Reads running totals as what they are: one counter over time, with its steps, its phases and its slips."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.tolls import add_up, first_day, victim_shares, victims_name
from marsad.model import Claim, Figure
from marsad.vocabulary import Harm

StepKind = Literal[
    "first", "rise", "standstill", "retroactive", "short", "gap", "correction", "restart", "swap", "slip"
]
Counter = tuple[str, Harm, str, str, date | None]
"""What makes one counter: whose word, which harm, to whom, where, since when."""
RESTART = 0.5
"""A counter that falls below this share of itself, and stays below, starts anew: no correction is as large."""
SWAPS = 1000
"""From this total on, two digits that would fit if they changed places did so: in smaller ones many do by chance."""
COUNTRY = 6
"""UCDP's where_prec of a place that is a country."""
TOLD_WITHIN = 3
"""How many days a toll told beside a running total may span to be the toll that was last added to it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One publication of a counter: the day it is as of, the total, and where it stands.

    `added` is the toll told with it, of the last `covers` days.
    """

    day: date
    total: int
    added: int | None = None
    ref: str = ""
    covers: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """How a counter came to a point: `change` from the point before, `unexplained` is what goes beyond the toll told.

    `retroactive`: more was added than the toll told with it, so older dead were; `short`: less was; `gap`: days that
    nobody told of lie between. `swap` and `slip` are points that the next one takes back (two digits changed places;
    any other error): the step after them is counted from the last point that stands.
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
        if standing is not None and unexplained and kind in ("rise", "standstill"):
            kind = _explained(unexplained, point, standing)
        steps.append(Step(kind, point, change, unexplained, phase))
        if kind not in ("swap", "slip"):
            standing = point
    return steps


def series_of(ledger: Ledger) -> tuple[Series, ...]:
    """Return the counters that the ledger's running totals make up, each with what its incidents leave unexplained."""
    groups: dict[Counter, list[RunningTotal]] = {}
    for one in ledger.running:
        if one.claim.scope == "cumulative" and one.claim.count.stated is not None and _day(one) is not None:
            groups.setdefault(_counter(one), []).append(one)
    found = []
    for counter, totals in sorted(_with_their_base(groups).items(), key=str):
        steps = steps_of(_points(totals, ledger))
        found.append(Series(*counter, tuple(steps), remainder(ledger, totals, counter, steps)))
    return tuple(found)


def remainder(ledger: Ledger, totals: Sequence[RunningTotal], counter: Counter, steps: Sequence[Step]) -> Figure | None:
    """Return the newest standing total less what the incidents of its people, place and window come to.

    None where the counter gives no day to start from.
    """
    _, harm, _, _, since = counter
    standing = [step.point for step in steps if step.kind not in ("swap", "slip")]
    if since is None or not standing:
        return None
    newest = max(standing, key=lambda point: point.day)
    claim = next(one.claim for one in totals if one.id == newest.ref)
    told = [figure for _, figure in _explaining(ledger, claim, counter, newest.day)]
    explained = add_up({harm: told}).get(harm, Figure(0, 0, 0)) if told else Figure(0, 0, 0)
    count = claim.count
    low = 0 if explained.high is None else max(0, count.low - explained.high)
    best = max(low, count.best - explained.best)
    return Figure(low, best, None if count.high is None else max(best, count.high - explained.low))


def explained(ledger: Ledger, series: Series) -> tuple[Figure | None, ...]:
    """Return, for each step, what the incidents of its people and place come to from the base day until its day.

    None where the counter gives no day to start from.
    """
    claims = {one.id: one.claim for one in ledger.running}
    claim = claims.get(series.steps[-1].point.ref) if series.steps else None
    if series.since is None or claim is None:
        return (None,) * len(series.steps)
    counter = (series.voice, series.harm, series.whom, series.where, series.since)
    told = sorted(_explaining(ledger, claim, counter, max(step.point.day for step in series.steps)), key=_told_day)
    out: list[Figure | None] = []
    for step in series.steps:
        until = [figure for day, figure in told if day <= step.point.day]
        out.append(add_up({series.harm: until})[series.harm] if until else Figure(0, 0, 0))
    return tuple(out)


def _told_day(told: tuple[date, Figure]) -> date:
    return told[0]


def _explaining(ledger: Ledger, claim: Claim, counter: Counter, until: date) -> list[tuple[date, Figure]]:
    """Return the days and figures of the incidents that a counter counts, from its base day until a day."""
    _, harm, whom, where, since = counter
    names = _names_of(where, claim)
    everybody = claim.victims.actor is None and claim.victims.status in ("unknown", "mixed")
    out: list[tuple[date, Figure]] = []
    for one in ledger.incidents:
        day = first_day(one)
        if harm in one.tolls and day is not None and since is not None and _inside(one, names, since, until):
            figure = one.tolls[harm] if everybody else victim_shares(one, harm).get(whom)
            out += [(day, figure)] if figure is not None else []
    return out


def _with_their_base(groups: dict[Counter, list[RunningTotal]]) -> dict[Counter, list[RunningTotal]]:
    """Put a counter that names no base date to the one like it that does, where there is just one."""
    out = {counter: list(totals) for counter, totals in groups.items() if counter[-1] is not None}
    for counter, totals in groups.items():
        if counter[-1] is None:
            like = [one for one in out if one[:-1] == counter[:-1] and one[-1] is not None]
            out.setdefault(like[0] if len(like) == 1 else counter, []).extend(totals)
    return out


def _kind(standing: Point | None, point: Point, after: Point | None) -> StepKind:
    if standing is None:
        return "first"
    if after is not None and _is_outside(standing, point, after):
        far_out = _is_far_out(standing, point, after)
        if (far_out or after.total >= SWAPS) and _swapped_between(point.total, standing.total, after.total):
            return "swap"
        if far_out:
            return "slip"
    if point.total < standing.total:
        return "restart" if point.total < RESTART * standing.total else "correction"
    return "rise" if point.total > standing.total else "standstill"


def _is_outside(standing: Point, point: Point, after: Point) -> bool:
    """Say whether a point lies outside of its neighbours, which themselves stand in order."""
    return standing.total <= after.total and not standing.total <= point.total <= after.total


def _is_far_out(standing: Point, point: Point, after: Point) -> bool:
    """Say whether a point lies further out than its neighbours lie apart: a correction lies nearer."""
    return max(standing.total - point.total, point.total - after.total) > after.total - standing.total


def _explained(unexplained: int, point: Point, standing: Point) -> StepKind:
    """Return what a change is that differs from the toll told with it."""
    if unexplained < 0:
        return "short"
    return "gap" if (point.day - standing.day).days > point.covers else "retroactive"


def _swapped_between(total: int, low: int, high: int) -> bool:
    # A zero that came to the front was not written.
    digits = str(total).zfill(len(str(high)))
    swaps = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    return any(low <= int(swap) <= high for swap in swaps if swap != digits)


def _counter(one: RunningTotal) -> Counter:
    claim = one.claim
    voice = claim.according_to
    name = (voice.actor.name if voice.actor else voice.text) if voice else one.report.publisher or "unknown"
    where = (claim.where.name or claim.where.text or "") if claim.where else ""
    return name, claim.harm, victims_name(claim.victims), where, claim.when.start if claim.when else None


def _day(one: RunningTotal) -> date | None:
    return one.report.published or (one.claim.when.end if one.claim.when else None)


def _points(totals: Iterable[RunningTotal], ledger: Ledger) -> Iterator[Point]:
    told_beside: dict[str, list[Claim]] = {}
    for reading in ledger.readings.values():
        for claim in reading.reading.claims:
            if claim.scope == "period" and claim.modality == "asserted":
                told_beside.setdefault(reading.report_key[:12], []).append(claim)
    for one in totals:
        day, stated = _day(one), one.claim.count.stated
        if day is not None and stated is not None:
            beside = [c for c in told_beside.get(one.id.partition("/")[0], ()) if _is_last_added(c, one.claim, day)]
            known = beside[0] if len({(c.count.stated, _days(c)) for c in beside}) == 1 else None
            added, covers = (known.count.stated, _days(known)) if known else (None, 1)
            yield Point(day, stated, added, one.id, covers)


def _is_last_added(beside: Claim, total: Claim, day: date) -> bool:
    """Say whether a sum over a few days is the toll that was last added to a running total of the same report."""
    when = beside.when
    if when is None or when.start is None or when.end is None or beside.harm != total.harm:
        return False
    names = {claim.where.name or claim.where.text for claim in (beside, total) if claim.where}
    return _days(beside) <= TOLD_WITHIN and abs((day - when.end).days) <= 1 and len(names) <= 1


def _days(claim: Claim) -> int:
    when = claim.when
    return max(1, (when.end - when.start).days) if when and when.start and when.end else 1


def _names_of(where: str, claim: Claim) -> frozenset[str]:
    """Return the names that a place of a counter goes by; of a country also its code, as incidents keep it."""
    place = claim.where
    code = place.country if place and place.geoprecision == COUNTRY else None
    return frozenset(name for name in (where, code) if name)


def _inside(incident: LedgerIncident, names: frozenset[str], since: date, until: date) -> bool:
    day = first_day(incident)
    if day is None or not since <= day <= until:
        return False
    place = incident.where
    if not names:
        return True
    known = () if place is None else (place.name, place.text, place.admin1, place.admin2, place.country)
    return any(name in names for name in known)
