"""Finds which incidents of two counts are one event, by link's own measure of how well two incidents agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad.ledger import LedgerIncident
from marsad.link.match import agreement
from marsad.link.tellings import Scene
from marsad.resolve.where_score import distance_km

ENOUGH = 2.5
"""Place and day agree though the figures differ, or province, day and figure do (marsad.link.match counts them)."""
SAME = 10.0
"""The points of what needs no comparison: above any that place, day and figures can give."""
FAR_DAYS = 3
NEAR_KM = 15.0
"""Two coders' points of one place lie this near; one of them may stand on the town, the other on its edge."""
TOWN = 3
LONG = 31
"""Days from which on an incident is no event of a day: it is compared with all of its country."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two incidents that are one, by id, how well they agree, and why."""

    left: LedgerIncident
    right: LedgerIncident
    points: float
    why: tuple[str, ...]


def match(
    lefts: Sequence[LedgerIncident], rights: Sequence[LedgerIncident], judged: Iterable[tuple[str, str]] = ()
) -> list[Pair]:
    """Return the pairs, each incident in at most one, in the order of `lefts`; what was judged to be one comes first.

    Whatever the order of the incidents, the pairs are the same: best agreement first, ties by id.
    """
    left, right = {one.id: one for one in lefts}, {one.id: one for one in rights}
    found = {
        (a, b): Pair(left[a], right[b], SAME, ("judged to be one",)) for a, b in judged if a in left and b in right
    }
    found |= {pair: Pair(left[pair[0]], right[pair[1]], SAME, ("the same report",)) for pair in _shared(lefts, rights)}
    for one, other in _near(lefts, rights):
        points = _points(one, other)
        if points >= ENOUGH:
            found.setdefault((one.id, other.id), Pair(one, other, points, _why(one, other)))
    taken: set[str] = set()
    chosen = []
    for pair in sorted(found.values(), key=lambda p: (-p.points, _apart(p.left, p.right), p.left.id, p.right.id)):
        names = {f"l{pair.left.id}", f"r{pair.right.id}"}
        if not names & taken:
            taken |= names
            chosen.append(pair)
    order = {one.id: at for at, one in enumerate(lefts)}
    return sorted(chosen, key=lambda pair: order[pair.left.id])


def _shared(lefts: Sequence[LedgerIncident], rights: Sequence[LedgerIncident]) -> Iterable[tuple[str, str]]:
    """Yield the pairs that rest on one report's incident: two ledgers that read the same report."""
    by_member = {member.id: one.id for one in rights for member in one.members}
    for one in lefts:
        for member in one.members:
            if member.id in by_member:
                yield one.id, by_member[member.id]


def _near(
    lefts: Sequence[LedgerIncident], rights: Sequence[LedgerIncident]
) -> Iterable[tuple[LedgerIncident, LedgerIncident]]:
    """Yield the pairs of one country whose days lie near."""
    by_day: dict[tuple[str | None, date], list[LedgerIncident]] = {}
    long: dict[str | None, list[LedgerIncident]] = {}
    for one in rights:
        days = _days(one)
        if days is None:
            continue
        if (days[1] - days[0]).days > LONG:
            long.setdefault(_country(one), []).append(one)
            continue
        for ahead in range(-FAR_DAYS, (days[1] - days[0]).days + FAR_DAYS + 1):
            by_day.setdefault((_country(one), days[0] + timedelta(days=ahead)), []).append(one)
    for one in lefts:
        days = _days(one)
        if days is None:
            continue
        span = min((days[1] - days[0]).days, LONG)
        found = {r.id: r for at in range(span + 1) for r in by_day.get((_country(one), days[0] + timedelta(at)), ())}
        for other in (*found.values(), *long.get(_country(one), ())):
            yield one, other


def _points(one: LedgerIncident, other: LedgerIncident) -> float:
    left, right = scene_of(one), scene_of(other)
    if _is_near(one, other):
        right = replace(right, place=left.place)
    return agreement(left, right)


def scene_of(one: LedgerIncident) -> Scene:
    """Return an incident as link compares it."""
    where, days = one.where, _days(one)
    best: Mapping[str, int] = {harm: figure.best for harm, figure in one.tolls.items()}
    return Scene(
        id=one.id,
        place=(where.gazetteer_id or where.name) if where else None,
        name=where.name if where else None,
        country=where.country if where else None,
        province=where.admin1 if where else None,
        precision=where.geoprecision if where else None,
        start=days[0] if days else None,
        end=days[1] if days else None,
        killed=best.get("killed"),
        injured=best.get("injured"),
    )


def _is_near(one: LedgerIncident, other: LedgerIncident) -> bool:
    a, b = one.where, other.where
    if a is None or b is None or max(a.geoprecision or TOWN, b.geoprecision or TOWN) > TOWN:
        return False
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude) <= NEAR_KM


def _why(one: LedgerIncident, other: LedgerIncident) -> tuple[str, ...]:
    left, right = scene_of(one), scene_of(other)
    why = []
    if left.place and (left.place == right.place or _is_near(one, other)):
        why.append("the same place")
    elif left.province and left.province == right.province:
        why.append("the same province")
    days = _apart_days(one, other)
    why.append("the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart")
    if left.killed is not None and left.killed == right.killed:
        why.append("as many killed")
    return tuple(why)


def _apart(one: LedgerIncident, other: LedgerIncident) -> tuple[int, int]:
    """Return how far two incidents are apart in figures and days: of equal pairs the nearest are taken."""
    killed = [incident.tolls["killed"].best if "killed" in incident.tolls else 0 for incident in (one, other)]
    return abs(killed[0] - killed[1]), _apart_days(one, other)


def _apart_days(one: LedgerIncident, other: LedgerIncident) -> int:
    a, b = _days(one), _days(other)
    if a is None or b is None:
        return 0
    return max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)


def _days(one: LedgerIncident) -> tuple[date, date] | None:
    when = one.when
    start, end = (when.start or when.end, when.end or when.start) if when else (None, None)
    return (start, end) if start and end else None


def _country(one: LedgerIncident) -> str | None:
    return one.where.country if one.where else None
