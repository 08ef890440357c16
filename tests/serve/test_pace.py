"""How many requests one address and one person may make, by a clock that the tests move."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, House, make_house

from marsad.serve import make_app
from marsad.serve.accounts import Accounts
from marsad.serve.pace import MOST_KEPT, PER_ADDRESS, PER_PERSON, Limit, Pace, address_of

SMALL = {kind: Limit(3, 60) for kind in PER_ADDRESS}


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def browser(house: House, pace: Pace, address: str = "10.0.0.1") -> TestClient:
    app = make_app(house.desk, pace)
    return TestClient(app, base_url=BASE, client=(address, 1234))


def test_who_asks_too_often_is_told_how_long_to_wait(empty: House) -> None:
    clock = Seconds()
    client = browser(empty, Pace(clock, {}, SMALL))
    assert [client.get("/incidents").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/api/v1/me")
    assert refused.status_code == 429 and refused.headers["retry-after"] == "1"
    assert "wait 1 second" in refused.json()["error"]
    clock.now += 1
    assert [client.get("/incidents").status_code for _ in range(2)] == [200, 429]
    clock.now += 3600
    assert [client.get("/incidents").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_each_kind_and_each_address_has_its_own(empty: House) -> None:
    pace = Pace(Seconds(), {}, SMALL)
    one, other = browser(empty, pace), browser(empty, pace, "10.0.0.2")
    assert [one.get("/incidents").status_code for _ in range(4)][-1] == 429
    for path in ("/read", "/people", "/login"):
        statuses = [one.post(path).status_code for _ in range(4)]
        assert statuses == [403, 403, 403, 429], path
    assert other.get("/incidents").status_code == 200
    assert one.get("/static/marsad.css").status_code == 200


def test_passwords_are_tried_slowly(tmp_path: Path) -> None:
    file = str(tmp_path / "people.db")
    Accounts(file).add("Noor", "reader", "a long password")
    house = make_house(tmp_path, file)
    house.client = browser(house, Pace(Seconds()))
    token = house.token("/login")
    fields = {"token": token, "password": "a guess of mine"}
    statuses = [
        house.client.post("/login", data={**fields, "name": f"person {number}"}).status_code
        for number in range(PER_ADDRESS["login"].at_once + 1)
    ]
    assert statuses[:-1] == [403] * PER_ADDRESS["login"].at_once and statuses[-1] == 429


def test_a_person_has_a_pace_wherever_they_come_from(tmp_path: Path) -> None:
    file = str(tmp_path / "people.db")
    accounts = Accounts(file)
    for name in ("Noor", "Sami"):
        accounts.add(name, "reader", "a long password")
    house = make_house(tmp_path, file)
    noor, sami = ({"authorization": f"Bearer {accounts.make_token(n, 'x', house.clock())}"} for n in ("Noor", "Sami"))
    app = make_app(house.desk, Pace(Seconds(), SMALL))
    clients = [TestClient(app, base_url=BASE, client=(f"10.0.0.{number}", 1)) for number in range(4)]
    assert [client.get("/api/v1/me", headers=noor).status_code for client in clients] == [200, 200, 200, 429]
    assert clients[0].get("/api/v1/me", headers=sami).status_code == 200


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8::1", "2001:db8::ffff", True), ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
    ("10.0.0.1", "10.0.0.2", False), ("testclient", "testclient", True),
])  # fmt: skip
def test_a_house_of_ipv6_is_one_address(one: str, other: str, same: bool) -> None:
    from starlette.requests import Request

    names = [address_of(Request({"type": "http", "client": (host, 1)})) for host in (one, other)]
    assert (names[0] == names[1]) is same


def test_what_is_remembered_is_bounded() -> None:
    from starlette.requests import Request

    pace = Pace(Seconds(), {}, {"look": Limit(1, 1)})
    for number in range(MOST_KEPT + 10):
        pace.require_address(Request({"type": "http", "method": "GET", "client": (f"h{number}", 1)}))
    assert len(pace._left) == MOST_KEPT


def test_limits_are_stricter_where_more_is_at_stake() -> None:
    for limits in (PER_PERSON, PER_ADDRESS):
        assert limits["look"].a_minute > limits["write"].a_minute > limits["read"].a_minute
    assert PER_ADDRESS["login"].a_minute < PER_ADDRESS["read"].a_minute
    assert all(PER_ADDRESS[kind].a_minute > PER_PERSON[kind].a_minute for kind in PER_PERSON)
