"""The cheap gate lets through whatever may tell of harm."""

import pytest

from marsad.extract.gate import may_tell_harm


@pytest.mark.parametrize(
    "text",
    [
        "Two ferrymen were killed at the pier.",
        "Two ferrymen were kil*led at the pier.",
        "Two ferrymen were kil-led at the pier.",
        "A clerk was ex*ecuted.",
        "Nine sailors were wou-nded.",
        "The toll rose to nine.",
    ],
)
def test_words_of_harm_pass(text: str) -> None:
    assert may_tell_harm(text)


def test_other_sentences_cost_nothing() -> None:
    assert not may_tell_harm("The ministers met in the capital and spoke of wheat prices.")


@pytest.mark.parametrize("text", ["Skillet prices rose.", "The deadlines are near.", "He took the ferry on Monday."])
def test_words_that_only_hold_a_word_of_harm_do_not_pass(text: str) -> None:
    assert not may_tell_harm(text)
