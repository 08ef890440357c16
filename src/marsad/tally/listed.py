"""Lists: the figures of an item hang on the totals above the list, whatever time or place their words seem to have."""

from collections.abc import Iterator

from marsad.tally.people import relation
from marsad.tally.scene import Fact, Scene, Tellings
from marsad.tally.sums import could_hold

FIT = {"same": 4, "wider": 3, "overlap": 2, "unknown": 1, "narrower": 1}
"""How well the people of an item fit the people of a total, by how the total's kind stands to theirs."""

HELD = ("same", "wider", "overlap")
"""Where the words say that the total's kind of people holds the item's, its status may be that of one kind alone."""


def hang_lists(scene: Scene, tellings: Tellings) -> Iterator[tuple[int, int]]:
    """Yield (whole, part) for each figure of a list item that no other figure of its item opens.

    Only sums over a period or running totals stand above such lists ("since January: ..."); of several the one whose
    kind of people fits best is taken, then the one of the same status, then the greatest.
    """
    for part, telling in enumerate(tellings):
        item = scene.facts[telling[0]]
        if item.list_head is None or item.opener >= 0:
            continue
        ranked = [
            (_fit(total, item), total.claim.count.stated or 0, -whole)
            for whole, totals in enumerate(tellings)
            for total in (scene.facts[at] for at in totals)
            if whole != part and _heads(total, item) and _fit(total, item)[0] > 0
        ]
        if ranked:
            yield -max(ranked)[2], part


def _heads(total: Fact, item: Fact) -> bool:
    head = item.list_head
    above = head is not None and head.start <= total.start < head.end
    return above and total.claim.scope != "incident" and could_hold(total.claim, item.claim)


def _fit(total: Fact, item: Fact) -> tuple[int, int]:
    statuses = (total.claim.victims.status, item.claim.victims.status)
    known = "unknown" not in statuses and "mixed" not in statuses
    same = int(known and statuses[0] == statuses[1])
    how = relation(total.kinds, item.kinds)
    if known and not same and how not in HELD:
        return 0, 0
    return FIT.get(how, same), same
