"""What a writer of a format sees of an incident: everything that its profile lets out, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from marsad.model import EventCodes, Figure
from marsad.vocabulary import Basis, DatePrecision, Harm, Means, Qualifier, Status


@dataclass(frozen=True, slots=True)
class Source:
    """One report; `publisher`, `title` and `url` are None where the profile holds them back or none is known."""

    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: date | None
    language: str | None
    recorded: datetime


@dataclass(frozen=True, slots=True)
class Party:
    """Who did it, or who came to harm: an actor of the registry, or (`id` None) words; `kind` is the registry's."""

    name: str
    id: str | None = None
    kind: str | None = None
    countries: frozenset[str] = frozenset()
    basis: Basis = "asserted"
    status: Status = "unknown"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was, as exact as the profile allows; `rounded` are the decimals that were kept, None for all.

    `geoprecision` is UCDP's where_prec; `is_shy` marks homes, clinics and the like.
    """

    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geoprecision: int | None = None
    radius_km: float | None = None
    gazetteer_id: str | None = None
    pcode: str | None = None
    prio_grid: int | None = None
    rounded: int | None = None
    is_shy: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the killed as one claim tells it; `vague` is the word for a number where none stands there."""

    figure: Figure
    qualifier: Qualifier
    status: Status
    vague: str | None = None
    actor: str | None = None
    actor_kind: str | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with its span; `quote`, `words`, `victims` and `voice` are None where the profile keeps them back."""

    ref: str
    source: str
    harm: Harm
    figure: Figure
    qualifier: Qualifier
    scope: str
    modality: str
    start: int
    end: int
    within: str
    quote: str | None = None
    words: str | None = None
    victims: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident on its way out. `shares` make up the killed; `parts` are told apart within them (children, women).

    `side_a`, `side_b` and `type_of_violence` are UCDP's; `source_count` are the voices, copies of one text one voice.
    """

    id: str
    type: str
    start: date | None
    end: date | None
    precision: DatePrecision
    date_prec: int | None
    place: Place
    tolls: Mapping[Harm, Figure] = field(default_factory=dict)
    killed_civilians: Figure | None = None
    killed_combatants: Figure | None = None
    shares: tuple[Share, ...] = ()
    parts: tuple[Share, ...] = ()
    perpetrators: tuple[Party, ...] = ()
    victims: tuple[Party, ...] = ()
    side_a: str | None = None
    side_b: str | None = None
    type_of_violence: int | None = None
    means: Means | None = None
    codes: EventCodes | None = None
    sources: tuple[Source, ...] = ()
    source_count: int = 0
    claims: tuple[Told, ...] = ()
    reviewed: bool = False
    recorded: datetime | None = None

    @property
    def killed(self) -> Figure | None:
        """How many were killed."""
        return self.tolls.get("killed")


@dataclass(frozen=True, slots=True)
class Running:
    """A sum over a window or since a base date, as a report gave it: it stands beside the incidents, never added."""

    told: Told
    source: Source
    start: date | None
    end: date | None
    country: str | None
    admin1: str | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that does not leave, why, and of which incident (None: of the whole)."""

    what: str
    why: str
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a format made: its bytes, how many rows they hold, and what its codebook left out.

    `canonical` stands in for the bytes where a library does not write the same bytes twice.
    """

    content: bytes
    rows: int
    left_out: tuple[LeftOut, ...] = ()
    canonical: bytes | None = None
