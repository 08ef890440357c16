"""Where an incident was, as exactly as a profile tells it."""

from marsad.export.entries import LeftOut, Place
from marsad.export.profiles import SHY_PLACES, Profile
from marsad.ledger import LedgerIncident
from marsad.model import Where
from marsad.resolve.where_codes import prio_grid

NEAR = 2
"""UCDP's where_prec of a place that is known only nearly: what an exact point becomes when it is rounded by 10 km."""


def place_of(one: LedgerIncident, profile: Profile) -> tuple[Place, list[LeftOut]]:
    """Return the place, its coordinates rounded, and what of it was held back."""
    where = one.where
    if where is None:
        return Place(), []
    shy = _is_shy(one, where)
    decimals = profile.shy_decimals if shy else profile.decimals
    latitude, longitude = _rounded(where.latitude, decimals), _rounded(where.longitude, decimals)
    blurred = shy and decimals is not None
    names = profile.words or where.gazetteer_id is not None or (profile.sources == "all" and not shy)
    held_back = []
    if blurred:
        held_back.append(LeftOut("the exact place", "a home, a clinic or a place that no gazetteer knows", one.id))
    elif (latitude, longitude) != (where.latitude, where.longitude):
        held_back.append(LeftOut(f"coordinates finer than {decimals} decimals", "places are rounded", one.id))
    if not names:
        held_back.append(LeftOut("the name of the place", "no gazetteer knows it: it may be somebody's home", one.id))
    grid = None if latitude is None or longitude is None else prio_grid(latitude, longitude)
    precision = where.geoprecision
    place = Place(
        name=(where.name or where.text) if names else None,
        country=where.country,
        admin1=where.admin1,
        # What no gazetteer gave is somebody's typing: below the province it may be a farm or a street.
        admin2=where.admin2 if names else None,
        latitude=latitude,
        longitude=longitude,
        geoprecision=max(precision or NEAR, NEAR) if blurred else precision,
        radius_km=where.radius_km,
        gazetteer_id=where.gazetteer_id if names else None,
        pcode=where.pcode,
        prio_grid=grid,
        rounded=decimals,
        is_shy=shy,
    )
    return place, held_back


def _is_shy(one: LedgerIncident, where: Where) -> bool:
    """Say whether an exact position could harm: a home, a clinic, or a point that is in no gazetteer."""
    if where.gazetteer_id is None and (where.geoprecision or 1) <= NEAR:
        return True
    claims = (claim for member in one.members for claim in member.claims())
    words = [where.text, *(claim.where.text for claim in claims if claim.where)]
    return any(SHY_PLACES.search(each) for each in words if each)


def _rounded(degrees: float | None, decimals: int | None) -> float | None:
    return degrees if degrees is None or decimals is None else round(degrees, decimals)
