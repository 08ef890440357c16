"""Every page of a desk answers, by the filters of its address and as of a past day."""

import csv
import io

import pytest
from tests.serve.conftest import House

PAGES = (
    "/", "/incidents", "/tolls", "/tolls?by=victims&across=month", "/changes", "/map", "/map.json", "/review", "/read",
    "/people", "/receipt", "/tolls.csv", "/tolls.json", "/changes.atom", "/changes.json", "/login",
)  # fmt: skip


def first_incident(house: House, **asked: str) -> str:
    rows = house.client.get("/api/v1/incidents", params=asked).json()["incidents"]
    return str(rows[0]["id"])


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_with_and_without_a_record(path: str, house: House, empty: House) -> None:
    assert house.client.get(path).status_code == 200
    assert empty.client.get(path).status_code == 200


def test_an_empty_ledger_says_what_to_do(empty: House) -> None:
    assert "Nothing is recorded" in empty.client.get("/").text


@pytest.mark.parametrize("asked", ["since=nonsense", "min_sources=0", "min_sources=x", "as_of=never", "policy=loudest"])
def test_what_cannot_be_read_is_explained(asked: str, house: House) -> None:
    answer = house.client.get(f"/incidents?{asked}")
    assert answer.status_code == 400
    assert asked.partition("=")[2] in answer.text


def test_filters_are_those_of_the_command_line(house: House) -> None:
    assert "killed in Kano" in house.client.get("/incidents?place=kano").text
    assert "killed in Baga" not in house.client.get("/incidents?place=kano").text
    assert "No incident answers" in house.client.get("/incidents?min-sources=2").text


def test_an_incident_says_what_happened_on_whose_word(house: House) -> None:
    page = house.client.get(f"/incidents/{first_incident(house, place='kano')}").text
    assert "According to Gazette, 2 civilians were killed in Kano, Nigeria, on 30 April 2021." in page
    assert "taken as best" in page


def test_an_id_that_leads_nowhere_is_not_found(house: House) -> None:
    assert house.client.get("/incidents/i0000deadbeef").status_code == 404
    assert house.client.get("/reports/0000000000").status_code == 404
    assert house.client.get("/nothing").status_code == 404


def test_a_table_is_exported_as_it_is_shown(house: House) -> None:
    rows = list(csv.DictReader(io.StringIO(house.client.get("/tolls.csv?by=place").text)))
    assert {row["key"]: row["killed_best"] for row in rows} == {"Baga": "8", "Kano": "2", "total": "10"}


def test_a_receipt_shows_the_words_of_a_cell(house: House) -> None:
    page = house.client.get("/receipt", params={"row": "place:Baga", "column": "day:2021-04-30"}).text
    assert "3 civilians were killed" in page
    assert "Kano" not in page


def test_running_totals_stand_beside(house: House) -> None:
    assert "Running totals (1)" in house.client.get("/tolls").text
    page = house.client.get("/tolls/running").text
    assert "never added" in page and '<td class="n">90</td>' in page


def test_any_view_can_be_had_as_of_a_past_day(house: House) -> None:
    assert house.client.get("/api/v1/toll?as_of=2021-05-01").json()["total"]["killed"]["best"] == 3
    assert house.client.get("/api/v1/toll").json()["total"]["killed"]["best"] == 10
    assert "What had been recorded until" in house.client.get("/?as_of=2021-05-01").text


def test_the_feeds_tell_of_each_day(house: House) -> None:
    assert house.client.get("/changes.atom").text.count("<entry>") == 2
    items = house.client.get("/changes.json").json()["items"]
    assert [item["title"] for item in items] == ["2 May 2021: 2 added", "1 May 2021: 1 added"]
    assert "part of" not in house.client.get("/changes?from=2021-05-01").text


def test_the_chart_comes_with_its_figures(house: House) -> None:
    page = house.client.get("/").text
    assert 'class="vega"' in page and "The figures by day, as a table" in page


def test_a_pasted_report_is_read_and_stored_only_when_added(house: House) -> None:
    text = "Nine people were killed in Maiduguri on 3 May 2021, police said.\r\nThree of them were children."
    here = "/api/v1/incidents?place=Maiduguri"
    page = house.post("/read", text=text, published="2021-05-04", publisher="Herald")
    assert "Nine" in page and "Nothing is stored yet" in page
    assert house.client.get(here).json()["count"] == 0
    page = house.post("/add", text=text, published="2021-05-04", publisher="Herald")
    assert "Added" in page
    assert house.client.get(here).json()["count"] == 1


def test_a_dropped_file_is_read_as_on_the_command_line(house: House) -> None:
    raw = b'{"text": "Four soldiers were killed near Baga on 2 May 2021.", "publisher": "Post"}\n' * 2
    files = {"file": ("two.jsonl", raw, "application/octet-stream")}
    answer = house.client.post("/read", data={"token": house.token("/read")}, files=files)
    assert answer.status_code == 200
    assert "Four soldiers" in answer.text and "1 more report" in answer.text


def test_nothing_to_read_is_said(house: House) -> None:
    answer = house.client.post("/read", data={"token": house.token("/read"), "text": "  "})
    assert answer.status_code == 400
    assert "there is no text yet" in answer.text
