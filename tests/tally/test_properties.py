"""What must hold for any report: nobody counted twice, no part added to its total, no dependence on order."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tally.builder import Said, Told, tell
from tests.tally.generator import PLACES, Node, grow, write

from marsad.model import Tally
from marsad.tally import tally

seeds = st.integers(0, 10**6)


def tree(seed: int) -> tuple[Node, Told]:
    chance = Random(seed)
    root = grow(chance)
    return root, write(root, chance)[0]


def killed(told: Told, found: Tally) -> dict[frozenset[str], tuple[int, int | None]]:
    return {
        frozenset(told.words(c) for c in incident.claims): (incident.tolls["killed"].low, incident.tolls["killed"].high)
        for incident in found.incidents
        if "killed" in incident.tolls
    }


def test_ninety_five_random_trees_of_a_hundred_come_back_whole() -> None:
    right = 0
    for seed in range(100):
        chance = Random(seed)
        told, edges, again = write(grow(chance), chance)
        right += told.edges() == edges and len(told.tally().restatements) == again
    assert right >= 95


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_incidents_never_count_more_than_the_report_supports(seed: int) -> None:
    root, told = tree(seed)
    lows = [i.tolls["killed"].low for i in told.tally().incidents if "killed" in i.tolls]
    assert sum(lows) <= (root.said.number or 0)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_no_claim_belongs_to_two_incidents(seed: int) -> None:
    _, told = tree(seed)
    claims = [claim for incident in told.tally().incidents for claim in incident.claims]
    assert len(claims) == len(set(claims))


@settings(max_examples=40, deadline=None)
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_in_which_claims_are_given_changes_nothing(seed: int, chance: Random) -> None:
    _, told = tree(seed)
    claims = list(told.claims)
    chance.shuffle(claims)
    assert tally(told.report, claims) == told.tally()


def events(seed: int) -> list[tuple[str, Said, str, Said, str]]:
    chance = Random(seed)
    names = chance.sample(PLACES, 3)
    out = []
    for at, name in enumerate(names):
        dead, hurt = chance.randint(20, 90) + 100 * at, chance.randint(2, 9) + 10 * at
        told = {"where": name, "by": f"the band of {name}"}
        people = ("villagers", "miners", "travellers")[at]
        out.append(
            (
                f"In {name}, ",
                Said(f"{dead} {people}", dead, **told),  # type: ignore[arg-type]
                f" were killed by the band of {name} and ",
                Said(f"{hurt} {people} hurt", hurt, harm="injured", **told),  # type: ignore[arg-type]
                ". ",
            )
        )
    return out


@settings(max_examples=30, deadline=None)
@given(seeds, st.permutations([0, 1, 2]))
def test_the_order_of_independent_sentences_changes_nothing(seed: int, order: list[int]) -> None:
    lines = events(seed)
    first = tell(*(piece for line in lines for piece in line))
    other = tell(*(piece for at in order for piece in lines[at]))
    assert killed(first, first.tally()) == killed(other, other.tally())
    assert first.edges() == other.edges()


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_an_unrelated_incident_changes_no_other(seed: int) -> None:
    lines = events(seed)
    two = tell(*(piece for line in lines[:2] for piece in line))
    three = tell(*(piece for line in lines for piece in line))
    assert killed(two, two.tally()).items() <= killed(three, three.tally()).items()
