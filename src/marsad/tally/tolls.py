"""How many came to each harm in one event: which tellings are added, and which tell of people counted already."""

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.model import Figure
from marsad.tally.explanation import Explanation
from marsad.tally.people import TOKEN, relation
from marsad.tally.policy import Policy, add_figures, figure_of_telling
from marsad.tally.scene import STOP, Fact
from marsad.tally.struck import dead_among_the_hurt, injured_besides_the_dead, names_of
from marsad.vocabulary import HARMS, Harm, Status

OVERLAP = -7.0
"""Log-odds of being a part above which a lone person is taken to be in the toll of the same event, not beside it."""
NEXT = 1
"""How many sentences on "three others" still speaks of people beside those just told."""
SIDES = frozenset({"civilian", "combatant"})


@dataclass(frozen=True, slots=True)
class EventToll:
    """The figures of one event by harm, those of the dead by status, and the tellings that they are the sums of."""

    figures: dict[Harm, Figure]
    civilians: Figure | None
    combatants: Figure | None
    counted: frozenset[int]


def count_event(explained: Explanation, group: Sequence[int], policy: Policy) -> EventToll:
    """Return what the tellings of one event come to, nobody counted twice.

    Parts are never added to their whole; who was told hurt and then told dead is counted with the dead alone; a number
    of people shot or struck holds those of them who died.
    """
    tops = {harm: _tops(explained, group, harm) for harm in HARMS}
    tops["injured"] = dead_among_the_hurt(explained, tops["killed"], tops["injured"], group)
    tolls = {harm: _led_toll(explained, found, policy) for harm, found in tops.items() if found}
    if "killed" in tolls and "injured" in tolls:
        tolls["injured"] = injured_besides_the_dead(explained, tops["injured"], group, tolls)
        if tolls["injured"].high == 0:
            del tolls["injured"]
    return EventToll(
        figures=_with_casualties(tolls),
        civilians=_of_status(explained, group, "civilian", policy, tolls.get("killed")),
        combatants=_of_status(explained, group, "combatant", policy, tolls.get("killed")),
        counted=frozenset(t for found in tops.values() for t in found),
    )


def _tops(explained: Explanation, group: Sequence[int], harm: Harm) -> list[int]:
    """Return the tellings of `harm` in an event that are to be added: no part of another, and none that may overlap."""
    own = [t for t in group if explained.claims(t)[0].harm == harm]
    held = {e.part for e in explained.edges if e.whole in own}
    return _without_overlap(explained, [t for t in own if t not in held])


def _without_overlap(explained: Explanation, tops: list[int]) -> list[int]:
    return [t for t in tops if not any(_may_be_in(explained, t, u) for u in tops if u != t)]


def _may_be_in(explained: Explanation, telling: int, toll: int) -> bool:
    """Tell whether adding a telling to a toll of the same event could count people twice.

    "Dozens" beside a number, and a person told of beside a toll, are mostly the same dead; "another" says that not, and
    so does a civilian beside soldiers.
    """
    told, whole = explained.first(telling), explained.first(toll)
    x, y = told.claim.count.stated, whole.claim.count.stated
    if "other" in told.marks or "other" in whole.marks or y is None or is_doer(told, whole):
        return False
    if x is None:
        return True
    if x == y == 1:
        return _is_nobody_new(told, whole)
    if not x == 1 < y:
        return False
    statuses = {told.claim.victims.status, whole.claim.victims.status}
    if statuses == SIDES and relation(told.kinds, whole.kinds) == "apart":
        return False
    return explained.part_odds(toll, telling) > OVERLAP


def is_doer(told: Fact, toll: Fact) -> bool:
    """Tell whether a person who died is the doer of the toll: nobody is among those whom he killed."""
    words = frozenset(t.lower() for t in TOKEN.findall(told.claim.victims.text or told.claim.span.quote))
    doers = (frozenset(t.lower() for t in TOKEN.findall(doer.text)) for doer in toll.claim.perpetrators)
    return told.claim.count.stated == 1 and any(words - STOP and words - STOP <= doer for doer in doers)


def _is_nobody_new(told: Fact, other: Fact) -> bool:
    """Tell whether "one dead", "a person" is the same death as another lone one of the event, told better or before."""
    if told.kinds - {"generic"} or names_of(told) or told.ages:
        return False
    described = bool(other.kinds - {"generic"} or names_of(other) or other.ages)
    return described or other.at < told.at


def _led_toll(explained: Explanation, tops: Sequence[int], policy: Policy) -> Figure:
    """Return the sum of tellings; under the toll that it is first told by, later figures are its parts or its rivals.

    A report that gives a toll first goes on with names, families and other sources' figures: a smaller one is no news,
    a greater one raises the high end.
    """
    lead = explained.first(tops[0])
    under = [t for t in tops[1:] if _is_led(lead, explained.first(t))]
    toll = _toll(explained, [t for t in tops if t not in under], policy)
    highs = [toll.high, *(_figure(explained, t, policy).high for t in under if _greater(explained, t, toll))]
    return Figure(toll.low, toll.best, None if None in highs else max(h for h in highs if h is not None))


def _greater(explained: Explanation, telling: int, toll: Figure) -> bool:
    stated = explained.first(telling).claim.count.stated
    return stated is not None and stated > toll.best


def _is_led(lead: Fact, told: Fact) -> bool:
    """Tell whether a figure stands under the first toll of its event: told later, of people who may be the same."""
    if (lead.claim.count.stated or 0) < 2 or told.sentence <= lead.sentence:
        return False
    if ("other" in told.marks and told.sentence - lead.sentence <= NEXT) or is_doer(told, lead):
        return False
    statuses = {told.claim.victims.status, lead.claim.victims.status}
    return statuses != SIDES and relation(told.kinds, lead.kinds) != "apart"


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


def _of_status(
    explained: Explanation, group: Sequence[int], status: Status, policy: Policy, killed: Figure | None
) -> Figure | None:
    """Return the killed of one status, counted at the highest level where every person has it; never above the dead."""
    own = [t for t in group if explained.claims(t)[0].harm == "killed"]
    right = [t for t in own if explained.claims(t)[0].victims.status == status]
    held = {e.part for e in explained.edges if e.whole in right}
    tops = _without_overlap(explained, [t for t in right if t not in held])
    return _at_most(_led_toll(explained, tops, policy), killed) if tops else None


def _at_most(figure: Figure, killed: Figure | None) -> Figure:
    if killed is None:
        return figure
    high = killed.high if figure.high is None else figure.high if killed.high is None else min(figure.high, killed.high)
    return Figure(min(figure.low, killed.low), min(figure.best, killed.best), high)
