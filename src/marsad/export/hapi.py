"""HDX HAPI: conflict events and fatalities by month and administrative unit, in the 19 columns of OCHA's table."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.export.acled import STRATEGIC, event_of, targets_civilians
from marsad.export.codes import country_of
from marsad.export.entries import Entry, LeftOut, Written
from marsad.export.frame import Format, Frame
from marsad.export.table import Value, csv_bytes

COLUMNS = (
    "location_code", "has_hrp", "in_gho", "provider_admin1_name", "provider_admin2_name", "admin1_code", "admin1_name",
    "admin2_code", "admin2_name", "admin_level", "event_type", "events", "fatalities", "reference_period_start",
    "reference_period_end", "dataset_hdx_id", "resource_hdx_id", "warning", "error",
)  # fmt: skip
POLITICAL, CIVILIANS = "political_violence", "civilian_targeting"
MONTH = 4
"""UCDP's date_prec of a month: what is vaguer belongs to no month."""
IN_DISTRICT, IN_UNIT = 3, 4
Cell = tuple[str, str, str, str, date]


@dataclass(slots=True)
class _Sum:
    events: int = 0
    fatalities: int = 0
    pcode: str | None = None


def write(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return the monthly table; each incident stands in one unit and one month."""
    sums: dict[Cell, _Sum] = {}
    left_out = []
    for one in entries:
        why = _why_not(one)
        if why:
            left_out.append(LeftOut("incident", why, one.id))
            continue
        for kind in (POLITICAL, *([CIVILIANS] if targets_civilians(one) else [])):
            cell = sums.setdefault(_cell(one, kind), _Sum())
            cell.events += 1
            cell.fatalities += one.killed.best if one.killed else 0
            cell.pcode = cell.pcode or one.place.pcode
    rows = [_row(key, sums[key]) for key in sorted(sums)]
    return Written(csv_bytes(COLUMNS, rows), len(rows), tuple(left_out))


def _why_not(one: Entry) -> str | None:
    if one.start is None or one.end is None or (one.date_prec or 9) > MONTH:
        return "a month's table asks for a month"
    if country_of(one.place.country) is None:
        return "the table asks for a country"
    if event_of(one)[0] == STRATEGIC:
        return "HAPI has no type for what is no violence"
    return None


def _cell(one: Entry, kind: str) -> Cell:
    place, country = one.place, country_of(one.place.country)
    precision = place.geoprecision or 9
    admin1 = place.admin1 or "" if precision <= IN_UNIT else ""
    admin2 = place.admin2 or "" if precision <= IN_DISTRICT and admin1 else ""
    return country.iso3 if country else "", admin1, admin2, kind, (one.start or date.min).replace(day=1)


def _row(key: Cell, found: _Sum) -> dict[str, Value]:
    iso3, admin1, admin2, kind, first = key
    level = 2 if admin2 else 1 if admin1 else 0
    return {
        "location_code": iso3,
        "provider_admin1_name": admin1,
        "provider_admin2_name": admin2,
        "admin1_code": found.pcode if level == 1 else None,
        "admin1_name": admin1,
        "admin2_code": found.pcode if level == 2 else None,
        "admin2_name": admin2,
        "admin_level": level,
        "event_type": kind,
        "events": found.events,
        "fatalities": found.fatalities,
        "reference_period_start": first,
        "reference_period_end": first.replace(day=monthrange(first.year, first.month)[1]),
        "warning": None if level else "no administrative unit is told",
    }


FORMAT = Format(
    "hapi",
    "HDX HAPI conflict events, monthly table of 19 columns",
    ".csv",
    write,
    (
        "One row a country, unit, month and event_type; an incident counts in the month of its first day.",
        "political_violence holds every incident; civilian_targeting those against civilians again, as in HAPI: never "
        "add the two. Demonstrations are not in Marsad's ledger.",
        "fatalities is the sum of best.",
        "Units are Marsad's names; a P-code stands where the place lies surely in the unit. has_hrp, in_gho and the "
        "HDX ids are HDX's to fill in and left empty.",
    ),
    "Names and order of the 19 columns and the three event types against OCHA's public code; opened with pandas.",
    "The hashtags of HDX's own file, so there is no row of them.",
)
