"""Counts right answers of one report, and adds reports up: the definitions of docs/evaluation.md."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from marsad.evaluate.coding import CodedClaim, CodedIncident, Coding, Edge, Range
from marsad.evaluate.compare import compare
from marsad.evaluate.pairing import Pairs, pair_incidents

CLAIMS_STRICT = "claims strict"
CLAIMS_COUNT = "claims count"
BREAKDOWNS = "breakdowns"
RESTATEMENTS = "restatements"
INCIDENTS = "incidents killed"
TOTAL = "report total killed exact"
TOTAL_LOW = "report total killed, low exact"
THINGS = (CLAIMS_STRICT, CLAIMS_COUNT, BREAKDOWNS, RESTATEMENTS, INCIDENTS)
SHARES = (TOTAL, TOTAL_LOW)

Name = tuple[str, int | str]
"""What a claim is called on both sides: by the gold's index where it was paired, else by its own side's."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How many things the gold holds, how many were found, and how many of those are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How often an answer was asked for, and how often it was right."""

    asked: int = 0
    right: int = 0

    @property
    def accuracy(self) -> float:
        """Return the share of right answers; 0 where none was asked for."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one report, or of many added up: things found, shares of reports, attributes of claims."""

    reports: int
    things: Mapping[str, Tried]
    shares: Mapping[str, Share]
    attributes: Mapping[str, Share] = field(default_factory=dict)


def score_report(gold: Coding, found: Coding, pairs: Pairs) -> Scores:
    """Return the scores of one report, whose claims were paired before."""
    here, there = killing_incidents(gold.incidents), counted_incidents(found.incidents)
    expected, answered = total_killed(here), total_killed(there)
    mine, other = claim_names(gold, found, pairs)
    return Scores(
        reports=1,
        things={
            CLAIMS_STRICT: Tried(len(gold.claims), len(found.claims), len(pairs)),
            CLAIMS_COUNT: Tried(len(gold.claims), len(found.claims), _same_counts(gold.claims, found.claims)),
            BREAKDOWNS: _tried(named_edges(gold.breakdowns, mine), named_edges(found.breakdowns, other)),
            RESTATEMENTS: _tried(unordered(gold.restatements, mine), unordered(found.restatements, other)),
            INCIDENTS: Tried(len(here), len(there), len(pair_incidents(here, there))),
        },
        shares={
            # Who judged some of a report said nothing of its total.
            TOTAL: Share() if gold.partial else Share(1, int(expected == answered)),
            TOTAL_LOW: Share() if gold.partial else Share(1, int(expected[0] == answered[0])),
        },
        attributes=_attributes(gold, found, pairs),
    )


def add_up(scores: Iterable[Scores]) -> Scores:
    """Return the scores of many reports as one; every claim weighs the same, whichever report it is from."""
    every = list(scores)
    names = sorted({name for one in every for name in one.attributes})
    return Scores(
        reports=sum(one.reports for one in every),
        things={name: _sum_tried([one.things[name] for one in every]) for name in THINGS},
        shares={name: _sum_shares([one.shares[name] for one in every]) for name in SHARES},
        attributes={name: _sum_shares([one.attributes.get(name, Share()) for one in every]) for name in names},
    )


def claim_names(gold: Coding, found: Coding, pairs: Pairs) -> tuple[dict[str, Name], dict[str, Name]]:
    """Return what the claims of both sides are called, by their ids, so that their edges can be compared."""
    back = {j: i for i, j in pairs.items()}
    mine: dict[str, Name] = {claim.id: ("gold", i) for i, claim in enumerate(gold.claims)}
    other: dict[str, Name] = {
        claim.id: ("gold", back[j]) if j in back else ("found", j) for j, claim in enumerate(found.claims)
    }
    return mine, other


def named_edges(edges: Sequence[Edge], names: Mapping[str, Name]) -> set[tuple[Name, Name]]:
    """Return edges between claims by the names that both sides share."""
    return {(_name(one, names), _name(other, names)) for one, other in edges}


def unordered(edges: Sequence[Edge], names: Mapping[str, Name]) -> set[frozenset[Name]]:
    """Return pairs of claims, whichever of the two is called the first."""
    return {frozenset(edge) for edge in named_edges(edges, names)}


def killing_incidents(incidents: Sequence[CodedIncident]) -> list[CodedIncident]:
    """Return the incidents that say how many were killed."""
    return [incident for incident in incidents if incident.killed]


def counted_incidents(incidents: Sequence[CodedIncident]) -> list[CodedIncident]:
    """Return the incidents of an answer that say that anybody was killed: none killed is no answer."""
    return [incident for incident in incidents if incident.killed and incident.killed != (0, 0)]


def total_killed(incidents: Sequence[CodedIncident]) -> Range:
    """Return low and high over all incidents; high is None (open) as soon as one is open."""
    ranges = [incident.killed for incident in incidents if incident.killed]
    highs = [high for _, high in ranges]
    low = sum(low or 0 for low, _ in ranges)
    return low, None if None in highs else sum(high for high in highs if high is not None)


def _name(claim: str, names: Mapping[str, Name]) -> Name:
    return names.get(claim, ("unknown", claim))


def _same_counts(gold: Sequence[CodedClaim], found: Sequence[CodedClaim]) -> int:
    """Count claims with the same harm and number wherever their words stand: what a reader of the table sees."""
    there = Counter((claim.harm, claim.stated) for claim in found)
    return (Counter((claim.harm, claim.stated) for claim in gold) & there).total()


def _attributes(gold: Coding, found: Coding, pairs: Pairs) -> dict[str, Share]:
    asked, right = Counter[str](), Counter[str]()
    for i, j in pairs.items():
        for verdict in compare(gold.claims[i], found.claims[j]):
            asked[verdict.attribute] += 1
            right[verdict.attribute] += verdict.right
    return {name: Share(asked[name], right[name]) for name in sorted(asked)}


def _tried(gold: Set[Hashable], found: Set[Hashable]) -> Tried:
    return Tried(len(gold), len(found), len(gold & found))


def _sum_tried(every: Sequence[Tried]) -> Tried:
    return Tried(sum(t.gold for t in every), sum(t.found for t in every), sum(t.right for t in every))


def _sum_shares(every: Sequence[Share]) -> Share:
    return Share(sum(share.asked for share in every), sum(share.right for share in every))
