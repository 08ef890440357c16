"""Very long reports are added up block by block: a bound on time, since every claim is set beside every other."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from marsad.model import Claim, Report
from marsad.passages import paragraphs

MOST_TOGETHER = 250
"""Up to this many claims, all of a report are weighed together; no annotated report comes near."""
BLOCK = 100
"""How many claims a block of a longer report has at most: 2,000 claims then take a few seconds."""


def cut_blocks(report: Report, claims: Sequence[Claim]) -> list[tuple[Claim, ...]]:
    """Return the claims in blocks that are added up apart, in text order; mostly one block, never an empty one.

    A block ends where a paragraph ends, if one ends in its later half. What stands in two blocks is tied by nothing.
    """
    if len(claims) <= MOST_TOGETHER:
        return [tuple(claims)]
    ordered = sorted(claims, key=lambda c: (*_place(c), -(c.span.end - c.span.start), c.id))
    return list(_blocks(ordered, [block.start for block in paragraphs(report.text)]))


def _place(claim: Claim) -> tuple[bool, int]:
    return claim.span.within != "title", claim.span.start


def _blocks(ordered: Sequence[Claim], starts: Sequence[int]) -> Iterator[tuple[Claim, ...]]:
    at = 0
    while len(ordered) - at > BLOCK:
        ends = range(at + BLOCK, at + BLOCK // 2, -1)
        end = next((e for e in ends if _parted(ordered[e - 1], ordered[e], starts)), at + BLOCK)
        yield tuple(ordered[at:end])
        at = end
    yield tuple(ordered[at:])


def _parted(a: Claim, b: Claim, starts: Sequence[int]) -> bool:
    return a.span.within != b.span.within or bisect_right(starts, a.span.start) != bisect_right(starts, b.span.start)
