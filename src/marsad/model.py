"""The types that every step speaks: frozen, slotted, without logic.

Recorded things (Report, Claim) carry the words they came from; derived things (Incident, Breakdown) carry the ids of
what they were derived from. Offsets are half-open and count code points of the report's text (or title) as given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from marsad.vocabulary import (
    Basis,
    BreakdownKind,
    Check,
    DateOrigin,
    DatePrecision,
    DayEvidence,
    Field,
    Harm,
    Means,
    Modality,
    Qualifier,
    Scope,
    StatementKind,
    Status,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Dating:
    """What says when a report came out, how sure that is (0 to 1), and what says otherwise, in words."""

    by: DayEvidence
    certainty: float
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One document as it was received; `id` is the caller's, or a hash of the content.

    `source` is the file it came from, through archives ("a.zip » b.html"), `dated` the evidence for `published`,
    `notes` what is to be known of how it was read ("read by OCR").
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: date | None = None
    sha256: str | None = None
    source: str | None = None
    dated: Dating | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a report's words: `text[start:end] == quote`, in the field named by `within`."""

    start: int
    end: int
    quote: str
    within: Field = "text"


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, as the words say it and as numbers; `high` None is open upwards.

    `stated` is the number in the words (None when vague), `stated_high` the second number of a range.
    """

    words: str
    stated: int | None
    qualifier: Qualifier
    low: int
    best: int
    high: int | None
    stated_high: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A derived number of people with its doubt: low <= best <= high; `high` None is open upwards."""

    low: int
    best: int
    high: int | None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """A registry entry that a mention was resolved to; `id` is stable, also for provisional entries."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Victims:
    """Those who came to harm, in the report's words, with what the words say of them."""

    text: str | None
    status: Status = "unknown"
    actor: ActorRef | None = None
    groups: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who did the harm, in the report's words, and how sure the report is of it (`basis`)."""

    text: str
    basis: Basis = "asserted"
    actor: ActorRef | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The time of the harm: the words, and the interval they mean (both ends inclusive days).

    Before resolution only `text` and `span` are set. `start` None with precision "since" is an open start. `origin` is
    "publication" where no word tells the day, and the report's own day stands in for it.
    """

    text: str | None
    start: date | None = None
    end: date | None = None
    precision: DatePrecision = "unknown"
    span: Span | None = None
    origin: DateOrigin = "text"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of the harm: the words, and the gazetteer entry they mean. Degrees WGS84; `radius_km` of doubt.

    `country` is ISO 3166-1 alpha-2, `geoprecision` UCDP's where_prec (1-7), `pcode` OCHA's code of the unit,
    `prio_grid` the gid of the point's cell. Before resolution only `text` is set.
    """

    text: str | None
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geoprecision: int | None = None
    gazetteer_id: str | None = None
    radius_km: float | None = None
    span: Span | None = None
    pcode: str | None = None
    prio_grid: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word a claim is; absent where the report itself asserts it."""

    text: str
    actor: ActorRef | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion that a number of people came to harm; `span` holds the count and the harmed people."""

    id: str
    span: Span
    harm: Harm
    count: Count
    victims: Victims
    perpetrators: tuple[Perpetrator, ...] = ()
    when: When | None = None
    where: Where | None = None
    according_to: Voice | None = None
    means: Means | None = None
    scope: Scope = "incident"
    modality: Modality = "asserted"
    extractor: str = "rules"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """An extractor's opinion on two claims of a report: `part` (left is part of right), `same`, with probability."""

    left: str
    right: str
    relation: str
    probability: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor found in one report: claims in order of their place, links between them, warnings."""

    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One figure is made of others; `remainder` is total minus parts, `why` the evidence in plain words."""

    total: str
    parts: tuple[str, ...]
    kind: BreakdownKind
    check: Check
    remainder: Figure | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restatement:
    """The claim `later` tells of the same harm to the same people as `first`."""

    first: str
    later: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventCodes:
    """How ACLED's and PLOVER's codebooks call a type of event; None where the type and its means do not tell."""

    acled_event: str
    acled_sub_event: str
    plover_event: str | None = None
    plover_mode: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One event of a report, put together from its claims; nobody is counted twice.

    `tolls` counts all people by harm (attackers included); `killed_civilians` and `killed_combatants` stand beside it.
    `side_a`, `side_b` and `type_of_violence` (1 state-based, 2 non-state, 3 one-sided) are UCDP's, None where not told.
    """

    id: str
    type: str
    claims: tuple[str, ...]
    tolls: Mapping[Harm, Figure] = field(default_factory=dict)
    killed_civilians: Figure | None = None
    killed_combatants: Figure | None = None
    when: When | None = None
    where: Where | None = None
    perpetrators: tuple[Perpetrator, ...] = ()
    victims: tuple[Victims, ...] = ()
    means: Means | None = None
    confidence: float = 1.0
    side_a: str | None = None
    side_b: str | None = None
    type_of_violence: int | None = None
    codes: EventCodes | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Words that play a part in a statement, and the actor or the place that they were resolved to."""

    text: str
    span: Span
    actor: ActorRef | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What else a report says of the conflict: responsibility, control, relation, agreement or record.

    `terms` are its values of closed lists, `slots` its words by the part they play (vocabulary.STATEMENT_TERMS and
    STATEMENT_SLOTS name them per kind).
    """

    id: str
    kind: StatementKind
    span: Span
    terms: Mapping[str, str]
    slots: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    according_to: Voice | None = None
    when: When | None = None
    modality: Modality = "asserted"
    extractor: str = "rules"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name of the report, resolved (`where.name` set) or with null values."""

    span: Span
    where: Where


@dataclass(frozen=True, slots=True)
class Tally:
    """What the arithmetic of one report came to."""

    breakdowns: tuple[Breakdown, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    incidents: tuple[Incident, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one report; the record that the ledger keeps."""

    report: Report
    claims: tuple[Claim, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    incidents: tuple[Incident, ...] = ()
    statements: tuple[Statement, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody's word on whether two incidents are one; `by` is a person's name or "program <name> <version>".

    `left` and `right` are permanent incident ids, `verdict` is one of same, different, unsure, `score` a probability.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    made: datetime
    score: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """A person's word on one value of an incident or a claim, with the reason; the latest word stands."""

    of: str
    field: str
    value: str
    reason: str
    by: str
    made: datetime
