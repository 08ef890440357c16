"""What came on which day at which point of the map, kept from act to act: only points that moved are made anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marsad.ledger.columns import NO_DAY, columns_of
from marsad.serve.address import View
from marsad.serve.answers import selected
from marsad.serve.desk import Shelf
from marsad.serve.groups import FIGURES, Groups, answers_of, groups_of, regrouped
from marsad.serve.moving import Moved, Question, answered
from marsad.store.kept import Kept
from marsad.store.kept_sums import Sum
from marsad.vocabulary import Harm

BY = ("point", "day")
WHERE = ("place", "admin1", "country", "latitude", "longitude", "geoprecision", "radius_km")
NAMED = ("day", "incidents", "low", "best", "high")
Figures = tuple[int, int, int]
"""Low, best and high; what has no upper end counts with its best figure."""


@dataclass(slots=True)
class Point:
    """One point: how many incidents, what they come to, and both by day (`columns.NO_DAY` where none is known)."""

    incidents: int
    figures: Figures
    days: tuple[tuple[int, int, int, int, int], ...]
    _words: tuple[int, tuple[str, ...]] | None = field(default=None, compare=False)

    def words(self, first: int) -> tuple[str, ...]:
        """Return the columns `NAMED` of its days as the inside of JSON lists; days count from `first`, -1 is none."""
        if self._words is None or self._words[0] != first:
            days, *others = zip(*self.days, strict=True)
            columns = [[-1 if day == NO_DAY else day - first for day in days], *others]
            self._words = first, tuple(",".join(map(str, column)) for column in columns)
        return self._words[1]


@dataclass(frozen=True, slots=True)
class Told:
    """All points of a view by their keys, in one harm, and the groups that they were made of."""

    groups: Groups
    points: dict[str, Point]


def told_of(shelf: Shelf, view: View, harm: Harm) -> Told:
    """Return what the map of a view tells."""
    answers = answers_of(shelf, view)
    if answers is None:
        return _told(groups_of(shelf, view, *BY), harm)
    wanted = view.selection

    def make(kept: Kept) -> Told:
        return _told(kept.grouped(BY, kept.chosen(wanted, walked=True), kept.used_harms()), harm)

    def move(_: Kept, told: Told, moved: Moved) -> Told:
        groups = regrouped(told.groups, moved, BY)
        points = {row.point for row in (*moved.gone, *moved.come)}
        fresh = _points(((key, each) for key, each in groups.items() if key[0] in points), harm)
        kept_on = {key: point for key, point in told.points.items() if key not in points}
        return Told(groups, kept_on | fresh)

    found: Told = answered(shelf, answers, Question(("map", harm), wanted, (*BY, *FIGURES), make, move))
    return found


def places_of(shelf: Shelf, view: View) -> dict[str, tuple[Any, ...]]:
    """Return the columns `WHERE` of every point, from one incident there: the one that was put into the tables last."""
    answers = answers_of(shelf, view)
    if answers is None:
        told = (columns_of(one) for one in selected(shelf, view))
        return {one["point"]: tuple(one[name] for name in WHERE) for one in told if one["point"] is not None}
    wanted, columns = view.selection, ("number", "point", *WHERE)

    def make(kept: Kept) -> dict[str, Any]:
        return _latest(kept.last_at(columns, wanted))

    def move(kept: Kept, places: dict[str, Any], moved: Moved) -> dict[str, Any]:
        gone = {row.number for row in moved.gone}
        lost = [point for point, row in places.items() if row.number in gone]
        fresh = _latest(moved.come)
        # Whatever came was put in after all that was there.
        again = _latest(kept.last_at(columns, wanted, [point for point in lost if point not in fresh]))
        return {point: row for point, row in places.items() if row.number not in gone} | again | fresh

    found = answered(shelf, answers, Question("places", wanted, columns, make, move))
    return {point: tuple(row)[2:] for point, row in found.items()}


def _latest(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.point: row for row in sorted(rows, key=lambda row: int(row.number)) if row.point is not None}


def _told(groups: Groups, harm: Harm) -> Told:
    return Told(groups, _points(groups.items(), harm))


def _points(groups: Iterable[tuple[tuple[Any, ...], tuple[int, Mapping[Harm, Sum]]]], harm: Harm) -> dict[str, Point]:
    days: dict[str, list[tuple[int, int, int, int, int]]] = {}
    for (point, day), (number, sums) in groups:
        if point is not None:
            days.setdefault(point, []).append((day, number, *_figures(sums, harm)))
    return {point: _point(told) for point, told in days.items()}


def _point(told: list[tuple[int, int, int, int, int]]) -> Point:
    _, incidents, low, best, high = (sum(column) for column in zip(*told, strict=True))
    return Point(incidents, (low, best, high), tuple(sorted(told)))


def _figures(sums: Mapping[Harm, Sum], harm: Harm) -> Figures:
    if harm not in sums:
        return 0, 0, 0
    _, is_open, low, best, high = sums[harm]
    return low, best, best if is_open else high
