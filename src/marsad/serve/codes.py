"""How UCDP's, ACLED's and PLOVER's codebooks name an incident, each code with its meaning in words."""

from collections.abc import Iterator

from marsad.ledger import LedgerIncident
from marsad.model import Where
from marsad.resolve.when import date_prec
from marsad.serve.messages import gettext
from marsad.serve.terms import N_

VIOLENCE = {1: N_("state-based conflict"), 2: N_("non-state conflict"), 3: N_("one-sided violence")}
WHERE = {
    1: N_("the exact place"), 2: N_("near the place, within some 25 km"), 3: N_("somewhere in the district"),
    4: N_("somewhere in the province"), 5: N_("somewhere in a region or along a line"),
    6: N_("somewhere in the country"), 7: N_("at sea or in the air"),
}  # fmt: skip
"""UCDP's where_prec in words."""
NEAR = 2
WHEN = {
    1: N_("the exact day"), 2: N_("within two to six days"), 3: N_("within a week"), 4: N_("within a month"),
    5: N_("within more than a month"),
}  # fmt: skip
"""UCDP's date_prec in words."""


def codes_of(one: LedgerIncident) -> list[tuple[str, str]]:
    """Return the codes of an incident with what they mean, as (name, words); those that nothing tells are left out."""
    return [*_ucdp(one), *_events(one)]


def _ucdp(one: LedgerIncident) -> Iterator[tuple[str, str]]:
    incident = one.members[-1].incident
    if incident.type_of_violence in VIOLENCE:
        kind = gettext(VIOLENCE[incident.type_of_violence])
        yield gettext("UCDP type of violence"), f"{incident.type_of_violence}, {kind}"
    if incident.side_a:
        yield gettext("UCDP side A"), incident.side_a
    if incident.side_b:
        yield gettext("UCDP side B"), incident.side_b
    if one.where is not None and one.where.geoprecision is not None:
        yield "UCDP where_prec", f"{one.where.geoprecision}, {gettext(WHERE[one.where.geoprecision])}"
    if (precision := date_prec(one.when)) is not None:
        yield "UCDP date_prec", f"{precision}, {gettext(WHEN[precision])}"
    if one.where is not None and one.where.prio_grid:
        yield gettext("PRIO-GRID cell"), str(one.where.prio_grid)
    if one.where is not None and one.where.pcode:
        yield gettext("OCHA P-code"), one.where.pcode


def _events(one: LedgerIncident) -> Iterator[tuple[str, str]]:
    codes = next((member.incident.codes for member in reversed(one.members) if member.incident.codes), None)
    if codes is not None:
        yield gettext("ACLED event"), f"{codes.acled_event}: {codes.acled_sub_event}"
        if codes.plover_event:
            yield "PLOVER", ": ".join(part for part in (codes.plover_event, codes.plover_mode) if part)


def exactness(where: Where | None) -> str:
    """Return how exactly a place is known, in words."""
    if where is None:
        return ""
    precision = where.geoprecision or 1
    if where.radius_km and precision > 1:
        # What UCDP says of the radius gives way to the one that is known.
        near = gettext("near the place") if precision == NEAR else gettext(WHERE[precision])
        return gettext("%(where)s, within %(km)s km") % {"where": near, "km": f"{where.radius_km:,.0f}"}
    return gettext(WHERE[precision]) if precision in WHERE else ""


def coordinates(where: Where | None) -> str:
    """Return the coordinates of a place as people read them: 34.81° N, 36.12° E; "" where there are none."""
    if where is None or where.latitude is None or where.longitude is None:
        return ""
    north, east = ("N" if where.latitude >= 0 else "S"), ("E" if where.longitude >= 0 else "W")
    digits = 3 if (where.geoprecision or 1) == 1 else 2
    return f"{abs(where.latitude):.{digits}f}° {north}, {abs(where.longitude):.{digits}f}° {east}"
