"""Inside one report: which figure contains which, which repeats which, and what events they make."""

from collections.abc import Sequence

from marsad.model import Claim, Link, Report, Restatement, Tally
from marsad.tally.breakdowns import make_breakdowns
from marsad.tally.crossed import cross_lists
from marsad.tally.explanation import Explanation
from marsad.tally.faults import find_faults
from marsad.tally.incidents import gather_incidents
from marsad.tally.nest import nest_figures
from marsad.tally.policy import POLICIES, Policy
from marsad.tally.restate import gather_tellings
from marsad.tally.scene import set_scene
from marsad.tally.ties import weigh_ties
from marsad.tally.weights import load_weights
from marsad.tally.why import why_same

__all__ = ["POLICIES", "Policy", "tally"]


def tally(report: Report, claims: Sequence[Claim], links: Sequence[Link] = (), policy: Policy = "best") -> Tally:
    """Return what the figures of one report come to: breakdowns, restatements, incidents, and faults as warnings.

    `links` are opinions of a learned reader, one evidence among others. `policy` chooses `best` between low and high.
    The same claims give the same tally, in whatever order they come; time is quadratic in the number of claims.
    """
    ties = weigh_ties(set_scene(report, claims), load_weights(), links)
    tellings = gather_tellings(ties)
    edges = nest_figures(ties, tellings)
    edges += cross_lists(ties.scene, tellings, edges)
    explained = Explanation(ties, tellings, edges)
    breakdowns = make_breakdowns(explained)
    return Tally(
        breakdowns=breakdowns,
        restatements=_restatements(explained),
        incidents=gather_incidents(explained, policy),
        warnings=find_faults(explained, breakdowns),
    )


def _restatements(explained: Explanation) -> tuple[Restatement, ...]:
    facts = explained.ties.scene.facts
    return tuple(
        Restatement(facts[telling[0]].claim.id, facts[later].claim.id, why_same(explained, telling, later))
        for telling in explained.tellings
        for later in telling[1:]
    )
