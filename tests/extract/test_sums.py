"""A figure that later events add up to is a sum over a window, unless it is an event itself."""

import pytest

from marsad.extract.rules import find_claims
from marsad.model import Report

PARTS = " On Tuesday raiders killed 12 people in Jos. On Wednesday raiders killed eight people near Yola."


def scope_of_first(text: str) -> str:
    return find_claims(Report("r", text)).claims[0].scope


@pytest.mark.parametrize(
    "first",
    [
        "Raiders killed 20 people in Nigeria.",
        "In Nigeria 20 people were killed by raiders.",
    ],
)
def test_a_figure_that_later_events_make_is_a_sum(first: str) -> None:
    assert scope_of_first(first + PARTS) == "period"


@pytest.mark.parametrize(
    "first",
    [
        "Raiders killed 20 people in Kano on Monday.",
        "Raiders on 3 May 2026 killed 20 people in Kano.",
        "A bomb of the raiders killed 20 people in Kano.",
        "An attack by raiders killed 20 people in Kano.",
    ],
)
def test_an_event_of_its_own_day_or_one_attack_is_no_sum(first: str) -> None:
    assert scope_of_first(first + PARTS) == "incident"


def test_an_entry_of_a_list_is_no_sum_of_the_others() -> None:
    text = "Kano: Raiders killed 20 people.\nJos: Raiders killed 12 people.\nYola: Raiders killed eight people."
    assert scope_of_first(text) == "incident"
