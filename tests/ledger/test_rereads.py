"""A person's word outlives every new reading of a report; what a reading says otherwise is shown, the rest is not."""

from dataclasses import replace
from datetime import timedelta

from tests.made import START, Told, reading, recorded

from marsad.ledger import build_ledger, toll, trace
from marsad.ledger.differences import differences
from marsad.ledger.record import claim_ref, members_of
from marsad.model import Count, Figure, Incident, Judgement, Reading, Revision

LATER = START + timedelta(minutes=30)
FIRST = reading([Told(12), Told(2, "Gwoza")])
OLD = recorded(FIRST)
A, B = members_of(OLD)


def renumbered(one: Reading) -> Reading:
    """Return a reading of the same report in which the second claim comes first and is called c1."""
    c1, c2 = one.claims
    i1, i2 = one.incidents
    swapped = (replace(c2, id="c1"), replace(c1, id="c2"))
    return replace(one, claims=swapped, incidents=(replace(i2, claims=("c1",)), replace(i1, claims=("c2",))))


def wider(one: Reading) -> Reading:
    """Return a reading that takes one character less of every claim, so that no id of an incident lives on."""
    claims = tuple(replace(c, span=replace(c.span, end=c.span.end - 1, quote=c.span.quote[:-1])) for c in one.claims)
    return replace(one, claims=claims)


def killed(*args: object) -> int:
    total = toll(build_ledger(*args)).total.tolls  # type: ignore[arg-type]
    return total["killed"].best if "killed" in total else 0


def test_a_revised_figure_stands_over_a_new_reading() -> None:
    word = Revision(A.id, "killed", "9", "two were found alive", "Amal", START)
    again = recorded(wider(FIRST), 60)
    ledger = build_ledger([OLD, again], revisions=[word])
    assert sorted(one.tolls["killed"].best for one in ledger.incidents) == [2, 9]
    assert ledger.incidents[0].revisions == (word,) or ledger.incidents[1].revisions == (word,)


def test_a_withdrawn_claim_is_the_one_that_was_meant_whatever_it_is_called_now() -> None:
    word = Revision(claim_ref(OLD.report_key, "c1"), "withdrawn", "yes", "a rumour", "Amal", LATER)
    assert killed([OLD], (), [word]) == 2
    assert killed([OLD, recorded(renumbered(FIRST), 60)], (), [word]) == 2
    # Said after the new reading, c1 is what that reading calls so.
    late = replace(word, made=START + timedelta(minutes=90))
    assert killed([OLD, recorded(renumbered(FIRST), 60)], (), [late]) == 12


def test_an_incident_that_a_person_vouched_for_stays_when_a_new_reading_misses_it() -> None:
    blind = recorded(replace(FIRST, claims=FIRST.claims[1:], incidents=FIRST.incidents[1:]), 60)
    assert killed([OLD, blind]) == 2
    word = Revision(A.id, "killed", "11", "named by the families", "Amal", LATER)
    assert killed([OLD, blind], (), [word]) == 13
    other = recorded(reading([Told(12)], "Daily"))
    same = Judgement(A.id, members_of(other)[0].id, "same", "Amal", LATER)
    assert A.id in build_ledger([OLD, blind, other], [same]).heirs
    # A program's word is no person's: what it said of a reading that no longer stands goes with it.
    assert A.id not in build_ledger([OLD, blind, other], [replace(same, by="program link 1", score=0.9)]).heirs


def test_what_a_person_held_apart_stays_apart_after_a_new_reading() -> None:
    other = recorded(reading([Told(12)], "Daily"))
    (c,) = members_of(other)
    program = Judgement(A.id, c.id, "same", "program link 1", START, 0.95)
    person = Judgement(A.id, c.id, "different", "Amal", LATER)
    again = recorded(wider(FIRST), 60)
    new = Judgement(members_of(again)[0].id, c.id, "same", "program link 1", START + timedelta(minutes=61), 0.97)
    ledger = build_ledger([OLD, other, again], [program, person, new])
    assert ledger.heirs[A.id] != ledger.heirs[c.id]


def test_the_words_of_a_person_are_taken_back_by_as_read() -> None:
    word = Revision(A.id, "killed", "9", "a guess", "Amal", START)
    back = replace(word, value="as read", made=LATER)
    assert killed([OLD], (), [word]) == 11
    assert killed([OLD], (), [word, back]) == 14
    assert [one.value for one in trace(build_ledger([OLD], (), [word, back]), A.id).revisions] == ["9", "as read"]


def test_an_incident_that_a_new_reading_tells_apart_answers_with_its_parts() -> None:
    one_event = replace(FIRST, incidents=(Incident("i1", "attack", ("c1", "c2"), {"killed": Figure(14, 14, 14)}),))
    old, new = recorded(one_event), recorded(FIRST, 60)
    (was,) = members_of(old)
    found = trace(build_ledger([old, new]), was.id)
    assert set(found.parts) == {A.id, B.id}
    assert found.incidents[0].id == A.id


def test_an_incident_that_a_later_word_parts_answers_with_its_parts() -> None:
    other = recorded(reading([Told(14)], "Daily"))
    (c,) = members_of(other)
    same = Judgement(A.id, c.id, "same", "Amal", START)
    apart = replace(same, verdict="different", made=LATER)
    joined, parted = build_ledger([OLD, other], [same]), build_ledger([OLD, other], [same, apart])
    head = joined.heirs[c.id]
    assert trace(joined, head).parts == ()
    assert set(trace(parted, head).parts) == {A.id, c.id}
    never = ({A.id, c.id} - {head}).pop()
    assert trace(parted, never).parts == ()


def test_a_withdrawn_incident_still_answers_and_can_be_taken_back() -> None:
    word = Revision(A.id, "withdrawn", "yes", "a rumour", "Amal", START)
    ledger = build_ledger([OLD], revisions=[word])
    found = trace(ledger, A.id)
    assert found.withdrawn is not None
    assert (found.incidents, found.withdrawn.id, found.revisions) == ((), A.id, (word,))
    assert [said.claim.span.quote for said in found.said] == ["12 civilians were killed"]
    assert killed([OLD], (), [word, replace(word, value="no", made=LATER)]) == 14


def test_only_what_differs_between_two_readings_is_told() -> None:
    count = Count("12", 12, "exact", 12, 13, 13)
    other = replace(FIRST, claims=(replace(FIRST.claims[0], count=count, confidence=0.4),))
    found = differences(FIRST, other)
    assert [(one.before and one.before.id, one.after and one.after.id, one.fields) for one in found] == [
        ("c1", "c1", ("count",)),
        ("c2", None, ()),
    ]
    assert differences(FIRST, renumbered(FIRST)) == ()
    assert [(one.before, one.fields) for one in differences(other, FIRST)][1] == (None, ())
