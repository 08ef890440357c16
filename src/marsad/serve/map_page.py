"""The map: tolls by place as circles, areas where the place is not exact; the base map ships with the page."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad.ledger import LedgerIncident
from marsad.ledger.tolls import first_day
from marsad.model import Where
from marsad.serve.address import View, view_of
from marsad.serve.answers import selected
from marsad.serve.countries import country_name
from marsad.serve.desk import Shelf
from marsad.serve.filters import known_names
from marsad.serve.pages import page, seen
from marsad.serve.says import day_words, incident_sentence
from marsad.vocabulary import HARMS, Harm

REACH_KM = {1: 0.0, 2: 10.0, 3: 40.0, 4: 120.0, 5: 200.0, 6: 400.0, 7: 100.0}
"""How far about a point the place may be, by UCDP's where_prec, where the place itself gives no radius."""
LISTED = 200
SAID = 6
"""How many incidents of a place are told at once where the map is pointed at."""


@dataclass(slots=True)
class Place:
    """One place on the map: where it is, how exact it is, and what came on which day (incidents, low, best, high)."""

    key: str
    where: Where
    days: dict[date | None, list[int]] = field(default_factory=dict)
    incidents: list[LedgerIncident] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.where.name or self.where.text or ""

    @property
    def within(self) -> str:
        """The province and the country it is in."""
        units = (self.where.admin1, country_name(self.where.country))
        return ", ".join(unit for unit in units if unit and unit != self.name)

    @property
    def precision(self) -> int:
        """How exact it is: UCDP's where_prec."""
        return self.where.geoprecision or 1

    @property
    def reach(self) -> float:
        """How many kilometres about the point it may have been."""
        return self.where.radius_km or REACH_KM.get(self.precision, 0.0)

    @property
    def figures(self) -> tuple[int, int, int]:
        """Low, best and high of all days."""
        low, best, high = (sum(told[at] for told in self.days.values()) for at in (1, 2, 3))
        return low, best, high


def show_map(request: Request) -> Response:
    """Show the map, and beside it the places as a list."""
    view = view_of(request.query_params)
    shelf, harm = request.app.state.shelf, harm_of(request)
    found = selected(shelf, view)
    places = _placed(shelf, view, harm)
    return page(
        request, "map", view,
        harm=harm, harms=HARMS, places=places[:LISTED], more=max(0, len(places) - LISTED),
        without=len(found) - sum(len(place.incidents) for place in places), count=len(found),
        names=known_names(request, view), source=source_of(view, harm),
    )  # fmt: skip


def map_json(request: Request) -> Response:
    """Return what the map draws, as columns: the places, and what came on which day at which of them.

    `told` is sorted by place; `day` counts from `first`, -1 where the day is not known.
    """
    view = view_of(request.query_params)
    shelf, harm = request.app.state.shelf, harm_of(request)
    words = shelf.kept(("map", view.key, harm), lambda: _columns(_placed(shelf, view, harm)))
    return Response(words, media_type="application/json")


def place_json(request: Request) -> Response:
    """Return the sentences of the newest incidents of one place, for who points at it."""
    view = view_of(request.query_params)
    wanted = request.query_params.get("key", "")
    places = _placed(request.app.state.shelf, view, harm_of(request))
    found = next((place.incidents for place in places if place.key == wanted), [])
    newest = sorted(found, key=lambda one: (str(first_day(one) or ""), one.id), reverse=True)
    rows = [
        {
            "link": f"/incidents/{one.id}{view.query()}",
            "day": day_words(first_day(one)),
            "sentence": seen(incident_sentence(one)),
        }
        for one in newest[:SAID]
    ]
    return JSONResponse({"incidents": rows, "more": max(0, len(newest) - SAID)})


def harm_of(request: Request) -> Harm:
    """Return the harm that the address asks for; the killed where it names none."""
    return next((h for h in HARMS if h == request.query_params.get("harm")), "killed")


def source_of(view: View, harm: Harm) -> str:
    """Return the address of what the map of a view draws."""
    return "/map.json" + view.query(harm=harm)


def _placed(shelf: Shelf, view: View, harm: Harm) -> list[Place]:
    return shelf.kept(("places", view.key, harm), lambda: _places(selected(shelf, view), harm))


def _places(incidents: Iterable[LedgerIncident], harm: Harm) -> list[Place]:
    """Return the places, those with most people first."""
    places: dict[str, Place] = {}
    for one in incidents:
        where = one.where
        if where is None or where.latitude is None or where.longitude is None:
            continue
        key = where.gazetteer_id or f"{where.latitude:.3f} {where.longitude:.3f} {where.name}"
        if key not in places:
            places[key] = Place(key, where)
        place = places[key]
        place.incidents.append(one)
        told = place.days.setdefault(first_day(one), [0, 0, 0, 0])
        told[0] += 1
        if (figure := one.tolls.get(harm)) is not None:
            told[1] += figure.low
            told[2] += figure.best
            told[3] += figure.best if figure.high is None else figure.high
    return sorted(places.values(), key=lambda p: (-p.figures[1], -len(p.incidents), p.name, p.key))


def _columns(places: list[Place]) -> bytes:
    days = [day for place in places for day in place.days if day is not None]
    first = min(days, default=date(1970, 1, 1))
    told = [
        (at, -1 if day is None else (day - first).days, *figures)
        for at, place in enumerate(places)
        for day, figures in sorted(place.days.items(), key=lambda one: str(one[0] or ""))
    ]
    named = ("place", "day", "incidents", "low", "best", "high")
    columns = {
        "first": first.isoformat(),
        "days": (max(days) - first).days + 1 if days else 0,
        "places": {
            "key": [one.key for one in places],
            "name": [seen(one.name) for one in places],
            "within": [seen(one.within) for one in places],
            "lat": [_degrees(one.where.latitude) for one in places],
            "lon": [_degrees(one.where.longitude) for one in places],
            "precision": [one.precision for one in places],
            "reach": [round(one.reach) for one in places],
            "country": [_iso3().get(one.where.country or "", "") for one in places],
        },
        "told": {name: [row[at] for row in told] for at, name in enumerate(named)},
    }
    return _packed(columns)


def _packed(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _degrees(value: float | None) -> float:
    return round(value or 0.0, 4)


@cache
def _iso3() -> dict[str, str]:
    words = files("marsad.data").joinpath("gazetteer", "countries.tsv").read_text("utf-8")
    return {row["iso"]: row["iso3"] for row in csv.DictReader(words.splitlines(), delimiter="\t")}
