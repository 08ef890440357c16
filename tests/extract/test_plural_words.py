"""One or several, by the last word of a phrase."""

import pytest

from marsad.extract.plural_words import is_named, is_plural


@pytest.mark.parametrize("words", ["shepherds", "the ferry's passengers", "people of the valley", "her family", "them"])
def test_several(words: str) -> None:
    assert is_plural(words)


@pytest.mark.parametrize("words", ["a shepherd", "Tomas Reyes", "another passenger", "the girl who sold flowers"])
def test_one(words: str) -> None:
    assert not is_plural(words)


def test_a_name_opens_with_a_capital_and_ends_in_no_plural() -> None:
    assert is_named("Tomas Reyes, 31")
    assert not is_named("Dutch sailors")
    assert not is_named("sailors")
