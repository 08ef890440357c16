"""Puts the steps together: a report in, a checked reading out. No effects, no clock."""

from dataclasses import dataclass, replace

from marsad.check import require_sound
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName, extract
from marsad.model import Reading, Report
from marsad.read.language import unread_language
from marsad.resolve.incidents import complete_incidents
from marsad.resolve.when import resolve_when
from marsad.resolve.where import find_places, resolve_where
from marsad.resolve.where_codes import code_claims
from marsad.resolve.where_share import share_places
from marsad.resolve.who import resolve_who
from marsad.tally import Policy, tally


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read: which extractor, which policy chooses `best`, and whether to list every place name."""

    extractor: ExtractorName = DEFAULT_EXTRACTOR
    policy: Policy = "best"
    places: bool = False


def make_reading(report: Report, options: ReadingOptions | None = None) -> Reading:
    """Read one report: find its claims, resolve their words to values, and add them up."""
    options = options or ReadingOptions()
    if foreign := unread_language(report.language):
        return Reading(report=report, warnings=(f"written in {foreign}, which is not read: no claims were looked for",))
    found = extract(report, options.extractor)
    claims = found.claims
    for resolve in (resolve_when, resolve_where, resolve_who):
        # Who finds no claim need not look up the report's places and days either.
        claims = resolve(report, claims) if claims else ()
    added = tally(report, claims, found.links, options.policy)
    claims = code_claims(share_places(report, claims))
    reading = Reading(
        report=report,
        claims=claims,
        breakdowns=added.breakdowns,
        restatements=added.restatements,
        incidents=complete_incidents(report, claims, added.incidents),
        warnings=found.warnings + added.warnings,
    )
    if options.places:
        reading = replace(reading, places=find_places(report))
    return require_sound(reading)
