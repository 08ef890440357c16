"""Which claims repeat which: each claim joins the earlier telling that it fits best, or opens a telling of its own."""

from marsad.tally.evidence import harms
from marsad.tally.ties import Ties

Tellings = list[list[int]]
"""Groups of places in the scene that tell of the same harm to the same people, each in text order."""


def gather_tellings(ties: Ties, threshold: float = 0.0) -> Tellings:
    """Return every claim in exactly one telling, the first claim first.

    A claim is set beside all claims of a telling, not the first alone: the mean of its log-odds decides, with the
    best pair weighing in, because a report comes back to a figure in the words that it used last.
    """
    tellings: Tellings = []
    facts = ties.scene.facts
    for fact in facts:
        best, chosen = threshold, None
        for telling in tellings:
            if any(harms(facts[m].claim, fact.claim) != "same" for m in telling):
                continue
            odds = [ties.same(m, fact.at) for m in telling]
            score = (sum(odds) / len(odds) + max(odds)) / 2
            if score > best:
                best, chosen = score, telling
        if chosen is None:
            tellings.append([fact.at])
        else:
            chosen.append(fact.at)
    return tellings
