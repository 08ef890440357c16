"""ACLED rows: one number of fatalities, two actors whose order says nothing, and the type of event."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from marsad.export.codes import country_by_iso_number, country_named
from marsad.imports.cells import Row, day, degrees, needed, number, words
from marsad.imports.coded import Coded, Part, RowError, Spot
from marsad.model import Figure
from marsad.vocabulary import DatePrecision, Means, Status

NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "fatalities", "country")
GEOPRECISION = {1: 1, 2: 3, 3: 4}
KINDS: dict[str, tuple[str, Means | None]] = {
    "armed clash": ("armed_clash", "clashes"),
    "government regains territory": ("armed_clash", "clashes"),
    "non-state actor overtakes territory": ("armed_clash", "clashes"),
    "air/drone strike": ("air_strike", "airstrike"),
    "shelling/artillery/missile attack": ("shelling", "shelling"),
    "suicide bomb": ("suicide_bombing", "suicide_bombing"),
    "remote explosive/landmine/ied": ("bombing", "bombing"),
    "grenade": ("bombing", "bombing"),
    "chemical weapon": ("chemical_attack", "chemical"),
    "abduction/forced disappearance": ("abduction", None),
}
STATES = frozenset({"1", "8", "state forces", "external/other forces"})
GROUPS = frozenset({"2", "3", "4", "rebel group", "political militia", "identity militia"})
CIVILIANS = frozenset({"7", "civilians"})


def coded_of(row: Row) -> Coded:
    """Return one row as coded; RowError where nobody died: ACLED counts no other harm."""
    dead = number(row, "fatalities")
    if not dead:
        raise RowError("no fatalities: ACLED counts no other harm")
    start, end, precision = _days(row)
    kind, means = KINDS.get(needed(row, "sub_event_type").casefold(), ("attack", None))
    violence, side_a, side_b = _sides(row)
    by = side_a if _against_civilians(row) else None
    status: Status = "civilian" if _against_civilians(row) else "unknown"
    return Coded(
        scheme="ACLED event",
        id=needed(row, "event_id_cnty"),
        start=start,
        end=end,
        precision=precision,
        spot=_spot(row),
        totals=(("killed", Part(Figure(dead, dead, dead), "people", status, None, by)),),
        kind=kind,
        means=means,
        side_a=side_a,
        side_b=side_b,
        type_of_violence=violence,
        published=_stamp(row) or end,
        sources=words(row, "source"),
        notes=words(row, "sub_event_type"),
    )


def _days(row: Row) -> tuple[date, date, DatePrecision]:
    first = day(row, "event_date")
    if first is None:
        raise RowError("event_date is empty")
    precision = number(row, "time_precision") or 1
    if precision == 1:
        return first, first, "day"
    if precision == 2:
        return first - timedelta(days=3), first + timedelta(days=3), "week"
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=1), first.replace(day=last), "month"


def _sides(row: Row) -> tuple[int | None, str | None, str | None]:
    """Return UCDP's type of violence and two sides, as the actors' codes tell them; civilians always second."""
    actors = [(words(row, f"actor{n}"), (words(row, f"inter{n}") or "").casefold()) for n in (1, 2)]
    if actors[0][1] in CIVILIANS:
        actors.reverse()
    (one, first), (other, second) = actors
    if second in CIVILIANS:
        return 3, one, "Civilians"
    if not {first, second} <= STATES | GROUPS:
        return None, one, other
    return (1 if {first, second} & STATES else 2), one, other


def _against_civilians(row: Row) -> bool:
    return needed(row, "event_type") == "Violence against civilians" or words(row, "civilian_targeting") is not None


def _spot(row: Row) -> Spot:
    country = country_by_iso_number(number(row, "iso")) or country_named(needed(row, "country"))
    return Spot(
        words(row, "location"),
        words(row, "admin1"),
        words(row, "admin2"),
        country.iso if country else None,
        degrees(row, "latitude", 90),
        degrees(row, "longitude", 180),
        GEOPRECISION.get(number(row, "geo_precision") or 1),
    )


def _stamp(row: Row) -> date | None:
    """Return the day on which ACLED last changed the row."""
    seconds = words(row, "timestamp")
    return datetime.fromtimestamp(int(seconds), UTC).date() if seconds and seconds.isdecimal() else None
