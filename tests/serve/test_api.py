"""The API answers as the command line does, a page at a time, describes itself truly, and writes for who may."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.made import Told, reading
from tests.serve.conftest import House, make_house

from marsad.serve.accounts import Accounts
from marsad.serve.address import FILTERS as PAGE_FILTERS
from marsad.serve.api import DOORS
from marsad.serve.api.document import document
from marsad.serve.api.shapes import SHAPES
from marsad.serve.api.words import FILTERS
from marsad.serve.desk import ROLES

API = "/api/v1"
NEWS = {"text": "Six people were killed in Kano on 2 May 2021.", "published": "2021-05-03", "publisher": "Herald"}
RECORD = "the deadliest attack this year"
OPEN_SHAPES = {"Statement", "Reading", "Where", "Claim"}
"""Forms of the contract, to which keys may be added that the contract describes (docs/contract.md)."""


def ids(house: House) -> tuple[str, str]:
    rows = house.client.get(f"{API}/incidents?place=Baga").json()["incidents"]
    return rows[0]["id"], rows[1]["id"]


def filled(house: House) -> dict[str, str]:
    """Return, for every GET door, an address that has an answer, with every kind of row in the record."""
    one, other = ids(house)
    house.client.post(f"{API}/judgements", json={"left": one, "right": other, "verdict": "unsure", "because": "a day"})
    house.client.post(f"{API}/revisions", json={"of": one, "field": "injured", "value": "4+", "because": "a list"})
    key = house.client.get(f"{API}/reports").json()["reports"][0]["key"]
    more = {"trace": "?id=place:Baga", "changes": "?since=2021-05-01", "check": f"?words={RECORD}"}
    paths = {
        "incident": f"{API}/incidents/{one}", "report": f"{API}/reports/{key}", "checks": f"{API}/reports/{key}/checks",
    }  # fmt: skip
    return {d.name: paths.get(d.name, d.path) + more.get(d.name, "") for d in DOORS if d.method == "GET"}


def strict(schema: Any, name: str = "") -> Any:
    """Return a schema that allows no key which it does not describe."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict) or name in OPEN_SHAPES:
        return schema
    made = {key: strict(each, key) for key, each in schema.items()}
    return {**made, "additionalProperties": False} if "properties" in schema else made


def faults_of(value: Any, shape: str) -> list[str]:
    """Return where an answer is not what its shape says, or holds more."""
    validators = pytest.importorskip("jsonschema_rs", reason="comes with Schemathesis, a dev dependency")
    schema = {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": strict(SHAPES)}}
    return [f"{list(e.instance_path)}: {e.message[:200]}" for e in validators.validator_for(schema).iter_errors(value)]


def test_every_answer_holds_what_is_described_and_nothing_else(house: House) -> None:
    doors = {door.name: door for door in DOORS}
    for name, address in filled(house).items():
        answer = house.client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        assert faults_of(answer.json(), doors[name].gives) == [], name


def test_every_trace_is_as_described(house: House) -> None:
    filled(house)
    one = ids(house)[0]
    incident = house.client.get(f"{API}/incidents/{one}").json()
    claim = incident["claims"][0]["ref"]
    for asked in (one, one[:6], claim, claim.partition("/")[0], "total", "perpetrator:the militia", "place:Kano"):
        answer = house.client.get(f"{API}/trace", params={"id": asked})
        assert answer.status_code == 200, answer.text
        assert faults_of(answer.json(), "Trace") == [], asked
    assert incident["revisions"][0]["reason"] == "a list" and incident["judgements"][0]["why"] == ["a day"]


def test_everything_that_the_description_names_is_there() -> None:
    described = document()
    assert described["openapi"] == "3.1.0"
    doors = {(door.path, door.method.lower()) for door in DOORS}
    assert {(path, verb) for path, verbs in described["paths"].items() for verb in verbs} == doors
    names = [door.name for door in DOORS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "path", ["incidents", "toll?by=place", "reports", "actors", "places", "trace?id=total", "review", "series"]
)
def test_lists_come_a_page_at_a_time(path: str, house: House) -> None:
    name = {"toll": "rows", "trace": "incidents", "review": "cases"}.get(path.partition("?")[0], path)
    sign = "&" if "?" in path else "?"
    whole = house.client.get(f"{API}/{path}").json()
    assert whole["count"] == len(whole[name]) and whole["next"] is None
    rows: list[Any] = []
    at: int | None = 0
    while at is not None:
        page = house.client.get(f"{API}/{path}{sign}limit=1&offset={at}").json()
        assert page["count"] == whole["count"] and len(page[name]) <= 1
        rows, at = rows + page[name], page["next"]
    assert rows == whole[name]


def test_changes_come_a_page_at_a_time(house: House) -> None:
    whole = house.client.get(f"{API}/changes?since=2021-04-30").json()
    assert whole["counts"]["added"] == len(whole["added"]) == 3
    page = house.client.get(f"{API}/changes?since=2021-04-30&limit=2").json()
    assert (page["added"], page["next"]) == (whole["added"][:2], 2)
    rest = house.client.get(f"{API}/changes?since=2021-04-30&limit=2&offset=2").json()
    assert (rest["added"], rest["next"]) == (whole["added"][2:], None)


@pytest.mark.parametrize("asked", [
    "toll?by=colour", "trace", "trace?id=", "trace?id=%20", "changes", "changes?since=", "changes?since=20210501",
    "incidents?limit=0", "incidents?limit=1e3", "incidents?limit=501", "incidents?until=", "incidents?until=%20",
    "incidents?since=2021-02-30", "incidents?place=", "incidents?colour=red", "incidents?place=a&place=b",
    "incidents?id=x", "toll?as_of=soon", "toll?policy=loudest", "incidents/i!", "incidents?place=" + "x" * 400,
    "me?since=2021-01-01", "incidents?min_sources=-1", "incidents?offset=999999999",
])  # fmt: skip
def test_what_is_asked_wrongly_is_refused_in_plain_words(asked: str, house: House) -> None:
    answer = house.client.get(f"{API}/{asked}")
    assert answer.status_code == 400, answer.text
    assert faults_of(answer.json(), "Error") == []


@pytest.mark.parametrize("path", ["incidents/i0000deadbeef", "reports/0000000000", "trace?id=zzzzzz", "nothing"])
def test_what_is_not_there_is_not_found(path: str, house: House) -> None:
    answer = house.client.get(f"{API}/{path}")
    assert answer.status_code == 404 and answer.json()["error"]


def test_the_words_are_those_of_the_command_line(house: House) -> None:
    def count(asked: str) -> int:
        return int(house.client.get(f"{API}/incidents?{asked}").json()["count"])

    assert count("place=kano") == 1
    assert count("min-sources=1") == count("min_sources=1") == 3
    assert count("perpetrator=militia&until=2021-04-30") == 2
    assert count("as_of=2021-05-01") == count("as_of=2021-05-01T23:00:00Z") == 1


def test_no_filter_of_the_page_is_missing() -> None:
    assert {word.name for word in FILTERS} == set(PAGE_FILTERS)


def test_a_report_is_read_and_not_stored(house: House) -> None:
    answer = house.client.post(f"{API}/read", json=NEWS)
    assert [claim["count"]["best"] for claim in answer.json()["claims"]] == [6]
    assert faults_of(answer.json(), "Reading") == []
    assert house.client.get(f"{API}/incidents").json()["count"] == 3


def test_a_report_is_added_once(house: House) -> None:
    first = house.client.post(f"{API}/reports", json=NEWS)
    assert (first.status_code, first.json()["outcome"]) == (201, "new")
    assert faults_of(first.json(), "Added") == []
    again = house.client.post(f"{API}/reports", json=NEWS)
    assert (again.status_code, again.json()["outcome"]) == (200, "known")
    found = house.client.get(f"{API}/reports/{first.json()['key'][:10]}").json()
    assert found["words"] == NEWS["text"] and found["incident_ids"] == first.json()["incident_ids"] != []
    listed = house.client.get(f"{API}/reports?publisher=herald&since=2021-05-03&until=2021-05-03").json()
    assert [row["key"] for row in listed["reports"]] == [found["key"]]


@pytest.mark.parametrize("sent", [
    b"", b"{", b"[]", b"5", b"{}", b'{"text": 5}', b'{"text": null}', b'{"text": "x", "id": 5}', b"[" * 100_000,
    b'{"text": "x", "published": "soon"}', b'{"text": "x", "colour": "red"}', b'{"text": "x", "title": ["y"]}',
    b'{"text": "x", "published": ""}', b"\xff\xfe",
])  # fmt: skip
def test_what_is_no_report_is_refused(sent: bytes, house: House) -> None:
    kind = {"content-type": "application/json"}
    for door in ("read", "reports"):
        assert house.client.post(f"{API}/{door}", content=sent, headers=kind).status_code == 400
        assert house.client.post(f"{API}/{door}", content=sent).status_code == 415


def test_half_a_character_comes_back_as_json(house: House) -> None:
    sent = b'{"text": "Six people were killed in Kano. \\ud83d", "title": "\\udfff"}'
    answer = house.client.post(f"{API}/read", content=sent, headers={"content-type": "application/json"})
    assert answer.status_code == 200 and len(answer.json()["claims"]) == 1


def test_judging_moves_the_toll_and_is_taken_back(house: House) -> None:
    def killed() -> int:
        return int(house.client.get(f"{API}/toll").json()["total"]["killed"]["best"])

    left, right = ids(house)
    before = killed()
    word = house.client.post(f"{API}/judgements", json={"left": left, "right": right, "verdict": "same"})
    assert word.status_code == 201 and faults_of(word.json(), "Word") == []
    assert killed() < before
    again = {"left": left, "right": right, "verdict": "same"}
    assert house.client.post(f"{API}/judgements", json=again).status_code == 409
    pair = {end: word.json()[end] for end in ("left", "right")}
    assert house.client.post(f"{API}/judgements/undo", json=pair).json()["verdict"] == "unsure"
    assert killed() == before


def test_a_value_is_revised_and_taken_back(house: House) -> None:
    one = ids(house)[0]

    def killed() -> int:
        row = house.client.get(f"{API}/incidents/{one}").json()["incidents"][0]
        return int(row["killed_best"])

    before = killed()
    word = {"of": one[:8], "field": "killed", "value": "44", "because": "the list of names"}
    made = house.client.post(f"{API}/revisions", json=word)
    assert made.status_code == 201 and made.json()["of"] == one and faults_of(made.json(), "Value") == []
    assert killed() == 44
    house.client.post(f"{API}/revisions/undo", json={"of": one, "field": "killed"})
    assert killed() == before
    claim = house.client.get(f"{API}/incidents/{one}").json()["claims"][0]["ref"]
    out = {"of": claim, "field": "withdrawn", "value": "yes", "because": "said of another day"}
    assert house.client.post(f"{API}/revisions", json=out).json()["of"] == claim


@pytest.mark.parametrize(("change", "status"), [
    ({"value": "many"}, 422), ({"field": "withdrawn", "value": "perhaps"}, 422), ({"of": "i0000dead"}, 404),
    ({"of": "total"}, 404), ({"because": " "}, 400), ({"field": "colour"}, 400),
])  # fmt: skip
def test_a_revision_that_says_nothing_is_refused(change: dict[str, str], status: int, house: House) -> None:
    word = {"of": ids(house)[0], "field": "killed", "value": "4", "because": "so", **change}
    assert house.client.post(f"{API}/revisions", json=word).status_code == status


def test_an_answer_that_is_known_is_not_sent_again(house: House) -> None:
    for number, path in enumerate(("incidents", "toll?by=place", f"incidents/{ids(house)[0]}")):
        first = house.client.get(f"{API}/{path}")
        mark = first.headers["etag"]
        known = house.client.get(f"{API}/{path}", headers={"if-none-match": f'"other", W/{mark}'})
        assert (known.status_code, known.content) == (304, b"")
        house.clock.moment = datetime(2021, 6, 1, tzinfo=UTC)
        house.add(reading([Told(killed=1, place=f"Place {number}")], "Late"))
        assert house.client.get(f"{API}/{path}", headers={"if-none-match": mark}).status_code == 200


def test_marks_tell_questions_and_roles_apart(tmp_path: Path) -> None:
    file = str(tmp_path / "people.db")
    house = make_house(tmp_path, file)
    tokens = {}
    for role in ROLES:
        Accounts(file).add(role, role, "a long password")
        tokens[role] = {"authorization": f"Bearer {Accounts(file).make_token(role, 'test', house.clock())}"}
    marks = [
        house.client.get(f"{API}/{path}", headers=tokens[role]).headers["etag"]
        for path in ("incidents", "incidents?limit=5") for role in ("reader", "reviewer")
    ]  # fmt: skip
    assert len(set(marks)) == 4


def test_a_browser_writes_only_with_the_token_of_a_form(tmp_path: Path, house: House) -> None:
    elsewhere: list[dict[str, str]] = [
        {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"referer": "http://127.0.0.1/read"},
        {"sec-fetch-site": "same-origin"},
    ]  # fmt: skip
    for headers in elsewhere:
        for door in DOORS:
            if door.method == "POST":
                assert house.client.post(door.path, json={}, headers=headers).status_code == 403, (door.path, headers)
        assert house.client.post(f"{API}/read", json=NEWS, headers=headers).status_code == 403
    ours = {"origin": "http://127.0.0.1", "x-marsad-token": house.token("/read")}
    assert house.client.post(f"{API}/read", json=NEWS, headers=ours).status_code == 200

    file = str(tmp_path / "people.db")
    Accounts(file).add("Noor", "reviewer", "a long password")
    (tmp_path / "team").mkdir()
    team = make_house(tmp_path / "team", file)
    team.client.post("/login", data={"token": team.token("/login"), "name": "Noor", "password": "a long password"})
    assert team.client.get(f"{API}/me").json()["name"] == "Noor"
    assert team.client.post(f"{API}/read", json=NEWS).status_code == 403
    mine = {"x-marsad-token": team.token("/read")}
    assert team.client.post(f"{API}/read", json=NEWS, headers=mine).status_code == 200


def test_a_method_that_is_not_there_is_told_which_are(house: House) -> None:
    answer = house.client.delete(f"{API}/reports")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def test_the_page_of_the_api_names_every_door_and_word(house: House) -> None:
    page = house.client.get("/api").text
    for door in DOORS:
        assert f"{door.method} {door.path}" in page
        assert all(word.says.split(",")[0][:30].replace("'", "&#39;") in page for word in door.words)
