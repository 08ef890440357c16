"""The door: nothing leaves a step, and nothing enters the ledger, that breaks these rules.

Each rule returns what is wrong in plain words; `check_reading` gathers them, `require_sound` refuses.
"""

from collections.abc import Iterator

from marsad.errors import MarsadError
from marsad.model import Claim, Count, Figure, Reading, Report, Span, Statement
from marsad.vocabulary import (
    GEOPRECISIONS,
    HARMS,
    MODALITIES,
    QUALIFIERS,
    SCOPES,
    STATEMENT_SLOTS,
    STATEMENT_TERMS,
    STATUSES,
)


class UnsoundReadingError(MarsadError):
    """A reading breaks a rule of the door; the message names the claim and the rule."""


def check_reading(reading: Reading) -> list[str]:
    """Say everything that is wrong with a reading; an empty list means that it is sound."""
    return list(_faults(reading))


def require_sound(reading: Reading) -> Reading:
    """Return the reading unchanged, or raise UnsoundReadingError with all its faults."""
    if faults := check_reading(reading):
        raise UnsoundReadingError(f"report {reading.report.id}: " + "; ".join(faults))
    return reading


def _faults(reading: Reading) -> Iterator[str]:
    ids = [claim.id for claim in reading.claims]
    if len(ids) != len(set(ids)):
        yield "two claims share an id"
    for claim in reading.claims:
        yield from (f"claim {claim.id}: {fault}" for fault in _claim_faults(reading.report, claim))
    yield from _tie_faults(reading, set(ids))
    yield from _incident_faults(reading, set(ids))
    for place in reading.places:
        yield from _span_faults(reading.report, place.span)
    for statement in reading.statements:
        yield from (f"statement {statement.id}: {fault}" for fault in _statement_faults(reading.report, statement))


def _tie_faults(reading: Reading, known: set[str]) -> Iterator[str]:
    for breakdown in reading.breakdowns:
        if unknown := {breakdown.total, *breakdown.parts} - known:
            yield f"breakdown of {breakdown.total}: unknown claims {sorted(unknown)}"
        if breakdown.total in breakdown.parts:
            yield f"breakdown of {breakdown.total}: a total cannot be its own part"
    for pair in reading.restatements:
        if unknown := {pair.first, pair.later} - known:
            yield f"restatement {pair.first}, {pair.later}: unknown claims {sorted(unknown)}"


def _incident_faults(reading: Reading, known: set[str]) -> Iterator[str]:
    told: set[str] = set()
    for incident in reading.incidents:
        if unknown := set(incident.claims) - known:
            yield f"incident {incident.id}: unknown claims {sorted(unknown)}"
        if twice := told & set(incident.claims):
            yield f"incident {incident.id}: claims {sorted(twice)} belong to another incident too"
        told |= set(incident.claims)
        for harm, figure in incident.tolls.items():
            yield from (f"incident {incident.id}, {harm}: {fault}" for fault in _order(figure))


def _claim_faults(report: Report, claim: Claim) -> Iterator[str]:
    spans = [claim.span, claim.victims.span, *(p.span for p in claim.perpetrators)]
    spans += [part.span for part in (claim.when, claim.where, claim.according_to) if part]
    for span in spans:
        if span is not None:
            yield from _span_faults(report, span)
    yield from _order(claim.count)
    if claim.count.words not in claim.span.quote:
        yield f"the count {claim.count.words!r} does not stand in {claim.span.quote!r}"
    closed = (
        ("harm", claim.harm, HARMS),
        ("qualifier", claim.count.qualifier, QUALIFIERS),
        ("status", claim.victims.status, STATUSES),
        ("scope", claim.scope, SCOPES),
        ("modality", claim.modality, MODALITIES),
    )
    for name, value, allowed in closed:
        if value not in allowed:
            yield f"{name} {value!r} is not one of {', '.join(allowed)}"
    if claim.when and claim.when.start and claim.when.end and claim.when.start > claim.when.end:
        yield f"time ends ({claim.when.end}) before it starts ({claim.when.start})"
    if claim.where and claim.where.geoprecision not in (None, *GEOPRECISIONS):
        yield f"geoprecision {claim.where.geoprecision} is not UCDP's 1 to 7"
    if not 0 <= claim.confidence <= 1:
        yield f"confidence {claim.confidence} is not between 0 and 1"


def _statement_faults(report: Report, statement: Statement) -> Iterator[str]:
    slots = [slot for found in statement.slots.values() for slot in found]
    spans = [statement.span, *(slot.span for slot in slots)]
    spans += [part.span for part in (statement.when, statement.according_to) if part and part.span]
    for span in spans:
        yield from _span_faults(report, span)
    if statement.kind not in STATEMENT_TERMS:
        yield f"kind {statement.kind!r} is not one of {', '.join(STATEMENT_TERMS)}"
        return
    for name, allowed in STATEMENT_TERMS[statement.kind].items():
        if statement.terms.get(name) not in allowed:
            yield f"{name} {statement.terms.get(name)!r} is not one of {', '.join(allowed)}"
    if unknown := statement.slots.keys() - set(STATEMENT_SLOTS[statement.kind]):
        yield f"a {statement.kind} has no {', '.join(sorted(unknown))}"
    if statement.modality not in MODALITIES:
        yield f"modality {statement.modality!r} is not one of {', '.join(MODALITIES)}"


def _span_faults(report: Report, span: Span) -> Iterator[str]:
    whole = report.text if span.within == "text" else report.title or ""
    if whole[span.start : span.end] != span.quote:
        yield f"words at {span.within} {span.start}-{span.end} are not {span.quote!r}"


def _order(figure: Count | Figure) -> Iterator[str]:
    if figure.low < 0 or figure.low > figure.best:
        yield f"low {figure.low} is above best {figure.best} or below 0"
    if figure.high is not None and figure.best > figure.high:
        yield f"best {figure.best} is above high {figure.high}"
