"""Faults in the report's own figures, said in words and never mended: sums that do not close, counts that cannot be."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from marsad.model import Breakdown, Claim
from marsad.tally.explanation import Explanation
from marsad.tally.scene import Fact

LEAST_SERIES = 100
"""Running totals below this are not compared: they may be of different things."""
ALIKE = 1.25
"""Two running totals further apart than this are taken to be of different series."""


def find_faults(explained: Explanation, breakdowns: Sequence[Breakdown]) -> tuple[str, ...]:
    """Return a sentence for each fault of the figures, with the words of the report."""
    claims = {f.claim.id: f.claim for f in explained.ties.scene.facts}
    found = [fault for b in breakdowns for fault in _sum_faults(b, claims)]
    found += _series_faults(explained.ties.scene.facts)
    found += _part_faults(explained.ties.scene.facts)
    return tuple(dict.fromkeys(found))


def _sum_faults(breakdown: Breakdown, claims: dict[str, Claim]) -> Iterator[str]:
    total, parts = claims[breakdown.total], [claims[p] for p in breakdown.parts]
    listed = sum(p.count.low for p in parts)
    words = " + ".join(_say(p) for p in parts)
    if breakdown.check == "exceeds":
        yield f"parts exceed their total: {words} make {listed}, more than {_say(total)}"
    elif breakdown.check == "short" and breakdown.kind == "sum":
        yield f"a sum does not close: {_say(total)} is given, the listed {words} make {listed}"


def _series_faults(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield the faults between two running totals of the same harm to the same kind of people."""
    running = [f for f in facts if f.claim.scope == "cumulative" and _exact(f.claim)]
    for first, later in combinations(running, 2):
        x, y = first.claim.count.stated or 0, later.claim.count.stated or 0
        same = first.claim.harm == later.claim.harm and first.kinds == later.kinds
        if not same or x == y or min(x, y) < LEAST_SERIES or max(x, y) > ALIKE * min(x, y):
            continue
        if sorted(str(x)) == sorted(str(y)):
            yield f"digits may be swapped: {_say(first.claim)} and {_say(later.claim)}"
        elif _falls(first.claim, later.claim):
            yield f"a running total falls: {_say(first.claim)}, then {_say(later.claim)}"


def _falls(a: Claim, b: Claim) -> bool:
    ends = [c.when.end if c.when else None for c in (a, b)]
    x, y = a.count.stated or 0, b.count.stated or 0
    return ends[0] is not None and ends[1] is not None and (y < x if ends[1] > ends[0] else x < y and ends[1] < ends[0])


def _part_faults(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield where an "including" names more people than the figure right before it."""
    for whole, part in pairwise(facts):
        x, y = whole.claim.count.stated, part.claim.count.stated
        opened = part.gap in ("including", "of whom") and part.sentence == whole.sentence
        if opened and whole.claim.harm == part.claim.harm and x is not None and y is not None and y > x > 1:
            yield f"a part is more than its whole: {_say(part.claim)} of {_say(whole.claim)}"


def _exact(claim: Claim) -> bool:
    return claim.count.qualifier in ("exact", "at_least")


def _say(claim: Claim) -> str:
    quote = " ".join(claim.span.quote.split())
    return f"“{quote}”"
