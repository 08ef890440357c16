"""Both readers at once: each proposes, the learned reader judges all, and each says what it says best.

A claim's confidence is the learned reader's, fitted with the rules' agreement as evidence. Of a claim that both found,
each attribute comes from the reader that was right more often on reports held out from training: doers, sources,
places, days and status from the learned reader where it has them; windows and running totals from either, since what
both overlook most is that a figure is no single event.
"""

from collections.abc import Sequence
from dataclasses import replace

from marsad.extract import rules, tagger
from marsad.model import Claim, Extraction, Report


def find_claims(report: Report) -> Extraction:
    """Return the claims that the two readers find together, with the learned reader's links and warnings."""
    by_rules = rules.find_claims(report)
    found = tagger.find_claims(report, by_rules.claims)
    claims = tuple(_joined(claim, by_rules.claims) for claim in found.claims)
    return Extraction(claims, found.links, found.warnings)


def _joined(claim: Claim, by_rules: Sequence[Claim]) -> Claim:
    other = next((one for one in by_rules if _same(claim, one)), None)
    if other is None:
        return replace(claim, extractor="both")
    victims = claim.victims
    if victims.status == "unknown":
        victims = replace(victims, status=other.victims.status)
    return replace(
        claim,
        victims=victims,
        where=claim.where or other.where,
        when=claim.when or other.when,
        according_to=claim.according_to or other.according_to,
        means=claim.means or other.means,
        scope=claim.scope if other.scope == "incident" else other.scope,
        modality=claim.modality if other.modality == "asserted" else other.modality,
        extractor="both",
    )


def _same(claim: Claim, other: Claim) -> bool:
    a, b = claim.span, other.span
    overlap = a.within == b.within and a.start < b.end and b.start < a.end
    return overlap and claim.harm == other.harm and claim.count.stated == other.count.stated
