"""Clusters follow people's words first, then the program's, and never join what was judged different."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.link.cluster import cluster
from marsad.model import Judgement
from marsad.vocabulary import Verdict

NOON = datetime(2021, 5, 1, 12, tzinfo=UTC)
IDS = "abcdef"


def word(pair: str, verdict: Verdict, by: str = "program link 1", score: float = 0.9, after: int = 0) -> Judgement:
    return Judgement(pair[0], pair[1], verdict, by, NOON + timedelta(minutes=after), score)


def groups(*words: Judgement, ids: str = "abc", kin: dict[str, str] | None = None) -> list[str]:
    return ["".join(group) for group in cluster(ids, words, kin)]


pairs = st.sampled_from(["".join(pair) for pair in combinations(IDS, 2)])
words = st.lists(
    st.builds(
        word,
        pairs,
        st.sampled_from(["same", "different", "unsure"]),
        st.sampled_from(["Amal", "Boris", "program link 1"]),
        st.sampled_from([0.3, 0.6, 0.9]),
        st.integers(0, 5),
    ),
    max_size=12,
)


def test_what_is_judged_the_same_is_one() -> None:
    assert groups(word("ab", "same")) == ["ab", "c"]
    assert groups(word("ab", "same"), word("bc", "same")) == ["abc"]


def test_one_weak_bridge_joins_no_two_events() -> None:
    sure = [word(pair, "same") for pair in ("ab", "cd")]
    assert groups(*sure, word("bc", "same", score=0.3), ids="abcd") == ["ab", "cd"]


def test_a_person_s_different_parts_what_a_chain_would_join() -> None:
    chain = [word("ab", "same"), word("bc", "same", score=0.8)]
    assert groups(*chain, word("ac", "different", "Amal")) == ["ab", "c"]


def test_a_person_overrules_a_program_and_the_latest_word_stands() -> None:
    assert groups(word("ab", "same"), word("ab", "different", "Amal")) == ["a", "b", "c"]
    assert groups(word("ab", "same"), word("ab", "unsure", "Amal")) == ["a", "b", "c"]
    assert groups(word("ab", "different", "Amal"), word("ab", "same", "Boris", after=5)) == ["ab", "c"]
    assert groups(word("ab", "different"), word("ab", "same", "Amal")) == ["ab", "c"]


def test_a_program_never_joins_what_one_report_tells_apart() -> None:
    kin = {"a": "report 1", "b": "report 1", "c": "report 2"}
    assert groups(word("ac", "same"), word("bc", "same"), kin=kin) == ["ac", "b"]
    assert groups(word("ab", "same", "Amal"), kin=kin) == ["ab", "c"]


@given(words, st.randoms(use_true_random=False))
def test_order_changes_nothing(said: list[Judgement], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cluster(IDS, said) == cluster(reversed(IDS), shuffled)


@given(words, pairs)
def test_different_stays_different(said: list[Judgement], pair: str) -> None:
    found = cluster(IDS, [*said, word(pair, "different", "Zora", after=60)])
    assert not any(pair[0] in group and pair[1] in group for group in found)


@given(words)
def test_everything_is_in_one_group(said: list[Judgement]) -> None:
    assert sorted(one for group in cluster(IDS, said) for one in group) == list(IDS)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_words_on_unknown_incidents_are_passed_over(verdict: Verdict) -> None:
    assert groups(word("ax", verdict), word("xb", verdict)) == ["a", "b", "c"]
