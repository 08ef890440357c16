"""The log-odds of every tie between the claims of a report, from evidence and a learned reader's opinions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from marsad.model import Link
from marsad.tally.evidence import pair_evidence
from marsad.tally.scene import Scene
from marsad.tally.weights import Row, Weights

OPINION_WEIGHT = 0.6
"""How far a learned reader's log-odds count beside the evidence, which it has largely seen itself."""
PROBABILITY_FLOOR = 0.01


@dataclass(frozen=True, slots=True)
class Ties:
    """`rows[a, b]` for places a < b in the scene: log-odds of same, part (b of a), whole (a of b) and event."""

    scene: Scene
    rows: dict[tuple[int, int], Row]

    def same(self, a: int, b: int) -> float:
        """Return the log-odds that claims `a` and `b` tell of the same harm to the same people."""
        return self.rows[min(a, b), max(a, b)][0]

    def part(self, whole: int, part: int) -> float:
        """Return the log-odds that the people of `part` are a direct part of those of `whole`."""
        return self.rows[whole, part][1] if whole < part else self.rows[part, whole][2]

    def event(self, a: int, b: int) -> float:
        """Return the log-odds that claims `a` and `b` tell of one event."""
        return self.rows[min(a, b), max(a, b)][3]


def weigh_ties(scene: Scene, weights: Weights, links: Sequence[Link] = ()) -> Ties:
    """Return the log-odds of every pair of claims; quadratic in the number of claims."""
    rows = {(a.at, b.at): weights.log_odds(pair_evidence(a, b)) for b in scene.facts for a in scene.facts[: b.at]}
    at = {fact.claim.id: fact.at for fact in scene.facts}
    for link in links:
        if link.left in at and link.right in at and link.left != link.right:
            _hear(rows, link, at[link.left], at[link.right])
    return Ties(scene, rows)


def _hear(rows: dict[tuple[int, int], Row], link: Link, left: int, right: int) -> None:
    p = min(max(link.probability, PROBABILITY_FLOOR), 1 - PROBABILITY_FLOOR)
    said = OPINION_WEIGHT * log(p / (1 - p))
    key = (min(left, right), max(left, right))
    same, part, whole, event = rows[key]
    if link.relation == "same":
        same += said
    elif link.relation == "part" and left < right:
        whole += said
    elif link.relation == "part":
        part += said
    rows[key] = (same, part, whole, event)
