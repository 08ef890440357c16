"""Fills in what an incident has when its report has been added up: codes of its place, UCDP's view, a day from the
publication where no word tells one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from marsad.model import Claim, Incident, Report, Where
from marsad.nature import tells_of_nature
from marsad.passages import sentences
from marsad.resolve.when_published import day_of
from marsad.resolve.where_codes import coded
from marsad.resolve.who_ucdp import ucdp_view

# UCDP's where_prec of a region or a country: vaguer than a first-order unit.
VAGUE = 5
DISASTER = "disaster"
"""The type of what nobody did: an earthquake, a flood, an epidemic, a crash."""


def complete_incidents(report: Report, claims: Sequence[Claim], incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents with their day, the codes of their place, and UCDP's sides and type of violence."""
    return tuple(_complete(report, claims, incident) for incident in incidents)


def _complete(report: Report, claims: Sequence[Claim], incident: Incident) -> Incident:
    where = _place(incident, claims)
    dated = replace(incident, when=day_of(incident, claims, report), where=where)
    if _nobody_did(incident, claims, report):
        return replace(dated, type=DISASTER)
    view = ucdp_view(dated)
    return replace(dated, side_a=view.side_a, side_b=view.side_b, type_of_violence=view.type_of_violence)


def _nobody_did(incident: Incident, claims: Sequence[Claim], report: Report) -> bool:
    """Say whether every sentence that tells of an incident tells of nature or an accident, and none of a doer."""
    spans = [claim.span for claim in claims if claim.id in incident.claims and claim.span.within == "text"]
    if incident.perpetrators or incident.means not in (None, "fire") or not spans:
        return False
    told = [s for s in sentences(report.text) if any(s.start < span.end and span.start < s.end for span in spans)]
    return bool(told) and all(tells_of_nature(report.text, one.start, one.end) for one in told)


def _place(incident: Incident, claims: Sequence[Claim]) -> Where | None:
    """Return the place of an incident: a vague one gives way to the exact place that its claims share by now."""
    where = incident.where
    if where is None or (where.geoprecision or VAGUE) >= VAGUE:
        exact = [
            c.where for c in claims if c.id in incident.claims and c.where and (c.where.geoprecision or VAGUE) < VAGUE
        ]
        where = min(exact, key=lambda place: place.geoprecision or VAGUE, default=where)
    return None if where is None else coded(where)
