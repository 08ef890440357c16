"""The parts of a situation report: figures that name their receipts, and the receipts that lead to the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from marsad.export.entries import Entry, LeftOut
from marsad.export.profiles import PUBLIC, Profile
from marsad.ledger import Policy
from marsad.ledger.series import StepKind
from marsad.model import Figure
from marsad.vocabulary import Harm


@dataclass(frozen=True, slots=True)
class Ask:
    """What the report is of: a window, a place or a side, for whom, and how long.

    `windows` is how many stretches before the window, each as long, it is held against. Days that are None are chosen
    from the ledger.
    """

    since: date | None = None
    until: date | None = None
    place: str | None = None
    perpetrator: str | None = None
    victims: str | None = None
    means: str | None = None
    min_sources: int = 1
    profile: Profile = PUBLIC
    reviewed_only: bool = False
    windows: int = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """What a receipt leads to: a claim or a statement by its id, whose it is, and its words where the profile tells."""

    ref: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    words: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a number comes from: the incidents that it adds up, each with its figures, or the words that give it."""

    key: str
    parts: tuple[tuple[str, Mapping[Harm, Figure]], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is of, its incidents and figures, and its receipt."""

    key: str | None
    incidents: int
    tolls: Mapping[Harm, Figure]
    receipt: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The window, or one as long before it: its days, reports that came out in it, its incidents and figures."""

    start: date
    end: date
    reports: int
    line: Line


@dataclass(frozen=True, slots=True)
class News:
    """An incident that differs from the last report: `before` are the entries that it continues (none: it is new)."""

    entry: Entry
    before: tuple[Entry, ...]
    fields: tuple[str, ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An incident of the last report that is counted no longer, and whether a person took it out."""

    entry: Entry
    withdrawn: bool
    receipt: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs from what the last report could say, over all days: `totals` are all that was ever documented."""

    since: datetime
    fresh: tuple[News, ...]
    fresh_receipt: str
    late: tuple[News, ...]
    altered: tuple[News, ...]
    merged: tuple[News, ...]
    gone: tuple[Gone, ...]
    totals: tuple[tuple[Harm, Figure | None, Figure | None], ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class Told:
    """An incident to be told in a sentence."""

    entry: Entry
    receipt: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record that is claimed, or that fell by what the ledger knows: what was compared, the verdict and why.

    `words` are the report's, None where the profile keeps them back; `claimed` is false for what nobody claims.
    """

    words: str | None
    measure: str
    unit: str
    verdict: str
    why: str
    day: date | None
    figure: Figure | None
    against: tuple[tuple[str, date, Figure], ...]
    claimed: bool
    receipt: str


@dataclass(frozen=True, slots=True)
class Counter:
    """One running total as it stands: whose, of what, since when; `remainder` is what no incident explains."""

    voice: str | None
    harm: Harm
    whom: str | None
    where: str | None
    country: str | None
    since: date | None
    day: date
    total: int
    kind: StepKind
    change: int
    remainder: Figure | None
    receipt: str


@dataclass(frozen=True, slots=True)
class ControlSaid:
    """Who holds, besieges, contests or lost what, as told in the window."""

    who: str | None
    state: str
    where: str | None
    whole: bool
    since: date | None
    is_dated: bool
    own_word: bool
    contradicted: bool
    receipt: str


@dataclass(frozen=True, slots=True)
class AgreementSaid:
    """An agreement told of in the window, how it stands, and the window's incidents that may have broken it."""

    kind: str
    parties: tuple[str, ...]
    where: str | None
    agreed: date | None
    status: str
    breaches: tuple[str, ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason for doubt and the incidents that it holds for, the gravest first."""

    kind: str
    found: tuple[Told, ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a report says, with the receipt of every number; the same ledger and ask give the same one."""

    since: date
    until: date
    moment: datetime | None
    policy: Policy
    profile: Profile
    version: str
    filters: Mapping[str, str]
    total: Line
    civilians: Line | None
    undated: int
    largest: tuple[Told, ...]
    by_side: tuple[Line, ...]
    by_place: tuple[Line, ...]
    stretches: tuple[Stretch, ...]
    records: tuple[RecordLine, ...]
    counters: tuple[Counter, ...]
    control: tuple[ControlSaid, ...]
    agreements: tuple[AgreementSaid, ...]
    doubts: tuple[Doubt, ...]
    reports: int
    left_out: tuple[LeftOut, ...]
    changed: Changed | None = None
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
