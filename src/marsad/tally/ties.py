"""The log-odds of every tie between the claims of a report, from evidence and a learned reader's opinions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from marsad.model import Link
from marsad.tally.evidence import pair_evidence
from marsad.tally.scene import Fact, Scene, of_other_causes
from marsad.tally.weights import Row, Weights

PROBABILITY_FLOOR = 0.001
LINKING = frozenset({"tagger", "both"})
"""The extractors that give links: of two claims that they found, their silence speaks too."""
TABLE = "table"
"""The extractor of the figures of tables."""
OUTRIGHT = 20.0
"""Log-odds of what a table says by its form."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """How a learned reader's opinion counts for one tie, in log-odds, beside evidence that it has largely seen itself.

    A pair that it names gets `named` plus `share` of its own log-odds; one that it could name but does not, `silent`.
    Chosen by trial on 130 reports that the reader had not learned from, on the development test and on the gate's own
    reports. A choice model fitted on the 130 goes the same way and further ("same" 3.5, 0.3, -4; "part" 0.1, 0.2, -3).
    """

    named: float
    share: float
    silent: float


HEARD = {"same": Hearing(1.0, 0.8, -1.0), "part": Hearing(0.2, 0.7, 0.0)}


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
    opinions = {(link.left, link.right, link.relation): link.probability for link in links}
    for (a, b), (same, part, whole, event) in rows.items():
        x, y = scene.facts[a].claim, scene.facts[b].claim
        asked = x.extractor in LINKING and y.extractor in LINKING
        same += _heard("same", opinions.get((x.id, y.id, "same"), opinions.get((y.id, x.id, "same"))), asked)
        part += _heard("part", opinions.get((y.id, x.id, "part")), asked)
        whole += _heard("part", opinions.get((x.id, y.id, "part")), asked)
        rows[a, b] = (same, part, whole, event)
        if x.extractor == y.extractor == TABLE:
            rows[a, b] = _told_by_table(scene.facts[a], scene.facts[b])
        elif of_other_causes(scene.facts[a], scene.facts[b]):
            rows[a, b] = (-OUTRIGHT, -OUTRIGHT, -OUTRIGHT, -OUTRIGHT)
    return Ties(scene, rows)


def _told_by_table(a: Fact, b: Fact) -> Row:
    """Return how two figures of tables stand: a row is one event; what adds up is left to `tabled`."""
    return -OUTRIGHT, -OUTRIGHT, -OUTRIGHT, OUTRIGHT if a.sentence == b.sentence else -OUTRIGHT


def _heard(relation: str, probability: float | None, asked: bool) -> float:
    """Return what a reader's opinion adds to a tie; its silence counts if it was `asked`: if it found both claims."""
    hearing = HEARD[relation]
    if probability is None:
        return hearing.silent if asked else 0.0
    p = min(max(probability, PROBABILITY_FLOOR), 1 - PROBABILITY_FLOOR)
    return hearing.named + hearing.share * log(p / (1 - p))
