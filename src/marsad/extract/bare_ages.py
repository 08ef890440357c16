"""A number that only tells an age is no number of people, whichever reader took it for one."""

import re
from dataclasses import replace

from marsad.model import Claim, Count, Extraction

NAME_AND_AGE = re.compile(r"(?:[A-ZÀ-Ý][\w.’'-]*\s+){2,}(\d{1,3}),?")
BARE = re.compile(r"\d{1,3}")
BEHIND_A_PERSON = re.compile(r"(?:[^\W\d_]|[.’'”\")])\s*,\s*$")
BEFORE_MORE = re.compile(r"\s*,(?!\s*(?:\d|of\s+(?:them|whom)|including|among|mostly|most|all)\b)")
OLDEST = 110


def without_bare_ages(found: Extraction, text: str) -> Extraction:
    """Drop claims of an age ("the other, 25, was shot"), and count a name with an age behind it as one person."""
    kept = tuple(_as_one(claim) for claim in found.claims if not _is_age(claim, text))
    ids = {claim.id for claim in kept}
    links = tuple(link for link in found.links if {link.left, link.right} <= ids)
    return replace(found, claims=kept, links=links)


def _is_age(claim: Claim, text: str) -> bool:
    span = claim.span
    if span.within != "text" or not BARE.fullmatch(span.quote) or int(span.quote) > OLDEST:
        return False
    line = text.rfind("\n", 0, span.start) + 1
    return bool(BEHIND_A_PERSON.search(text[line : span.start]) and BEFORE_MORE.match(text[span.end :]))


def _as_one(claim: Claim) -> Claim:
    """Count "Omar Hadi Jr. 26" as one person."""
    named = NAME_AND_AGE.fullmatch(claim.span.quote)
    if named is None or claim.count.stated != int(named[1]) or not 1 < int(named[1]) <= OLDEST:
        return claim
    return replace(claim, count=Count(claim.span.quote, 1, "exact", 1, 1, 1))
