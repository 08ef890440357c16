"""The review desk: what waits and why, one word for each case, two people at once, and taking words back."""

import html
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from tests.made import START, Told, reading
from tests.serve.conftest import BASE, House, make_house

from marsad.model import Judgement, Revision
from marsad.serve import make_app
from marsad.serve.accounts import Accounts
from marsad.serve.looking import LOOKS, Looking
from marsad.serve.queue import queue_of

PASSWORDS = {"amal": "one long password", "noor": "another long one"}


def judged_by_program(house: House, score: float = 0.15) -> tuple[str, str]:
    rows = house.client.get("/api/v1/incidents", params={"place": "Baga"}).json()["incidents"]
    left, right = sorted(row["id"] for row in rows)
    word = Judgement(left, right, "unsure", "program link 1", house.clock(), score, ("the same day",))
    with house.desk.book() as book:
        book.add_judgements([word])
    return left, right


def case(page: str) -> dict[str, str]:
    """The hidden fields of the case that is open."""
    article = page.partition('<article class="judging"')[2]
    return {n: html.unescape(v) for n, v in re.findall(r'name="(token|case|seen)" value="([^"]*)"', article)}


def killed(house: House) -> int:
    return int(house.client.get("/api/v1/toll").json()["total"]["killed"]["best"])


def reasons(house: House) -> list[str]:
    shelf = house.client.app.state.shelf  # type: ignore[attr-defined]
    return [reason for each in queue_of(shelf, "newest") for reason in each.reasons]


def test_a_pair_waits_with_its_reasons_and_a_word_takes_it_off(house: House) -> None:
    judged_by_program(house)
    page = house.client.get("/review").text
    assert "One event or two?" in page and "the same day" in page and "Side by side" not in page
    answer = house.client.post("/review", data={**case(page), "verdict": "same", "because": "one night"})
    assert "Your last word: tester said" in answer.text and "one night" in answer.text
    assert killed(house) == 7


def test_what_the_program_joined_can_be_confirmed_or_parted(house: House) -> None:
    judged_by_program(house, 0.6)
    page = house.client.get("/review").text
    assert "The program took these two for one event" in page and killed(house) == 7
    house.client.post("/review", data={**case(page), "verdict": "same"})
    assert not [each for each in reasons(house) if each == "the same day"]
    house.post("/review/undo")
    house.client.post("/review", data={**case(house.client.get("/review").text), "verdict": "different"})
    assert killed(house) == 10


def test_the_last_words_are_taken_back_one_after_the_other(house: House) -> None:
    judged_by_program(house)
    house.client.post("/review", data={**case(house.client.get("/review").text), "verdict": "same"})
    one = house.client.get("/api/v1/incidents", params={"place": "Kano"}).json()["incidents"][0]["id"]
    page = house.client.get(f"/review?case=incident:{one}").text
    word = {"verdict": "set", "field": "killed", "value": "9", "because": "the list was longer"}
    house.client.post("/review", data={**case(page), **word})
    assert killed(house) == 14
    house.post("/review/undo")
    assert killed(house) == 7
    page = house.post("/review/undo")
    assert killed(house) == 10 and "One event or two?" in page
    answer = house.client.post("/review/undo", data={"token": house.token("/read")})
    assert answer.status_code == 400 and "no word of yours" in answer.text


def test_an_undone_change_leaves_the_value_that_stood_before_it(house: House) -> None:
    one = house.client.get("/api/v1/incidents", params={"place": "Kano"}).json()["incidents"][0]["id"]
    for value in ("5", "6"):
        page = house.client.get(f"/review?case=incident:{one}").text
        word = {"verdict": "set", "field": "killed", "value": value, "because": "counted anew"}
        house.client.post("/review", data={**case(page), **word})
    house.post("/review/undo")
    assert killed(house) == 13
    house.post("/review/undo")
    assert killed(house) == 10


@pytest.fixture
def large(tmp_path: Path) -> House:
    """A desk with one large incident of one source, and one that two papers tell otherwise."""
    made = make_house(tmp_path)
    made.add(reading([Told(killed=40, place="Gulu")], "Wire"))
    return made


def test_large_tolls_of_one_source_wait_until_somebody_accepts_them(large: House) -> None:
    page = large.client.get("/review").text
    assert "Many died: 40, and only one source tells of it." in page
    large.client.post("/review", data={**case(page), "verdict": "accept", "because": "seen in the register"})
    assert "Nothing waits for a look" in large.client.get("/review").text
    one = large.client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    shown = large.client.get(f"/incidents/{one}").text
    assert "tester looked at these values" in shown and "seen in the register" in shown
    assert killed(large) == 40
    assert "1 report (0 judged as a whole), 1 claim, 0 rejected" in large.client.get("/review/work").text


def test_an_acceptance_is_out_of_date_when_a_newer_report_says_otherwise(large: House) -> None:
    large.client.post("/review", data={**case(large.client.get("/review").text), "verdict": "accept"})
    large.clock.moment += timedelta(days=1)
    large.add(reading([Told(killed=55, place="Gulu")], "Radio"))
    rows = large.client.get("/api/v1/incidents").json()["incidents"]
    left, right = (row["id"] for row in rows)
    large.post(f"/incidents/{left}/judge", other=right, verdict="same")
    assert "A person accepted it, and its values have changed since." in reasons(large)


def test_an_acceptance_is_taken_back_with_the_claims_it_covered(large: House) -> None:
    large.client.post("/review", data={**case(large.client.get("/review").text), "verdict": "accept"})
    large.post("/review/undo")
    assert "Many died: 40, and only one source tells of it." in reasons(large)
    assert large.client.get("/review/gold.jsonl").text == ""


def test_a_change_without_a_reason_is_refused(large: House) -> None:
    fields = case(large.client.get("/review").text)
    for word in ({"verdict": "set", "field": "killed", "value": "4"}, {"verdict": "perhaps"},
                 {"verdict": "set", "field": "killed", "value": "many", "because": "so"}):  # fmt: skip
        assert large.client.post("/review", data={**fields, **word}).status_code == 400
    assert killed(large) == 40


def test_a_case_that_leads_nowhere_is_explained(house: House) -> None:
    for key in ("pair:i1+i2", "incident:i000000000000", "report:abcdef", "nonsense"):
        assert house.client.get("/review", params={"case": key}).status_code in (400, 404)


def test_what_somebody_decided_meanwhile_is_said_and_not_overwritten(large: House) -> None:
    mine = case(large.client.get("/review").text)
    one = mine["case"].partition(":")[2]
    with large.desk.book() as book:
        book.add_revision(Revision(one, "killed", "38", "two names stood twice", "noor", large.clock()))
    answer = large.client.post("/review", data={**mine, "verdict": "accept"})
    assert answer.status_code == 409
    assert "Your word was not recorded" in answer.text and "two names stood twice" in answer.text
    assert "noor set killed to “38”" in answer.text
    again = large.client.post("/review", data={**case(answer.text), "verdict": "accept"})
    assert again.status_code == 200 and killed(large) == 38


@pytest.fixture
def team(tmp_path: Path) -> tuple[House, dict[str, TestClient]]:
    """Two reviewers at one desk, each with a browser of their own."""
    house = make_house(tmp_path, str(tmp_path / "people.db"))
    accounts = Accounts(str(tmp_path / "people.db"))
    house.add(reading([Told(killed=40, place="Gulu")], "Wire"))
    house.add(reading([Told(killed=30, place="Kano")], "Radio"))
    app = make_app(house.desk)
    browsers = {}
    for name, password in PASSWORDS.items():
        accounts.add(name, "reviewer", password)
        browser = TestClient(app, base_url=BASE)
        found = re.search(r'name="token" value="([0-9a-f]+)"', browser.get("/login").text)
        assert found
        browser.post("/login", data={"token": found[1], "name": name, "password": password})
        browsers[name] = browser
    return house, browsers


def test_two_people_get_different_cases_and_see_who_looks_at_what(team: tuple[House, dict[str, TestClient]]) -> None:
    _, browsers = team
    first = browsers["amal"].get("/review").text
    second = browsers["noor"].get("/review").text
    assert case(first)["case"] != case(second)["case"]
    assert "amal is looking at this" in second
    assert "noor is looking at this" in browsers["amal"].get("/review").text


def test_a_second_reader_does_not_see_the_first_ones_word(team: tuple[House, dict[str, TestClient]]) -> None:
    _, browsers = team
    page = browsers["amal"].get("/review").text
    browsers["amal"].post("/review", data={**case(page), "verdict": "accept", "because": "a secret reason"})
    blind = browsers["noor"].get("/review?second=1").text
    assert case(blind)["case"] == case(page)["case"]
    assert "a secret reason" not in blind and "amal" not in blind
    browsers["noor"].post("/review", data={**case(blind), "second": "1", "verdict": "accept"})
    work = browsers["noor"].get("/review/work").text
    assert "amal and noor" in work and "too few for kappa" in work
    assert browsers["noor"].get("/review/agreement.json").json()["agreement"][0]["same"] >= 1
    assert "No case waits for a second reader" in browsers["noor"].get("/review?second=1").text


def test_my_work_is_mine_and_everybodys_is_all(team: tuple[House, dict[str, TestClient]]) -> None:
    _, browsers = team
    for name in PASSWORDS:
        page = browsers[name].get("/review").text
        browsers[name].post("/review", data={**case(page), "verdict": "accept", "because": f"{name} looked"})
    mine = browsers["amal"].get("/review/work?who=amal").text
    assert "amal looked" in mine and "noor looked" not in mine
    everybodys = browsers["amal"].get("/review/work").text
    assert "amal looked" in everybodys and "noor looked" in everybodys


def test_a_mark_goes_by_itself_and_a_person_looks_at_one_case() -> None:
    looking = Looking()
    looking.mark("a", "amal", START)
    assert looking.others("noor", START) == {"a": "amal"} and looking.others("amal", START) == {}
    looking.mark("b", "amal", START)
    assert looking.others("noor", START) == {"b": "amal"}
    assert looking.others("noor", START + LOOKS) == {}


def test_readers_and_recorders_do_not_judge(tmp_path: Path) -> None:
    house = make_house(tmp_path, str(tmp_path / "people.db"))
    Accounts(str(tmp_path / "people.db")).add("rana", "recorder", "a very long password")
    token = house.token("/login")
    house.client.post("/login", data={"token": token, "name": "rana", "password": "a very long password"})
    for path in ("/review", "/review/work", "/review/gold.jsonl", "/review/agreement.json", "/names?of=actor:x"):
        assert house.client.get(path).status_code == 403, path


def test_hostile_words_stay_words(hostile: House) -> None:
    shelf = hostile.client.app.state.shelf  # type: ignore[attr-defined]
    one = shelf.ledger().incidents[0].id
    page = hostile.client.get(f"/review?case=incident:{one}").text
    assert "<script>alert" not in page and "<img" not in page
    assert unquote(case(page)["case"]) == f"incident:{one}"
