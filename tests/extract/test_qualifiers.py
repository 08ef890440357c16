"""The words beside a number, in front of it and behind it."""

import pytest

from marsad.extract.qualifiers import qualifier_after, qualifier_before
from marsad.numerals import find_numbers
from marsad.vocabulary import Qualifier


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("at least 12 bakers", "at_least"),
        ("no fewer than nine bakers", "at_least"),
        ("up to 40 bakers", "up_to"),
        ("more than 30 bakers", "more_than"),
        ("fewer than ten bakers", "less_than"),
        ("nearly 200 bakers", "nearly"),
        ("an estimated 50 bakers", "about"),
        ("the 12 bakers", "exact"),
    ],
)
def test_words_in_front_of_a_number(words: str, expected: Qualifier) -> None:
    number = next(find_numbers(words))
    assert qualifier_before(words, number)[0] == expected


@pytest.mark.parametrize(("words", "expected"), [("15 or more", "at_least"), ("15 or so", "about"), ("15", "exact")])
def test_words_behind_a_number(words: str, expected: Qualifier) -> None:
    number = next(find_numbers(words))
    assert qualifier_after(words, number)[0] == expected
