"""Finds the gazetteer's entry for a coded place, so that it is the same place for linking; the coder's point stays."""

from marsad.imports.coded import Spot
from marsad.model import Where
from marsad.resolve.gazetteer import Entry, gazetteer
from marsad.resolve.where_codes import coded
from marsad.resolve.where_names import fold
from marsad.resolve.where_score import distance_km

NEAR_KM = 30.0
"""A namesake further off than this from the coder's point is another place."""
NAMED = 3
"""UCDP's where_prec up to which a name is that of a town or district, not of a province or country."""


def where_of(spot: Spot) -> Where:
    """Return a coded place as one of ours, with its codes."""
    entry = _entry(spot)
    country = spot.country or (entry.country if entry else None)
    name = entry.name if entry else spot.name
    return coded(
        Where(
            text=spot.name or spot.admin2 or spot.admin1,
            name=name or spot.admin2 or spot.admin1,
            country=country,
            admin1=(entry.admin1 if entry and entry.admin1 else None) or spot.admin1,
            admin2=spot.admin2 or (entry.admin2 if entry else None),
            latitude=spot.latitude if spot.latitude is not None else (entry.latitude if entry else None),
            longitude=spot.longitude if spot.longitude is not None else (entry.longitude if entry else None),
            geoprecision=spot.geoprecision or (entry.precision if entry else None),
            gazetteer_id=entry.id if entry else None,
            radius_km=entry.radius_km if entry else None,
        )
    )


def _entry(spot: Spot) -> Entry | None:
    """Return the entry of that name in that country: the nearest to the coder's point, else the best known."""
    if spot.name is None or spot.country is None:
        return None
    bare = spot.name.partition(" (")[0]
    kinds = "PB2" if (spot.geoprecision or 1) <= NAMED else "1CRWDMI2P"
    found = {e.number: e for name in (spot.name, bare) for e in gazetteer().entries(fold(name))}
    here = [e for e in found.values() if e.country == spot.country and e.kind in kinds]
    if spot.latitude is None or spot.longitude is None:
        own = [e for e in here if spot.admin1 is None or fold(e.admin1 or "") == fold(spot.admin1)]
        return max(own, key=lambda e: (e.population, -e.number), default=None)
    apart = {e.number: distance_km(e.latitude, e.longitude, spot.latitude, spot.longitude) for e in here}
    most = NEAR_KM if kinds == "PB2" else 10 * NEAR_KM
    near = [e for e in here if apart[e.number] <= most]
    return min(near, key=lambda e: (apart[e.number], kinds.index(e.kind), e.number), default=None)
