"""A doer who says nothing is nobody's source: "militants killed 14" is not the militants' word."""

import re
from dataclasses import replace

from marsad.model import Claim, Extraction, Span

SPEAKS = re.compile(
    r"[^.;\n]{0,40}?\b(?:sa(?:id|ys?|ying)|told|tells|announc\w+|report(?:s|ed|ing)?|stat(?:es?|ed|ing)|confirm\w*|declar\w+|acknowledg\w+"
    r"|admit\w*|boast\w*|statement|communiqu\w+|claim(?:s|ed|ing)?\b(?!\s+(?:the\s+)?(?:lives?|\w+\s+lives?)))",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\b(?:according\s+to|quoting|citing)\s+(?:the\s+)?$", re.IGNORECASE)


def without_silent_voices(found: Extraction, text: str) -> Extraction:
    """Return the claims; a source that is the doer itself stays only where it speaks or is quoted."""
    return replace(found, claims=tuple(_own(claim, text) for claim in found.claims))


def _own(claim: Claim, text: str) -> Claim:
    span = claim.according_to.span if claim.according_to else None
    if span is None or span.within != "text" or not any(_meet(span, one.span) for one in claim.perpetrators):
        return claim
    quoted = BEFORE.search(text[max(0, span.start - 20) : span.start])
    spoken = SPEAKS.match(text, span.end)
    return claim if spoken or quoted else replace(claim, according_to=None)


def _meet(span: Span, other: Span | None) -> bool:
    return other is not None and other.within == span.within and span.start < other.end and other.start < span.end
