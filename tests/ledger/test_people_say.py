"""What people say of names, of claims and of whole incidents moves the ledger, or only agrees with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.made import START, Told, reading, recorded

from marsad.errors import LedgerError
from marsad.ledger import build_ledger, toll
from marsad.ledger.accepted import acceptances, accepted_words, standing
from marsad.ledger.names import actor_key, actor_value, place_key, place_of, place_value
from marsad.ledger.record import claim_ref
from marsad.ledger.revise import ACCEPTED, AS_READ, require_word
from marsad.model import ActorRef, Revision, Where

ONE = recorded(reading([Told(killed=3, injured=4, by="the Reed Men")], "Wire"))
TWO = recorded(reading([Told(killed=2, place="the hamlet of Orlu", by="Reed Men")], "Gazette"), after_minutes=5)
LATER = recorded(reading([Told(killed=7, place="Kano", by="the Reed Men")], "Radio"), after_minutes=90)
REEDS = actor_value("Reed Brigade", "reed-brigade")


def word(of: str, field: str, value: str, minutes: int = 30, by: str = "Amal") -> Revision:
    return Revision(of, field, value, "so", by, START + timedelta(minutes=minutes))


def rows(*words: Revision) -> dict[str, int]:
    ledger = build_ledger([ONE, TWO, LATER], revisions=words)
    return {row.key: row.tolls["killed"].best for row in toll(ledger).rows}


def test_a_name_is_an_actor_wherever_and_whenever_it_stands() -> None:
    before = build_ledger([ONE]).incidents[0].perpetrators[0]
    of = actor_key(before.actor, before.text)
    assert rows(word(of, "actor", REEDS), word("actor:reed men", "actor", REEDS)) == {"Reed Brigade": 12}
    taken_back = word(of, "actor", AS_READ, 40), word("actor:reed men", "actor", AS_READ, 40)
    assert rows(word(of, "actor", REEDS), word("actor:reed men", "actor", REEDS), *taken_back) == rows()


def test_actors_that_were_merged_one_after_the_other_are_one_and_a_circle_ends() -> None:
    one = word("actor:reed men", "actor", "Reed Brigade [b]")
    assert rows(one, word("actor:b", "actor", "River Front [c]")) == {"River Front": 12}
    assert sum(rows(one, word("actor:b", "actor", "C [c]"), word("actor:c", "actor", "B [b]")).values()) == 12


def test_what_was_known_before_the_word_stays() -> None:
    words = (word("actor:reed men", "actor", REEDS),)
    ledger = build_ledger([ONE, TWO], revisions=words, as_of=START + timedelta(minutes=10))
    assert "Reed Brigade" not in {row.key for row in toll(ledger).rows}


def test_a_place_name_means_an_entry_of_the_gazetteer_inside_longer_words_too() -> None:
    meant = Where("Orlu", "Orlu", "NG", "Imo", None, 5.7958, 7.0345, 2, "geonames:2326171")
    value = place_value(meant)
    assert place_of(value) == replace(meant, text="Orlu")
    ledger = build_ledger([TWO], revisions=[word(place_key("Orlu", "NG"), "place", value)])
    where = ledger.incidents[0].where
    assert where is not None and (where.name, where.admin1, where.latitude) == ("Orlu", "Imo", 5.7958)
    assert where.text == "the hamlet of Orlu"
    elsewhere = build_ledger([TWO], revisions=[word(place_key("Orlu", "CM"), "place", value)])
    assert elsewhere.incidents[0].where != where


def test_a_place_of_the_gazetteer_put_into_an_incident_has_coordinates_and_its_doers_are_entries() -> None:
    name = build_ledger([ONE]).incidents[0].id
    where = place_value(Where("Orlu", "Orlu", "NG", "Imo", None, 5.7958, 7.0345, 1, "geonames:2326171"))
    words = word(name, "where", where), word(name, "perpetrators", f"{REEDS}; two guards")
    one = build_ledger([ONE], revisions=words).incidents[0]
    assert one.where is not None and one.where.longitude == 7.0345
    assert [(p.text, p.actor and p.actor.id) for p in one.perpetrators] == [
        ("Reed Brigade", "reed-brigade"),
        ("two guards", None),
    ]


def test_a_claims_count_moves_its_incident_and_can_be_taken_back() -> None:
    ref = claim_ref(ONE.report_key, "c1")
    one = build_ledger([ONE], revisions=[word(ref, "count", "5-8")]).incidents[0]
    assert (one.tolls["killed"].low, one.tolls["killed"].high, one.tolls["injured"].best) == (5, 8, 4)
    back = [word(ref, "count", "5-8"), word(ref, "count", AS_READ, 40)]
    assert build_ledger([ONE], revisions=back).incidents == build_ledger([ONE]).incidents


def test_an_acceptance_changes_nothing_and_ends_when_what_it_names_moves() -> None:
    one = build_ledger([ONE]).incidents[0]
    yes = word(one.id, ACCEPTED, accepted_words(one))
    after = build_ledger([ONE], revisions=[yes])
    assert after.incidents == (one,)
    assert [each.by for each in standing(acceptances(after.revisions), one)] == ["Amal"]
    moved = build_ledger([ONE], revisions=[yes, word(one.id, "killed", "9")])
    assert standing(acceptances(moved.revisions), moved.incidents[0]) == ()


def test_each_person_accepts_for_themselves() -> None:
    words = [word("i1", ACCEPTED, "3 killed"), word("i1", ACCEPTED, "3 killed", 31, "Noor")]
    both = acceptances(words)["i1"]
    assert [each.by for each in both] == ["Amal", "Noor"]
    assert [each.by for each in acceptances([*words, word("i1", ACCEPTED, AS_READ, 40)])["i1"]] == ["Noor"]


@pytest.mark.parametrize(
    "said",
    [
        word("i1", "actor", REEDS),
        word("actor:", "actor", REEDS),
        word("actor:reed men", "actor", "Reed Brigade"),
        word("place:orlu", "place", "Orlu"),
        word("aaaa/c1", "killed", "4"),
        word("i1", "count", "4"),
    ],
)
def test_a_word_that_cannot_be_applied_is_refused(said: Revision) -> None:
    with pytest.raises(LedgerError):
        require_word(said)


def test_words_that_can_be_applied_are_taken() -> None:
    for said in (word("actor:reed men", "actor", REEDS), word("aaaa/c1", "count", "4"), word("i1", ACCEPTED, "x")):
        require_word(said)
    assert actor_key(ActorRef("x-reed", "Reed Men"), "the Reed Men") == "actor:x-reed"
