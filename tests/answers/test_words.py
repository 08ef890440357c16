"""Figures in words, short enough for a cell of a table."""

import pytest

from marsad.answers.words import figure_words
from marsad.model import Figure


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (None, ""),
        (Figure(27, 27, 27), "27"),
        (Figure(20, 25, 30), "20-30 (25)"),
        (Figure(35, 35, None), "35+"),
        (Figure(20, 35, None), "20-35+"),
        (Figure(1346, 1346, None), "1,346+"),
        (Figure(900, 1346, None), "900-1,346+"),
        (Figure(1027, 1027, 1027), "1,027"),
        (Figure(1027, 12000, 1234567), "1,027-1,234,567 (12,000)"),
    ],
)
def test_figures_are_written_with_thousands_marks(figure: Figure | None, words: str) -> None:
    assert figure_words(figure) == words
