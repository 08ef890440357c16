"""A toll as a chart: bars side by side, bars over time, or fields of rows and columns; each leads to its receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.ledger import By, Row
from marsad.ledger.tolls import UNKNOWN
from marsad.model import Figure
from marsad.serve.address import View
from marsad.serve.chart import Spec, bars_and_reach, figure_value, spread
from marsad.serve.pages import seen
from marsad.serve.terms import term
from marsad.vocabulary import Harm

MOST_BARS = 40
TIMES: frozenset[By] = frozenset({"day", "week", "month", "year"})
NAMES: Spec = {"labelLimit": 150, "minExtent": 158, "maxExtent": 158, "domain": False, "ticks": False}
"""The axis of the rows' names: as wide everywhere, so that the bars begin below one another."""


@dataclass(frozen=True, slots=True)
class Cross:
    """A table of one harm: the property of its columns, their keys, and rows of cells (id, key, figures)."""

    by: By
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Figure | None, ...]], ...]


def bars_of(rows: Sequence[Row], harm: Harm, by: By, view: View) -> Spec | None:
    """Return the rows of a toll as bars, over time where the rows are times; None where there is nothing to draw."""
    told = [row for row in rows if harm in row.tolls and (row.key != UNKNOWN or by not in TIMES)]
    if not told:
        return None
    values = [
        {"key": str(seen(term(row.key))), **figure_value(term(row.key), row.tolls[harm], harm, address)}
        for row in told
        for address in ["/receipt" + view.query(row=row.id)]
    ]
    if by not in TIMES:
        return _side_by_side(values[:MOST_BARS], harm)
    x = {"field": "from", "type": "temporal", "scale": {"type": "utc"}, "title": None}
    y = {"field": "best", "type": "quantitative", "title": None, "axis": {"tickCount": 4}}
    timed = [{**value, **_time(row.key, by)} for row, value in zip(told, values, strict=True)]
    return {
        "width": "container",
        "height": 220,
        "data": {"values": timed},
        "layer": bars_and_reach(x, y, _colour(harm)),
    }


def fields_of(cross: Cross, harm: Harm, view: View) -> Spec:
    """Return rows and columns as fields, the darker the more; the figures stand in them."""
    values = [
        {
            "row": str(seen(term(key))),
            "column": str(seen(term(column))),
            **figure_value(
                f"{key}, {column}", cell, harm, "/receipt" + view.query(row=name, column=f"{cross.by}:{column}")
            ),
        }
        for name, key, cells in cross.rows[:MOST_BARS]
        for column, cell in zip(cross.columns, cells, strict=True)
        if cell is not None
    ]
    most = max((value["best"] for value in values), default=0)
    columns = [str(seen(term(column))) for column in cross.columns]
    top = {"orient": "top", "labelAngle": -35, "labelLimit": 130, "domain": False, "ticks": False}
    place = {
        "x": {"field": "column", "type": "nominal", "sort": columns, "title": None, "axis": top},
        "y": {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": NAMES},
        "tooltip": {"field": "words"},
        "href": {"field": "address"},
    }
    scale = {"type": "sqrt", "range": ["var(--field)", f"var({_colour(harm)})"], "domainMin": 0}
    shade = {"field": "best", "type": "quantitative", "legend": None, "scale": scale}
    # A field's figure turns light where the field is too dark for ink.
    light = {"test": f"datum.best > {round(most * 0.3)}", "value": "var(--paper)"}
    ink = {"condition": light, "value": "var(--ink)"}
    layers = [
        {"mark": {"type": "rect", "cursor": "pointer"}, "encoding": {"color": shade}},
        {"mark": {"type": "text", "cursor": "pointer"},
         "encoding": {"text": {"field": "best", "type": "quantitative", "format": ",d"}, "color": ink}},
    ]  # fmt: skip
    return {
        "width": "container",
        "height": {"step": 26},
        "data": {"values": values},
        "encoding": place,
        "layer": layers,
    }


def _side_by_side(values: list[Spec], harm: Harm) -> Spec:
    y = {"field": "key", "type": "nominal", "sort": None, "title": None, "axis": NAMES}
    axis = {"tickCount": 5, "grid": True, "format": ",d"}
    layers = [
        {
            "mark": {"type": "bar", "color": f"var({_colour(harm)})", "opacity": 0.78, "cursor": "pointer"},
            "encoding": {
                "y": y, "x": {"field": "best", "type": "quantitative", "title": None, "axis": axis},
                "href": {"field": "address"}, "tooltip": {"field": "words"},
            },
        },
        {
            "mark": {"type": "rule", "color": "var(--ink)", "strokeWidth": 1.6},
            "transform": [{"filter": "datum.low < datum.high"}],
            "encoding": {"y": y, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
        },
    ]  # fmt: skip
    return {"width": "container", "height": {"step": 24}, "data": {"values": values}, "layer": layers}


def _time(key: str, by: By) -> Spec:
    start = date.fromisoformat({"year": f"{key}-01-01", "month": f"{key}-01"}.get(by, key))
    if by == "year":
        return spread(start, start.replace(year=start.year + 1))
    if by == "month":
        return spread(start, (start.replace(day=28) + timedelta(days=4)).replace(day=1))
    return spread(start, start + timedelta(days=7 if by == "week" else 1))


def _colour(harm: Harm) -> str:
    return "--dead" if harm == "killed" else "--accent"
