"""What an attack fell on, as its sentences tell: buildings that were hit, people of a calling; never who helped."""

from dataclasses import replace

import pytest
from tests.made import Told, reading, recorded

from marsad.errors import LedgerError
from marsad.ledger import build_ledger
from marsad.ledger.record import RecordedReading
from marsad.ledger.targets import on_target, require_target, targets_of
from marsad.model import Reading, Span, Victims, Where


def tells(sentence: str, victims: str = "people", groups: tuple[str, ...] = (), where: str = "Baga") -> RecordedReading:
    """Return the reading of a report of one sentence, whose first word is the count of the dead."""
    made = reading([Told(3, "Baga", who="people")])
    (claim,) = made.claims
    quote = f"{claim.count.words} people"
    assert quote in sentence
    at = sentence.index(quote)
    claim = replace(
        claim, span=Span(at, at + len(quote), quote), victims=Victims(victims, groups=groups), where=Where(text=where)
    )
    return recorded(Reading(replace(made.report, text=sentence), (claim,), incidents=made.incidents))


def flags(*args: object, **more: object) -> tuple[str, ...]:
    (one,) = build_ledger([tells(*args, **more)]).incidents  # type: ignore[arg-type]
    return targets_of(one)


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("An air strike on a field hospital killed 3 people.", "hospital"),
        ("Shells hit the town's only clinic on Monday, leaving 3 people dead.", "hospital"),
        ("3 people died when a girls' school was bombed.", "school"),
        ("Gunmen stormed a crowded mosque and shot 3 people.", "worship"),
        ("A car packed with explosives blew up in the vegetable market, killing 3 people.", "market"),
        ("Rockets struck a camp for the displaced and killed 3 people.", "camp"),
        ("An attack on an aid convoy left 3 people dead.", "aid"),
        ("3 people were killed in an attack on a radio station.", "journalist"),
    ],
)
def test_a_building_that_was_hit_is_the_target(sentence: str, target: str) -> None:
    assert flags(sentence) == (target,)


@pytest.mark.parametrize(
    "sentence",
    [
        "A blast in the square wounded many, and 3 people taken to the hospital died.",
        "3 people were shot in an attack, hospital officials said.",
        "After the attack 3 people died in hospital of their wounds.",
        "The attack on the barracks killed 3 people, a church leader said.",
        "3 people were killed in a strike on a training camp.",
        "The raid killed 3 people and shook the stock market.",
        "3 people were killed in an attack according to sources at the hospital.",
        "3 people were brought to the clinic after their car was targeted.",
        "A strike hit a family home near the old mosque and killed 3 people.",
    ],
)
def test_who_takes_people_in_or_speaks_is_no_target(sentence: str) -> None:
    assert flags(sentence) == ()


def test_the_calling_of_the_victims_is_enough() -> None:
    assert flags("Gunmen shot 3 people.", "reporters", ("journalists",)) == ("journalist",)
    assert flags("Gunmen shot 3 people.", "relief workers", ("aid_workers",)) == ("aid",)
    assert flags("Gunmen shot 3 people.", "worshippers") == ("worship",)


def test_the_words_of_the_place_are_enough_unless_the_wounded_were_brought_there() -> None:
    assert flags("A strike killed 3 people at Green Valley clinic.", where="Green Valley clinic") == ("hospital",)
    assert flags("3 people are in the care of Green Valley clinic.", where="Green Valley clinic") == ()
    assert flags("A shell killed 3 people on Chapel Road.", where="Chapel Road") == ()
    assert flags("A shell killed 3 people north of the school.", where="north of the school") == ()
    assert flags("A shell killed 3 people near Reed Street mosque.", where="near Reed Street mosque") == ()
    assert flags("After a blast 3 people died at Green Valley clinic.", where="Green Valley clinic") == ()


def test_incidents_can_be_chosen_by_what_was_attacked() -> None:
    ledger = build_ledger([tells("A raid on a school killed 3 people."), recorded(reading([Told(2, "Gwoza")]))])
    assert [one.tolls["killed"].best for one in on_target(ledger.incidents, "school")] == [3]
    assert require_target("school") == "school"
    with pytest.raises(LedgerError, match="hospital, school"):
        require_target("bridge")
