"""Fills in what an incident has when its report has been added up: codes of its place, UCDP's view, a day from the
publication where no word tells one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from marsad.model import Claim, Incident, Report
from marsad.resolve.when_published import day_of
from marsad.resolve.where_codes import coded
from marsad.resolve.who_ucdp import ucdp_view


def complete_incidents(report: Report, claims: Sequence[Claim], incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents with their day, the codes of their place, and UCDP's sides and type of violence."""
    return tuple(_complete(report, claims, incident) for incident in incidents)


def _complete(report: Report, claims: Sequence[Claim], incident: Incident) -> Incident:
    where = None if incident.where is None else coded(incident.where)
    dated = replace(incident, when=day_of(incident, claims, report), where=where)
    view = ucdp_view(dated)
    return replace(dated, side_a=view.side_a, side_b=view.side_b, type_of_violence=view.type_of_violence)
