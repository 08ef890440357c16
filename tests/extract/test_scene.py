"""The words of place and of time in a sentence."""

import pytest

from marsad.extract.rules import find_claims
from marsad.extract.scene import find_areas, find_places, is_deed_or_talk
from marsad.model import Report


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Two bakers were hurt in the village of Qarzam, near Homs.", ["the village of Qarzam", "near Homs"]),
        ("A driver died in a Turkish strike on a car in Tanura.", ["a car in Tanura"]),
        ("A raid on herders in northern Tanura failed.", ["northern Tanura"]),
        ("Six guards fell in an IS raid.", []),
        ("There was shouting on the Kurdish side.", []),
        ("Nine died in the first two weeks of Turkey's campaign.", []),
        ("• Northfold: two raids left nine herders dead.", ["Northfold"]),
        ("• Northfold: two raids in Easthill left nine herders dead.", ["Easthill"]),
        ("Tanura province: a herder was shot.", ["Tanura province"]),
        ("• Soldiers: nine.", []),
        ("• March: nine dead.", []),
    ],
)
def test_places_are_found_and_peoples_weeks_and_bodies_are_none(text: str, places: list[str]) -> None:
    assert [words.text for words in find_places(text)] == places


def test_an_area_may_be_called_by_its_kind_alone() -> None:
    assert [w.text for w in find_areas("Raids in the “demilitarised” zone and at the mill")] == []
    assert [w.text for w in find_areas("Raids in the demilitarised zone and at the mill")] == ["the demilitarised zone"]


def test_a_sum_keeps_to_the_place_of_its_window() -> None:
    text = (
        "A baker was shot in the village of Qarzam on Monday.\n\n"
        "The number of raids on herders in northern Tanura since early 2019 has risen to 12. "
        "These raids left 14 herders dead.\n\n"
        "The war has killed more than 9,000 people since 2011."
    )
    claims = find_claims(Report("r", text)).claims
    places = [claim.where.text if claim.where else None for claim in claims]
    assert places == ["the village of Qarzam", "northern Tanura", None]


def test_a_total_takes_the_area_of_its_own_sentence() -> None:
    text = (
        "A baker was shot in the village of Qarzam on Monday.\n\n"
        "Since early 2019 the monitor has counted 12 raids in the “demilitarised zone,” which left 14 herders dead."
    )
    claims = find_claims(Report("r", text)).claims
    assert [c.where.text if c.where else None for c in claims] == ["the village of Qarzam", "the “demilitarised zone"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the death of the drovers", True),
        ("AN EFFORT", True),
        ("The recent killing", True),
        ("the attorney's house", False),
        ("the house of a judge", False),
        ("Returno", False),
        ("the clinic", False),
    ],
)
def test_deeds_and_talk_are_no_places(words: str, expected: bool) -> None:
    assert is_deed_or_talk(words) is expected
