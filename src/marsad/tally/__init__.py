"""Inside one report: which figure contains which, which repeats which, and what events they make."""

from collections.abc import Sequence
from dataclasses import replace

from marsad.model import Claim, Link, Report, Restatement, Tally
from marsad.tally.blocks import cut_blocks
from marsad.tally.breakdowns import make_breakdowns
from marsad.tally.crossed import cross_lists
from marsad.tally.explanation import Explanation
from marsad.tally.faults import find_faults
from marsad.tally.incidents import gather_incidents
from marsad.tally.nest import nest_figures
from marsad.tally.policy import POLICIES, Policy
from marsad.tally.restate import gather_tellings
from marsad.tally.scene import set_scene
from marsad.tally.tabled import edges_of_tables
from marsad.tally.ties import weigh_ties
from marsad.tally.weights import load_weights
from marsad.tally.why import why_same

__all__ = ["POLICIES", "Policy", "tally"]


def tally(report: Report, claims: Sequence[Claim], links: Sequence[Link] = (), policy: Policy = "best") -> Tally:
    """Return what the figures of one report come to: breakdowns, restatements, incidents, and faults as warnings.

    `links` are opinions of a learned reader, one evidence among others. `policy` chooses `best` between low and high.
    The same claims give the same tally, in whatever order they come; time is quadratic in the number of claims, up to
    `blocks.MOST_TOGETHER` of them, and linear from there on.
    """
    if not claims:
        return Tally()
    blocks = [_tally(report, block, links, policy) for block in cut_blocks(report, claims)]
    if len(blocks) == 1:
        return blocks[0]
    incidents = [incident for block in blocks for incident in block.incidents]
    said = f"{len(claims)} claims were added up in {len(blocks)} blocks; what two blocks tell is counted in both"
    return Tally(
        breakdowns=tuple(b for block in blocks for b in block.breakdowns),
        restatements=tuple(r for block in blocks for r in block.restatements),
        incidents=tuple(replace(incident, id=f"i{n}") for n, incident in enumerate(incidents, 1)),
        warnings=(said, *dict.fromkeys(w for block in blocks for w in block.warnings)),
    )


def _tally(report: Report, claims: Sequence[Claim], links: Sequence[Link], policy: Policy) -> Tally:
    ties = weigh_ties(set_scene(report, claims), load_weights(), links)
    tellings = gather_tellings(ties)
    edges = nest_figures(ties, tellings)
    edges += cross_lists(ties.scene, tellings, edges)
    edges += edges_of_tables(ties.scene, tellings, links)
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
