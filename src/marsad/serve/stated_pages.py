"""What reports state of the war: who holds what on a day, as a list and a map, and what was agreed and broken."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad.checking import place_meant
from marsad.ledger.agreements import Agreement, agreements, chosen
from marsad.ledger.breaches import breaches
from marsad.ledger.control import Asked, Control, ControlLine, control
from marsad.ledger.stated import Stated, readings_telling, stated_and_newest
from marsad.read import parse_day
from marsad.serve.address import View, number, view_of
from marsad.serve.countries import country_name
from marsad.serve.desk import Shelf
from marsad.serve.pages import page

ON_A_PAGE = 60
SIDES = 7
"""How many actors the map gives a colour of their own; the others share one."""
MOST_BREACHES = 8
STATES = {"holds": "holds", "lost": "no longer holds", "besieges": "besieges", "contests": "contests"}


@dataclass(frozen=True, slots=True)
class Told:
    """What an address asks of control, and the answer: the state on the day, and the days around it with news."""

    view: View
    words: str
    on: date | None
    found: Control
    earlier: date | None
    later: date | None
    sides: Sequence[str]

    def side(self, line: ControlLine) -> int:
        """Return the number of an actor's colour."""
        return self.sides.index(line.who) if line.who in self.sides else SIDES

    def query(self, **changed: object) -> str:
        """Return the address's question with some of its words changed."""
        asked = {"about": self.words, "on": self.on.isoformat() if self.on else "", **changed}
        return self.view.query(**asked)


def show_control(request: Request) -> Response:
    """Show who holds, besieges and contests what on a day, with the words behind it and those against it."""
    told = _told(request)
    pages = max(1, -(-len(told.found.lines) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    shown = told.found.lines[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]
    return page(
        request, "control", told.view, told=told, shown=shown, count=len(told.found.lines), at=at, pages=pages,
        states=STATES, country_name=country_name, others=SIDES,
    )  # fmt: skip


def control_json(request: Request) -> Response:
    """Give the points of the map: where, who by colour and name, what."""
    told = _told(request)
    points = [_point(told, line) for line in told.found.lines if line.place.latitude is not None]
    return JSONResponse({"on": told.on.isoformat() if told.on else None, "sides": [*told.sides], "points": points})


def show_agreements(request: Request) -> Response:
    """Show what was agreed between whom, what became of it, and which incidents may have broken it."""
    view = view_of(request.query_params)
    shelf: Shelf = request.app.state.shelf
    ledger = shelf.ledger(view.as_of, view.policy)
    party = request.query_params.get("party", "").strip()[:200]
    known = agreements_of(shelf, view)
    found = chosen(known, view.selection.place, party or None)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    shown = [(one, breaches(one, ledger.incidents, known)) for one in found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]]
    return page(
        request, "agreements", view, shown=shown, count=len(found), at=at, pages=pages, party=party,
        most=MOST_BREACHES,
    )  # fmt: skip


def control_on(shelf: Shelf, view: View, words: str, asked: str) -> tuple[Control, Sequence[Stated]]:
    """Return the state on a day (by default that of the newest report), and all that reports say of control."""
    said, newest = _said(shelf, view)
    on = parse_day(asked) if asked else newest
    return shelf.kept(("control", view.as_of, words, on), lambda: _derived(shelf, view, said, words, on)), said


def agreements_of(shelf: Shelf, view: View, on: date | None = None) -> tuple[Agreement, ...]:
    """Return the agreements that a view's ledger knows of at the end of a day (None: by all that is recorded)."""
    ledger = shelf.ledger(view.as_of, view.policy)
    return shelf.kept(("agreements", view.as_of, on), lambda: agreements(readings_telling(ledger, "agreement"), on))


def _told(request: Request) -> Told:
    view = view_of(request.query_params)
    words = request.query_params.get("about", "").strip()[:200]
    asked = request.query_params.get("on", "").strip()
    found, said = control_on(request.app.state.shelf, view, words, asked)
    on = found.on
    days = sorted({one.day for one in said if one.day is not None})
    at = bisect_left(days, on) if on else 0
    after = bisect_right(days, on) if on else 0
    held = Counter(line.who for line in found.lines if line.state in ("holds", "besieges"))
    return Told(
        view, words, on, found,
        days[at - 1] if at else None,
        days[after] if after < len(days) else None,
        [who for who, _ in sorted(held.items(), key=lambda one: (-one[1], one[0]))[:SIDES]],
    )  # fmt: skip


def _said(shelf: Shelf, view: View) -> tuple[tuple[Stated, ...], date | None]:
    ledger = shelf.ledger(view.as_of, view.policy)
    return shelf.kept(("said of control", view.as_of), lambda: stated_and_newest(ledger, "control"))


def _derived(shelf: Shelf, view: View, said: Sequence[Stated], words: str, on: date | None) -> Control:
    found = control(said, on, Asked(words or None))
    if not words or found.lines:
        return found
    # No report names the place itself: the units in which it lies may still be told of.
    incidents = shelf.ledger(view.as_of, view.policy).incidents
    places = Counter(one.where.country for one in incidents if one.where and one.where.country)
    countries = tuple(code for code, _ in places.most_common())
    return control(said, on, Asked(words, place_meant(words, countries)))


def _point(told: Told, line: ControlLine) -> dict[str, Any]:
    return {
        "lat": line.place.latitude,
        "lon": line.place.longitude,
        "place": line.place.name or line.place.text,
        "precision": line.place.geoprecision,
        "who": line.who,
        "side": told.side(line),
        "state": line.state,
        "said": f"{line.who} {STATES[line.state]} {line.place.name or line.place.text}",
        "doubted": bool(line.against),
    }
