"""What was decided of a report's figures: the ground on which breakdowns, incidents and reasons stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.model import Claim
from marsad.tally.nest import Edge
from marsad.tally.scene import Fact, Tellings
from marsad.tally.ties import Ties


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was decided of a report's figures: who repeats whom, who is part of whom."""

    ties: Ties
    tellings: Tellings
    edges: Sequence[Edge]

    def claims(self, telling: int) -> list[Claim]:
        """Return the claims of one telling, first claim first."""
        return [self.ties.scene.facts[at].claim for at in self.tellings[telling]]

    def part_odds(self, whole: int, part: int) -> float:
        """Return the log-odds of the best pair of claims that would make one telling part of another."""
        return max(self.ties.part(a, b) for a in self.tellings[whole] for b in self.tellings[part])

    def first(self, telling: int) -> Fact:
        """Return the first mention of one telling, with what its words and its place say."""
        return self.ties.scene.facts[self.tellings[telling][0]]
