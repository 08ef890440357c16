"""Which figure is made of which: the best consistent set of (whole, part) edges between the tellings of a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.model import Claim
from marsad.tally.evidence import harms
from marsad.tally.restate import Tellings
from marsad.tally.ties import Ties

CLOSING = 1.5
"""What a set of parts gains, per part, when it closes the sum: fitted by trial on held-out reports."""
CANDIDATES = 14
"""How many parts a sum is sought among; the most likely come first."""
MOST_STEPS = 4000
"""How many sets are tried for one total; a bound on time, reached only by hostile texts."""
POSSIBLE = -3.5
SECOND = 99.0
"""Log-odds below which a part is not even considered for a sum."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One telling (by its index) is a direct part of another; `closes` if it belongs to a set that makes the total."""

    whole: int
    part: int
    odds: float
    closes: tuple[int, ...] = ()


def nest(ties: Ties, tellings: Tellings, threshold: float = 0.0) -> list[Edge]:
    """Return the edges of the best consistent explanation, surest first.

    Edges are taken greedily by log-odds; one that would make a circle, or skip a level that is already there, or hang
    more on a total than its words allow, is refused. Greedy is exact but for ties between rival sums, and bounded.
    """
    odds = dict(_edge_odds(ties, tellings))
    closing = _closing_sets(ties, tellings, odds)
    edges = []
    for (whole, part), value in odds.items():
        sets = [s for s in closing.get(whole, ()) if part in s]
        bonus = CLOSING if sets else 0.0
        edges.append(Edge(whole, part, value + bonus, sets[0] if sets else ()))
    taken: list[Edge] = []
    above: dict[int, set[int]] = {}
    for edge in sorted(edges, key=lambda e: (-e.odds, e.whole, e.part)):
        if edge.odds <= threshold:
            break
        if any(t.part == edge.part for t in taken) and edge.odds < SECOND:
            continue
        if _fits(edge, above):
            taken.append(edge)
            _record(edge, above, len(tellings))
    return taken


def _edge_odds(ties: Ties, tellings: Tellings) -> Iterator[tuple[tuple[int, int], float]]:
    facts = ties.scene.facts
    for w, whole in enumerate(tellings):
        for p, part in enumerate(tellings):
            if w == p or not _could_hold(facts[whole[0]].claim, facts[part[0]].claim):
                continue
            yield (w, p), max(ties.part(a, b) for a in whole for b in part)


def _could_hold(whole: Claim, part: Claim) -> bool:
    if harms(whole, part) in ("differ", "held"):
        return False
    x, y = whole.count.stated, part.count.stated
    return x is None or y is None or x > y or (x == y and x > 1 and False)


def _fits(edge: Edge, above: dict[int, set[int]]) -> bool:
    over_whole, over_part = above.get(edge.whole, set()), above.get(edge.part, set())
    return edge.part not in over_whole and edge.whole not in over_part and len(over_part) < 3


def _record(edge: Edge, above: dict[int, set[int]], size: int) -> None:
    gained = {edge.whole} | above.get(edge.whole, set())
    for node in range(size):
        if node == edge.part or edge.part in above.get(node, set()):
            above.setdefault(node, set()).update(gained)


def _closing_sets(
    ties: Ties, tellings: Tellings, odds: dict[tuple[int, int], float]
) -> dict[int, list[tuple[int, ...]]]:
    facts = ties.scene.facts
    found: dict[int, list[tuple[int, ...]]] = {}
    for w in range(len(tellings)):
        count = facts[tellings[w][0]].claim.count
        if count.stated is None or count.stated < 3:
            continue
        parts = sorted(((v, p) for (a, p), v in odds.items() if a == w and v > POSSIBLE), key=lambda x: (-x[0], x[1]))
        sized = [(p, facts[tellings[p][0]].claim.count.stated or 0, v) for v, p in parts[:CANDIDATES]]
        best = _best_sum(sized, count.stated)
        if best:
            found[w] = [best]
    return found


def _best_sum(parts: list[tuple[int, int, float]], total: int) -> tuple[int, ...] | None:
    """Return the likeliest set of two or more parts that makes `total` exactly, or None."""
    best: tuple[float, tuple[int, ...]] | None = None
    steps = 0
    usable = [x for x in parts if 0 < x[1] < total]
    stack: list[tuple[int, int, float, tuple[int, ...]]] = [(0, total, 0.0, ())]
    while stack and steps < MOST_STEPS:
        steps += 1
        at, left, value, chosen = stack.pop()
        if left == 0:
            if len(chosen) > 1 and (best is None or value > best[0]):
                best = value, tuple(sorted(chosen))
            continue
        if at == len(usable):
            continue
        p, size, odds = usable[at]
        stack.append((at + 1, left, value, chosen))
        if size <= left:
            stack.append((at + 1, left - size, value + odds + CLOSING, (*chosen, p)))
    return best[1] if best and best[0] > 0 else None
