"""The derived types of the ledger: its incidents, the running totals beside them, and the ledger itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marsad.ledger.policy import Policy
from marsad.ledger.record import Member, RecordedReading
from marsad.model import Claim, Figure, Judgement, Perpetrator, Report, Revision, Victims, When, Where
from marsad.vocabulary import Harm, Means


@dataclass(frozen=True, slots=True)
class LedgerIncident:
    """One event, put together from what the reports say; `id` is permanent, `members` are the reports' incidents.

    `chosen` names, per harm, the member whose word is the best figure; `rule` is the policy that chose; `voices` are
    those who tell of it, copies of one text counted once.
    """

    id: str
    members: Sequence[Member]
    type: str
    rule: Policy
    tolls: Mapping[Harm, Figure] = field(default_factory=dict)
    chosen: Mapping[Harm, str] = field(default_factory=dict)
    voices: tuple[str, ...] = ()
    killed_civilians: Figure | None = None
    killed_combatants: Figure | None = None
    when: When | None = None
    where: Where | None = None
    perpetrators: tuple[Perpetrator, ...] = ()
    victims: tuple[Victims, ...] = ()
    means: Means | None = None
    revisions: tuple[Revision, ...] = ()

    def member(self, name: str) -> Member:
        """Return the member of that id."""
        return next(member for member in self.members if member.id == name)


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A sum over a window or since a base date, as a report gave it: kept beside the incidents, never added."""

    id: str
    report: Report
    claim: Claim


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known as of a moment: incidents, running totals beside them, and the readings they rest on.

    `heirs` leads from every incident id that was ever given to the incident that answers for it today. `withdrawn` are
    the incidents that a person took out: they are in no total, and can be traced. `parts` leads from an id of an older
    reading to all incidents that its words went to, where they are several. `revisions` is all that people revised.

    The sequences and mappings may be loaded as they are looked at. `answers`, where there is one, gives some answers
    (`tolls.Adding`, `trace.Tracing`, `changes.Comparing`) sooner than a walk over all incidents would, and the same.
    """

    as_of: datetime | None
    policy: Policy
    incidents: Sequence[LedgerIncident] = ()
    running: Sequence[RunningTotal] = ()
    heirs: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, RecordedReading] = field(default_factory=dict)
    judgements: Sequence[Judgement] = ()
    withdrawn: Sequence[LedgerIncident] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    revisions: Sequence[Revision] = ()
    answers: object = field(default=None, compare=False, repr=False)
