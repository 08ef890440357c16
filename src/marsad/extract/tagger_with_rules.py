"""Both readers at once: each proposes, the learned reader judges all, and each says what it says best.

A claim's confidence is the learned reader's, fitted with the rules' agreement as evidence. Of a claim that both found,
doers, sources and status come from the learned reader where it has them; places, windows and times from the rules,
which follow the report's lists, paragraphs and sums, where the network sees a few sentences. A claim that only the
learned reader found takes these from the claim of the rules in the same sentence, if there is one.
"""

from collections.abc import Sequence
from dataclasses import replace

from marsad.extract import rules, tagger
from marsad.model import Claim, Extraction, Report
from marsad.passages import SENTENCE_END


def find_claims(report: Report) -> Extraction:
    """Return the claims that the two readers find together, with the learned reader's links and warnings."""
    by_rules = rules.find_claims(report)
    found = tagger.find_claims(report, by_rules.claims)
    claims = tuple(_joined(claim, by_rules.claims, report.text) for claim in found.claims)
    return Extraction(claims, found.links, found.warnings)


def _joined(claim: Claim, by_rules: Sequence[Claim], text: str) -> Claim:
    other = next((one for one in by_rules if _same(claim, one)), None)
    if other is None:
        beside = next((one for one in by_rules if _in_one_sentence(claim, one, text)), None)
        if beside is None:
            return replace(claim, extractor="both")
        return replace(claim, where=beside.where or claim.where, when=beside.when, scope=beside.scope, extractor="both")
    victims = claim.victims
    if victims.status == "unknown":
        victims = replace(victims, status=other.victims.status)
    return replace(
        claim,
        victims=victims,
        where=other.where or claim.where,
        when=other.when,
        according_to=claim.according_to or other.according_to,
        means=claim.means or other.means,
        scope=other.scope,
        modality=claim.modality if other.modality == "asserted" else other.modality,
        extractor="both",
    )


def _in_one_sentence(claim: Claim, other: Claim, text: str) -> bool:
    a, b = sorted((claim.span, other.span), key=lambda span: span.start)
    return a.within == b.within == "text" and not SENTENCE_END.search(text, a.end, max(a.end, b.start))


def _same(claim: Claim, other: Claim) -> bool:
    a, b = claim.span, other.span
    overlap = a.within == b.within and a.start < b.end and b.start < a.end
    return overlap and claim.harm == other.harm and claim.count.stated == other.count.stated
