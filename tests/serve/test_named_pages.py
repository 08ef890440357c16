"""Actors and places: what the ledger holds of each, and what people say of names that nothing resolved."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.made import Told, reading
from tests.serve.conftest import House, make_house

from marsad.model import ActorRef, Perpetrator, PlaceMention, Reading, Span, Victims, Where
from marsad.serve.accounts import Accounts
from marsad.serve.named import UnknownName


def by_actor(one: Reading, ref: ActorRef | None, text: str) -> Reading:
    """The reading with one perpetrator throughout, and its victims of another side."""
    doers = (Perpetrator(text, actor=ref),)
    victims = Victims("soldiers", "combatant", ActorRef("gov-ng", "Government of Nigeria"))
    return replace(
        one,
        claims=tuple(replace(claim, perpetrators=doers) for claim in one.claims),
        incidents=tuple(replace(each, perpetrators=doers, victims=(victims,)) for each in one.incidents),
    )


def with_unknown_place(one: Reading, words: str) -> Reading:
    start = one.report.text.index(words)
    span = Span(start, start + len(words), words)
    return replace(one, places=(*one.places, PlaceMention(span, Where(text=words, span=span))))


@pytest.fixture
def named(tmp_path: Path) -> House:
    """A registry's actor, a group that only reports know, a doer whom nothing resolved, and a place without entry."""
    made = make_house(tmp_path)
    known = ActorRef("boko-haram", "Boko Haram")
    made.add(by_actor(reading([Told(killed=3)], "Wire"), known, "Boko Haram"))
    made.add(by_actor(reading([Told(killed=5, place="Kano")], "Radio"), ActorRef("x-reed-men", "Reed Men"), "Reed Men"))
    unread = reading([Told(killed=2, place="Qarzamush")], "Gazette")
    made.add(with_unknown_place(by_actor(unread, None, "the Reed Men of Kano"), "Qarzamush"))
    return made


def fields(page: str) -> dict[str, str]:
    form = page.partition('<form method="post" action="/names"')[2]
    found = {n: html.unescape(v) for n, v in re.findall(r'name="(token|of)" value="([^"]*)"', form)}
    chosen = re.search(r'type="radio" name="value" value="([^"]*)"', form)
    return {**found, **({"value": html.unescape(chosen[1])} if chosen else {})}


def by_perpetrator(house: House) -> dict[str, int]:
    rows = house.client.get("/api/v1/toll", params={"by": "perpetrator"}).json()["rows"]
    return {row["key"]: row["killed"]["best"] for row in rows}


def test_actors_are_listed_with_what_they_are_blamed_for(named: House) -> None:
    page = named.client.get("/actors").text
    assert "Boko Haram" in page and "rebel, Cameroon" in page and "from reports" in page
    assert "Reed Men" not in named.client.get("/actors?find=boko").text
    assert "Hayat Tahrir al-Sham" in named.client.get("/actors?find=HTS").text


def test_an_actor_shows_who_it_is_and_what_it_did_and_suffered(named: House) -> None:
    page = named.client.get("/actors/boko-haram").text
    assert "In UCDP’s data" in page and "Ties over time" in page and "3 civilians were killed" not in page
    assert "Named as responsible" in page and "2021" in page
    assert "Came to harm" in named.client.get("/actors/gov-ng").text
    assert "The registry does not know this actor" in named.client.get("/actors/x-reed-men").text
    assert named.client.get("/actors/nobody-at-all").status_code == 404


def test_an_unknown_name_is_said_to_be_an_actor_everywhere_and_taken_back(named: House) -> None:
    page = named.client.get("/actors/unknown").text
    assert "the Reed Men of Kano" in page and "Reed Men" in page
    before = by_perpetrator(named)
    for of in ("actor:x-reed-men", "actor:reed men of kano"):
        form = named.client.get("/names", params={"of": of, "find": "boko haram"}).text
        answer = named.client.post("/names", data={**fields(form), "of": of, "because": "their own name"})
        assert "recorded" in answer.text
    assert by_perpetrator(named) == {"Boko Haram": 10}
    said = named.client.get("/actors/boko-haram").text
    assert "their own name" in said and "tester" in said
    for of in ("actor:x-reed-men", "actor:reed men of kano"):
        named.post("/names/undo", of=of)
    assert by_perpetrator(named) == before


def test_an_actor_can_be_called_otherwise(named: House) -> None:
    named.post("/names", of="actor:x-reed-men", called="Reed Brigade", because="as they sign")
    assert "Reed Brigade" in by_perpetrator(named)
    assert "Reed Brigade" in named.client.get("/actors/x-reed-men").text


def test_a_place_name_means_an_entry_of_the_gazetteer(named: House) -> None:
    assert "Qarzamush" in named.client.get("/places/unknown").text
    form = named.client.get("/names", params={"of": "place:qarzamush@NG", "find": "Maiduguri"}).text
    assert "Which place is" in form and "Borno" in form
    named.client.post("/names", data={**fields(form), "because": "a quarter of the town"})
    page = named.client.get("/places?find=Maiduguri").text
    key = re.search(r'href="/places/(geonames[^"]+)"', page)
    assert key is not None
    shown = named.client.get(f"/places/{key[1]}").text
    assert "° N" in shown and "a quarter of the town" in shown
    assert "Qarzamush" not in re.sub(r"(?s)What people said.*", "", named.client.get("/places/unknown").text)


def test_a_word_on_a_name_needs_its_reason_and_a_thing_to_be(named: House) -> None:
    token = named.token("/read")
    for sent in (
        {"of": "actor:x-reed-men", "value": "Boko Haram [boko-haram]"},
        {"of": "actor:x-reed-men", "because": "so"},
        {"of": "actor:x-reed-men", "value": "no entry", "because": "so"},
        {"of": "somebody", "value": "Boko Haram [boko-haram]", "because": "so"},
        {"of": "place:kano", "called": "Kano", "because": "so"},
    ):
        assert named.client.post("/names", data={"token": token, **sent}).status_code == 400, sent
    assert named.client.post("/names/undo", data={"token": token, "of": "actor:x-reed-men"}).status_code == 400


def test_words_for_anybody_are_no_names() -> None:
    def described(words: str, of: str = "actor:text") -> bool:
        return UnknownName(of, words).is_description

    assert described("gunmen") and described("Gunmen on motorbikes") and described("THE ATTACKERS")
    assert not described("fighters of the Reed Men") and not described("Banner", "actor:x-banner")
    assert not described("qarzamush", "place:qarzamush")


def test_a_reader_is_not_shown_what_could_be_names_of_private_people(tmp_path: Path) -> None:
    house = make_house(tmp_path, str(tmp_path / "people.db"))
    one = by_actor(reading([Told(killed=2)], "Wire"), ActorRef("x-reed-men", "Reed Men"), "the Reed Men of old Musa")
    house.add(one)
    Accounts(str(tmp_path / "people.db")).add("rana", "reader", "a very long password")
    token = house.token("/login")
    house.client.post("/login", data={"token": token, "name": "rana", "password": "a very long password"})
    assert house.client.get("/actors/unknown").status_code == 403
    assert house.client.get("/places/unknown").status_code == 403
    page = house.client.get("/actors/x-reed-men").text
    assert "shown to recorders and reviewers" in page
    assert "old Musa" not in page.partition("What reports call it")[2]
