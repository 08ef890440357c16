"""Digits that count nobody."""

import pytest

from marsad.extract.numbers_of_things import without_numbers_of_things
from marsad.model import Claim, Count, Extraction, Span, Victims
from marsad.vocabulary import Harm


def claim_of(text: str, quote: str, number: int, harm: Harm = "killed", name: str = "c1") -> Claim:
    at = text.index(quote)
    count = Count(quote, number, "exact", number, number, number)
    return Claim(name, Span(at, at + len(quote), quote), harm, count, Victims(None, "unknown", None))


@pytest.mark.parametrize("text", ["In Southgate Camp 12 people were killed", "At Mill Gate 12 civilians were killed"])
def test_people_told_behind_the_name_of_a_place_are_counted(text: str) -> None:
    assert without_numbers_of_things(Extraction((claim_of(text, "12", 12),)), text).claims


@pytest.mark.parametrize(
    ("text", "quote", "number"),
    [
        ("On 14 June 2026 bombed streets lay dead", "2026", 2026),
        ("Strikes of June 3, 2026 killed many", "2026", 2026),
        ("Those killed in 2025 were buried", "2025", 2025),
        ("On 14 June killed men were buried", "14", 14),
        ("By 14:32 dead were counted", "14", 14),
        ("By 14:32 dead were counted", "32", 32),
        ("At 2 a.m. dead lay in the road", "2", 2),
        ("Some 40% of the wounded were young", "40", 40),
        ("Some 15 km away dead cattle lay", "15", 15),
        ("A reward of $2,000 for the killed", "2,000", 2000),
        ("The 443 Brigade killed again", "The 443 Brigade", 443),
        ("The 7th Battalion killed again", "The 7", 7),
        ("Unit 8200 wounded in a raid", "8200", 8200),
        ("Resolution 1701 dead, envoys say", "1701", 1701),
        ("Route 1204 dead end", "1204", 1204),
        ("A 9mm bullet killed him", "9", 9),
        ("In Sector 5 people were killed", "5", 5),
        ("Near Camp 12 people were killed", "12", 12),
        ("The Vale Brigade 12 fighters killed six", "12", 12),
    ],
)
def test_numbers_of_things_count_nobody(text: str, quote: str, number: int) -> None:
    assert not without_numbers_of_things(Extraction((claim_of(text, quote, number),)), text).claims


@pytest.mark.parametrize(
    ("text", "quote", "number"),
    [
        ("In all 2,015 people were killed", "2,015 people", 2015),
        ("Of 2000 villagers 40 died", "2000 villagers", 2000),
        ("In June 12 people were killed", "12 people", 12),
        ("A unit of 30 men was killed", "30 men", 30),
        ("Shells killed 14 on Monday", "14", 14),
        ("At noon: 32 dead", "32 dead", 32),
    ],
)
def test_numbers_of_people_stay(text: str, quote: str, number: int) -> None:
    assert without_numbers_of_things(Extraction((claim_of(text, quote, number),)), text).claims


def test_a_figure_ends_with_its_sentence() -> None:
    text = "Shells killed 14 and wounded 30. 1,200 were displaced."
    kept = without_numbers_of_things(Extraction((claim_of(text, "30. 1,200", 30, "injured"),)), text).claims[0]
    assert kept.span.quote == kept.count.words == "30"


def test_those_driven_out_are_no_injured_as_well() -> None:
    text = "Clashes left eight hurt and 1,200 people displaced."
    both = tuple(claim_of(text, "1,200 people", 1200, *how) for how in (("displaced", "c1"), ("injured", "c2")))
    kept = without_numbers_of_things(Extraction(both), text).claims
    assert [(one.id, one.harm) for one in kept] == [("c1", "displaced")]


def test_displaced_people_may_be_killed() -> None:
    text = "Shells hit a camp: 18 displaced people died."
    kept = without_numbers_of_things(Extraction((claim_of(text, "18 displaced people", 18),)), text).claims
    assert [one.harm for one in kept] == ["killed"]
