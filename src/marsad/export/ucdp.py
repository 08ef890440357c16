"""UCDP GED: the 49 columns of the Georeferenced Event Dataset (names as in 23.1 to 26.1).

Rules: UCDP GED codebook. An event has at least one death in one of the three estimates, a time and a place, and an
organised actor on at least one side.
"""

from collections.abc import Sequence
from datetime import date

from marsad.export.codes import country_name, country_of
from marsad.export.deaths import deaths_of
from marsad.export.entries import Entry, LeftOut, Written
from marsad.export.frame import Format, Frame
from marsad.export.sides import known_side
from marsad.export.table import Value, csv_bytes
from marsad.model import Figure

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
THRESHOLD = 25
"""Deaths a year from which on UCDP calls a dyad active."""
CLEAR_TO = 4
"""UCDP's date_prec up to which an event is told by itself; from there on figures are sums over months."""


def write(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return the table of the events that UCDP's definition takes in."""
    taken = [one for one in entries if _why_not(one) is None]
    left_out = tuple(LeftOut("incident", why, one.id) for one in entries if (why := _why_not(one)) is not None)
    years = _dyad_years(taken)
    rows = [_row(one, years) for one in taken]
    return Written(csv_bytes(COLUMNS, rows), len(rows), left_out)


def _why_not(one: Entry) -> str | None:
    killed = one.killed
    if killed is None or max(killed.best, killed.high or 0) < 1:
        return "UCDP takes in fatal events only"
    if one.start is None or one.end is None:
        return "UCDP asks for a date"
    if one.place.country is None:
        return "UCDP asks for a place, at least a country"
    if one.type_of_violence is None:
        return "UCDP asks for an organised side that is named"
    return None


def _row(one: Entry, years: dict[tuple[str, int], int]) -> dict[str, Value]:
    killed = one.killed or Figure(0, 0, 0)
    split = deaths_of(one)
    dyad = dyad_name(one)
    start, end = one.start or date.min, one.end or date.min
    return {
        "id": number_of(one.id),
        "relid": f"MARSAD-{one.id}",
        "year": start.year,
        "active_year": int(years[dyad, start.year] >= THRESHOLD),
        "code_status": "Clear" if one.reviewed else "Check",
        "type_of_violence": one.type_of_violence,
        "dyad_name": dyad,
        "side_a": one.side_a or "Unknown",
        "side_b": one.side_b or "Unknown",
        **_sources(one),
        **_place(one),
        "event_clarity": 1 if (one.date_prec or CLEAR_TO) < CLEAR_TO else 2,
        "date_prec": one.date_prec,
        "date_start": start,
        "date_end": end,
        "deaths_a": split.side_a,
        "deaths_b": split.side_b,
        "deaths_civilians": split.civilians,
        "deaths_unknown": split.unknown,
        "best": killed.best,
        "high": killed.best if killed.high is None else killed.high,
        "low": killed.low,
        "gwnoa": _gwno(one.side_a),
        "gwnob": _gwno(one.side_b),
    }


def _sources(one: Entry) -> dict[str, Value]:
    named = [s for s in one.sources if s.publisher or s.title]
    articles = [",".join(f'"{part}"' for part in (s.publisher, s.published, s.title) if part) for s in named]
    days = [s.published.isoformat() for s in one.sources if s.published]
    return {
        "number_of_sources": one.source_count,
        "source_article": ";".join(articles) or None,
        "source_office": ";".join(dict.fromkeys(s.publisher for s in named if s.publisher)) or None,
        "source_date": ";".join(days) or None,
        "source_headline": ";".join(s.title for s in named if s.title) or None,
    }


def _place(one: Entry) -> dict[str, Value]:
    place, country = one.place, country_of(one.place.country)
    is_point = place.latitude is not None and place.longitude is not None
    return {
        "where_prec": place.geoprecision or 6,
        "where_coordinates": place.name or place.admin1 or country_name(place.country),
        "adm_1": place.admin1,
        "adm_2": place.admin2,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geom_wkt": f"POINT ({place.longitude!r} {place.latitude!r})" if is_point else None,
        "priogrid_gid": place.prio_grid,
        "country": country_name(place.country),
        "country_id": country.gwno if country else None,
        "region": country.ucdp_region if country else None,
    }


def number_of(incident: str) -> int:
    """Return an incident's id as a number, since UCDP's ids are numbers; `id_of` leads back."""
    return int(incident.removeprefix("i"), 16)


def dyad_name(one: Entry) -> str:
    """Return the two sides as UCDP joins them."""
    return f"{one.side_a or 'Unknown'} - {one.side_b or 'Unknown'}"


def _dyad_years(entries: Sequence[Entry]) -> dict[tuple[str, int], int]:
    sums: dict[tuple[str, int], int] = {}
    for one in entries:
        key = (dyad_name(one), one.start.year if one.start else 0)
        sums[key] = sums.get(key, 0) + (one.killed.best if one.killed else 0)
    return sums


def _gwno(side: str | None) -> int | None:
    known = known_side(side)
    if known is None or known.kind != "government" or len(known.countries) != 1:
        return None
    country = country_of(next(iter(known.countries)))
    return country.gwno if country else None


FORMAT = Format(
    "ucdp",
    "UCDP GED, 49 columns (names of 25.1 and 26.1)",
    ".csv",
    write,
    (
        "An event has a death in its best or high estimate, a date, at least a country, and a side that is organised.",
        "The threshold of 25 deaths a year is not applied, as in UCDP's candidate events; active_year says whether the "
        "dyad reaches it within this file.",
        "best is the ledger's, chosen by its policy; low and high span the sources. UCDP knows no open end: where "
        "nobody gives an upper number, high is best. Vague words stand in the figures at their least (dozens: 24).",
        "deaths_a + deaths_b + deaths_civilians + deaths_unknown = best. Those killed by one-sided violence are "
        "civilians; who is not told apart is unknown.",
        "where_prec, date_prec and type_of_violence are UCDP's codes; event_clarity is 2 where the figure is a sum "
        "over a month or more.",
        "id is Marsad's permanent id read as a hexadecimal number; UCDP's own ids of conflicts, dyads and sides are "
        "left empty. code_status is Clear where a person reviewed the incident, else Check.",
    ),
    "Column names and their order: two public programs that read GED 24 and 25 list the same 49 names; opened with "
    "pandas; sum and order of the estimates tested on every row.",
    "UCDP's own file of 26.1, the values of code_status and active_year, and UCDP's country for places whose state has "
    "no Gleditsch and Ward number (left empty).",
)
