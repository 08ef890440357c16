"""Tolls over time as bars: one strip for all, one for each of the sides most blamed; drawn by the template as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from marsad.ledger import LedgerIncident
from marsad.ledger.tolls import add_up, first_day, perpetrators_name
from marsad.model import Figure
from marsad.serve.address import View
from marsad.serve.says import day_words
from marsad.vocabulary import Harm

Unit = Literal["day", "week", "month"]
SIDES = 5
WIDTH, TALL, LOW = 960.0, 130.0, 44.0
MOST_DAYS, MOST_WEEKS = 93, 93 * 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its box, the reach of its doubt (y of high and low), what it says, and where it leads."""

    x: float
    y: float
    width: float
    height: float
    top: float
    bottom: float
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of bars over the time axis; `largest` is the best figure of its highest bar."""

    name: str
    total: Figure
    height: float
    bars: tuple[Bar, ...]
    largest: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The strips over one time axis, its ticks (x, words), and the figures as a table for those who cannot see it."""

    unit: Unit
    strips: tuple[Strip, ...]
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, Figure], ...]
    width: float = WIDTH


def chart_of(incidents: Iterable[LedgerIncident], harm: Harm, view: View) -> Chart | None:
    """Return the chart of one harm; None where no incident of it has a day."""
    told = [(day, one) for one in incidents if harm in one.tolls and (day := first_day(one)) is not None]
    if not told:
        return None
    first, last = min(day for day, _ in told), max(day for day, _ in told)
    unit = _unit(first, last)
    axis = _axis(_start(first, unit), last, unit)
    sides: dict[str, list[tuple[date, LedgerIncident]]] = {}
    for day, one in told:
        sides.setdefault(perpetrators_name(one.perpetrators), []).append((day, one))
    ordered = sorted(sides, key=lambda name: (-sum(one.tolls[harm].best for _, one in sides[name]), name))
    whole = _Strip(axis, unit, harm, view)
    strips = [whole.of("all", told, TALL)] + [whole.of(name, sides[name], LOW) for name in ordered[:SIDES]]
    rows = tuple((_label(start, unit), figure) for start, figure in whole.figures(told).items())
    return Chart(unit, tuple(strips), _ticks(axis, unit), rows)


class _Strip:
    def __init__(self, axis: list[date], unit: Unit, harm: Harm, view: View) -> None:
        self._at = {day: number for number, day in enumerate(axis)}
        self._step = WIDTH / len(axis)
        self._unit: Unit = unit
        self._harm: Harm = harm
        self._view = view

    def figures(self, told: list[tuple[date, LedgerIncident]]) -> dict[date, Figure]:
        groups: dict[date, list[Figure]] = {}
        for day, one in told:
            groups.setdefault(_start(day, self._unit), []).append(one.tolls[self._harm])
        return {start: add_up({self._harm: groups[start]})[self._harm] for start in sorted(groups)}

    def of(self, name: str, told: list[tuple[date, LedgerIncident]], height: float) -> Strip:
        figures = self.figures(told)
        total = add_up({self._harm: [one.tolls[self._harm] for _, one in told]})[self._harm]
        reach = max(max(f.best, f.high or 0) for f in figures.values()) or 1
        who = None if name in ("all", "unknown") else name
        bars = tuple(self._bar(start, figure, reach, height, who) for start, figure in figures.items())
        return Strip(name, total, height, bars, max(f.best for f in figures.values()))

    def _bar(self, start: date, figure: Figure, reach: int, height: float, who: str | None) -> Bar:
        def y(people: int) -> float:
            return round(height - height * people / reach, 1)

        inset = min(1.5, self._step * 0.15)
        end = _next(start, self._unit) - timedelta(days=1)
        high = figure.best if figure.high is None else figure.high
        reached = f"{figure.low:,} to {high:,}{'' if figure.high is not None else ' or more'}"
        named = who or self._view.words.get("perpetrator")
        return Bar(
            round(self._at[start] * self._step + inset, 2), y(figure.best),
            round(max(self._step - 2 * inset, 1.0), 2), round(height * figure.best / reach, 1),
            y(high), y(figure.low),
            f"{_label(start, self._unit)}: {figure.best:,} {self._harm} ({reached})",
            "/incidents" + self._view.query(since=start, until=end, perpetrator=named),
        )  # fmt: skip


def _unit(first: date, last: date) -> Unit:
    days = (last - first).days
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS else "month"


def _start(day: date, unit: Unit) -> date:
    if unit == "day":
        return day
    return day - timedelta(days=day.weekday()) if unit == "week" else day.replace(day=1)


def _next(day: date, unit: Unit) -> date:
    if unit == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=1 if unit == "day" else 7)


def _axis(first: date, last: date, unit: Unit) -> list[date]:
    axis = [first]
    while (after := _next(axis[-1], unit)) <= last:
        axis.append(after)
    # A lone bar as wide as the page would shout.
    while len(axis) < 14:
        axis.append(_next(axis[-1], unit))
    return axis


def _label(start: date, unit: Unit) -> str:
    if unit == "month":
        return f"{start:%B %Y}"
    return day_words(start) if unit == "day" else f"week of {day_words(start)}"


def _ticks(axis: list[date], unit: Unit) -> tuple[tuple[float, str], ...]:
    every = max(1, -(-len(axis) // 7))
    form = "%b %Y" if unit == "month" else "%d %b %Y"
    step = WIDTH / len(axis)
    return tuple(
        (round(at * step, 1), f"{axis[at]:{form}}") for at in range(0, len(axis), every) if at * step < WIDTH - 70
    )
