"""UCDP GED rows, final or candidate: the coder's estimates, sides and precisions as they stand."""

from datetime import date

from marsad.export.codes import country_by_gwno, country_named
from marsad.imports.cells import Row, day, day_of, degrees, needed, number, words
from marsad.imports.coded import Coded, Part, RowError, Spot
from marsad.model import Figure
from marsad.vocabulary import DatePrecision, Harm

NEEDED = ("id", "date_start", "date_end", "best", "low", "high", "side_a", "side_b", "type_of_violence", "country")
PRECISION: dict[int, DatePrecision] = {1: "day", 2: "days", 3: "week", 4: "month", 5: "year"}
STATE_BASED, ONE_SIDED = 1, 3
UNKNOWN = frozenset({"", "unknown", "civilians"})


def coded_of(row: Row) -> Coded:
    """Return one row as coded; RowError where it breaks UCDP's own identities."""
    start, end = day(row, "date_start"), day(row, "date_end")
    if start is None or end is None or end < start:
        raise RowError("date_start and date_end name no days in their order")
    best, low, high = (number(row, name) or 0 for name in ("best", "low", "high"))
    low, high = min(low, best), max(high, best)
    kind = number(row, "type_of_violence")
    side_a, side_b = words(row, "side_a"), words(row, "side_b")
    whole = Figure(low, best, high)
    by = side_a if kind == ONE_SIDED else None
    return Coded(
        scheme="UCDP GED event",
        id=needed(row, "id"),
        start=start,
        end=end,
        precision=PRECISION.get(number(row, "date_prec") or 1, "day"),
        spot=spot_of(row),
        totals=(("killed", Part(whole, "people", "civilian" if kind == ONE_SIDED else "unknown", None, by)),),
        parts=_parts(row, best, kind),
        kind="armed_clash" if kind != ONE_SIDED else "attack",
        side_a=side_a,
        side_b=side_b,
        type_of_violence=kind if kind in (1, 2, 3) else None,
        published=_published(row) or end,
        sources=words(row, "source_office") or words(row, "source_article"),
        notes=words(row, "dyad_name"),
    )


def spot_of(row: Row) -> Spot:
    """Return the place as UCDP codes it."""
    named = needed(row, "country")
    country = country_by_gwno(number(row, "country_id"))
    country = country or country_named(named.partition(" (")[0]) or country_named(named)
    precision = number(row, "where_prec")
    return Spot(
        words(row, "where_coordinates"),
        words(row, "adm_1"),
        words(row, "adm_2"),
        country.iso if country else None,
        degrees(row, "latitude", 90),
        degrees(row, "longitude", 180),
        precision if precision in range(1, 8) else None,
    )


def _parts(row: Row, best: int, kind: int | None) -> tuple[tuple[Harm, Part], ...]:
    """Return the four columns of deaths where they add up to best and at least two of them hold somebody."""
    side_a, side_b = words(row, "side_a"), words(row, "side_b")
    own_a, own_b = (side if side and side.casefold() not in UNKNOWN else None for side in (side_a, side_b))
    numbers = {name: number(row, name) or 0 for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")}
    if sum(numbers.values()) != best:
        return ()
    one_sided = kind == ONE_SIDED
    civilians_by = own_a if one_sided else None
    made = (
        Part(_exactly(numbers["deaths_a"]), f"people of {side_a or 'side A'}", "combatant", own_a, own_b),
        Part(_exactly(numbers["deaths_b"]), f"people of {side_b or 'side B'}", "combatant", own_b, own_a),
        Part(_exactly(numbers["deaths_civilians"]), "civilians", "civilian", None, civilians_by),
        Part(_exactly(numbers["deaths_unknown"]), "people of an unknown side", "unknown", None, civilians_by),
    )
    return tuple(("killed", part) for part in made if part.figure.best)


def _exactly(people: int) -> Figure:
    return Figure(people, people, people)


def _published(row: Row) -> date | None:
    """Return the last day that a source of the row is of."""
    days = [day_of(each) for each in (words(row, "source_date") or "").split(";")]
    return max((each for each in days if each), default=None)
