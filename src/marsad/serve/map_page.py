"""The map: tolls by place as circles, areas where the place is not exact; the base map ships with the page."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad.ledger.columns import NO_DAY
from marsad.ledger.tolls import first_day
from marsad.serve.address import View, view_of
from marsad.serve.countries import country_name
from marsad.serve.desk import Shelf
from marsad.serve.filters import known_names
from marsad.serve.groups import groups_of, newest_at
from marsad.serve.map_told import NAMED, places_of, told_of
from marsad.serve.pages import page, seen
from marsad.serve.says import day_words, incident_sentence
from marsad.vocabulary import HARMS, Harm

REACH_KM = {1: 0.0, 2: 10.0, 3: 40.0, 4: 120.0, 5: 200.0, 6: 400.0, 7: 100.0}
"""How far about a point the place may be, by UCDP's where_prec, where the place itself gives no radius."""
LISTED = 200
SAID = 6
"""How many incidents of a place are told at once where the map is pointed at."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the map: where it is, how exact it is, how many incidents there are, and low, best and high.

    `precision` is UCDP's where_prec.
    """

    key: str
    name: str
    admin1: str | None
    country: str | None
    latitude: float
    longitude: float
    precision: int
    radius: float | None
    incidents: int
    figures: tuple[int, int, int]

    @property
    def within(self) -> str:
        """The province and the country it is in."""
        units = (self.admin1, country_name(self.country))
        return ", ".join(unit for unit in units if unit and unit != self.name)

    @property
    def reach(self) -> float:
        """How many kilometres about the point it may have been."""
        return self.radius or REACH_KM.get(self.precision, 0.0)


def show_map(request: Request) -> Response:
    """Show the map, and beside it the places as a list."""
    view = view_of(request.query_params)
    shelf, harm = request.app.state.shelf, harm_of(request)
    places = _placed(shelf, view, harm)
    placed = sum(place.incidents for place in places)
    count = sum(number for number, _ in groups_of(shelf, view, "point").values())
    return page(
        request, "map", view,
        harm=harm, harms=HARMS, places=places[:LISTED], more=max(0, len(places) - LISTED),
        without=count - placed, count=count,
        names=known_names(request, view), source=source_of(view, harm),
    )  # fmt: skip


def map_json(request: Request) -> Response:
    """Return what the map draws, as columns: the places, and what came on which day at which of them.

    `told` is sorted by place; `day` counts from `first`, -1 where the day is not known.
    """
    view = view_of(request.query_params)
    shelf, harm = request.app.state.shelf, harm_of(request)
    words = shelf.kept(("map", view.key, harm), lambda: _columns(shelf, view, harm))
    return Response(words, media_type="application/json")


def place_json(request: Request) -> Response:
    """Return the sentences of the newest incidents of one place, for who points at it."""
    view = view_of(request.query_params)
    wanted = request.query_params.get("key", "")
    newest, count = newest_at(request.app.state.shelf, view, wanted, SAID)
    rows = [
        {
            "link": f"/incidents/{one.id}{view.query()}",
            "day": day_words(first_day(one)),
            "sentence": seen(incident_sentence(one)),
        }
        for one in newest
    ]
    return JSONResponse({"incidents": rows, "more": count - len(newest)})


def harm_of(request: Request) -> Harm:
    """Return the harm that the address asks for; the killed where it names none."""
    return next((h for h in HARMS if h == request.query_params.get("harm")), "killed")


def source_of(view: View, harm: Harm) -> str:
    """Return the address of what the map of a view draws."""
    return "/map.json" + view.query(harm=harm)


def _placed(shelf: Shelf, view: View, harm: Harm) -> list[Place]:
    return shelf.kept(("places", view.key, harm), lambda: _places(shelf, view, harm))


def _places(shelf: Shelf, view: View, harm: Harm) -> list[Place]:
    """Return the places, those with most people first."""
    units = places_of(shelf, view)
    places = []
    for key, point in told_of(shelf, view, harm).points.items():
        name, admin1, country, latitude, longitude, precision, radius = units[key]
        exact = (latitude, longitude, precision or 1, radius)
        places.append(Place(key, name or "", admin1, country, *exact, point.incidents, point.figures))
    return sorted(places, key=lambda p: (-p.figures[1], -p.incidents, p.name, p.key))


def _columns(shelf: Shelf, view: View, harm: Harm) -> bytes:
    """Return what the map draws, as JSON."""
    places, points = _placed(shelf, view, harm), told_of(shelf, view, harm).points
    days = [day for point in points.values() for day, *_ in point.days if day != NO_DAY]
    first, last = min(days, default=1), max(days, default=0)
    columns = {
        "first": date.fromordinal(first).isoformat(),
        "days": last - first + 1,
        "places": {
            "key": [one.key for one in places],
            "name": [seen(one.name) for one in places],
            "within": [seen(one.within) for one in places],
            "lat": [round(one.latitude, 4) for one in places],
            "lon": [round(one.longitude, 4) for one in places],
            "precision": [one.precision for one in places],
            "reach": [round(one.reach) for one in places],
            "country": [_iso3().get(one.country or "", "") for one in places],
        },
    }
    # The days of a point stand there as JSON already: most points are as they were before the last act.
    told = [points[one.key].words(first) for one in places]
    at = ",".join(",".join([str(number)] * len(points[one.key].days)) for number, one in enumerate(places))
    lists = {"place": at, **{name: ",".join(each) for name, each in zip(NAMED, zip(*told, strict=True), strict=False)}}
    named = ",".join(f'"{name}":[{lists.get(name, "")}]' for name in ("place", *NAMED))
    return b'%s,"told":{%s}}' % (_packed(columns)[:-1], named.encode())


def _packed(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@cache
def _iso3() -> dict[str, str]:
    words = files("marsad.data").joinpath("gazetteer", "countries.tsv").read_text("utf-8")
    return {row["iso"]: row["iso3"] for row in csv.DictReader(words.splitlines(), delimiter="\t")}
