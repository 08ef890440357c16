"""Each role at each door; passwords, sessions and tokens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.made import Told, reading
from tests.serve.conftest import BASE, House, make_house

from marsad.errors import LedgerError
from marsad.serve import make_app
from marsad.serve.accounts import TRIES, Accounts
from marsad.serve.app import PAGES
from marsad.serve.desk import ROLES

NOW = datetime(2021, 5, 1, tzinfo=UTC)
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = str(tmp_path_factory.mktemp("people") / "people.db")
    accounts = Accounts(file)
    for role in ROLES:
        accounts.add(f"the {role}", role, PASSWORD)
    return file


def team(folder: Path, people: str) -> House:
    made = make_house(folder, people)
    made.add(reading([Told(who="Jane Example and Mary Sample")]))
    return made


def logged_in(house: House, role: str) -> TestClient:
    client = TestClient(make_app(house.desk), base_url=BASE)
    house.client = client
    answer = client.post("/login", data={"token": house.token("/login"), "name": f"the {role}", "password": PASSWORD})
    assert answer.status_code == 200 and answer.url.path == "/"
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_at_each_door(role: str, tmp_path: Path, people: str) -> None:
    house = team(tmp_path, people)
    client = logged_in(house, role)
    one = client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    for method, path, _, needed in PAGES:
        address = path.replace("{id}", one).replace("{key}", "0" * 12)
        status = client.request(method, address).status_code
        may = ROLES.index(role) >= ROLES.index(needed)
        # A form without a token is refused too, but by other words.
        refused = "this takes the role" in client.request(method, address).text
        assert refused is not may, f"{role} at {method} {path}: {status}"


def test_without_login_every_door_leads_to_the_form(tmp_path: Path, people: str) -> None:
    client = team(tmp_path, people).client
    for method, path, _, _ in PAGES:
        answer = client.request(method, path.replace("{id}", "x").replace("{key}", "x"), follow_redirects=False)
        assert answer.status_code == (401 if path.startswith("/api/") else 303), path


def test_readers_do_not_see_the_words_of_reports(tmp_path: Path, people: str) -> None:
    house = team(tmp_path, people)
    for role in ("reader", "recorder"):
        client = logged_in(house, role)
        one = client.get("/api/v1/incidents").json()["incidents"][0]["id"]
        seen = "Jane Example" in client.get(f"/incidents/{one}").text
        assert seen is (role == "recorder")
        assert ("Jane Example" in client.get(f"/api/v1/incidents/{one}").text) is (role == "recorder")


def test_readers_cannot_ask_for_names(tmp_path: Path, people: str) -> None:
    client = logged_in(team(tmp_path, people), "reader")
    for path in (
        "/tolls?by=victims",
        "/api/v1/toll?by=victims",
        "/incidents?victims=Jane",
        "/receipt?row=victims:J",
    ):
        assert client.get(path).status_code == 403, path
    assert client.get("/incidents?victims=civilians").status_code == 200


def test_a_wrong_password_opens_nothing_and_many_close_the_door(tmp_path: Path) -> None:
    accounts = Accounts(str(tmp_path / "people.db"))
    accounts.add("Noor", "reviewer", PASSWORD)
    assert accounts.log_in("Noor", "wrong", NOW) is None
    assert accounts.log_in("nobody", PASSWORD, NOW) is None
    for _ in range(TRIES):
        accounts.log_in("Noor", "wrong", NOW)
    assert accounts.log_in("Noor", PASSWORD, NOW) is None
    assert accounts.log_in("Noor", PASSWORD, NOW + timedelta(hours=1)) is not None


def test_sessions_end(tmp_path: Path) -> None:
    accounts = Accounts(str(tmp_path / "people.db"))
    accounts.add("Noor", "reviewer", PASSWORD)
    secret = accounts.log_in("Noor", PASSWORD, NOW)
    assert secret is not None
    found = accounts.by_session(secret, NOW)
    assert found is not None and found.role == "reviewer"
    assert accounts.by_session(secret, NOW + timedelta(days=1)) is None
    accounts.log_out(secret)
    assert accounts.by_session(secret, NOW) is None


def test_a_token_opens_the_api_for_a_program(tmp_path: Path, people: str) -> None:
    house = team(tmp_path, people)
    secret = Accounts(people).make_token("the reader", "a spreadsheet", NOW)
    answer = house.client.get("/api/v1/toll", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert house.client.get("/api/v1/toll", headers={"authorization": "Bearer marsad_x"}).status_code == 401


@pytest.mark.parametrize(("name", "role", "password"), [
    ("", "reader", PASSWORD), ("program x", "reader", PASSWORD),
    ("Noor", "king", PASSWORD), ("Noor", "reader", "short"),
])  # fmt: skip
def test_bad_accounts_are_refused(name: str, role: str, password: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        Accounts(str(tmp_path / "people.db")).add(name, role, password)


def test_secrets_are_kept_as_hashes(tmp_path: Path) -> None:
    file = tmp_path / "people.db"
    accounts = Accounts(str(file))
    accounts.add("Noor", "reader", PASSWORD)
    secret = accounts.make_token("Noor", "x", NOW)
    assert PASSWORD.encode() not in file.read_bytes() and secret.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
