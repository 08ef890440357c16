"""Dates an incident by the publication of its report where no word of the report tells any day.

News is told on the day or on the day after: of 250 events that headlines of early 2026 told, UCDP's coders dated 118
on the day of publication and 81 on the day before. So the interval is these two days, its precision "days", and its
origin "publication", lest anybody take it for what the report says. A long text without a title may as well be a
speech or a commentary, and what stands deep in a report may be of long ago: these stay without a day.
"""

from collections.abc import Sequence
from datetime import timedelta

from marsad.model import Claim, Incident, Report, When

BEFORE = timedelta(days=1)
# Characters: of a text that is one item of news though it bears no title, and of the part that tells what is new.
BRIEF, LEAD = 450, 300


def day_of(incident: Incident, claims: Sequence[Claim], report: Report) -> When | None:
    """Return the time of an incident: its own, or two days ending on the publication day where nothing tells it."""
    when = incident.when
    told = when is not None and (when.start or when.end or when.text)
    if told or report.published is None or not (report.title or len(report.text) <= BRIEF):
        return when
    if any(claim.when and (claim.when.start or claim.when.end) for claim in claims):
        return when
    if not any(is_lead(claim) for claim in claims if claim.id in incident.claims):
        return when
    return When(None, report.published - BEFORE, report.published, "days", origin="publication")


def is_lead(claim: Claim) -> bool:
    """Tell whether a claim stands in the title or at the head of the text."""
    return claim.span.within == "title" or claim.span.start < LEAD
