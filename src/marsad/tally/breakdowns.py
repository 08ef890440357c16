"""Turns edges into breakdowns: which parts belong to one division of a total, whether they close it, and why."""

from collections.abc import Sequence

from marsad.model import Breakdown, Claim, Figure
from marsad.tally.explanation import Explanation
from marsad.tally.nest import Edge
from marsad.tally.sums import target
from marsad.tally.why import why_part
from marsad.vocabulary import BreakdownKind, Check

NEARLY = 0.2
"""How far a listed sum may miss its total and still be presented as its sum: a fault of the report, not of kind."""


def make_breakdowns(explained: Explanation) -> tuple[Breakdown, ...]:
    """Return the breakdowns in the order of their totals; parts that make a sum together stand in one breakdown."""
    out: list[tuple[int, int, Breakdown]] = []
    wholes = sorted({edge.whole for edge in explained.edges})
    for whole in wholes:
        edges = sorted((e for e in explained.edges if e.whole == whole), key=lambda e: e.part)
        for group in _divisions(explained, edges):
            out.append((whole, group[0].part, _breakdown(explained, group)))
    return tuple(b for _, _, b in sorted(out, key=lambda row: row[:2]))


def _divisions(explained: Explanation, edges: Sequence[Edge]) -> list[list[Edge]]:
    """Put the parts that close a sum together, and those that stand in one sentence or list; others stand alone."""
    out: list[list[Edge]] = []
    closing = sorted({e.closes for e in edges if e.closes})
    used: set[int] = set()
    for chosen in closing:
        group = [e for e in edges if e.part in chosen]
        if len(group) == len(chosen):
            out.append(group)
            used |= {e.part for e in group}
    facts = explained.ties.scene.facts
    for edge in (e for e in edges if e.part not in used):
        here = facts[explained.tellings[edge.part][0]]
        for group in out:
            there = facts[explained.tellings[group[-1].part][0]]
            together = here.sentence == there.sentence or (
                here.list_head is not None and here.list_head == there.list_head
            )
            if together and not any(e.closes for e in group):
                group.append(edge)
                break
        else:
            out.append([edge])
    return out


def _breakdown(explained: Explanation, group: Sequence[Edge]) -> Breakdown:
    total = explained.claims(group[0].whole)[0]
    parts = [explained.claims(e.part)[0] for e in group]
    kind = _kind(explained, total, parts, group)
    check, remainder = _check(total, parts, kind)
    return Breakdown(
        total=total.id,
        parts=tuple(p.id for p in parts),
        kind=kind,
        check=check,
        remainder=remainder,
        why=tuple(why_part(explained, group)),
    )


def _kind(explained: Explanation, total: Claim, parts: Sequence[Claim], group: Sequence[Edge]) -> BreakdownKind:
    if group[0].closes and set(group[0].closes) == {e.part for e in group}:
        return "sum"
    if len(parts) < 2 or total.count.stated is None or any(p.count.stated is None for p in parts):
        return "including"
    low, high = target(total.count)
    made = sum(p.count.low for p in parts)
    facts = explained.ties.scene.facts
    listed = any(facts[explained.tellings[e.part][0]].chain == "colon" for e in group)
    near = abs(made - low) <= NEARLY * low
    return "sum" if low <= made <= high or (listed and near) else "including"


def _check(total: Claim, parts: Sequence[Claim], kind: BreakdownKind) -> tuple[Check, Figure]:
    """Compare a total with its parts: the remainder is total minus parts, from its least to its most."""
    least, most = total.count.low, total.count.high
    low = sum(p.count.low for p in parts)
    highs = [p.count.high for p in parts]
    high = None if None in highs else sum(h for h in highs if h is not None)
    left_low = 0 if high is None else max(0, least - high)
    left_high = None if most is None else max(0, most - low)
    remainder = Figure(left_low, max(left_low, max(0, total.count.best - sum(p.count.best for p in parts))), left_high)
    if left_high is not None:
        remainder = Figure(left_low, min(remainder.best, left_high), left_high)
    if most is not None and low > most:
        return "exceeds", remainder
    # Parts that are not all are less than their total as they should be; only a sum can fall short.
    return ("short" if left_low > 0 and kind == "sum" else "consistent"), remainder
