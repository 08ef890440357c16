"""How one figure is chosen where a report gives several: low, best and high of one telling, and of a sum."""

from collections.abc import Sequence
from typing import Literal, get_args

from marsad.model import Claim, Figure

Policy = Literal["best", "lowest", "highest", "newest"]
"""best: the figure that the report leads with; newest: the one it gives last; lowest and highest: the ends."""
POLICIES: tuple[Policy, ...] = get_args(Policy)

ROUNDED = 0.1
"""An exact figure this little above a "more than" is its exact form ("more than 300", then 303), not a rival."""


def figure_of_telling(claims: Sequence[Claim], parts_low: int = 0, policy: Policy = "best") -> Figure:
    """Return low, best and high of the claims that tell of the same people, first claim first.

    The report's leading figure gives the low end: reports lead with the figure that they stand by and cite lower, older
    ones after it. Higher figures raise the high end; an "at least" of the same size opens it. `parts_low` is how many
    the listed parts make at least, and lifts the low end of an "up to".
    """
    told = [c for c in claims if c.count.stated is not None] or list(claims)
    lead = _exact_form(told)
    low, high = _low(lead, told, parts_low), _high(lead, told)
    low = low if high is None else min(low, high)
    best = _chosen(policy, lead, told, Figure(low, low, high))
    best = max(low, best) if high is None else min(max(low, best), high)
    return Figure(low, best, high)


def add_figures(figures: Sequence[Figure]) -> Figure:
    """Return the sum of figures about different people; open when any is open."""
    highs = [f.high for f in figures]
    high = None if None in highs else sum(h for h in highs if h is not None)
    return Figure(sum(f.low for f in figures), sum(f.best for f in figures), high)


def _exact_form(told: Sequence[Claim]) -> Claim:
    """Return the leading claim, or the exact figure that a rounded lead stands for."""
    lead = told[0]
    stated = lead.count.stated
    if stated is None or lead.count.qualifier not in ("more_than", "about", "nearly"):
        return lead
    near = [
        c
        for c in told
        if c.count.qualifier == "exact"
        and c.count.stated is not None
        and (lead.count.qualifier != "more_than" or c.count.stated > stated)
        and abs(c.count.stated - stated) <= ROUNDED * stated
    ]
    return near[0] if near else lead


def _low(lead: Claim, told: Sequence[Claim], parts_low: int) -> int:
    if lead.count.qualifier not in ("up_to", "less_than"):
        return lead.count.low
    # "Up to 12" says nothing of the least; a lower figure of another source, the parts, or one person do.
    others = [c.count.low for c in told if c.count.stated is not None and c.count.low > 1]
    return min([n for n in others if n >= parts_low] or [max(1, parts_low)])


def _high(lead: Claim, told: Sequence[Claim]) -> int | None:
    rivals = [c.count for c in told if c.count.high is not None and c.count.high > lead.count.low]
    opened = [c.count for c in told if c.count.high is None]
    high = lead.count.high
    top = max((r.high for r in rivals if r.high is not None), default=None)
    if high is None:
        return top
    if top is not None:
        high = max(high, top)
    return None if any(o.low >= high for o in opened) else high


def _chosen(policy: Policy, lead: Claim, told: Sequence[Claim], ends: Figure) -> int:
    if policy == "lowest":
        return ends.low
    if policy == "highest":
        return ends.high if ends.high is not None else max(c.count.best for c in told)
    return told[-1].count.best if policy == "newest" else lead.count.best
