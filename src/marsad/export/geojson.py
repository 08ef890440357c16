"""GeoJSON: a point where the place is exact, a circle where it is not, nothing where only a country is known."""

import json
import math
from collections.abc import Sequence
from typing import Any

from marsad.export.entries import Entry, Place, Written
from marsad.export.frame import Format, Frame
from marsad.export.plain import row_of
from marsad.export.table import Value

EXACT = 1
VAGUE = 5
RADIUS_KM = {2: 25.0, 3: 30.0, 4: 75.0}
"""The circle of a place whose extent is not known, by UCDP's where_prec: near a place, a district, a province."""
CORNERS = 32
EARTH_KM = 6371.0088
SHY_KM = 10.0
"""The least radius of a place that was blurred: one decimal of a degree is about so much."""


def write(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return a FeatureCollection (RFC 7946): longitude first, WGS84."""
    features = [_feature(one) for one in entries]
    whole = {"type": "FeatureCollection", "features": features}
    content = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=_iso) + "\n"
    return Written(content.encode("utf-8", "replace"), len(features))


def _feature(one: Entry) -> dict[str, Any]:
    properties: dict[str, Value] = row_of(one)
    properties["rounded_to_decimals"] = one.place.rounded
    geometry = geometry_of(one.place)
    properties["shape"] = {None: "none", "Point": "exact", "Polygon": "area"}[geometry["type"] if geometry else None]
    return {"type": "Feature", "id": one.id, "geometry": geometry, "properties": properties}


def geometry_of(place: Place) -> dict[str, Any] | None:
    """Return a place as a geometry: how sure it is can be seen from its shape."""
    if place.latitude is None or place.longitude is None or (place.geoprecision or EXACT) >= VAGUE:
        return None
    precision = place.geoprecision or EXACT
    if precision == EXACT and not place.is_shy:
        return {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    radius = place.radius_km or RADIUS_KM.get(precision, RADIUS_KM[2])
    if place.is_shy and place.rounded is not None:
        radius = max(radius, SHY_KM)
    return {"type": "Polygon", "coordinates": [circle(place.latitude, place.longitude, radius)]}


def circle(latitude: float, longitude: float, radius_km: float) -> list[list[float]]:
    """Return a ring around a point, counter-clockwise as RFC 7946 asks; cut at the date line and the poles."""
    angle = radius_km / EARTH_KM
    lat, lon = math.radians(latitude), math.radians(longitude)
    ring = []
    for step in range(CORNERS):
        bearing = -2 * math.pi * step / CORNERS
        there = math.asin(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing))
        across = math.sin(bearing) * math.sin(angle) * math.cos(lat)
        along = math.cos(angle) - math.sin(lat) * math.sin(there)
        east = math.degrees(lon + math.atan2(across, along))
        ring.append([round(max(-180.0, min(180.0, east)), 4), round(math.degrees(there), 4)])
    return [*ring, ring[0]]


def _iso(value: Any) -> str:
    return str(value.isoformat())


FORMAT = Format(
    "geojson",
    "GeoJSON, areas where a place is not exact",
    ".geojson",
    write,
    (
        "A point where the place is exact (where_prec 1); a circle where it is near a place, a district or a province; "
        "no geometry where only a region or a country is known, so that no pin is invented.",
        "The circle's radius is the place's own extent where the gazetteer knows it, else 25, 30 or 75 km.",
        "Homes, clinics and places of no gazetteer are circles of at least 10 km unless the profile is internal.",
        "A circle over the date line is cut there.",
    ),
    "RFC 7946 (order of axes, direction of rings); opened with geopandas (GDAL).",
)
