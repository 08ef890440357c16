"""The state on a day: what the latest trusted words say, what speaks against it, and what changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from tests.made import START
from tests.stating import NORTHFOLD, Says, holds, kept, saying

from marsad.check import require_sound
from marsad.ledger import build_ledger
from marsad.ledger.control import Asked, Control, ControlLine, control
from marsad.ledger.stated import stated
from marsad.model import Reading, Revision

RIVER, HILL = "River Brigade", "Hill Army"
MAY = [date(2021, 5, day) for day in range(1, 32)]


def told(*says: Says, by: str = "Wire", on: int = 1) -> Reading:
    return require_sound(saying(says, by, MAY[on - 1]))


def state(*readings: Reading, on: date | None = None, asked: Asked | None = None) -> Control:
    return control(stated(kept(*readings), "control"), on, asked)


def shown(lines: Sequence[ControlLine]) -> list[str]:
    return [f"{one.who} {one.state} {one.place.name or one.place.text}" for one in lines]


def test_who_takes_a_town_holds_it_from_then() -> None:
    readings = (
        told(holds(HILL, "holds", "Northfold"), on=1),
        told(holds(RIVER, "takes", "Northfold", day=MAY[4]), on=6),
    )
    assert shown(state(*readings, on=MAY[3]).lines) == [f"{HILL} holds Northfold"]
    (line,) = state(*readings, on=MAY[4]).lines
    assert (line.who, line.since, line.is_dated, line.against) == (RIVER, MAY[4], True, ())


def test_a_report_without_a_day_of_its_own_is_known_on_its_day() -> None:
    readings = (told(holds(HILL, "holds", "Northfold"), on=3),)
    assert state(*readings, on=MAY[1]).lines == ()
    (line,) = state(*readings, on=MAY[2]).lines
    assert (line.since, line.is_dated) == (MAY[2], False)


def test_a_beginning_that_is_told_counts_from_then() -> None:
    reading = told(holds(HILL, "holds", "Northfold", day=date(2020, 1, 1), is_since=True))
    (line,) = state(reading, on=date(2020, 6, 1)).lines
    assert line.since == date(2020, 1, 1)


def test_who_loses_a_town_no_longer_holds_it_and_nobody_else_is_made_up() -> None:
    readings = (told(holds(HILL, "holds", "Northfold")), told(holds(HILL, "loses", "Northfold"), on=9))
    assert shown(state(*readings).lines) == [f"{HILL} lost Northfold"]
    after = told(holds(RIVER, "takes", "Northfold"), on=12)
    assert shown(state(*readings, after).lines) == [f"{RIVER} holds Northfold"]


def test_who_loses_the_last_of_it_has_lost_it_and_who_loses_much_of_it_has_not() -> None:
    before = told(holds(HILL, "holds", "Northshire"))
    last = told(holds(HILL, "loses", "Northshire", share="the last bit of"), on=9)
    much = told(holds(HILL, "loses", "Northshire", share="much of"), on=9)
    assert shown(state(before, last).lines) == [f"{HILL} lost Northshire"]
    assert sorted(shown(state(before, much).lines)) == [f"{HILL} holds Northshire"]


def test_shares_are_held_side_by_side() -> None:
    reading = told(
        holds(HILL, "holds", "Northshire", share="most of"), holds(RIVER, "holds", "Northshire", share="a third of")
    )
    lines = state(reading).lines
    assert {(one.who, one.share) for one in lines} == {(HILL, "most of"), (RIVER, "a third of")}
    assert not any(one.against for one in lines)


def test_two_voices_that_differ_about_the_same_days_are_both_shown() -> None:
    readings = (
        told(holds(HILL, "holds", "Northfold"), on=4),
        told(holds(RIVER, "holds", "Northfold"), by="Daily", on=5),
    )
    (line,) = state(*readings).lines
    assert line.who == RIVER
    assert [(one.word.voice, one.word.statement.slots["actor"][0].text) for one in line.against] == [("Wire", HILL)]


def test_a_later_word_long_after_is_a_change_and_no_contradiction() -> None:
    readings = (
        told(holds(HILL, "holds", "Northfold"), on=4),
        told(holds(RIVER, "holds", "Northfold"), by="Daily", on=20),
    )
    (line,) = state(*readings).lines
    assert (line.who, line.against) == (RIVER, ())


def test_one_voice_that_says_otherwise_later_corrects_itself() -> None:
    readings = (told(holds(HILL, "holds", "Northfold"), on=4), told(holds(RIVER, "holds", "Northfold"), on=5))
    (line,) = state(*readings).lines
    assert (line.who, line.against) == (RIVER, ())


def test_the_word_of_who_gains_by_it_gives_way_to_another_voice_of_these_days() -> None:
    independent = told(holds(HILL, "holds", "Northfold"), on=4)
    own = told(holds(RIVER, "holds", "Northfold", voice=RIVER), by="Daily", on=5)
    (line,) = state(independent, own).lines
    assert line.who == HILL
    assert "gains by it" in line.against[0].why
    alone = state(own).lines[0]
    assert (alone.who, alone.own_word) == (RIVER, True)


@pytest.mark.parametrize("modality", ["denied", "possible", "planned", "hypothetical"])
def test_what_is_not_asserted_is_shown_and_changes_nothing(modality: str) -> None:
    readings = (
        told(holds(HILL, "holds", "Northfold")),
        told(holds(RIVER, "takes", "Northfold", modality=modality), on=3),
    )
    found = state(*readings)
    assert shown(found.lines) == [f"{HILL} holds Northfold"]
    assert [one.statement.modality for one in found.beside] == [modality]


def test_a_denial_of_the_state_stands_against_it() -> None:
    taken = told(holds(RIVER, "takes", "Northfold"), on=3)
    denied = told(holds(RIVER, "takes", "Northfold", modality="denied", voice=HILL), by="Daily", on=4)
    (line,) = state(taken, denied).lines
    assert [one.why for one in line.against] == [f"{HILL} denies it"]


def test_a_siege_stands_beside_the_holding_until_the_town_is_taken_or_nobody_tells_of_it() -> None:
    readings = [told(holds(HILL, "holds", "Northfold")), told(holds(RIVER, "besieges", "Northfold"), on=3)]
    assert sorted(shown(state(*readings, on=MAY[5]).lines)) == [
        f"{HILL} holds Northfold",
        f"{RIVER} besieges Northfold",
    ]
    assert shown(state(*readings, on=date(2022, 1, 1)).lines) == [f"{HILL} holds Northfold"]
    readings.append(told(holds(RIVER, "takes", "Northfold"), on=8))
    assert shown(state(*readings, on=MAY[8]).lines) == [f"{RIVER} holds Northfold"]


def test_a_town_answers_with_the_units_that_hold_it_and_a_province_with_its_towns() -> None:
    readings = (
        told(holds(HILL, "holds", "Northshire"), on=1),
        told(holds(RIVER, "takes", "Northfold"), on=4),
        told(holds(RIVER, "holds", "Southfold"), on=4),
    )
    town = state(*readings, asked=Asked("northfold")).lines
    assert [(one.place.name, one.level) for one in town] == [("Northfold", "here"), ("Northshire", "above")]
    province = state(*readings, asked=Asked("Northshire")).lines
    assert [(one.place.name, one.level) for one in province] == [("Northshire", "here"), ("Northfold", "below")]
    assert province[0].against[0].why == "except Northfold, which lies in it"


def test_a_town_nobody_tells_of_answers_by_its_province() -> None:
    found = state(told(holds(HILL, "holds", "Northshire")), asked=Asked("Northfold", NORTHFOLD)).lines
    assert [(one.who, one.level) for one in found] == [(HILL, "above")]


def test_a_later_word_on_the_province_speaks_against_an_older_one_on_the_town() -> None:
    readings = (told(holds(RIVER, "takes", "Northfold"), on=4), told(holds(HILL, "takes", "Northshire"), on=20))
    town = state(*readings, asked=Asked("Northfold")).lines[0]
    assert (town.who, town.against[0].why) == (RIVER, "a later word on Northshire, in which it lies")


def test_an_actor_answers_with_all_it_holds_by_whole_words_of_its_name() -> None:
    readings = (told(holds(RIVER, "holds", "Northfold")), told(holds(HILL, "holds", "Southfold")))
    assert shown(state(*readings, asked=Asked("river brigade")).lines) == [f"{RIVER} holds Northfold"]
    assert shown(state(*readings, asked=Asked("hill-army")).lines) == [f"{HILL} holds Southfold"]
    assert state(*readings, asked=Asked("rig")).lines == ()


def test_a_reprint_is_no_second_word() -> None:
    readings = (told(holds(HILL, "holds", "Northfold")), told(holds(HILL, "holds", "Northfold"), by="Daily"))
    assert len(state(*readings).lines[0].words) == 1


def test_the_order_of_reports_changes_nothing() -> None:
    readings = (
        told(holds(HILL, "holds", "Northfold"), on=4),
        told(holds(RIVER, "takes", "Northfold", voice=RIVER), by="Daily", on=5),
        told(holds(HILL, "holds", "Northfold"), by="Post", on=6),
        told(holds(RIVER, "contests", "Northfold"), on=7),
    )
    answers = {
        str([(one.who, one.state, one.since, len(one.against)) for one in state(*order).lines])
        for order in permutations(readings)
    }
    assert len(answers) == 1


def test_who_holds_areas_there_does_not_hold_the_place() -> None:
    """Words without a name get the place that governs their sentence: ground in it, and no more."""
    town = told(holds(HILL, "holds", "Northfold"), on=4)
    base = told(holds(RIVER, "holds", "areas"), by="Daily", on=5)
    statement = base.statements[0]
    (slot,) = statement.slots["place"]
    slots = {**statement.slots, "place": (replace(slot, where=NORTHFOLD),)}
    areas = replace(base, statements=(replace(statement, slots=slots),))
    lines = {one.who: one for one in state(town, areas).lines}
    assert (lines[RIVER].ground, lines[RIVER].is_whole) == ("areas", False)
    assert lines[HILL].against == ()


def test_a_word_on_a_name_holds_for_what_is_stated_too() -> None:
    """Once a person says that a name is another actor, control is of that actor."""
    readings = kept(told(holds(RIVER, "holds", "Northfold"), on=4))
    word = Revision("actor:river brigade", "actor", "Hill Army [hill-army]", "one and the same", "mara", START)
    ledger = build_ledger(readings, revisions=[replace(word, made=START + timedelta(minutes=1))])
    (line,) = control(stated(ledger.readings.values(), "control")).lines
    assert (line.who, line.actor_id) == (HILL, "hill-army")
