"""Ties that reports suggest stand on the pages of both actors, and a reviewer accepts, rejects or takes back there."""

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, House, make_house

from marsad.model import Report
from marsad.reading import ReadingOptions, make_reading
from marsad.serve import make_app, ties
from marsad.serve.accounts import Accounts

TEXT = "Egypt is backing the Taliban, a diplomat said on Sunday."
PASSWORD = "a long password"


def fill(house: House) -> House:
    report = Report("one", TEXT, publisher="Herald", published=date(2024, 3, 11))
    house.add(make_reading(report, ReadingOptions(extractor="rules")))
    return house


@pytest.fixture
def told(tmp_path: Path) -> House:
    return fill(make_house(tmp_path))


def actors(house: House) -> tuple[str, str, str]:
    """Return the ids of the tie, of the actor that has it and of the other."""
    (one,) = house.client.get("/api/v1/suggestions").json()["suggestions"]
    return one["id"], one["actor"]["id"], one["other"]["id"]


def test_a_tie_stands_on_both_pages_with_its_words(told: House) -> None:
    _, actor, other = actors(told)
    for one, words in ((actor, "Supported by"), (other, "Supports")):
        page = told.client.get(f"/actors/{one}").text
        assert "Ties that reports suggest" in page and words in page
        assert "Egypt is backing the Taliban" in page


def test_a_reviewer_accepts_rejects_and_takes_back(told: House) -> None:
    tie, actor, _ = actors(told)
    for answer, shown in (("accepted", "accepted"), ("as read", None), ("rejected", "rejected"), ("as read", None)):
        page = told.post("/ties", tie=tie, actor=actor, answer=answer, because="both capitals say so")
        chips = re.findall(r'<span class="chip">(accepted|rejected)</span>', page)
        assert chips == ([shown] if shown else [])
        assert ("Take back" in page) == bool(shown) and ('value="accepted"' in page) == (shown is None)


def test_what_is_no_answer_is_refused(told: House) -> None:
    tie, actor, _ = actors(told)
    for fields in ({"tie": "tnothing", "answer": "accepted"}, {"tie": tie, "answer": "sure"}):
        sent = {"token": told.token("/read"), "actor": actor, **fields}
        assert told.client.post("/ties", data=sent).status_code in (400, 404)
    undo = {"token": told.token("/read"), "actor": actor, "tie": tie, "answer": "as read"}
    assert "nothing to take back" in told.client.post("/ties", data=undo).text


def test_of_a_large_ledger_they_are_looked_for_when_asked(told: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, actor, _ = actors(told)
    monkeypatch.setattr(ties, "AT_ONCE", 0)
    assert "Egypt is backing" not in told.client.get(f"/actors/{actor}").text
    assert f'href="/actors/{actor}?ties=1#suggested"' in told.client.get(f"/actors/{actor}").text
    assert "Egypt is backing" in told.client.get(f"/actors/{actor}?ties=1").text


def test_readers_see_the_tie_and_neither_words_nor_buttons(tmp_path: Path) -> None:
    file = str(tmp_path / "people.db")
    Accounts(file).add("reader", "reader", PASSWORD)
    house = fill(make_house(tmp_path))
    _, actor, _ = actors(house)
    team = make_house(tmp_path, file)
    client = TestClient(make_app(team.desk), base_url=BASE)
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/login").text)
    assert found is not None
    client.post("/login", data={"token": found[1], "name": "reader", "password": PASSWORD})
    page = client.get(f"/actors/{actor}").text
    assert "Ties that reports suggest" in page and "Supported by" in page
    assert "Egypt is backing" not in page and 'action="/ties"' not in page
