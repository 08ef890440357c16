"""What each source said stays listed beside the choice: superseded words, repeated ones, denials, what is conceded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.made import START, Told, reading, recorded

from marsad.ledger import RecordedReading, build_ledger, sayings_of
from marsad.ledger.record import members_of
from marsad.model import ActorRef, Figure, Judgement, Reading, Voice

DAY = date(2021, 5, 1)
OBSERVATORY = Voice("the observatory", ActorRef("a1", "River Observatory"))
MILITIA = Voice("the militia's spokesman", ActorRef("the militia", "the militia"))


def told(killed: int, publisher: str, day: int, voice: Voice | None = None) -> Reading:
    made = reading([Told(killed)], publisher, DAY + timedelta(days=day))
    return replace(made, claims=tuple(replace(claim, according_to=voice) for claim in made.claims))


def one_event(*readings: Reading) -> tuple[list[RecordedReading], Sequence[Judgement]]:
    made = [recorded(one, minutes) for minutes, one in enumerate(readings)]
    ids = [members_of(one)[0].id for one in made]
    return made, [Judgement(ids[0], other, "same", "Amal", START) for other in ids[1:]]


def said(*readings: Reading) -> list[tuple[str, str, int]]:
    (incident,) = build_ledger(*one_event(*readings)).incidents
    return [(one.standing, one.voice, one.figure.best) for one in sayings_of(incident)]


def test_two_papers_that_quote_one_observatory_are_one_voice() -> None:
    first, second = told(20, "Wire", 0, OBSERVATORY), told(26, "Daily", 2, OBSERVATORY)
    own = told(23, "Post", 1)
    made, words = one_event(first, second, own)
    (incident,) = build_ledger(made, words, policy="median").incidents
    # With the overtaken 20 counted as a voice of its own the median would be 23 and the low 20 all the same voice's.
    assert incident.tolls["killed"] == Figure(23, 23, 26)
    assert said(first, second, own) == [
        ("superseded", "River Observatory", 20),
        ("counted", "Post", 23),
        ("chosen", "River Observatory", 26),
    ]


def test_what_a_second_paper_repeats_of_a_source_is_listed_as_repeated() -> None:
    assert said(told(20, "Wire", 0, OBSERVATORY), told(20, "Daily", 1, OBSERVATORY)) == [
        ("repeated", "River Observatory", 20),
        ("chosen", "River Observatory", 20),
    ]


def test_a_figure_that_the_doers_give_themselves_is_conceded() -> None:
    made, words = one_event(told(20, "Wire", 0), told(7, "Daily", 1, MILITIA))
    (incident,) = build_ledger(made, words, policy="highest").incidents
    assert [(one.standing, one.conceded, one.figure.best) for one in sayings_of(incident)] == [
        ("chosen", False, 20),
        ("counted", True, 7),
    ]


def test_a_denial_is_listed_and_never_counted() -> None:
    both = reading([Told(12), Told(5)])
    denial = replace(both.claims[1], modality="denied", according_to=MILITIA)
    one = replace(both, claims=(both.claims[0], denial), incidents=both.incidents[:1])
    (incident,) = build_ledger([recorded(one)]).incidents
    assert incident.tolls["killed"] == Figure(12, 12, 12)
    assert [(s.standing, s.voice, s.figure.best) for s in sayings_of(incident)] == [
        ("chosen", "Wire", 12),
        ("denied", "the militia", 5),
    ]


def test_a_denial_goes_with_the_incident_it_is_about() -> None:
    three = reading([Told(12), Told(9, "Gwoza"), Told(9, "Gwoza")])
    denial = replace(three.claims[2], modality="denied")
    one = replace(three, claims=(*three.claims[:2], denial), incidents=three.incidents[:2])
    listed = {
        i.where.name: [s.standing for s in sayings_of(i)] for i in build_ledger([recorded(one)]).incidents if i.where
    }
    assert listed == {"Baga": ["chosen"], "Gwoza": ["chosen", "denied"]}
