"""Ten hard cases: what a name was taken for, why, and what was rejected, in plain words."""

import pytest

from marsad.model import Report
from marsad.resolve.where import find_places
from marsad.resolve.where_explain import Explained, explain_places

# text, publisher, name asked for (its last mention), country and unit it means, words of the reason, what was rejected
CASES = [
    ("The fair is held in Paris, Texas, and Paris is proud.", None, "Paris", "US", "Texas", "likeliest", "capital"),
    ("Gunmen took a post in Tripoli. Libya shut the road.", None, "Tripoli", "LY", "Tripoli", "likeliest", "LB"),
    ("Gunmen took a post in Tripoli, Lebanon.", None, "Tripoli", "LB", "North", "put it in Lebanon", "LY"),
    ("Rockets fell on the town of Dayr Azzour in Syria.", None, "Dayr Azzour", "SY", "Deir ez-Zor", "consonants", None),
    ("Two guards were shot in Niger.", "Daily Trust", "Niger", "NG", "Niger", "likeliest", "country"),
    ("Floods hit Amal in Khan Younis, Gaza.", None, "Amal", "PS", "Gaza Strip", "", None),
    ("He was shot in Hollywood, Florida.", None, "Hollywood", "US", "Florida", "put it in Florida", "California"),
    ("A tanker burned off Hodeidah while Turkish sailors watched.", None, "Turkish", "TR", None, "people", None),
    ("A blast hit the village of Qarzamush, police said.", None, "Qarzamush", None, None, "no entry", None),
    (
        "Two men were hurt in Cedar Grove.",
        "ksla.com",
        "Cedar Grove",
        None,
        None,
        "far from the publisher's home",
        "New Jersey",
    ),
]


def last(text: str, name: str, publisher: str | None) -> Explained:
    found = explain_places(Report("r", text, publisher=publisher))
    return [one for one in found if one.span.quote == name][-1]


@pytest.mark.parametrize(("text", "publisher", "name", "country", "unit", "why", "rejected"), CASES)
def test_a_hard_case_is_explained(
    text: str, publisher: str | None, name: str, country: str | None, unit: str | None, why: str, rejected: str | None
) -> None:
    one = last(text, name, publisher)
    assert (one.where and one.where.country, one.where and one.where.admin1) == (country, unit)
    assert why in one.why
    assert rejected is None or any(rejected in other.place for other in one.rejected)
    assert all(other.why for other in one.rejected)


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("Mr London opened the session.", "London", "title"),
        ("A court in Lagos heard Hassan Victoria.", "Hassan", "people bear"),
    ],
)
def test_a_name_that_is_no_place_says_why(text: str, name: str, why: str) -> None:
    one = last(text, name, None)
    assert one.where is None
    assert why in one.why


@pytest.mark.parametrize("case", CASES, ids=[case[2] for case in CASES])
def test_what_is_explained_is_what_is_found(case: tuple[str, ...]) -> None:
    report = Report("r", case[0], publisher=case[1])
    told = [(one.span, one.where) for one in explain_places(report) if one.where is not None]
    assert told == [(place.span, place.where) for place in find_places(report)]


def test_the_country_that_a_publishers_own_state_is_named_like_is_told_apart() -> None:
    one = last("Two guards were shot in Niger.", "Niger", "Daily Trust")
    assert [other.why for other in one.rejected] == ["the publisher's country has a place of this name"]
