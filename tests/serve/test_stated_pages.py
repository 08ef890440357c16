"""The pages of control and agreements: the state on a day with its words, and what a reader is not shown."""

from datetime import date
from pathlib import Path

import pytest
from tests.serve.conftest import House, make_house

from marsad.model import Report
from marsad.reading import ReadingOptions, make_reading

TEXTS = (
    (date(2024, 3, 2), "Rebels control the town of Saraqeb in Syria, officials said."),
    (date(2024, 3, 9), "The army recaptured the town of Saraqeb in Syria on Friday."),
    (date(2024, 3, 10), "Israel and Hezbollah signed a ceasefire on Saturday. Hezbollah later violated the truce."),
)


@pytest.fixture
def told(tmp_path: Path) -> House:
    house = make_house(tmp_path)
    for day, text in TEXTS:
        report = Report(f"r{day.day}", text, publisher="Example Wire", published=day)
        house.add(make_reading(report, ReadingOptions(extractor="rules")))
    return house


def test_who_holds_a_place_on_a_day(told: House) -> None:
    before = told.client.get("/control?on=2024-03-03").text
    after = told.client.get("/control?on=2024-03-10").text
    assert "<strong>Rebels</strong> holds it" in before
    assert "<strong>Government of Syria</strong> holds it" in after
    assert "Later: 8 March 2024" in before


def test_the_map_gets_points_with_the_side_of_each(told: House) -> None:
    found = told.client.get("/control.json?on=2024-03-10").json()
    assert [(one["place"], one["state"]) for one in found["points"] if one["state"] == "holds"] == [
        ("Saraqib", "holds")
    ]
    assert found["sides"][found["points"][0]["side"]] == "Government of Syria"


def test_agreements_say_what_became_of_them_and_lead_to_the_words(told: House) -> None:
    page = told.client.get("/agreements").text
    assert "Ceasefire" in page
    assert "Hezbollah" in page
    assert "<strong>broken</strong>" in page


@pytest.mark.parametrize("path", ["/control", "/agreements", "/control?about=Nowhere"])
def test_an_empty_ledger_says_so(empty: House, path: str) -> None:
    assert "No report of this ledger" in empty.client.get(path).text


def test_a_report_shows_its_record_claims_with_the_verdict(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    texts = (
        (date(2024, 3, 2), "Gunmen killed 20 soldiers in the town of Saraqeb in Syria on Friday."),
        (
            date(2024, 3, 9),
            "Gunmen killed 12 soldiers in Saraqeb in Syria on Friday, the deadliest attack in Syria this month.",
        ),
    )
    for day, text in texts:
        house.add(make_reading(Report(f"r{day.day}", text, published=day), ReadingOptions(extractor="rules")))
    keys = {one["published"]: one["key"] for one in house.client.get("/api/v1/reports").json()["reports"]}
    page = house.client.get(f"/reports/{keys['2024-03-09']}").text
    assert "the deadliest attack" in page
    assert '<strong class="verdict fails">fails</strong>' in page
