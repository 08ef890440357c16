"""Tables of numbers: what holds what is told by the table's form, so these edges are taken as they are."""

from collections.abc import Iterator, Sequence

from marsad.model import Link
from marsad.tally.nest import Edge
from marsad.tally.scene import Scene, Tellings
from marsad.tally.sums import target
from marsad.tally.ties import OUTRIGHT, TABLE


def edges_of_tables(scene: Scene, tellings: Tellings, links: Sequence[Link]) -> Iterator[Edge]:
    """Yield the edges between the figures of tables; a figure may be part of its row's total and of its column's.

    The rows above a total make it up, whether they come to its number or not: that is what the check is for. The
    columns of a row (civilians, soldiers; women, children) make it up only where they come to its number.
    """
    names = {fact.claim.id: fact for fact in scene.facts if fact.claim.extractor == TABLE}
    home = {scene.facts[at].claim.id: telling for telling, group in enumerate(tellings) for at in group}
    groups: dict[tuple[int, bool], list[int]] = {}
    for link in links:
        if link.relation == "part" and link.left in names and link.right in names:
            in_row = names[link.left].sentence == names[link.right].sentence
            groups.setdefault((home[link.right], in_row), []).append(home[link.left])
    for (whole, in_row), parts in sorted(groups.items()):
        closes = (
            tuple(sorted(parts)) if len(parts) > 1 and (not in_row or _closes(scene, tellings, whole, parts)) else ()
        )
        for part in sorted(parts):
            yield Edge(whole, part, OUTRIGHT, closes)


def _closes(scene: Scene, tellings: Tellings, whole: int, parts: Sequence[int]) -> bool:
    sizes = [scene.facts[tellings[part][0]].claim.count.stated or 0 for part in parts]
    low, high = target(scene.facts[tellings[whole][0]].claim.count)
    return low <= sum(sizes) <= high
