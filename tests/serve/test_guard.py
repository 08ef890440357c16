"""Strangers stay out, forms come from our own pages, and whatever a report says shows as text."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import House
from tests.serve.test_pages import PAGES, first_incident

from marsad.serve import make_app

HTML = [page for page in PAGES if not page.partition("?")[0].endswith((".json", ".csv", ".atom"))]
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/static/marsad.css", "/incidents?since=x"])
def test_every_answer_carries_the_headers(path: str, house: House) -> None:
    headers = house.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", HTML)
def test_pages_hold_no_inline_script_or_style_and_ask_nobody_else(path: str, house: House) -> None:
    page = house.client.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert not ELSEWHERE.search(page)


def test_static_files_ask_nobody_else() -> None:
    import marsad.serve

    static = Path(marsad.serve.__file__).parent / "static"
    # What others wrote names its makers' pages in comments; the browser's tests see that it asks for none of them.
    for file in (one for one in static.rglob("*") if one.is_file() and "vendor" not in one.parts):
        words = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in words and "https://" not in words, file.name


@pytest.mark.parametrize("path", ["/read", "/add", "/review", "/people", "/incidents/x/judge", "/incidents/x/undo"])
@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_form_from_elsewhere_is_refused(path: str, token: str | None, house: House) -> None:
    fields = {} if token is None else {"token": token}
    assert house.client.post(path, data=fields).status_code == 403


def test_another_browsers_token_does_not_open_the_form(house: House) -> None:
    stranger = TestClient(make_app(house.desk), base_url="http://127.0.0.1")
    assert stranger.post("/read", data={"token": house.token("/read"), "text": "x"}).status_code == 403


def test_other_names_of_this_machine_are_not_answered(house: House) -> None:
    assert house.client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert house.client.get("/", headers={"host": "localhost:8137"}).status_code == 200


def test_what_is_too_large_is_refused(house: House) -> None:
    answer = house.client.post("/read", data={"token": house.token("/read"), "text": "x" * 9_000_000})
    assert answer.status_code == 413


def test_a_report_is_text_whatever_it_says(hostile: House) -> None:
    one = first_incident(hostile)
    key = hostile.client.get("/api/v1/trace", params={"id": one}).json()["claims"][0]["ref"].split("/")[0]
    for path in ("/", "/incidents", f"/incidents/{one}", f"/reports/{key}", "/tolls?by=source", "/receipt", "/map"):
        page = hostile.client.get(path).text
        assert "<script>alert" not in page and "<img" not in page, path
        assert "\u202e" not in page, path
    assert "⟨202E⟩" in hostile.client.get(f"/reports/{key}").text
    assert "<script" not in hostile.client.get("/changes.atom").text


def test_no_cell_of_a_spreadsheet_is_a_formula(hostile: House) -> None:
    assert "'=cmd()" in hostile.client.get("/tolls.csv?by=perpetrator").text
