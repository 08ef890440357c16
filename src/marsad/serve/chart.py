"""Tolls over time as a chart: bars for all and for each of the sides most blamed, and a strip to choose days from.

Charts are Vega-Lite specifications, made here and drawn by the browser; colours are names of the style sheet. Beside
each stands a table of the same figures, which needs no script.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from marsad.ledger.columns import NO_DAY
from marsad.ledger.tolls import UNKNOWN, add_up
from marsad.model import Figure
from marsad.serve.address import View
from marsad.serve.groups import Groups, figure_in
from marsad.serve.messages import gettext
from marsad.serve.pages import seen
from marsad.serve.says import day_words, month_words
from marsad.serve.terms import term
from marsad.vocabulary import Harm

Unit = Literal["day", "week", "month"]
Spec = dict[str, Any]
SIDES = 5
MOST_DAYS, MOST_WEEKS = 93, 93 * 7
LEAST_BARS = 14
"""A lone bar as wide as the page would shout."""
GAP = 0.12
"""How much of a bar's room is left free on either side."""
Told = list[tuple[date, str, Figure]]
"""What came on a day from a side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table beside the chart: the days, their figure, and where they lead."""

    words: str
    figure: Figure
    address: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over time, and its figures as a table: by day (week, month), and by side."""

    unit: Unit
    spec: Spec
    rows: tuple[Line, ...]
    sides: tuple[Line, ...]
    first: date
    last: date


def chart_of(groups: Groups, harm: Harm, view: View) -> Chart | None:
    """Return the chart of one harm for the days of the view; `groups` are what came on all days, by day and by side.

    None where no incident of it has a day.
    """
    everything = _told(groups, harm)
    if not everything:
        return None
    since, until = view.selection.since, view.selection.until
    told = [one for one in everything if (not since or one[0] >= since) and (not until or one[0] <= until)]
    days = [one[0] for one in told or everything]
    first, last = since or min(days), until or max(days)
    axis = Axis(min(first, last), max(first, last))
    sides: dict[str, Told] = {}
    for one in told:
        sides.setdefault(one[1], []).append(one)
    sums = {name: _sum(sides[name]) for name in sides}
    ordered = sorted(sides, key=lambda name: (-sums[name].best, name))
    bars = Bars(axis, harm, view)
    panels = [bars.panel("", told, 150)]
    panels += [bars.panel(f"{side_words(name)} · {sums[name].best:,}", sides[name], 38) for name in ordered[:SIDES]]
    rows = tuple(bars.line(start, figure) for start, figure in bars.figures(told).items())
    named = tuple(
        Line(side_words(name), sums[name], "/incidents" + view.query(perpetrator=_named(name))) for name in ordered
    )
    return Chart(axis.unit, {"vconcat": [*panels, _strip(everything, harm, view)]}, rows, named, axis.first, axis.last)


def side_words(name: str) -> str:
    """Return how a side is called where it may be unknown."""
    return gettext("nobody named") if name == UNKNOWN else str(seen(name))


class Axis:
    """Days, weeks or months from a first day to a last one, as many as can be told apart."""

    def __init__(self, first: date, last: date, most_days: int = MOST_DAYS, most_weeks: int = MOST_WEEKS) -> None:
        days = (last - first).days
        self.unit: Unit = "day" if days <= most_days else "week" if days <= most_weeks else "month"
        self.first = self.start(first)
        self.last = last
        steps, end = 1, self.after(self.first)
        while end <= last or steps < LEAST_BARS:
            steps, end = steps + 1, self.after(end)
        self.end = end

    def start(self, day: date) -> date:
        """Return the first day of the bar that a day is in."""
        if self.unit == "day":
            return day
        return day - timedelta(days=day.weekday()) if self.unit == "week" else day.replace(day=1)

    def after(self, start: date) -> date:
        """Return the first day of the next bar."""
        if self.unit == "month":
            return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        return start + timedelta(days=1 if self.unit == "day" else 7)

    def words(self, start: date) -> str:
        """Return what a bar is called."""
        if self.unit == "month":
            return month_words(start)
        day = day_words(start)
        return day if self.unit == "day" else gettext("week of %(day)s") % {"day": day}

    @property
    def format(self) -> str:
        """How the axis writes a day, as d3 spells it: the year only where there are several."""
        return "%-d %b" if self.unit != "month" and self.first.year == self.last.year else "%b %Y"

    def encoding(self, labels: bool = True) -> Spec:
        """Return how days lie on the axis; days are days in UTC wherever they are looked at."""
        axis = {"labels": labels, "ticks": labels, "format": self.format}
        scale = {"type": "utc", "nice": False}
        return {"field": "from", "type": "temporal", "scale": scale, "title": None, "axis": axis}

    def frame(self, labels: bool = True) -> Spec:
        """Return a layer that draws nothing and makes the axis reach from its first day to its last."""
        ends = [{"from": moment(self.first)}, {"from": moment(self.end)}]
        unseen = {"type": "point", "opacity": 0, "tooltip": None}
        return {"data": {"values": ends}, "mark": unseen, "encoding": {"x": self.encoding(labels)}}


class Bars:
    """Makes panels of bars over one axis."""

    def __init__(self, axis: Axis, harm: Harm, view: View) -> None:
        self._axis, self._harm, self._view = axis, harm, view

    def figures(self, told: Told) -> dict[date, Figure]:
        """Return the toll per bar."""
        groups: dict[date, Told] = {}
        for one in told:
            groups.setdefault(self._axis.start(one[0]), []).append(one)
        return {start: _sum(groups[start]) for start in sorted(groups)}

    def line(self, start: date, figure: Figure) -> Line:
        """Return one line of the table."""
        end = self._axis.after(start) - timedelta(days=1)
        since = max(start, self._view.selection.since or start)
        until = min(end, self._view.selection.until or end)
        return Line(self._axis.words(start), figure, "/incidents" + self._view.query(since=since, until=until))

    def panel(self, title: str, told: Told, height: int) -> Spec:
        """Return bars of the best figures, with thin lines from the lowest to the highest."""
        main = not title
        y = {"field": "best", "type": "quantitative", "title": None, "axis": {"tickCount": 4 if main else 2}}
        layers = [
            self._axis.frame(main),
            *bars_and_reach(self._axis.encoding(main), y, "--dead" if main else "--accent"),
        ]
        values = [self._value(start, figure) for start, figure in self.figures(told).items()]
        panel: Spec = {"width": "container", "height": height, "data": {"values": values}, "layer": layers}
        return panel if main else {**panel, "title": {"text": title, "anchor": "start", "offset": 4}}

    def _value(self, start: date, figure: Figure) -> Spec:
        line = self.line(start, figure)
        return {
            **spread(start, self._axis.after(start)), **figure_value(line.words, figure, self._harm, line.address),
        }  # fmt: skip


def _strip(everything: Told, harm: Harm, view: View) -> Spec:
    """Return the strip of all days, in which the days of the view can be drawn, moved and made wider."""
    days = [one[0] for one in everything]
    axis = Axis(min(days), max(days), 400, 2000)
    bars = Bars(axis, harm, view)
    values = [{**spread(start, axis.after(start)), "best": it.best} for start, it in bars.figures(everything).items()]
    since, until = view.selection.since, view.selection.until
    window = {"value": {"x": [moment(since or axis.first), moment((until or axis.last) + timedelta(days=1))]}}
    brush = {"fill": "var(--accent)", "fillOpacity": 0.16, "stroke": "var(--accent)", "cursor": "grab"}
    select = {"type": "interval", "encodings": ["x"], "mark": brush}
    bar = {
        "params": [{"name": "days", **(window if since or until else {}), "select": select}],
        "mark": {"type": "bar", "color": "var(--soft)"},
        "encoding": {
            "x": axis.encoding(), "x2": {"field": "to"},
            "y": {"field": "best", "type": "quantitative", "title": None, "axis": {"tickCount": 1, "grid": False}},
            "y2": {"datum": 0},
        },
    }  # fmt: skip
    title = {"text": gettext("All days: drag to choose some"), "anchor": "start", "offset": 4}
    layers = [axis.frame(), bar]
    return {"width": "container", "height": 34, "data": {"values": values}, "title": title, "layer": layers}


def bars_and_reach(x: Spec, y: Spec, colour: str) -> list[Spec]:
    """Return bars of the best figures that lead on, and lines from the lowest figure to the highest."""
    return [
        {
            "mark": {"type": "bar", "color": f"var({colour})", "opacity": 0.78, "cursor": "pointer"},
            "encoding": {
                "x": x, "x2": {"field": "to"}, "y": y, "y2": {"datum": 0},
                "href": {"field": "address"}, "tooltip": {"field": "words"},
            },
        },
        {
            "mark": {"type": "rule", "color": "var(--ink)", "strokeWidth": 1.6},
            "transform": [{"filter": "datum.low < datum.high"}],
            "encoding": {
                "x": {"field": "middle", "type": "temporal"}, "tooltip": {"field": "words"},
                "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"},
            },
        },
    ]  # fmt: skip


def figure_value(name: str, figure: Figure, harm: Harm, address: str) -> Spec:
    """Return a figure as a chart takes it, with its words and where it leads."""
    high = figure.best if figure.high is None else figure.high
    reach = {"low": f"{figure.low:,}", "high": f"{high:,}"}
    open_ended, closed = gettext("%(low)s to %(high)s or more"), gettext("%(low)s to %(high)s")
    more = (open_ended if figure.high is None else closed) % reach
    words = f"{seen(name)}: {figure.best:,} {term(harm)}" + (f" ({more})" if figure.low != figure.high else "")
    return {"low": figure.low, "best": figure.best, "high": high, "words": words, "address": address}


def moment(day: date) -> int:
    """Return the first moment of a day in UTC, as Vega counts it: milliseconds since 1970."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def spread(start: date, end: date) -> Spec:
    """Return where a bar begins, ends and has its middle."""
    begin, wide = moment(start), moment(end) - moment(start)
    return {"from": begin + int(GAP * wide), "middle": begin + wide // 2, "to": begin + wide - int(GAP * wide)}


def _told(groups: Groups, harm: Harm) -> Told:
    found = ((day, name, figure_in(sums, harm)) for (day, name), (_, sums) in groups.items() if day != NO_DAY)
    return [(date.fromordinal(day), name, figure) for day, name, figure in found if figure is not None]


def _sum(told: Iterable[tuple[date, str, Figure]]) -> Figure:
    return add_up({"killed": [figure for _, _, figure in told]})["killed"]


def _named(name: str) -> str | None:
    return None if name == UNKNOWN else name
