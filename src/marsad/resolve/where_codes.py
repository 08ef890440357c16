"""Adds to a resolved place the codes that other data are joined by: its PRIO-GRID cell and its P-code."""

import math
from collections.abc import Iterable
from dataclasses import replace

from marsad.model import Claim, Where
from marsad.resolve.gazetteer_pcodes import pcode_of

CELLS_A_DEGREE, COLUMNS, ROWS = 2, 720, 360
# UCDP's where_prec up to which a place lies surely in its second-order and in its first-order unit.
IN_DISTRICT, IN_UNIT = 3, 4


def prio_grid(latitude: float, longitude: float) -> int:
    """Return the id (gid, 1 to 259,200) of the PRIO-GRID cell that holds a point in degrees WGS84.

    Cells are half a degree wide, counted eastward from 180 W in rows of 720, and rows northward from the South Pole,
    both from 1: gid = 720 * (row - 1) + column. Source: Tollefsen, Strand and Buhaug, "PRIO-GRID: A unified spatial
    data structure", Journal of Peace Research 49(2), 2012; UCDP's priogrid_gid follows it. A point on an edge belongs
    to the cell north and east of it; the date line at 180 E is 180 W.
    """
    row = min(ROWS - 1, math.floor((latitude + 90) * CELLS_A_DEGREE))
    column = math.floor((longitude + 180) * CELLS_A_DEGREE) % COLUMNS
    return COLUMNS * row + column + 1


def coded(where: Where) -> Where:
    """Return a place with its PRIO-GRID cell and the P-code of the smallest unit that it surely lies in.

    As in UCDP's tables the cell is that of the point, however vague the place: take cells of geoprecision 1 to 3 where
    they matter. A place that is vaguer than a first-order unit has no P-code.
    """
    if where.latitude is None or where.longitude is None:
        return where
    return replace(where, prio_grid=prio_grid(where.latitude, where.longitude), pcode=_pcode(where))


def _pcode(where: Where) -> str | None:
    precision = where.geoprecision or 9
    district = where.admin2 and precision <= IN_DISTRICT and pcode_of(where.country, where.admin1, where.admin2)
    if district:
        return district
    return pcode_of(where.country, where.admin1) if precision <= IN_UNIT else None


def code_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return claims whose places carry their codes."""
    return tuple(replace(claim, where=coded(claim.where)) if claim.where else claim for claim in claims)
