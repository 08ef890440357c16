"""Harm that nature did has no doer, happened where its own sentence says, and is no part of what an attack did."""

from dataclasses import replace

from marsad.extract.sentences import sentence_spans
from marsad.model import Claim, Extraction, Span
from marsad.nature import tells_of_nature


def without_doers_of_nature(found: Extraction, text: str) -> Extraction:
    """Return the claims; those of a sentence that names a disaster without what other sentences tell of attacks."""
    told = [(start, end) for start, end in sentence_spans(text) if tells_of_nature(text, start, end)]
    if not told:
        return found
    natural = {one.id: bounds for one in found.claims if (bounds := _sentence_of(one, told)) is not None}
    claims = tuple(_own(one, natural[one.id]) if one.id in natural else one for one in found.claims)
    links = tuple(link for link in found.links if (link.left in natural) == (link.right in natural))
    return replace(found, claims=claims, links=links)


def _sentence_of(claim: Claim, told: list[tuple[int, int]]) -> tuple[int, int] | None:
    if claim.span.within != "text":
        return None
    return next(((a, b) for a, b in told if a <= claim.span.start < b), None)


def _own(claim: Claim, sentence: tuple[int, int]) -> Claim:
    doers = tuple(one for one in claim.perpetrators if _stands_in(one.span, sentence))
    where = claim.where if claim.where is None or _stands_in(claim.where.span, sentence) else None
    when = claim.when if claim.when is None or _stands_in(claim.when.span, sentence) else None
    return replace(claim, perpetrators=doers, where=where, when=when)


def _stands_in(span: Span | None, sentence: tuple[int, int]) -> bool:
    return span is not None and span.within == "text" and sentence[0] <= span.start < sentence[1]
