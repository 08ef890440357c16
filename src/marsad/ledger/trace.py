"""Walks from any figure of the ledger to the words it came from."""

from dataclasses import dataclass

from marsad.errors import LedgerError
from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.record import RecordedReading, claim_ref
from marsad.ledger.tolls import Row, Selection, require_by, toll
from marsad.model import Claim, Judgement, Report

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

    `heir_of` is the id that was asked for, where another one answers for it now.
    """

    asked: str
    row: Row | None = None
    incidents: tuple[LedgerIncident, ...] = ()
    said: tuple[Said, ...] = ()
    running: tuple[RunningTotal, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    heir_of: str | None = None


def trace(ledger: Ledger, asked: str, selection: Selection | None = None) -> Trace:
    """Return what an id rests on: an incident, a claim (report/c4), a report, or a row of a toll (perpetrator:Name)."""
    if ":" in asked or asked == "total":
        return _row_trace(ledger, asked, selection)
    by_incident = _one(asked, sorted(ledger.heirs), "incident")
    if by_incident is not None:
        return _incident_trace(ledger, asked, by_incident)
    key = _one(asked.partition("/")[0], sorted(ledger.readings), "report")
    if key is None:
        raise LedgerError(f"nothing answers to {asked!r}: marsad incidents and marsad toll show the ids there are")
    return _report_trace(ledger, asked, ledger.readings[key])


def _row_trace(ledger: Ledger, asked: str, selection: Selection | None) -> Trace:
    by = require_by(asked.partition(":")[0] if ":" in asked else "perpetrator")
    table = toll(ledger, by, selection)
    for row in (*table.rows, table.total):
        if row.id == asked:
            wanted = set(row.incidents)
            incidents = tuple(one for one in ledger.incidents if one.id in wanted)
            return Trace(asked, row, incidents, tuple(s for one in incidents for s in said_of(one)))
    raise LedgerError(f"the toll has no row {asked!r}: marsad toll --by {by} shows its rows")


def _incident_trace(ledger: Ledger, asked: str, found: str) -> Trace:
    heir = ledger.heirs[found]
    incident = next(one for one in ledger.incidents if one.id == heir)
    members = {member.id for member in incident.members}
    about = tuple(j for j in ledger.judgements if j.left in members or j.right in members)
    heir_of = None if found == heir else found
    return Trace(asked, None, (incident,), said_of(incident), (), about, heir_of)


def _report_trace(ledger: Ledger, asked: str, recorded: RecordedReading) -> Trace:
    claim = asked.partition("/")[2]
    report = recorded.reading.report
    said = tuple(
        Said(claim_ref(recorded.report_key, one.id), one, report)
        for one in recorded.reading.claims
        if not claim or one.id == claim
    )
    if claim and not said:
        raise LedgerError(f"report {recorded.report_key[:12]} has no claim {claim!r}")
    refs = {one.ref for one in said}
    incidents = tuple(one for one in ledger.incidents if any(s.ref in refs for s in said_of(one)))
    return Trace(asked, None, incidents, said, tuple(one for one in ledger.running if one.id in refs))


def said_of(incident: LedgerIncident) -> tuple[Said, ...]:
    """Return the claims that an incident rests on, oldest report first."""
    return tuple(
        Said(claim_ref(member.recorded.report_key, claim.id), claim, member.report)
        for member in incident.members
        for claim in member.claims()
    )


def _one(asked: str, ids: list[str], kind: str) -> str | None:
    """Return the one id that is, or begins with, what was asked for; None where there is none."""
    if asked in ids:
        return asked
    found = [one for one in ids if one.startswith(asked)] if len(asked) >= SHORTEST_PREFIX else []
    if len(found) > 1:
        raise LedgerError(f"{asked!r} could be any of {len(found)} {kind}s: give more of its letters")
    return found[0] if found else None
