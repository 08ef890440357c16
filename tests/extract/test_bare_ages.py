"""Ages that a reader may take for numbers of people."""

import pytest

from marsad.extract.bare_ages import without_bare_ages
from marsad.model import Claim, Count, Extraction, Span, Victims


def read(text: str, quote: str, number: int) -> list[int | None]:
    start = text.index(quote)
    claim = Claim(
        id="c1",
        span=Span(start, start + len(quote), quote),
        harm="injured",
        count=Count(quote, number, "exact", number, number, number),
        victims=Victims(None, "unknown"),
    )
    return [kept.count.stated for kept in without_bare_ages(Extraction((claim,)), text).claims]


@pytest.mark.parametrize(
    ("text", "quote", "number", "expected"),
    [
        ("The other, 25, was hit in the arm.", "25", 25, []),
        ("A rower, 19, and a swimmer were hurt.", "19", 19, []),
        ("Pedro Ruiz Jr. 26 was hurt.", "Pedro Ruiz Jr. 26", 26, [1]),
        ("In the port, 25 were hurt.", "25", 25, [25]),
        ("Of the crew, 25, all of them cooks, were hurt.", "25", 25, [25]),
        ("The raid hurt 25, the mayor said.", "25", 25, [25]),
    ],
)
def test_an_age_counts_nobody(text: str, quote: str, number: int, expected: list[int]) -> None:
    assert read(text, quote, number) == expected
