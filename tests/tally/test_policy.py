"""One telling, several figures: which end each gives, and which the policies choose."""

import pytest
from tests.tally.builder import Said, tell

from marsad.model import Figure
from marsad.tally.policy import Policy, add_figures, figure_of_telling


def told(*figures: Said) -> Figure:
    return figure_of_telling(tell(*figures).claims)


def test_the_leading_figure_is_low_and_a_higher_one_raises_high() -> None:
    assert told(Said("nine dead", 9), Said("14 dead", 14)) == Figure(9, 9, 14)


def test_an_at_least_of_the_same_size_opens_the_figure() -> None:
    assert told(Said("13 dead", 13), Said("at least 13 dead", 13, qualifier="at_least")) == Figure(13, 13, None)


def test_an_exact_figure_replaces_the_round_one_it_refines() -> None:
    assert told(Said("more than 300", 300, qualifier="more_than"), Said("304 dead", 304)) == Figure(304, 304, 304)


def test_up_to_says_nothing_of_the_least() -> None:
    assert told(Said("up to 40 dead", 40, qualifier="up_to")) == Figure(1, 40, 40)


def test_a_vague_word_gives_way_to_a_number() -> None:
    assert told(Said("dozens of miners", None), Said("31 miners", 31)) == Figure(31, 31, 31)


@pytest.mark.parametrize(("policy", "best"), [("best", 9), ("lowest", 9), ("highest", 14), ("newest", 12)])
def test_the_policy_chooses_between_low_and_high(policy: Policy, best: int) -> None:
    claims = tell(Said("nine dead", 9), Said("14 dead", 14), Said("12 dead", 12)).claims
    assert figure_of_telling(claims, policy=policy) == Figure(9, best, 14)


def test_sums_are_open_when_any_part_is() -> None:
    assert add_figures([Figure(2, 2, 2), Figure(5, 5, None)]) == Figure(7, 7, None)
