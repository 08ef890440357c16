"""Walks from any figure of the ledger to the words it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from marsad.errors import LedgerError
from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.history import parts_of
from marsad.ledger.record import RecordedReading, claim_ref
from marsad.ledger.stated import Stated
from marsad.ledger.tolls import Row, Selection, require_by, toll
from marsad.model import Claim, Judgement, Report, Revision

SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One claim with the report that makes it; `ref` is the id by which the ledger names it."""

    ref: str
    claim: Claim
    report: Report


@dataclass(frozen=True, slots=True)
class Trace:
    """What an id leads to: a row of a toll, incidents, and the claims they rest on, each with its report.

    `heir_of` is the id that was asked for, where another one answers for it now; `parts` are the incidents that hold
    what was once one under it, where they are several; `withdrawn` is an incident that a person took out of all
    totals; `revisions` is all that people said of these incidents and claims, also what no longer stands; `stated` is
    what the report says besides harm, or the one statement that was asked for.
    """

    asked: str
    row: Row | None = None
    incidents: Sequence[LedgerIncident] = ()
    said: Sequence[Said] = ()
    running: tuple[RunningTotal, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    heir_of: str | None = None
    parts: tuple[str, ...] = ()
    withdrawn: LedgerIncident | None = None
    revisions: tuple[Revision, ...] = ()
    stated: tuple[Stated, ...] = ()


@runtime_checkable
class Tracing(Protocol):
    """Traces ids of a ledger without a walk over its incidents; None where it cannot."""

    def traced(self, ledger: Ledger, asked: str, selection: Selection | None) -> Trace | None:
        """Return what `trace` does."""
        ...


def trace(ledger: Ledger, asked: str, selection: Selection | None = None) -> Trace:
    """Return what an id rests on: an incident, a claim (report/c4), a report, or a row of a toll (perpetrator:Name)."""
    if isinstance(ledger.answers, Tracing) and (found := ledger.answers.traced(ledger, asked, selection)) is not None:
        return found
    if ":" in asked or asked == "total":
        return _row_trace(ledger, asked, selection)
    taken_out = {member.id: one for one in ledger.withdrawn for member in one.members}
    by_incident = one_of(asked, sorted({*ledger.heirs, *taken_out}), "incident")
    if by_incident is not None and by_incident in ledger.heirs:
        return _incident_trace(ledger, asked, by_incident)
    if by_incident is not None:
        return _withdrawn_trace(ledger, asked, taken_out[by_incident])
    key = one_of(asked.partition("/")[0], sorted(ledger.readings), "report")
    if key is None:
        raise nothing_answers(asked)
    return _report_trace(ledger, asked, ledger.readings[key])


def _row_trace(ledger: Ledger, asked: str, selection: Selection | None) -> Trace:
    by = require_by(asked.partition(":")[0] if ":" in asked else "perpetrator")
    table = toll(ledger, by, selection)
    for row in (*table.rows, table.total):
        if row.id == asked:
            wanted = set(row.incidents)
            incidents = tuple(one for one in ledger.incidents if one.id in wanted)
            return Trace(asked, row, incidents, tuple(s for one in incidents for s in said_of(one)))
    raise no_row(asked, by)


def no_row(asked: str, by: str) -> LedgerError:
    """Return the error of a row that a toll does not have."""
    return LedgerError(f"the toll has no row {asked!r}: marsad toll --by {by} shows its rows")


def _incident_trace(ledger: Ledger, asked: str, found: str) -> Trace:
    heir = ledger.heirs[found]
    incident = next(one for one in ledger.incidents if one.id == heir)
    parts = parts_of(ledger, found)
    return Trace(
        asked,
        incidents=(incident,),
        said=said_of(incident),
        judgements=_judged(ledger, incident),
        heir_of=None if found == heir else found,
        parts=parts if len(parts) > 1 else (),
        revisions=_revised(ledger, incident),
    )


def _withdrawn_trace(ledger: Ledger, asked: str, incident: LedgerIncident) -> Trace:
    return Trace(
        asked,
        said=said_of(incident),
        judgements=_judged(ledger, incident),
        withdrawn=incident,
        revisions=_revised(ledger, incident),
    )


def _judged(ledger: Ledger, incident: LedgerIncident) -> tuple[Judgement, ...]:
    members = {member.id for member in incident.members}
    return tuple(j for j in ledger.judgements if j.left in members or j.right in members)


def _revised(ledger: Ledger, incident: LedgerIncident) -> tuple[Revision, ...]:
    """Return all that people said of an incident and of its reports' claims, in the order of saying."""
    mine = {member.id for member in incident.members}
    mine |= {old for old, heir in ledger.heirs.items() if heir == incident.id}
    reports = {member.recorded.report_key[:12] for member in incident.members}
    about = (word for word in ledger.revisions if word.of in mine or word.of.partition("/")[0] in reports)
    return tuple(sorted(about, key=lambda word: (word.made, word.of, word.field)))


def _report_trace(ledger: Ledger, asked: str, recorded: RecordedReading) -> Trace:
    claim = asked.partition("/")[2]
    report = recorded.reading.report
    said = tuple(
        Said(claim_ref(recorded.report_key, one.id), one, report)
        for one in recorded.reading.claims
        if not claim or one.id == claim
    )
    told = tuple(
        Stated(claim_ref(recorded.report_key, one.id), recorded.report_key, one, report)
        for one in recorded.reading.statements
        if not claim or one.id == claim
    )
    if claim and not said and not told:
        raise LedgerError(f"report {recorded.report_key[:12]} has no claim and no statement {claim!r}")
    refs = {one.ref for one in said}
    incidents = tuple(one for one in ledger.incidents if any(s.ref in refs for s in said_of(one)))
    return Trace(
        asked,
        incidents=incidents,
        said=said,
        running=tuple(one for one in ledger.running if one.id in refs),
        revisions=tuple(word for word in ledger.revisions if word.of in refs),
        stated=told,
    )


def said_of(incident: LedgerIncident) -> tuple[Said, ...]:
    """Return the claims that an incident rests on, oldest report first."""
    return tuple(
        Said(claim_ref(member.recorded.report_key, claim.id), claim, member.report)
        for member in incident.members
        for claim in member.claims()
    )


def nothing_answers(asked: str) -> LedgerError:
    """Return the error of an id that leads to nothing."""
    return LedgerError(f"nothing answers to {asked!r}: marsad incidents and marsad toll show the ids there are")


def one_of(asked: str, ids: Sequence[str], kind: str) -> str | None:
    """Return the one id that is, or begins with, what was asked for; None where there is none."""
    if asked in ids:
        return asked
    found = [one for one in ids if one.startswith(asked)] if len(asked) >= SHORTEST_PREFIX else []
    if len(found) > 1:
        raise LedgerError(f"{asked!r} could be any of {len(found)} {kind}s: give more of its letters")
    return found[0] if found else None
