"""Puts the steps together: a report in, a checked reading out. No effects, no clock."""

from dataclasses import dataclass, replace
from typing import Literal

from marsad.check import require_sound
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName, extract
from marsad.extract.statements import Named, find_statements, speaks_of_conflict
from marsad.model import Reading, Report, Statement
from marsad.read.language import unread_language
from marsad.resolve.incidents import complete_incidents
from marsad.resolve.statements import resolve_statements
from marsad.resolve.when import resolve_when
from marsad.resolve.where import find_places, resolve_where
from marsad.resolve.where_codes import code_claims
from marsad.resolve.where_report import Found, read_places
from marsad.resolve.where_share import share_places
from marsad.resolve.who import find_actors, resolve_who
from marsad.tally import Policy, tally


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read: which extractor, which policy chooses `best`, and whether to list every place name."""

    extractor: ExtractorName = DEFAULT_EXTRACTOR
    policy: Policy = "best"
    places: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A reading that was made before (marsad map), by which program and extractor, with its report's bytes if kept."""

    reading: Reading
    original: bytes | None
    program: str
    extractor: str


Coming = tuple[Report, bytes] | Made
"""What comes in to be recorded: a report with its bytes, to be read, or a reading that was made before."""


def make_reading(report: Report, options: ReadingOptions | None = None) -> Reading:
    """Read one report: find its claims, resolve their words to values, and add them up."""
    options = options or ReadingOptions()
    if foreign := unread_language(report.language):
        said = f"written in {foreign}, which is not read: no claims were looked for"
        return Reading(report=report, warnings=(*report.notes, said))
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
        statements=read_statements(report),
        warnings=report.notes + found.warnings + added.warnings,
    )
    if options.places:
        reading = replace(reading, places=find_places(report))
    return require_sound(reading)


def read_statements(report: Report) -> tuple[Statement, ...]:
    """Find what else a report says of the conflict, and resolve its words; most general news is not looked at."""
    if not speaks_of_conflict(report.text) and not find_actors(report):
        return ()
    return resolve_statements(report, find_statements(report, named_in_text(report)))


def named_in_text(report: Report) -> tuple[Named, ...]:
    """Return the names of a report that the registry and the gazetteer know, in their order; a country may be both."""
    actors = {(span.start, span.end): Named(span.start, span.end, "A") for span, _ in find_actors(report)}
    places = {
        (found.span.start, found.span.end): Named(found.span.start, found.span.end, _sort_of(found))
        for found in read_places(report)
        if found.span.within == "text"
    }
    every = places | actors
    return tuple(every[key] for key in sorted(every))


def _sort_of(found: Found) -> Literal["P", "X", "D"]:
    if found.candidate.demonym is not None:
        return "D"
    return "X" if found.entry is not None and found.entry.kind == "C" else "P"
