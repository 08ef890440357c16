"""Which incident a word on responsibility speaks of, and that it changes nobody's part in it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.made import Told, reading, recorded
from tests.stating import Says, saying

from marsad.check import require_sound
from marsad.ledger import build_ledger
from marsad.ledger.responsibility import responsibility_of
from marsad.model import Reading
from marsad.vocabulary import Means

RIVER = "River Brigade"


def said(stance: str, event: str = "the attack", who: str = RIVER, **more: object) -> Says:
    slots = {"event": event} | ({"actor": who} if who else {})
    words = f"{who or 'Nobody'} {stance} {event}"
    return Says(words, "responsibility", {"stance": stance}, slots, **more)  # type: ignore[arg-type]


def spoken(*says: Says, told: tuple[Told, ...]) -> list[list[tuple[str, str | None]]]:
    """Return what is said of each incident of one report, in the order in which they are told."""
    one = require_sound(saying(says, base=reading(told)))
    ledger = build_ledger([recorded(one)])
    by_place = {incident.where.name: incident for incident in ledger.incidents if incident.where}
    return [[(s.stance, s.who) for s in responsibility_of(by_place[each.place])] for each in told]


MEANS: tuple[Means, ...] = ("airstrike", "shelling")
TWO = (Told(12, "Baga"), Told(3, "Gwoza", by="gunmen", day=date(2021, 4, 27)))


def test_a_word_speaks_of_what_was_told_right_before_it() -> None:
    assert spoken(said("claimed"), told=TWO) == [[], [("claimed", RIVER)]]


def test_a_place_that_is_named_goes_before_what_is_near() -> None:
    assert spoken(said("denied", "the attack in Baga"), told=TWO) == [[("denied", RIVER)], []]


def test_a_day_and_the_doer_go_together_before_what_is_near() -> None:
    word = said("claimed", who="the militia", day=date(2021, 4, 30))
    assert spoken(word, told=TWO) == [[("claimed", "the militia")], []]


def test_nobody_has_claimed_it() -> None:
    assert spoken(said("unclaimed", who=""), told=TWO[:1]) == [[("unclaimed", None)]]


def test_a_report_without_incidents_joins_nothing() -> None:
    assert build_ledger([recorded(saying([said("claimed")]))]).incidents == ()


def test_who_is_blamed_by_whom_leaves_the_perpetrators_as_they_were() -> None:
    base = reading(TWO[:1])
    one = saying([said("blamed", voice="Hill Army")], base=base)
    (incident,) = build_ledger([recorded(one)]).incidents
    (word,) = responsibility_of(incident)
    assert (word.stance, word.who, word.said.voice, word.counts) == ("blamed", RIVER, "Hill Army", True)
    assert incident.perpetrators == build_ledger([recorded(base)]).incidents[0].perpetrators


def test_one_word_of_one_voice_is_listed_once() -> None:
    words = [said("claimed"), said("claimed", "that attack")]
    assert spoken(*words, told=TWO[:1]) == [[("claimed", RIVER)]]


@pytest.mark.parametrize(
    ("means", "event", "place"), [("airstrike", "the air strike", "Baga"), ("shelling", "the shelling", "Gwoza")]
)
def test_the_means_decide_between_two_in_one_sentence_s_reach(means: str, event: str, place: str) -> None:
    base = reading(TWO)
    both = tuple(replace(i, means=m) for i, m in zip(base.incidents, MEANS, strict=True))
    one: Reading = saying([said("claimed", f"{event} in {place}")], base=replace(base, incidents=both))
    found = [i for i in build_ledger([recorded(one)]).incidents if responsibility_of(i)]
    assert [i.means for i in found] == [means]
    assert event in str(responsibility_of(found[0])[0].said.statement.span.quote)
