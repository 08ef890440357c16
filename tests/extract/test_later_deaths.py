"""Who was shot and died of it, in reports of our own."""

import pytest

from marsad.extract.extractors import extract
from marsad.model import Report


def figures(text: str) -> list[tuple[str, int | None]]:
    return [(claim.harm, claim.count.stated) for claim in extract(Report("r", text), "rules").claims]


@pytest.mark.parametrize(
    "text",
    [
        "Lena Ortiz was shot outside a bakery. Ortiz was pronounced dead at the clinic.",
        "A 31-year-old baker was shot in the chest on Mill Road. He died an hour later.",
        "Officers came upon a man with a gunshot wound. That victim died in surgery.",
        "He was held over the killing of his wife. His wife was shot in the kitchen.",
        "A ferryman was killed on Friday. Officers said he was shot twice.",
    ],
)
def test_who_died_of_it_was_killed(text: str) -> None:
    assert {harm for harm, _ in figures(text)} == {"killed"}


@pytest.mark.parametrize(
    "text",
    [
        "One killed, one wounded in bar shooting",
        "A man was shot in the arm. A woman was killed.",
        "Omar Hadi was shot in the leg. Tarek Hadi was killed.",
        "In Pell Street a man, 20, was shot in the leg. Another, 44, was killed there.",
        "A man shot and wounded his brother. He later killed himself.",
        "Two men were shot. One died.",
        "A boy was grazed by a bullet. Rosa Diaz was hit in the chest and taken to a clinic, where she died.",
        "Samir Omar Badr was killed. Samir Nabil Badr was wounded.",
        "Samir Badr was killed. Samir’s uncle, Adel Badr, was wounded.",
    ],
)
def test_somebody_else_stays_hurt(text: str) -> None:
    assert [harm for harm, _ in figures(text)].count("injured") == 1
