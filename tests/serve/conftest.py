"""A desk on a small ledger of our own, with a clock that the tests move."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.made import START, Told, reading

from marsad.model import Reading, Report
from marsad.reading import ReadingOptions
from marsad.serve import Desk, Person, make_app
from marsad.serve.app import PAGES
from marsad.serve.desk import Role
from marsad.store import Origin

BASE = "http://127.0.0.1"


@dataclass
class Clock:
    """The present, a little later each time it is asked for."""

    moment: datetime = field(default_factory=lambda: START)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class House:
    """A desk, its clock, and a browser without JavaScript in front of it."""

    desk: Desk
    clock: Clock
    client: TestClient

    def add(self, one: Reading) -> None:
        with self.desk.book() as book:
            book.add_reading(one, Origin("tester", self.clock(), "0", "hand"))

    def token(self, page: str = "/changes") -> str:
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.client.get(page).text)
        assert found, f"{page} has no form"
        return found[1]

    def post(self, path: str, token: str | None = None, **fields: str) -> str:
        answer = self.client.post(path, data={"token": token or self.token("/read"), **fields})
        assert answer.status_code == 200, answer.text
        return answer.text


def make_house(folder: Path, accounts: str | None = None) -> House:
    clock = Clock()
    person = Person("tester", "administrator")
    options = ReadingOptions(extractor="rules", places=True)
    desk = Desk(str(folder / "ledger.db"), person, clock, options, accounts)
    with desk.book():
        pass
    return House(desk, clock, TestClient(make_app(desk), base_url=BASE))


@pytest.fixture
def empty(tmp_path: Path) -> House:
    """A desk whose ledger holds nothing."""
    return make_house(tmp_path)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Two papers on what may be one event, a day apart in the record, and one other event."""
    made = make_house(tmp_path)
    made.add(reading([Told(killed=3, injured=4)], "Wire"))
    made.clock.moment += timedelta(days=1)
    made.add(reading([Told(killed=5)], "Radio", total=90))
    made.add(reading([Told(killed=2, place="Kano", by=None)], "Gazette"))
    return made


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[House]:
    """A desk with a report that would like to be more than text."""
    made = make_house(tmp_path)
    words = "<script>alert(1)</script>"
    made.add(reading([Told(who=f"{words} \u202eevil", place='"><img src=x onerror=alert(1)>', by="=cmd()")], words))
    yield made


def addresses(house: House) -> list[tuple[str, str, Role]]:
    """Return every address that can be looked at: the door it leads to, the address filled from the record, the role.

    A door with a part that is not known here fails: nobody adds one without saying how it is tried.
    """
    found = [(path, each, role) for method, path, _, role in PAGES if method == "GET" for each in filled(house, path)]
    assert len(found) >= sum(method == "GET" for method, _, _, _ in PAGES) - 4
    return found


def filled(house: House, path: str) -> list[str]:
    """Return the addresses of a door, from the record, or from the links of the page that lists them."""
    if path.endswith("/{id:path}"):
        listing = house.client.get(path.removesuffix("/{id:path}")).text
        return sorted(set(re.findall(f'href="({path.removesuffix("{id:path}")}[^"?#]+)"', listing)))
    api = house.client
    if "{key}" in path or "/reports/" in path:
        key = str(api.get("/api/v1/reports").json()["reports"][0]["key"])
        return [path.replace("{key}", key).replace("{id}", key)]
    if "{id}" in path:
        path = path.replace("{id}", str(api.get("/api/v1/incidents").json()["incidents"][0]["id"]))
    assert "{" not in path, f"say here how {path} is tried"
    return [path]


def plain(text: str) -> Report:
    return Report("plain", text, published=datetime(2021, 5, 1, tzinfo=UTC).date())
