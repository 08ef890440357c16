"""From the words of a claim to a count, by the contract's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.extract.counting import count_people
from marsad.model import Count


@pytest.mark.parametrize(
    ("words", "stated", "qualifier", "low", "best", "high"),
    [
        ("14 dockers", 14, "exact", 14, 14, 14),
        ("more than 90 villagers", 90, "more_than", 91, 91, None),
        ("over ten others", 10, "more_than", 11, 11, None),
        ("at least 17 sailors", 17, "at_least", 17, 17, None),
        ("one ferryman at least", 1, "at_least", 1, 1, None),
        ("another six guards", 6, "exact", 6, 6, 6),
        ("nearly two dozen miners", 24, "nearly", 24, 24, 24),
        ("about 300", 300, "about", 300, 300, 300),
        ("an estimated 8,000 farmers", 8000, "about", 8000, 8000, 8000),
        ("up to 15 clerks", 15, "up_to", 0, 15, 15),
        ("fewer than 20 deckhands", 20, "less_than", 0, 19, 19),
        ("a dozen nurses", 12, "exact", 12, 12, 12),
        ("both pilots", 2, "exact", 2, 2, 2),
        ("three of them", 3, "exact", 3, 3, 3),
        ("nine more", 9, "exact", 9, 9, 9),
        ("the other four", 4, "exact", 4, 4, 4),
        ("a family of six", 6, "exact", 6, 6, 6),
        ("a girl of nine", 1, "exact", 1, 1, 1),
        ("two men, Adel Nasri and Omar Fodil", 2, "exact", 2, 2, 2),
        ("a couple, Adel and Huda", 2, "exact", 2, 2, 2),
        ("The 9-year-old Adel Nasri, the 12-year old Omar Nasri and the 7-year-old Huda Fodil", 3, "exact", 3, 3, 3),
        ("at 14", 14, "exact", 14, 14, 14),
        ("RAFAEL SOTO, HIS SON", 2, "exact", 2, 2, 2),
        ("the third victim", 1, "exact", 1, 1, 1),
        ("a third of the 900 pupils", 300, "about", 300, 300, 300),
        ("an offender, a minor", 1, "exact", 1, 1, 1),
        ("a man, a woman", 2, "exact", 2, 2, 2),
        ("Adel’s children, Mona, 16, and Omar", 2, "exact", 2, 2, 2),
        ("chief, captain,\nlieutenant and sergeant", 4, "exact", 4, 4, 4),
        ("a man with multiple stab wounds", 1, "exact", 1, 1, 1),
        ("a minimum of civilians", None, "vague", 2, 2, None),
        ("a minimum of 12 civilians", 12, "at_least", 12, 12, None),
        ("20 people, 12 men and eight women", 20, "exact", 20, 20, 20),
        ("three men, two women and one child", 6, "exact", 6, 6, 6),
        ("a clerk, 28-year-old Samir Badr", 1, "exact", 1, 1, 1),
        ("a 12- and a 16-year-old", 2, "exact", 2, 2, 2),
        ("the two brothers Adel and Omar al-Nasri", 2, "exact", 2, 2, 2),
        ("seven farmers, two of them women", 7, "exact", 7, 7, 7),
        ("two girls, six and nine", 2, "exact", 2, 2, 2),
        ("a woman with her two daughters", 3, "exact", 3, 3, 3),
        ("Adel, his brother Omar and the daughter of Omar", 3, "exact", 3, 3, 3),
        ("his wife and their twins", 3, "exact", 3, 3, 3),
        ("a million and a half herders", 1_500_000, "exact", 1_500_000, 1_500_000, 1_500_000),
        ("half of the town's 20,000 people", 10_000, "about", 10_000, 10_000, 10_000),
        ("a widow of 80", 1, "exact", 1, 1, 1),
        ("no one", 0, "exact", 0, 0, 0),
        ("none", 0, "exact", 0, 0, 0),
        ("a baker", 1, "exact", 1, 1, 1),
        ("his wife", 1, "exact", 1, 1, 1),
        ("Abu Salim", 1, "exact", 1, 1, 1),
        ("the brigade's commander", 1, "exact", 1, 1, 1),
        ("a grocer and his four sons", 5, "exact", 5, 5, 5),
        ("his wife and three daughters", 4, "exact", 4, 4, 4),
        ("three men and a girl", 4, "exact", 4, 4, 4),
        ("a militia commander and his driver", 2, "exact", 2, 2, 2),
        ("19 troops and allied fighters", 19, "exact", 19, 19, 19),
        ("Rana Aziz, 31, and Huda Aziz, 8", 2, "exact", 2, 2, 2),
        ("at least two women and a boy", 3, "at_least", 3, 3, None),
        ("fishermen", None, "vague", 2, 2, None),
        ("several traders", None, "vague", 3, 3, None),
        ("many", None, "vague", 3, 3, None),
        ("dozens", None, "vague", 24, 24, None),
        ("scores of pilgrims", None, "vague", 40, 40, None),
        ("hundreds of families", None, "vague", 200, 200, None),
        ("thousands", None, "vague", 2000, 2000, None),
    ],
)
def test_words_are_counted(
    words: str, stated: int | None, qualifier: str, low: int, best: int, high: int | None
) -> None:
    count = count_people(words)
    assert count is not None
    assert (count.stated, count.qualifier, count.low, count.best, count.high) == (stated, qualifier, low, best, high)


@pytest.mark.parametrize("words", ["20 to 30 drivers", "between 20 and 30 drivers", "20-30 drivers"])
def test_a_range_keeps_both_ends(words: str) -> None:
    count = count_people(words)
    assert count is not None
    assert (count.stated, count.stated_high, count.qualifier, count.low, count.high) == (20, 30, "range", 20, 30)


def test_empty_words_are_no_count() -> None:
    assert count_people("  ") is None


def test_words_that_name_nobody_are_no_claim() -> None:
    assert count_people("at") is None
    assert count_people("by the") is None


@given(st.text(max_size=60))
def test_count_words_stand_in_the_words(words: str) -> None:
    count = count_people(words)
    if count is not None:
        assert count.words in words
        assert count.low <= count.best
        assert count.high is None or count.best <= count.high


@given(
    st.integers(min_value=2, max_value=5000), st.sampled_from(["soldiers", "heroes", "terrorists", "martyrs", "men"])
)
def test_loaded_words_change_no_count(number: int, noun: str) -> None:
    assert count_people(f"{number} {noun}") == Count(str(number), number, "exact", number, number, number)
