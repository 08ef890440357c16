"""The API answers as the command line does, a page at a time, and describes itself."""

from tests.serve.conftest import House


def test_incidents_come_a_page_at_a_time(house: House) -> None:
    first = house.client.get("/api/v1/incidents?limit=2").json()
    assert (first["count"], len(first["incidents"]), first["next"]) == (3, 2, 2)
    last = house.client.get("/api/v1/incidents?limit=2&offset=2").json()
    assert (len(last["incidents"]), last["next"]) == (1, None)


def test_every_described_door_is_there(house: House) -> None:
    described = house.client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    one = house.client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    for path, verbs in described["paths"].items():
        for verb in verbs:
            asked = {"id": one, "from": "2021-05-01"}
            answer = house.client.request(verb, path.replace("{id}", one), params=asked)
            assert answer.status_code in (200, 415), path


def test_what_is_asked_wrongly_is_said_as_json(house: House) -> None:
    for path in ("/api/v1/toll?by=colour", "/api/v1/trace", "/api/v1/changes", "/api/v1/incidents?limit=0"):
        answer = house.client.get(path)
        assert answer.status_code == 400 and answer.json()["error"]
    assert house.client.get("/api/v1/incidents/i0000deadbeef").status_code == 404


def test_a_report_is_read_and_not_stored(house: House) -> None:
    row = {"text": "Six people were killed in Kano on 2 May 2021.", "published": "2021-05-03"}
    found = house.client.post("/api/v1/read", json=row).json()
    assert [claim["count"]["best"] for claim in found["claims"]] == [6]
    assert house.client.get("/api/v1/incidents").json()["count"] == 3
    kind = {"content-type": "application/json"}
    assert house.client.post("/api/v1/read", content=b"{", headers=kind).status_code == 400
    assert house.client.post("/api/v1/read", content=b"{}").status_code == 415
