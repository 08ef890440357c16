"""A reader sees no name of a victim or of a source on any page or in any answer; others find each of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.made import Told, reading
from tests.serve.conftest import BASE, House, addresses, make_house

from marsad.model import ActorRef, Reading, Slot, Span, Statement, Voice, Where
from marsad.serve import make_app
from marsad.serve.accounts import Accounts
from marsad.serve.desk import ROLES, Role
from marsad.serve.pace import Pace

VICTIM, SOURCE, TITLED, LINKED, WITNESS, WARNED = (
    "Zubaydah Qarnfil", "Ilyas Wattenquist", "Maruf Oddbjornsen", "xanthippe-lorquist", "Teodolinda Brisk",
    "Quillon Varga",
)  # fmt: skip
NAMES = (VICTIM, SOURCE, TITLED, LINKED, WITNESS, WARNED)
PASSWORD = "a long password"


def named(killed: int, publisher: str, total: int | None = None) -> Reading:
    """Return a reading whose victims, sources, title, address, running total and warnings bear names."""
    one = reading([Told(killed=killed, who=f"{VICTIM} and {killed} neighbours")], publisher, total=total)
    report = replace(one.report, title=f"{TITLED} mourned", url=f"https://news.example/{LINKED}")
    claims = tuple(
        replace(claim, according_to=Voice(SOURCE if number == 0 else WITNESS))
        for number, claim in enumerate(one.claims)
    )  # fmt: skip
    warned = f"the age of {WARNED} is no number of people"
    return replace(one, report=report, claims=claims, warnings=(warned,), statements=(_held(one.report.text),))


def _held(text: str) -> Statement:
    """Return a statement on who holds what, on the word of a source, in words that name a victim."""
    span = Span(0, 60, text[:60])
    actor = Slot(text[:10], Span(0, 10, text[:10]), ActorRef("militia", "the militia"))
    place = Slot("Baga", span, where=Where("Baga", name="Baga", country="NG", geoprecision=1))
    slots = {"actor": (actor,), "place": (replace(place, text=text[:60]),)}
    return Statement("s1", "control", span, {"relation": "holds"}, slots, Voice(SOURCE))


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, House]]:
    """The same desk, seen by each role."""
    folder = tmp_path_factory.mktemp("names")
    file = str(Path(folder) / "people.db")
    accounts = Accounts(file)
    for role in ROLES:
        accounts.add(role, role, PASSWORD)
    house = make_house(folder, file)
    house.add(named(3, "Wire"))
    house.add(named(5, "Radio", total=90))
    house.add(named(40, "Gazette"))
    yield {role: logged_in(house, role) for role in ROLES}


def logged_in(house: House, role: str) -> House:
    # As often as the test likes: an answer that says "too many requests" would hide what it hides.
    unhurried = Pace(per_person={}, per_address={})
    mine = replace(house, client=TestClient(make_app(house.desk, unhurried), base_url=BASE))
    mine.client.post("/login", data={"token": mine.token("/login"), "name": role, "password": PASSWORD})
    return mine


@pytest.fixture(scope="module")
def judged(team: dict[str, House]) -> dict[str, House]:
    """The desk after people said their words, with names in their reasons."""
    client = team["reviewer"].client
    token = {"x-marsad-token": team["reviewer"].token("/changes")}
    one, other = (row["id"] for row in client.get("/api/v1/incidents").json()["incidents"][:2])
    because = f"{VICTIM} stands on both lists, says {SOURCE}"
    for path, word in (
        ("judgements", {"left": one, "right": other, "verdict": "same", "because": because}),
        ("revisions", {"of": one, "field": "injured", "value": "2-4", "because": because}),
    ):
        assert client.post(f"/api/v1/{path}", json=word, headers=token).status_code == 201
    return team


def questions(house: House) -> list[tuple[str, Role]]:
    """Return every address that can be looked at, with the questions that could name somebody."""
    api = house.client
    incident = api.get("/api/v1/incidents").json()["incidents"][0]["id"]
    key = api.get("/api/v1/reports").json()["reports"][0]["key"]
    claim = api.get(f"/api/v1/incidents/{incident}").json()["claims"][0]["ref"]
    asked = [
        "", f"?id={incident}", f"?id={claim}", f"?id={key[:12]}", "?id=total", "?from=2021-04-01&since=2021-04-01",
        "?row=total", "?as_of=2021-05-02", "?since=2021-04-01",
        *(f"?by={by}" for by in ("victims", "source", "perpetrator", "month")),
        *(f"?{word}={name.split()[0]}" for word, name in (("victims", VICTIM), ("source", SOURCE), ("find", SOURCE))),
        f"?row=victims:{VICTIM}", f"?id=source:{SOURCE}", f"?row=total&column=source:{SOURCE}",
    ]  # fmt: skip
    return [(path + more, role) for _, path, role in addresses(house) for more in asked]


def test_a_reader_sees_no_name_anywhere(judged: dict[str, House]) -> None:
    leaks = []
    tried = 0
    for address, role in questions(judged["administrator"]):
        if role != "reader":
            continue
        answer = judged["reader"].client.get(address)
        assert answer.status_code in (200, 400, 403, 404), (address, answer.status_code)
        tried += answer.status_code == 200
        asked = address.casefold().replace("%20", " ")
        # What the reader wrote into the address comes back to them: it is no news.
        seen = [name for name in NAMES if name.casefold() in answer.text.casefold() and name.casefold() not in asked]
        leaks += [f"{address}: {name}" for name in seen]
    assert sorted({leak.partition("?")[0] + " " + leak.rpartition(": ")[2] for leak in leaks}) == []
    assert tried > 100


def test_whoever_may_sees_each_name(judged: dict[str, House]) -> None:
    """Without this the test above could not fail."""
    words = "".join(judged["recorder"].client.get(each).text for _, each, _ in addresses(judged["administrator"]))
    assert [name for name in NAMES if name not in words] == []


def test_a_reader_cannot_find_out_by_asking(judged: dict[str, House]) -> None:
    """A filter that answers otherwise for a name that is there than for one that is not tells as much as the name."""
    api = judged["reader"].client
    for path in ("/incidents", "/api/v1/incidents", "/tolls", "/", "/map.json", "/api/v1/actors"):
        for word in ("victims", "source"):
            there, not_there = (api.get(path, params={word: name}) for name in (VICTIM.split()[0], "Nobodyhere"))
            assert there.status_code == not_there.status_code, (path, word)
            if there.status_code == 200:
                plain = there.text.replace(VICTIM.split()[0], "").replace("Nobodyhere", "")
                assert len(plain) == len(not_there.text.replace("Nobodyhere", "")), (path, word)
