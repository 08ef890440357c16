"""The map: tolls by place as circles, areas where the place is not exact; the base map ships with the page."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import LedgerIncident
from marsad.ledger.tolls import first_day
from marsad.model import Where
from marsad.serve.address import View, view_of
from marsad.serve.answers import selected
from marsad.serve.countries import country_name
from marsad.serve.desk import Shelf
from marsad.serve.pages import page
from marsad.vocabulary import HARMS, Harm

REACH_KM = {1: 0.0, 2: 10.0, 3: 40.0, 4: 120.0, 5: 200.0, 6: 400.0, 7: 100.0}
"""How far about a point the place may be, by UCDP's where_prec, where the place itself gives no radius."""


def show_map(request: Request) -> Response:
    """Show the map, and beside it the places as a list."""
    view = view_of(request.query_params)
    shelf, harm = request.app.state.shelf, _harm(request)
    found = selected(shelf, view)
    places = sorted(_placed(shelf, view, harm).values(), key=lambda p: (-p["best"], -p["incidents"], p["name"]))
    without = sum(1 for one in found if not _is_placed(one))
    return page(
        request, "map", view,
        harm=harm, harms=HARMS, places=places[:200], more=max(0, len(places) - 200), without=without, count=len(found),
        source="/map.json" + view.query(harm=harm),
    )  # fmt: skip


def map_json(request: Request) -> Response:
    """Return what the map draws: per place and day, how many; days as ISO strings."""
    view = view_of(request.query_params)
    shelf, harm = request.app.state.shelf, _harm(request)
    words = shelf.kept(("map", view.key, tuple(view.words.items()), harm), lambda: _drawn(shelf, view, harm))
    return Response(words, media_type="application/json")


def _drawn(shelf: Shelf, view: View, harm: Harm) -> bytes:
    places = _placed(shelf, view, harm)
    rows = [{**places[key], "link": _link(view, places[key])} for key in sorted(places)]
    return json.dumps({"places": rows}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _harm(request: Request) -> Harm:
    return next((h for h in HARMS if h == request.query_params.get("harm")), "killed")


def _placed(shelf: Shelf, view: View, harm: Harm) -> dict[str, dict[str, Any]]:
    return shelf.kept(("places", view.key, harm), lambda: _places(selected(shelf, view), harm))


def _is_placed(one: LedgerIncident) -> bool:
    return one.where is not None and one.where.latitude is not None and one.where.longitude is not None


def _places(incidents: tuple[LedgerIncident, ...], harm: Harm) -> dict[str, dict[str, Any]]:
    """Return per place the point, how exact it is, the toll, and what came on which day."""
    out: dict[str, dict[str, Any]] = {}
    for one in incidents:
        where = one.where
        if where is None or where.latitude is None or where.longitude is None:
            continue
        key = where.gazetteer_id or f"{where.latitude:.3f} {where.longitude:.3f} {where.name}"
        if key not in out:
            out[key] = _empty(where)
        place = out[key]
        figure = one.tolls.get(harm)
        best = figure.best if figure else 0
        place["incidents"] += 1
        place["best"] += best
        place["low"] += figure.low if figure else 0
        place["high"] += (figure.best if figure.high is None else figure.high) if figure else 0
        day = str(first_day(one) or "")
        told = place["days"].setdefault(day, [0, 0])
        told[0] += best
        told[1] += 1
    return out


def _empty(where: Where) -> dict[str, Any]:
    return {
        "name": where.name or where.text or "",
        "within": ", ".join(unit for unit in (where.admin1, country_name(where.country)) if unit),
        "lat": where.latitude,
        "lon": where.longitude,
        "precision": where.geoprecision or 1,
        "reach": where.radius_km or REACH_KM.get(where.geoprecision or 1, 0.0),
        "best": 0,
        "low": 0,
        "high": 0,
        "incidents": 0,
        "days": {},
    }


def _link(view: View, place: dict[str, Any]) -> str:
    return "/incidents" + view.query(place=place["name"])
