"""Which claims repeat which: each claim joins the earlier telling that it fits best, or opens a telling of its own."""

from collections.abc import Sequence, Set

from marsad.passages import Passage
from marsad.tally.evidence import harms, numbers
from marsad.tally.scene import Fact, Tellings, other_items
from marsad.tally.sums import closing_pairs
from marsad.tally.ties import Ties

VAGUE = -1.0
"""Log-odds above which a figure joins a vague one, or a vague one a figure: "dozens", then "at least 41"."""
LISTED = 2.0
"""What is asked besides of an item that divides the total above a list, to repeat a figure beyond list and total."""
OPENED = 1.0
"""What is asked besides of what an "including" opens, if the figure before it is told for the first time."""
SCOPES = 1.0
"""What is asked besides to set a single event's dead and those of a period or a running total in one telling."""

ADDED = 3.0
"""What is asked besides of a figure that makes the told one exactly, together with its neighbours."""
SUMS = 3.0
"""What is asked besides to take two sums over a window that differ by more than a fifth for one: of the 13 sums that
the training reports repeat, two did."""


def gather_tellings(ties: Ties) -> Tellings:
    """Return every claim in exactly one telling, the first claim first.

    A claim is set beside all claims of a telling, not the first alone: the mean of its log-odds decides, with the
    best pair weighing in, because a report comes back to a figure in the words that it used last.
    """
    tellings: Tellings = []
    first: set[int] = set()
    parts = closing_pairs(ties.scene)
    for fact in ties.scene.facts:
        scored = [
            (_margin(ties, telling, fact, fact.opener in first) - _added(telling, fact, parts), -at)
            for at, telling in enumerate(tellings)
        ]
        best, at = max(scored, default=(0.0, 0))
        if best > 0:
            tellings[-at].append(fact.at)
        else:
            tellings.append([fact.at])
            first.add(fact.at)
    return tellings


def _margin(ties: Ties, telling: list[int], fact: Fact, opened_first: bool) -> float:
    """Return how far the log-odds that a claim belongs to a telling lie above what is asked."""
    told = [ties.scene.facts[at] for at in telling]
    if any(harms(other.claim, fact.claim) != "same" or other_items(other, fact) for other in told):
        return -1.0
    odds = [ties.same(at, fact.at) for at in telling]
    return (sum(odds) / len(odds) + max(odds)) / 2 - _asked(told, fact, opened_first)


def _asked(told: Sequence[Fact], fact: Fact, opened_first: bool) -> float:
    """Return the log-odds that are asked of a claim to join a telling: what its place in the text tells already."""
    vague = all(other.claim.count.stated is None for other in told) != (fact.claim.count.stated is None)
    asked = VAGUE if vague else 0.0
    head = fact.list_head
    if head is not None and all(other.list_head != head and not _within(other, head) for other in told):
        asked += LISTED
    if opened_first and all(other.at != fact.opener != other.opener for other in told):
        asked += OPENED
    scopes = {other.claim.scope for other in told}
    alike = any(numbers(other.claim, fact.claim) == "equal large" for other in told)
    if not alike and fact.claim.scope not in scopes and "incident" in (fact.claim.scope, told[0].claim.scope):
        asked += SCOPES
    if any(_other_sum(other, fact) for other in told):
        asked += SUMS
    return asked


def _added(telling: Sequence[int], fact: Fact, parts: Set[tuple[int, int]]) -> float:
    """Return what is asked besides of a figure that helps to make the told one."""
    return ADDED if any((at, fact.at) in parts for at in telling) else 0.0


def _other_sum(one: Fact, other: Fact) -> bool:
    """Say whether two figures, one at least over a window or a running total, are too far apart to be one."""
    a, b = one.claim.count.stated, other.claim.count.stated
    windows = "incident" not in (one.claim.scope, other.claim.scope)
    return windows and bool(a and b) and min(a or 0, b or 0) < 0.8 * max(a or 0, b or 0)


def _within(fact: Fact, passage: Passage) -> bool:
    return passage.start <= fact.start < passage.end
