"""One event as a coder coded it: what every table that can be brought in comes to."""

from dataclasses import dataclass
from datetime import date

from marsad.model import Figure
from marsad.vocabulary import DatePrecision, Harm, Means, Status


class RowError(Exception):
    """A row that cannot be brought in; the message says why, for the person who looks at the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the people of one harm: who they were, and who did it, as far as the coder says."""

    figure: Figure
    who: str
    status: Status = "unknown"
    side: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """The place as coded: names, ISO 3166-1 alpha-2 of the country, degrees, UCDP's where_prec."""

    name: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geoprecision: int | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """One event. `totals` by harm; `parts` of a harm add up to its total where they are given.

    `scheme` and `id` name it ("UCDP GED event 412700"); sides and `type_of_violence` are UCDP's, where coded.
    """

    scheme: str
    id: str
    start: date
    end: date
    precision: DatePrecision
    spot: Spot
    totals: tuple[tuple[Harm, Part], ...]
    parts: tuple[tuple[Harm, Part], ...] = ()
    kind: str = "attack"
    means: Means | None = None
    side_a: str | None = None
    side_b: str | None = None
    type_of_violence: int | None = None
    published: date | None = None
    sources: str | None = None
    notes: str | None = None
