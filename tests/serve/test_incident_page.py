"""The incident page: how the toll moved, what each source says, every value's history, and judging from here."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.made import Told, reading
from tests.serve.conftest import House, make_house

from marsad.model import EventCodes, Reading
from marsad.serve.codes import coordinates, exactness
from marsad.serve.timeline import timelines_of


def coded(one: Reading) -> Reading:
    codes = EventCodes("Violence against civilians", "Attack", "ASSAULT", "shooting")
    return replace(
        one,
        incidents=tuple(
            replace(each, side_a="The militia", side_b="Civilians", type_of_violence=3, codes=codes)
            for each in one.incidents
        ),
    )


@pytest.fixture
def grown(tmp_path: Path) -> tuple[House, str]:
    """One event that three papers tell of on three days, each with more dead."""
    house = make_house(tmp_path)
    for days, (publisher, dead) in enumerate((("Wire", 3), ("Radio", 7), ("Gazette", 6))):
        house.add(coded(reading([Told(killed=dead, injured=2)], publisher, date(2021, 5, 1) + timedelta(days=days))))
    rows = house.client.get("/api/v1/incidents").json()["incidents"]
    first, *others = (row["id"] for row in rows)
    for other in others:
        house.post(f"/incidents/{first}/judge", other=other, verdict="same", because="one night")
    return house, house.client.get("/api/v1/incidents").json()["incidents"][0]["id"]


def killed(house: House) -> int:
    return int(house.client.get("/api/v1/toll").json()["total"]["killed"]["best"])


def test_the_toll_is_shown_as_reports_came(grown: tuple[House, str]) -> None:
    house, one = grown
    page = house.client.get(f"/incidents/{one}").text
    assert "How the number of killed moved as reports came" in page
    rows = re.findall(r'<th scope="row">(\d+ May 2021)</th><td>(\w+)</td><td class="n">(\d+)</td>', page)
    assert rows[:3] == [("1 May 2021", "Wire", "3"), ("2 May 2021", "Radio", "7"), ("3 May 2021", "Gazette", "6")]
    assert page.count("<circle") == 6
    assert "Reports taken for one event" in page and "tester said so: one night" in page


def test_a_single_report_has_no_timeline(house: House) -> None:
    shelf = house.client.app.state.shelf  # type: ignore[attr-defined]
    assert all(timelines_of(one) == [] for one in shelf.ledger().incidents)


def test_codebooks_are_shown_with_their_meaning(grown: tuple[House, str]) -> None:
    house, one = grown
    page = house.client.get(f"/incidents/{one}").text
    for words in ("3, one-sided violence", "The militia", "1, the exact place", "1, the exact day",
                  "Violence against civilians: Attack", "ASSAULT: shooting"):  # fmt: skip
        assert words in page, words


def test_a_claim_that_was_misread_is_corrected_here_and_undone(grown: tuple[House, str]) -> None:
    house, one = grown
    page = house.client.get(f"/incidents/{one}").text
    refs = re.findall(r'name="of" value="([0-9a-f]+/c1)"', page)
    for ref in refs:
        house.post(f"/incidents/{one}/revise", of=ref, field="count", value="12", because="the words say a dozen")
    assert killed(house) == 12
    page = house.client.get(f"/incidents/{one}").text
    assert f"set count to “12”, because: the words say a dozen (claim {refs[0]})" in page
    for ref in refs:
        house.post(f"/incidents/{one}/undo", of=ref, field="count")
    assert killed(house) == 6
    token = house.token("/read")
    elsewhere = {"token": token, "of": "aaaa/c1", "field": "count", "value": "1", "because": "so"}
    assert house.client.post(f"/incidents/{one}/revise", data=elsewhere).status_code == 400


def test_it_is_accepted_here_and_the_word_is_taken_back(grown: tuple[House, str]) -> None:
    house, one = grown
    page = house.post(f"/incidents/{one}/revise", field="accepted", because="seen")
    assert "tester looked at these values" in page and "accepted it as it is" in page
    page = house.post(f"/incidents/{one}/undo", of=one, field="accepted")
    assert "looked at these values" not in page


def test_the_history_holds_readings_links_and_words(grown: tuple[House, str]) -> None:
    house, one = grown
    house.post(f"/incidents/{one}/revise", field="when", value="2021-04-29", because="the night before")
    history = house.client.get(f"/incidents/{one}").text.partition('id="history"')[2]
    for words in ("read 3 killed, 2 injured in the report of Wire", "because: one night", "set when to “2021-04-29”"):
        assert words in history, words


def test_places_are_told_as_exactly_as_they_are_known(grown: tuple[House, str]) -> None:
    house, one = grown
    shelf = house.client.app.state.shelf  # type: ignore[attr-defined]
    where = shelf.ledger().incidents[0].where
    north = replace(where, latitude=34.8, longitude=-1.25, geoprecision=4, radius_km=50.0)
    assert coordinates(north) == "34.80° N, 1.25° W"
    assert exactness(north) == "somewhere in the province, within 50 km"
    assert coordinates(replace(north, latitude=-0.5, geoprecision=1)) == "0.500° S, 1.250° W"
    assert coordinates(None) == "" and exactness(None) == ""
    assert "No coordinates are known" in house.client.get(f"/incidents/{one}").text
