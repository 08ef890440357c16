"""The API gives control, agreements, record checks, suggested ties and gold as the command line and the page do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, House, make_house
from tests.serve.test_api import API, faults_of

from marsad.model import Report
from marsad.reading import ReadingOptions, make_reading
from marsad.serve import make_app
from marsad.serve.accounts import Accounts
from marsad.serve.desk import ROLES

TEXTS = (
    (date(2024, 3, 2), "Rebels control the town of Saraqeb in Syria, officials said."),
    (date(2024, 3, 9), "The army recaptured the town of Saraqeb in Syria on Friday. Rebels may have taken Idlib."),
    (date(2024, 3, 10), "Israel and Hezbollah signed a ceasefire on Saturday. Hezbollah later violated the truce."),
    (date(2024, 3, 11), "Egypt is backing the Taliban, a minister said on Sunday."),
    (date(2024, 3, 12), "An air strike on a hospital in Saraqeb in Syria killed 20 people on Monday."),
    (date(2024, 3, 14), "Gunmen killed 12 people in Saraqeb in Syria on Wednesday, the deadliest attack in Syria this "
                        "month."),
)  # fmt: skip
PASSWORD = "a long password"


def fill(house: House) -> House:
    for day, text in TEXTS:
        report = Report(f"r{day.day}", text, title="Told", url="https://news.example/1", publisher="Example Wire",
                        published=day)  # fmt: skip
        house.add(make_reading(report, ReadingOptions(extractor="rules")))
    return house


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> House:
    return fill(make_house(tmp_path_factory.mktemp("told")))


def get(house: House, asked: str, shape: str) -> Any:
    answer = house.client.get(f"{API}/{asked}")
    assert answer.status_code == 200, answer.text
    assert faults_of(answer.json(), shape) == []
    return answer.json()


def last_key(house: House) -> str:
    found = get(house, "reports?since=2024-03-14", "Reports")["reports"]
    return str(found[0]["key"])


def test_who_holds_a_place_on_a_day(told: House) -> None:
    before = get(told, "control?on=2024-03-03&about=Saraqib", "Control")
    after = get(told, "control?about=Saraqib", "Control")
    assert [(one["actor"]["name"], one["state"]) for one in before["control"]] == [("Rebels", "holds")]
    assert ("Government of Syria", "holds") in [(one["actor"]["name"], one["state"]) for one in after["control"]]
    assert after["on"] == "2024-03-14"
    assert "recaptured" in after["control"][0]["words"][0]["span"]["quote"]
    assert get(told, "control?as_of=2020-01-01", "Control")["count"] == 0


def test_words_that_change_nothing_come_a_page_at_a_time_too(told: House) -> None:
    whole = get(told, "control", "Control")
    assert whole["beside_count"] == len(whole["beside"]) >= 1
    control: list[Any] = []
    beside: list[Any] = []
    at = 0
    while at is not None:
        page = get(told, f"control?limit=1&offset={at}", "Control")
        control, beside, at = control + page["control"], beside + page["beside"], page["next"]
    assert (control, beside) == (whole["control"], whole["beside"])


def test_agreements_with_what_became_of_them(told: House) -> None:
    found = get(told, "agreements?party=Hezbollah", "Agreements")
    assert [(one["kind"], one["status"], one["agreed"]) for one in found["agreements"]] == [
        ("ceasefire", "broken", "2024-03-10")
    ]
    assert get(told, "agreements?party=Nobody", "Agreements")["count"] == 0
    assert get(told, "agreements?on=2024-03-01", "Agreements")["count"] == 0


def test_a_record_claim_in_words_is_checked(told: House) -> None:
    found = get(told, "check?words=the deadliest attack in Syria this month&on=2024-03-13", "Check")
    assert found["verdict"] == "fails" and found["against"][0]["best"] == 20
    bad = told.client.get(f"{API}/check", params={"words": "it rained"})
    assert bad.status_code == 422 and bad.json()["error"]


def test_the_record_claims_of_a_report_are_checked(told: House) -> None:
    found = get(told, f"reports/{last_key(told)}/checks", "Checks")
    assert [one["check"]["verdict"] for one in found["checks"]] == ["fails"]
    assert told.client.get(f"{API}/reports/0000000000/checks").status_code == 404


def test_attacks_on_a_target_since_an_agreement(told: House) -> None:
    assert get(told, "incidents", "Incidents")["count"] == 2
    assert get(told, "incidents?target=hospital", "Incidents")["incidents"][0]["targets"] == "hospital"
    assert get(told, "incidents?target=school", "Incidents")["count"] == 0
    assert get(told, "toll?target=hospital", "Toll")["total"]["killed"]["best"] == 20
    assert get(told, "toll?target=hospital&since=2024-03-13", "Toll")["total"]["incidents"] == []
    assert get(told, "incidents?since_agreement=ceasefire", "Incidents")["count"] == 2
    assert get(told, "toll?since_agreement=ceasefire&until=2024-03-11", "Toll")["total"]["killed"]["best"] == 20
    for asked in ("since_agreement=accord in Nowhere", "since_agreement=ceasefire&since=2024-03-01"):
        assert told.client.get(f"{API}/toll?{asked}").status_code == 422
    assert told.client.get(f"{API}/toll?target=bridge").status_code == 400


def test_a_suggested_tie_is_accepted_rejected_and_taken_back(tmp_path: Path) -> None:
    house = fill(make_house(tmp_path))

    def answers() -> list[str]:
        return [one["answer"] for one in get(house, "suggestions", "Suggestions")["suggestions"]]

    found = get(house, "suggestions", "Suggestions")["suggestions"]
    assert answers() == ["open"], found
    assert found[0]["words"][0]["span"]["quote"]
    tie = {"tie": found[0]["id"], "because": "both say so"}
    assert house.client.post(f"{API}/suggestions/undo", json=tie).status_code == 409
    for door, answer in (("accept", "accepted"), ("reject", "rejected"), ("undo", "open")):
        made = house.client.post(f"{API}/suggestions/{door}", json=tie)
        assert made.status_code == 201 and faults_of(made.json(), "Value") == []
        assert answers() == [answer]
        assert get(house, f"suggestions?answer={answer}", "Suggestions")["count"] == 1
    assert house.client.post(f"{API}/suggestions/accept", json={"tie": "tnothing"}).status_code == 404


def test_gold_is_what_people_judged(tmp_path: Path) -> None:
    house = fill(make_house(tmp_path))
    assert get(house, "gold", "Gold")["count"] == 0
    key = last_key(house)
    assert house.client.post(f"{API}/acceptances", json={"of": key}).status_code == 201
    found = get(house, "gold", "Gold")
    assert [(one["doc"], one["judged"]) for one in found["codings"]] == [(key[:12], "all")]
    assert [one["id"] for one in found["reports"]] == [key[:12]]
    assert found["codings"][0]["claims"][0]["stated"] == 12


def test_readers_see_no_words(tmp_path: Path) -> None:
    file = str(tmp_path / "people.db")
    for role in ROLES:
        Accounts(file).add(role, role, PASSWORD)
    house = fill(make_house(tmp_path, file))
    client = TestClient(make_app(house.desk), base_url=BASE)
    reader = House(house.desk, house.clock, client)
    client.post("/login", data={"token": reader.token("/login"), "name": "reader", "password": PASSWORD})
    control = get(reader, "control", "Control")
    line = control["control"][0]
    assert line["words"] is None and control["beside"][0]["slots"] is None and control["beside"][0]["voice"] is None
    agreement = get(reader, "agreements", "Agreements")["agreements"][0]
    assert agreement["terms"] is None and agreement["changes"][0]["word"]["span"]["quote"] is None
    for closed in ("check?words=the deadliest day", "suggestions", "gold"):
        assert client.get(f"{API}/{closed}").status_code == 403
