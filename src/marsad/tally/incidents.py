"""The events of a report: its claims of single events put together, and their people counted once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from marsad.model import Claim, Figure, Incident, Perpetrator, Victims, When, Where
from marsad.tally.event_type import event_type
from marsad.tally.evidence import differing
from marsad.tally.nest import Edge
from marsad.tally.policy import Policy, add_figures, figure_of_telling
from marsad.tally.restate import Tellings
from marsad.tally.ties import Ties
from marsad.vocabulary import HARMS, Harm, Status

ONE_EVENT = 4.0
"""Mean log-odds above which two groups of claims are one event; high, since most pairs of claims in a report are."""
ONE_BREATH = 60
"""How many characters may lie between two figures told in one breath."""
OVERLAP = -2.0
"""Log-odds of being a part above which a lone person is taken to be in the toll of the same event, not beside it."""
PARTED = 20.0
"""Log-odds against one event where two figures are parts of one sum over a period: enough to part them for good."""
COUNTED_MODALITIES = frozenset({"asserted", "possible"})


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


def gather_incidents(
    explained: Explanation, policy: Policy = "best", threshold: float = ONE_EVENT
) -> tuple[Incident, ...]:
    """Return the incidents in the order of their first words, numbered i1, i2, ...

    Tellings that repeat or contain one another are one event; groups then join while the mean log-odds that their
    claims belong to one event stay above `threshold`.
    """
    groups = _join(explained, _seeds(explained), threshold)
    return tuple(_incident(explained, group, f"i{n}", policy) for n, group in enumerate(groups, 1))


def _single_events(explained: Explanation) -> list[int]:
    return [
        t
        for t in range(len(explained.tellings))
        if any(c.scope == "incident" and c.modality in COUNTED_MODALITIES for c in explained.claims(t))
    ]


def _seeds(explained: Explanation) -> list[list[int]]:
    """Return the tellings of single events, with those that hold one another put together."""
    single = _single_events(explained)
    home = {t: t for t in single}
    for left, right in [*((e.whole, e.part) for e in explained.edges), *_one_breath(explained)]:
        if left in home and right in home:
            old, new = sorted((home[left], home[right]), reverse=True)
            home = {t: new if h == old else h for t, h in home.items()}
    return [[t for t in single if home[t] == h] for h in sorted(set(home.values()))]


def _one_breath(explained: Explanation) -> Iterator[tuple[int, int]]:
    """Yield the pairs of tellings of different harm told side by side in one sentence: "9 were killed and 4 hurt"."""
    at_home = {at: t for t, telling in enumerate(explained.tellings) for at in telling}
    for a, b in pairwise(explained.ties.scene.facts):
        near = a.sentence == b.sentence and a.claim.harm != b.claim.harm and b.start - a.end <= ONE_BREATH
        if near and not differing(a, b):
            yield at_home[a.at], at_home[b.at]


def _parted_by_sums(explained: Explanation) -> set[tuple[int, int]]:
    """Return the pairs of tellings that are parts of one sum over a period: such a sum is made of several events."""
    over_periods = [e for e in explained.edges if e.closes and explained.claims(e.whole)[0].scope != "incident"]
    return {(e.part, f.part) for e in over_periods for f in over_periods if e.whole == f.whole and e.part != f.part}


def _join(explained: Explanation, groups: list[list[int]], threshold: float) -> list[list[int]]:
    """Join the surest two groups until none is surer than `threshold`."""
    apart = _parted_by_sums(explained)
    odds: dict[tuple[int, int], tuple[float, int]] = {}
    members = {g: [at for t in group for at in explained.tellings[t]] for g, group in enumerate(groups)}
    for g in members:
        for h in range(g + 1, len(groups)):
            values = [explained.ties.event(a, b) for a in members[g] for b in members[h]]
            parted = any((t, u) in apart for t in groups[g] for u in groups[h])
            odds[g, h] = (sum(values) - parted * PARTED * len(values), len(values))
    alive = {g: list(group) for g, group in enumerate(groups)}
    while odds:
        (g, h), (total, pairs) = max(odds.items(), key=lambda x: (x[1][0] / x[1][1], -x[0][0], -x[0][1]))
        if total / pairs <= threshold:
            break
        alive[g] = sorted(alive[g] + alive.pop(h))
        for other in alive:
            if other != g:
                gone = odds.pop((min(h, other), max(h, other)))
                kept = odds[min(g, other), max(g, other)]
                odds[min(g, other), max(g, other)] = (gone[0] + kept[0], gone[1] + kept[1])
        odds.pop((g, h))
    return sorted(alive.values(), key=lambda group: min(explained.tellings[t][0] for t in group))


def _incident(explained: Explanation, group: list[int], name: str, policy: Policy) -> Incident:
    claims = sorted((c for t in group for c in explained.claims(t)), key=lambda c: _order(explained, c))
    tops = {harm: _tops(explained, group, harm) for harm in HARMS}
    tolls = {harm: _toll(explained, found, policy) for harm, found in tops.items() if found}
    counting = [explained.claims(t)[0] for t in group if any(t in found for found in tops.values())]
    return Incident(
        id=name,
        type=event_type(claims),
        claims=tuple(c.id for c in claims),
        tolls=_with_casualties(tolls),
        killed_civilians=_of_status(explained, group, "civilian", policy),
        killed_combatants=_of_status(explained, group, "combatant", policy),
        when=_best_when(claims),
        where=_best_where(claims),
        perpetrators=_all_perpetrators(claims),
        victims=_all_victims(counting),
        means=next((c.means for c in claims if c.means and event_type([c]) == event_type(claims)), None),
        confidence=round(sum(c.confidence for c in counting) / len(counting), 4),
    )


def _order(explained: Explanation, claim: Claim) -> int:
    return next(f.at for f in explained.ties.scene.facts if f.claim.id == claim.id)


def _tops(explained: Explanation, group: list[int], harm: Harm) -> list[int]:
    """Return the tellings of `harm` in an event that are to be added: no part of another, and none that may overlap."""
    own = [t for t in group if explained.claims(t)[0].harm == harm]
    held = {e.part for e in explained.edges if e.whole in own}
    tops = [t for t in own if t not in held]
    return [t for t in tops if not any(_may_be_in(explained, t, u) for u in tops if u != t)]


def _may_be_in(explained: Explanation, telling: int, toll: int) -> bool:
    """Tell whether adding a telling to a toll of the same event could count people twice.

    "Dozens" beside a number, and a person told of beside a toll, are mostly the same dead; "another" says that not.
    """
    facts = [explained.ties.scene.facts[explained.tellings[t][0]] for t in (telling, toll)]
    x, y = (f.claim.count.stated for f in facts)
    if "other" in facts[0].marks or "other" in facts[1].marks or y is None:
        return False
    if x is None:
        return True
    return x == 1 < y and explained.part_odds(toll, telling) > OVERLAP


def _toll(explained: Explanation, tops: Sequence[int], policy: Policy) -> Figure:
    return add_figures([_figure(explained, t, policy) for t in tops])


def _figure(explained: Explanation, telling: int, policy: Policy) -> Figure:
    parts = [e.part for e in explained.edges if e.whole == telling]
    parts_low = max((explained.claims(p)[0].count.low for p in parts), default=0)
    figure = figure_of_telling(explained.claims(telling), parts_low, policy)
    if all(c.modality == "possible" for c in explained.claims(telling)):
        return Figure(0, 0, figure.high)
    return figure


def _with_casualties(tolls: dict[Harm, Figure]) -> dict[Harm, Figure]:
    """Where only "casualties" are told, at least one was killed and one injured, and at most all but one."""
    told = tolls.get("casualties")
    if told is None or "killed" in tolls or "injured" in tolls or told.low < 2:
        return tolls
    share = Figure(1, 1, None if told.high is None else told.high - 1)
    return {**tolls, "killed": share, "injured": share}


def _of_status(explained: Explanation, group: list[int], status: Status, policy: Policy) -> Figure | None:
    """Return the killed of one status, counted at the highest level where every person has that status."""
    own = [t for t in group if explained.claims(t)[0].harm == "killed"]
    right = [t for t in own if explained.claims(t)[0].victims.status == status]
    held = {e.part for e in explained.edges if e.whole in right}
    tops = [t for t in right if t not in held]
    return _toll(explained, tops, policy) if tops else None


def _best_when(claims: Sequence[Claim]) -> When | None:
    known = [c.when for c in claims if c.when is not None]
    dated = [w for w in known if w.start is not None and w.end is not None]
    if dated:
        return min(dated, key=_days)
    return known[0] if known else None


def _days(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 0


def _best_where(claims: Sequence[Claim]) -> Where | None:
    known = [c.where for c in claims if c.where is not None]
    return min(known, key=lambda w: (w.geoprecision or 8, w.admin1 is None, w.text is None)) if known else None


def _all_perpetrators(claims: Sequence[Claim]) -> tuple[Perpetrator, ...]:
    seen: dict[str, Perpetrator] = {}
    for claim in claims:
        for actor in claim.perpetrators:
            seen.setdefault(actor.actor.id if actor.actor else actor.text.lower(), actor)
    return tuple(seen.values())


def _all_victims(claims: Sequence[Claim]) -> tuple[Victims, ...]:
    seen: dict[tuple[str, Status], Victims] = {}
    for claim in claims:
        seen.setdefault(((claim.victims.text or "").lower(), claim.victims.status), claim.victims)
    return tuple(seen.values())
