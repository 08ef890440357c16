"""Reads the relation in a place's words ("50 km east of Homs", "the edges of Aleppo city") and gives an honest area.

A point is moved only as far as the words allow, the radius says the doubt, and the geoprecision is UCDP's where_prec:
near a place is 2, part of a district 3, part of a province 4, a region of a country 5.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from marsad.model import Where
from marsad.resolve.gazetteer import Entry
from marsad.resolve.where_score import distance_km

POINTS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
POINT = r"(?P<point>north|south|east|west)(?:-?(?P<second>east|west))?(?:ern|ward|wards|erly)?"
DISTANCE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|a few|several|some|a dozen|a hundred)[ -]*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?)\b"
    rf"(?:\s*\([^)]*\))?(?:\s+(?:to the )?{POINT})?",
    re.IGNORECASE,
)
DIRECTION_OF = re.compile(rf"\b{POINT}\s+(?:side |part |parts |edge |outskirts )?of\b", re.IGNORECASE)
SIDE = re.compile(rf"\b(?:{POINT}|central|upper|lower)\b", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\b|\blink(?:s|ing)\b|\bconnect(?:s|ing)\b|\bfrom\b.*\bto\b", re.IGNORECASE)
NEAR = re.compile(
    r"\b(?:near|nearby|outside|close to|vicinity|outskirts?|edges?|around|countryside|rural|suburbs?|environs|"
    r"surroundings?|approaches|towards?|adjacent|next to|by the|off|along|road|highway)\b",
    re.IGNORECASE,
)
BORDER = re.compile(r"\bborders?\b|\bfrontier\b", re.IGNORECASE)
# Capitals that are a unit of their own: what lies around them is in another unit.
AROUND_CAPITAL = {"geonames:170654": "Rif Dimashq", "geonames:703448": "Kyiv", "geonames:524901": "Moscow Oblast"}
OUTSKIRTS = re.compile(
    r"\b(?:outskirts?|countryside|rural|suburbs?|environs|vicinity|near|outside|edges?)\b", re.IGNORECASE
)
FEW_KM = {"a few": 5.0, "several": 7.0, "some": 10.0, "a dozen": 12.0, "a hundred": 100.0}
MILE_KM = 1.609
NEAR_KM, SIDE_KM, DIRECTION_KM = 15.0, 8.0, 25.0


def related(text: str, where: Where, entry: Entry, others: Sequence[Entry] = ()) -> Where:
    """Return `where` changed by what its words `text` say of the place; `others` are further places of the words."""
    if BETWEEN.search(text):
        far = [e for e in others if e.number != entry.number and e.kind in "PAB2"]
        if far and entry.kind in "PAB2":
            return between(where, entry, far[0])
    if entry.kind in "PAB":
        if entry.id in AROUND_CAPITAL and OUTSKIRTS.search(text):
            where = replace(where, admin1=AROUND_CAPITAL[entry.id], admin2=None)
        return near_town(text, where, entry)
    if entry.kind in "12CR":
        return side_of_area(text, where, entry)
    return where


def near_town(text: str, where: Where, entry: Entry) -> Where:
    """Return the area that words like "30 km north of" or "the outskirts of" give around a town."""
    apart = DISTANCE.search(text)
    if apart:
        km = distance_of(apart)
        bearing = bearing_of(apart["point"], apart["second"])
        if bearing is None:
            return replace(where, geoprecision=worse(entry, 2), radius_km=round(km + 5, 1))
        return moved(where, bearing, km, max(5.0, 0.25 * km), worse(entry, 2 if km <= 25 else 5 if km > 100 else 2))
    heading = DIRECTION_OF.search(text)
    if heading:
        bearing = bearing_of(heading["point"], heading["second"])
        return moved(where, bearing or 0, DIRECTION_KM / 2, DIRECTION_KM, worse(entry, 2))
    if NEAR.search(text):
        side = SIDE.search(text)
        bearing = bearing_of(side["point"], side["second"]) if side else None
        if bearing is not None:
            return moved(where, bearing, SIDE_KM / 2, SIDE_KM, worse(entry, 2))
        return replace(where, geoprecision=worse(entry, 2), radius_km=max(NEAR_KM, entry.radius_km or 0))
    return where


def side_of_area(text: str, where: Where, entry: Entry) -> Where:
    """Return the part of a province or country that "northern" names: its point moved, its unit kept."""
    if BORDER.search(text):
        return replace(where, geoprecision=max(entry.precision, 5) if entry.kind == "C" else entry.precision)
    side = SIDE.search(text)
    bearing = bearing_of(side["point"], side["second"]) if side else None
    if bearing is None or not entry.radius_km:
        return where
    precision = 5 if entry.kind == "C" else entry.precision
    return moved(where, bearing, 0.5 * entry.radius_km, 0.6 * entry.radius_km, precision)


def between(where: Where, one: Entry, other: Entry) -> Where:
    """Return the middle of two places, with a radius that reaches both."""
    apart = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return replace(
        where,
        latitude=round((one.latitude + other.latitude) / 2, 4),
        longitude=round((one.longitude + other.longitude) / 2, 4),
        radius_km=round(max(5.0, apart / 2), 1),
        geoprecision=2 if apart <= 50 else 5,
        admin1=one.admin1 if one.unit == other.unit else where.admin1,
        admin2=one.admin2 if one.admin2 == other.admin2 else None,
    )


def distance_of(found: re.Match[str]) -> float:
    """Return the kilometres that a matched distance says."""
    number = FEW_KM.get(found["number"].lower())
    km = float(found["number"].replace(",", ".")) if number is None else number
    return km * MILE_KM if found["unit"].lower().startswith("mile") else km


def bearing_of(point: str | None, second: str | None) -> int | None:
    """Return the bearing in degrees of "north", "north" + "east"; None without a point."""
    return None if point is None else POINTS.get((point + (second or "")).lower())


def worse(entry: Entry, precision: int) -> int:
    """Return the coarser of an entry's own precision and the one that the words give."""
    return max(entry.precision, precision)


def moved(where: Where, bearing: float, km: float, radius: float, precision: int) -> Where:
    """Return `where` with its point moved `km` kilometres towards `bearing` degrees."""
    if where.latitude is None or where.longitude is None:
        return where
    angle = math.radians(bearing)
    latitude = where.latitude + km * math.cos(angle) / 111.2
    across = 111.2 * max(0.05, math.cos(math.radians(where.latitude)))
    longitude = where.longitude + km * math.sin(angle) / across
    return replace(
        where,
        latitude=round(latitude, 4),
        longitude=round((longitude + 180) % 360 - 180, 4),
        radius_km=round(radius, 1),
        geoprecision=precision,
    )
