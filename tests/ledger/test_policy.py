"""A policy chooses by its rule, counts every voice once, and says its name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import LedgerError
from marsad.ledger.policy import POLICIES, TITLES, Policy, Word, choose, require_policy
from marsad.model import Figure


def word(best: int, voice: str, day: int, sources: int = 0, low: int | None = None) -> Word:
    figure = Figure(best if low is None else low, best, best)
    return Word(voice, (date(2021, 5, day), voice), figure, f"{voice}{day}", sources)


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ([word(12, "Wire", 1), word(12, "Daily", 2), word(30, "Post", 3)], 12),
        ([word(12, "Wire", 1, sources=2), word(30, "Post", 3)], 12),
        ([word(12, "Wire", 1), word(30, "Post", 3)], 30),
        ([word(20, "Wire", 1, low=10), word(15, "Daily", 2), word(40, "Post", 3, sources=1)], 15),
        ([word(9, "Wire", 1), word(9, "Daily", 1), word(11, "Wire", 2), word(11, "Post", 2)], 11),
    ],
    ids=["two against one", "named sources", "the newer", "borne out by a range", "each voice by its newest word"],
)
def test_best_sourced_takes_the_word_that_most_voices_bear_out(words: list[Word], best: int) -> None:
    assert choose(words, "best sourced")[0].best == best


@given(
    st.lists(
        st.builds(word, st.integers(1, 40), st.sampled_from("ABCD"), st.integers(1, 28)),
        min_size=1,
        unique_by=lambda w: w.member,
    ),
    st.sampled_from(POLICIES),
    st.randoms(use_true_random=False),
)
def test_order_never_matters_and_the_bounds_hold_every_voice(words: list[Word], policy: Policy, random: object) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    figure, _ = choose(words, policy)
    assert figure == choose(shuffled, policy)[0]
    assert figure.high is not None
    assert figure.low <= figure.best <= figure.high


@pytest.mark.parametrize("name", [*POLICIES, *TITLES.values(), "best-sourced", "Best_Sourced"])
def test_a_policy_is_found_by_its_name_or_its_title(name: str) -> None:
    assert require_policy(name) in POLICIES


def test_a_policy_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(LedgerError, match="choose one of newest, best sourced"):
        require_policy("loudest")
