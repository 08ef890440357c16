"""Any other table of events, its columns named by the user: one row an event."""

from collections.abc import Mapping
from typing import get_args

from marsad.errors import BadInputError
from marsad.export.codes import country_named
from marsad.imports.cells import Row, day, degrees, number, words
from marsad.imports.coded import Coded, Part, RowError, Spot
from marsad.model import Figure
from marsad.vocabulary import HARMS, STATUSES, Harm, Means, Status

KEYS = (
    "id", "start", "end", "published", "place", "admin1", "admin2", "country", "latitude", "longitude", "geoprecision",
    "perpetrators", "victims", "status", "means", "sources",
    *(f"{harm}{end}" for harm in HARMS for end in ("", "_low", "_best", "_high")),
)  # fmt: skip
MEANS: tuple[Means, ...] = get_args(Means)


def columns_of(text: str | None) -> dict[str, str]:
    """Return the map that `--map start=date,killed=deaths` asks for; BadInputError for other words."""
    found: dict[str, str] = {}
    for pair in filter(None, (each.strip() for each in (text or "").split(","))):
        key, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column or key not in KEYS:
            raise BadInputError(f"--map {pair}: write KEY=COLUMN, the key one of {', '.join(KEYS[:16])}, killed, …")
        found[key] = column
    return found


def renamed(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    """Return a row under our names: those of the map, and every column that is called so already."""
    taken = {column: key for key, column in columns.items()}
    kept = {name: value for name, value in row.items() if name not in taken}
    return {**kept, **{key: row.get(column, "") for column, key in taken.items()}}


def coded_of(row: Row) -> Coded:
    """Return one row as coded; RowError where it names no day or no number of people."""
    start = day(row, "start")
    if start is None:
        raise RowError("start is empty: map a column to it with --map start=COLUMN")
    end = day(row, "end") or start
    if end < start:
        raise RowError("end is before start")
    totals = tuple(part for harm in HARMS if (part := _total(row, harm)))
    if not totals:
        raise RowError("no number of people: map one with --map killed=COLUMN")
    means = next((each for each in MEANS if each == (words(row, "means") or "").casefold()), None)
    return Coded(
        scheme="Row",
        id=words(row, "id") or "",
        start=start,
        end=end,
        precision="day" if start == end else "days",
        spot=_spot(row),
        totals=totals,
        means=means,
        published=day(row, "published") or end,
        sources=words(row, "sources"),
    )


def _total(row: Row, harm: Harm) -> tuple[Harm, Part] | None:
    best = number(row, harm)
    best = number(row, f"{harm}_best") if best is None else best
    low, high = number(row, f"{harm}_low"), number(row, f"{harm}_high")
    found = next((each for each in (best, low, high) if each is not None), None)
    if found is None:
        return None
    least, most = min(found, found if low is None else low), max(found, found if high is None else high)
    status: Status = next((each for each in STATUSES if each == (words(row, "status") or "").casefold()), "unknown")
    who = words(row, "victims") or "people"
    return harm, Part(Figure(least, found, most), who, status, None, words(row, "perpetrators"))


def _spot(row: Row) -> Spot:
    named = words(row, "country")
    country = country_named(named) if named else None
    if named and country is None:
        raise RowError(f"country is {named!r}, which names no country")
    precision = number(row, "geoprecision")
    return Spot(
        words(row, "place"),
        words(row, "admin1"),
        words(row, "admin2"),
        country.iso if country else None,
        degrees(row, "latitude", 90),
        degrees(row, "longitude", 180),
        precision if precision in range(1, 8) else None,
    )
