"""Second divisions: a figure above a list, made of the same kind of people in its items ("207 children", by cause)."""

from collections.abc import Iterator, Sequence

from marsad.tally.nest import Edge
from marsad.tally.people import relation
from marsad.tally.scene import Fact, Scene, Tellings
from marsad.tally.sums import could_hold, target

LEAST_SHARE = 0.8
"""The share of a total that the items must make, if they do not close it, to be its division."""


def cross_lists(scene: Scene, tellings: Tellings, edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield the edges from figures above a list to the same kind of people in its items, where they make the figure.

    The people of an item are parts of the item already; these edges are a second way to divide the same dead.
    """
    known = {(e.whole, e.part) for e in edges}
    divided = {e.whole for e in edges if e.closes}
    for whole, telling in enumerate(tellings):
        total = scene.facts[telling[0]]
        parts = [p for p in range(len(tellings)) if p != whole and _is_item(scene.facts, telling, tellings[p])]
        made = sum(_size(scene, tellings, p) for p in parts)
        low, high = target(total.claim.count)
        if len(parts) < 2 or whole in divided or made > high or made < LEAST_SHARE * low:
            continue
        closes = tuple(parts) if made >= low else ()
        for part in parts:
            if (whole, part) not in known:
                yield Edge(whole, part, 0.0, closes)


def _is_item(facts: Sequence[Fact], totals: Sequence[int], telling: Sequence[int]) -> bool:
    part = facts[telling[0]]
    return any(_heads(facts[at], part) for at in totals)


def _heads(total: Fact, part: Fact) -> bool:
    head = part.list_head
    above = head is not None and head.start <= total.start < head.end
    alike = bool(part.kinds) and relation(total.kinds, part.kinds) == "same" and "generic" not in part.kinds
    return above and alike and total.claim.harm == part.claim.harm and could_hold(total.claim, part.claim)


def _size(scene: Scene, tellings: Tellings, telling: int) -> int:
    return scene.facts[tellings[telling][0]].claim.count.stated or 0
