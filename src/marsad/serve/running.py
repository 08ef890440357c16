"""Running totals: each counter as a line over time, its phases, its slips, and what incidents explain of it."""

from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import Ledger, Series, series_of
from marsad.ledger.series import Step, explained
from marsad.model import Figure
from marsad.serve.address import View, view_of
from marsad.serve.chart import Spec, moment
from marsad.serve.messages import CURRENT, gettext
from marsad.serve.pages import page, seen
from marsad.serve.says import day_words
from marsad.serve.terms import N_, term
from marsad.serve.withheld import sees_words

MOST = 30
"""How many counters are drawn on one page."""
OFF = ("swap", "slip")
KINDS = {
    "first": N_("the first that is known"),
    "rise": N_("more"),
    "standstill": N_("the same"),
    "retroactive": N_("more than the toll told with it: older dead were added"),
    "short": N_("less than the toll told with it"),
    "gap": N_("days lie between of which nobody told"),
    "correction": N_("less than before: corrected"),
    "restart": N_("begins anew"),
    "swap": N_("two digits changed places; taken back"),
    "slip": N_("an error; taken back"),
}
"""What each kind of step means, in plain words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One publication of a counter: its step, what it means, what the incidents come to by then, where it leads."""

    step: Step
    phase: int
    words: str
    explained: Figure | None
    report: str


@dataclass(frozen=True, slots=True)
class CounterShown:
    """One counter, of one voice: its phases put after one another, and the chart of them.

    For who may not see the words of reports `voice` and `whom` are empty.
    """

    voice: str
    harm: str
    whom: str
    where: str
    phases: tuple[Series, ...]
    lines: tuple[Line, ...]
    spec: Spec


def show_running(request: Request) -> Response:
    """Show the counters of the ledger; those with most publications first."""
    view = view_of(request.query_params)
    shelf = request.app.state.shelf
    counters = shelf.kept(
        ("running", view.as_of, view.policy, CURRENT.get()), lambda: counters_of(shelf.ledger(view.as_of, view.policy))
    )
    found = [one for one in counters if _is_wanted(one, view)]
    if not sees_words(request):
        found = [replace(one, voice="", whom="") for one in found]
    return page(request, "running", view, counters=found[:MOST], more=max(0, len(found) - MOST), named=bool(view.words))


def counters_of(ledger: Ledger) -> list[CounterShown]:
    """Return the counters, each with all its phases: a new base day is a new phase of the same voice's count."""
    groups: dict[tuple[str, str, str, str], list[Series]] = {}
    for one in series_of(ledger):
        groups.setdefault((one.voice, one.harm, one.whom, one.where), []).append(one)
    made = [_counter(ledger, phases) for phases in groups.values()]
    return sorted(made, key=lambda one: (-len(one.lines), one.voice, one.harm, one.where, one.whom))


def _counter(ledger: Ledger, phases: list[Series]) -> CounterShown:
    ordered = sorted(phases, key=lambda one: (one.steps[0].point.day, str(one.since or "")))
    lines: list[Line] = []
    before = 0
    for one in ordered:
        told = explained(ledger, one)
        lines += [_line(step, before, figure) for step, figure in zip(one.steps, told, strict=True)]
        before = lines[-1].phase if lines else before
    first = ordered[0]
    return CounterShown(
        first.voice, first.harm, first.whom, first.where, tuple(ordered), tuple(lines), _spec(first.harm, lines)
    )


def _line(step: Step, before: int, figure: Figure | None) -> Line:
    report, _, claim = step.point.ref.partition("/")
    return Line(step, before + step.phase, gettext(KINDS[step.kind]), figure, f"/reports/{report}#tree-{claim}")


def _spec(harm: str, lines: list[Line]) -> Spec:
    """Return the lines of the phases, the points that lead to their reports, and beneath what incidents explain."""
    values = [_value(harm, line) for line in lines]
    x = {
        "field": "day", "type": "temporal", "title": None, "scale": {"type": "utc"},
        "axis": {"format": "%-d %b" if lines[0].step.point.day.year == lines[-1].step.point.day.year else "%b %Y"},
    }  # fmt: skip
    total = {"field": "total", "type": "quantitative", "title": None, "axis": {"tickCount": 4}}
    explaining: list[Spec] = [
        {
            "transform": [{"filter": "isValid(datum.explained)"}],
            "mark": {"type": "area", "color": "var(--soft)", "opacity": 0.28, "interpolate": "step-after"},
            "encoding": {"x": x, "y": {"field": "explained", "type": "quantitative"}, "detail": {"field": "phase"}},
        }
    ]
    layers = [
        *(explaining if any(value["explained"] is not None for value in values) else []),
        {
            "transform": [{"filter": "!datum.off"}],
            "mark": {"type": "line", "color": "var(--dead)", "strokeWidth": 1.8},
            "encoding": {"x": x, "y": total, "detail": {"field": "phase"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "cursor": "pointer"},
            "encoding": {
                "x": x, "y": total, "tooltip": {"field": "words"}, "href": {"field": "address"},
                "shape": {"field": "sign", "type": "nominal", "legend": None,
                          "scale": {"domain": ["as usual", "begins", "corrected", "taken back"],
                                    "range": ["circle", "triangle-up", "diamond", "cross"]}},
                "color": {"field": "sign", "type": "nominal", "legend": None,
                          "scale": {"domain": ["as usual", "begins", "corrected", "taken back"],
                                    "range": ["var(--dead)", "var(--accent)", "var(--doubtful)", "var(--bad)"]}},
            },
        },
    ]  # fmt: skip
    return {"width": "container", "height": 190, "data": {"values": values}, "layer": layers}


def _value(harm: str, line: Line) -> dict[str, Any]:
    step = line.step
    return {
        "day": moment(step.point.day), "total": step.point.total, "phase": line.phase,
        "off": step.kind in OFF, "sign": _sign(step), "address": line.report,
        "explained": None if line.explained is None or step.kind in OFF else line.explained.best,
        "words": f"{day_words(step.point.day)}: {step.point.total:,} {term(harm)} ({seen(line.words)})",
    }  # fmt: skip


def _sign(step: Step) -> str:
    if step.kind in OFF:
        return "taken back"
    if step.kind in ("first", "restart"):
        return "begins"
    return "corrected" if step.kind in ("correction", "retroactive", "short") else "as usual"


def _is_wanted(one: CounterShown, view: View) -> bool:
    """Say whether a counter is of the place, the days and the source that the address asks for."""
    chosen = view.selection
    days = [line.step.point.day for line in one.lines]
    return (
        (chosen.place is None or chosen.place.casefold() in one.where.casefold())
        and (chosen.source is None or chosen.source.casefold() in one.voice.casefold())
        and (chosen.since is None or max(days) >= chosen.since)
        and (chosen.until is None or min(days) <= chosen.until)
    )
