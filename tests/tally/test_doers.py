"""Who did it, in words of our own."""

import pytest
from tests.tally.builder import Said, tell

DOERS = [
    ("masked riders", True),
    ("unknown gunmen", True),
    ("the", False),
    ("his sons", False),
    ("the guards were in the car with him", False),
    ("local sources", False),
]


@pytest.mark.parametrize(("words", "kept"), DOERS)
def test_only_words_that_read_as_a_doer_stay(words: str, kept: bool) -> None:
    told = tell(Said("Six herders", 6, by=words), " were killed near Wadi Salq.")
    (event,) = told.tally().incidents
    assert [p.text for p in event.perpetrators] == ([words] if kept else [])


def test_a_person_is_not_the_doer_of_his_own_death() -> None:
    told = tell(Said("Hamid Rahal", 1, by="Hamid Rahal"), " was shot dead in Tarim.")
    assert told.tally().incidents[0].perpetrators == ()


def test_those_who_arrest_somebody_after_an_attack_did_not_make_it() -> None:
    told = tell(
        Said("Six herders", 6, by="masked riders"),
        " were killed and ",
        Said("a suspect", 1, harm="detained", by="River police"),
        " was arrested at once.",
    )
    doers = {p.text for event in told.tally().incidents for p in event.perpetrators if "killed" in event.tolls}
    assert doers == {"masked riders"}
