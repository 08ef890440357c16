"""Faults in the report's own figures, said in words and never mended: sums that do not close, counts that cannot be."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from marsad.model import Breakdown, Claim
from marsad.tally.incidents import Explanation


def find_faults(explained: Explanation, breakdowns: Sequence[Breakdown]) -> tuple[str, ...]:
    """Return a sentence for each fault of the figures, with the words of the report."""
    claims = {f.claim.id: f.claim for f in explained.ties.scene.facts}
    found = [fault for b in breakdowns for fault in _sum_faults(b, claims)]
    found += [fault for t in range(len(explained.tellings)) for fault in _retold_faults(explained.claims(t))]
    return tuple(dict.fromkeys(found))


def _sum_faults(breakdown: Breakdown, claims: dict[str, Claim]) -> Iterator[str]:
    total, parts = claims[breakdown.total], [claims[p] for p in breakdown.parts]
    listed = sum(p.count.low for p in parts)
    words = " + ".join(_say(p) for p in parts)
    if breakdown.check == "exceeds":
        yield f"parts exceed their total: {words} make {listed}, more than {_say(total)}"
    elif breakdown.check == "short" and breakdown.kind == "sum":
        yield f"a sum does not close: {_say(total)} is given, the listed {words} make {listed}"


def _retold_faults(claims: Sequence[Claim]) -> Iterator[str]:
    for first, later in pairwise(claims):
        x, y = first.count.stated, later.count.stated
        if x is None or y is None or x == y:
            continue
        if sorted(str(x)) == sorted(str(y)) and min(x, y) >= 100:
            yield f"digits may be swapped: {_say(first)} and {_say(later)}"
        elif first.scope == "cumulative" and y < x and _exact(first) and _exact(later) and _starts_later(first, later):
            yield f"a running total falls: {_say(first)}, then {_say(later)}"


def _exact(claim: Claim) -> bool:
    return claim.count.qualifier in ("exact", "at_least")


def _starts_later(first: Claim, later: Claim) -> bool:
    ends = [c.when.end if c.when else None for c in (first, later)]
    return ends[0] is None or ends[1] is None or ends[1] >= ends[0]


def _say(claim: Claim) -> str:
    quote = " ".join(claim.span.quote.split())
    return f"“{quote}”"
