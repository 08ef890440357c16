"""Whose word a sentence is."""

import pytest

from marsad.extract.voices import find_source


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The mayor said that two farmers were shot.", "The mayor"),
        ("Two farmers were shot, according to a local clinic.", "a local clinic"),
        ("Northern command said that two farmers were shot.", "Northern command"),
    ],
)
def test_who_speaks_is_the_source(text: str, who: str) -> None:
    source = find_source(text)
    assert source is not None
    assert source.text == who


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility for the attack.",
        "Nobody said that the dead were known.",
        "None of them claimed it.",
    ],
)
def test_nobody_is_no_source(text: str) -> None:
    assert find_source(text) is None
