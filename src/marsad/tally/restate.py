"""Which claims repeat which: each claim joins the earlier telling that it fits best, or opens a telling of its own."""

from marsad.tally.evidence import harms
from marsad.tally.scene import Fact, other_items
from marsad.tally.ties import Ties

Tellings = list[list[int]]
"""Groups of places in the scene that tell of the same harm to the same people, each in text order."""


VAGUE = -1.0
"""Log-odds above which a figure joins a vague one, or a vague one a figure: "dozens", then "at least 41"."""


def gather_tellings(ties: Ties) -> Tellings:
    """Return every claim in exactly one telling, the first claim first.

    A claim is set beside all claims of a telling, not the first alone: the mean of its log-odds decides, with the
    best pair weighing in, because a report comes back to a figure in the words that it used last.
    """
    tellings: Tellings = []
    for fact in ties.scene.facts:
        scored = [(_margin(ties, telling, fact), -at) for at, telling in enumerate(tellings)]
        best, at = max(scored, default=(0.0, 0))
        if best > 0:
            tellings[-at].append(fact.at)
        else:
            tellings.append([fact.at])
    return tellings


def _margin(ties: Ties, telling: list[int], fact: Fact) -> float:
    """Return how far the log-odds that a claim belongs to a telling lie above what is asked."""
    told = [ties.scene.facts[at] for at in telling]
    claims = [other.claim for other in told]
    if any(harms(other.claim, fact.claim) != "same" or other_items(other, fact) for other in told):
        return -1.0
    odds = [ties.same(at, fact.at) for at in telling]
    vague = all(claim.count.stated is None for claim in claims) != (fact.claim.count.stated is None)
    return (sum(odds) / len(odds) + max(odds)) / 2 - (VAGUE if vague else 0.0)
