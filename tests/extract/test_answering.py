"""Those who answer to a harm are not its doers."""

import pytest

from marsad.extract.answering import only_answers
from marsad.model import Claim, Count, Span, Victims
from marsad.vocabulary import Harm


def answers(text: str, doer: str, harmed: str, harm: Harm = "killed") -> bool:
    first, start = text.index(doer), text.index(harmed)
    claim = Claim(
        "c1",
        Span(start, start + len(harmed), harmed),
        harm,
        Count(harmed, 1, "exact", 1, 1, 1),
        Victims(harmed),
    )
    return only_answers(text, Span(first, first + len(doer), doer), claim)


@pytest.mark.parametrize(
    ("text", "doer", "expected"),
    [
        ("The port council strongly condemned the murder of a clerk.", "The port council", True),
        ("River police, who came late, yesterday arrested two men for the killing of a clerk.", "River police", True),
        ("The Green Front blamed the army for the death of a clerk.", "The Green Front", True),
        ("The Green Front claimed the murder of a clerk.", "The Green Front", False),
        (
            "The Green Front denounced spies and said it had carried out the murder of a clerk.",
            "The Green Front",
            False,
        ),
        ("River police killed a clerk.", "River police", False),
    ],
)
def test_who_answers(text: str, doer: str, expected: bool) -> None:
    assert answers(text, doer, "a clerk") is expected


def test_an_arrest_is_done_by_those_who_arrest() -> None:
    assert not answers("River police arrested after the attack a clerk.", "River police", "a clerk", "detained")
