"""What the record holds, as the ledger reads it, and the permanent ids of incidents."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from marsad.model import Claim, Incident, Judgement, Reading, Report, Revision
from marsad.sources import voice_of
from marsad.vocabulary import Harm

CODED = "import "
"""How the extractor of a row begins that was brought in from a coder's table."""


@dataclass(frozen=True, slots=True)
class RecordedReading:
    """A reading as it was recorded: of which report (`report_key`), at which moment, by which program and extractor."""

    key: str
    report_key: str
    reading: Reading
    recorded: datetime
    program: str
    extractor: str

    @property
    def is_coded(self) -> bool:
        """Whether a coder's table was brought in (marsad import), and no report's words were read."""
        return self.extractor.startswith(CODED)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was recorded until a moment, in the order of recording."""

    readings: tuple[RecordedReading, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One report's incident with its permanent id: what is linked, and what every figure of the ledger leads to."""

    id: str
    incident: Incident
    recorded: RecordedReading

    @property
    def report(self) -> Report:
        """The report that tells of the incident."""
        return self.recorded.reading.report

    @property
    def voice(self) -> str:
        """Whose word it is: the agency it credits, else the publisher, or the report itself where none is known."""
        return voice_of(self.report) or self.recorded.report_key

    @property
    def told(self) -> tuple[date, str]:
        """The report's place in time: its day of publication, and its key where days are equal or unknown."""
        return self.report.published or date.min, self.recorded.report_key

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims that the incident was put together from, in the order of the text."""
        wanted = set(self.incident.claims)
        return tuple(claim for claim in self.recorded.reading.claims if claim.id in wanted)

    def whole_claims(self, harm: Harm) -> tuple[Claim, ...]:
        """Return the claims of one harm that are neither part nor repetition of another claim of the incident."""
        here = set(self.incident.claims)
        reading = self.recorded.reading
        under = {part for b in reading.breakdowns if b.total in here for part in b.parts}
        under |= {pair.later for pair in reading.restatements if pair.first in here}
        return tuple(claim for claim in self.claims() if claim.harm == harm and claim.id not in under)


def report_key(report: Report) -> str:
    """Return the permanent key of a report: SHA-256 over its words, publisher and day; the caller's id has no part."""
    day = None if report.published is None else report.published.isoformat()
    return digest([report.title, report.text, report.publisher, day])


def incident_id(key: str, spans: object, ordinal: int) -> str:
    """Return an incident's permanent id: from the report's key and where its claims stand; 48 bits suffice for 10^6."""
    return "i" + digest([key, spans or ordinal])[:12]


def claim_ref(key: str, claim: str) -> str:
    """Return the id by which the ledger names one claim of one report."""
    return f"{key[:12]}/{claim}"


def members_of(recorded: RecordedReading) -> tuple[Member, ...]:
    """Return a reading's incidents with their permanent ids."""
    out = []
    spans = {c.id: [c.span.within, c.span.start, c.span.end] for c in recorded.reading.claims}
    for ordinal, incident in enumerate(recorded.reading.incidents):
        told = sorted(spans[claim] for claim in incident.claims)
        out.append(Member(incident_id(recorded.report_key, told, ordinal), incident, recorded))
    return tuple(out)


def digest(value: object) -> str:
    """Return SHA-256 in hex over `value` as canonical JSON."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: object) -> str:
    """Return `value` as JSON with sorted keys and no spaces, so that equal values have equal bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
