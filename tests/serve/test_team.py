"""Many look while others write: nobody waits for a writer, nobody is shown what is out of date as if it were not."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import create_engine
from starlette.testclient import TestClient
from tests.made import START, Told, reading
from tests.postgres import NoServerError, cluster
from tests.serve.conftest import BASE, Clock, House, addresses

from marsad.errors import AwayError
from marsad.model import Report
from marsad.reading import ReadingOptions
from marsad.serve import Desk, Person, adding, make_app
from marsad.serve.api import reports
from marsad.serve.desk import Alone
from marsad.serve.run import _listen
from marsad.store import Origin, open_book
from marsad.store.book import Book
from marsad.store.kept_ledger import KeptPlace

TEXT = "Gunmen killed 4 people in Goma on 3 May 2021."


def add_beside(house: House, told: Told) -> None:
    """Add a report as another program does, which is not yet done: the kept ledger does not know it."""
    with open_book(house.desk.ledger, START) as book:
        book.add_reading(reading([told], "Elsewhere"), Origin("other", house.clock(), "0", "hand"))


@contextmanager
def writing(house: House) -> Iterator[None]:
    """Be another writer at work."""
    with open_book(house.desk.ledger, START) as book, book._writing():
        yield


def test_a_server_that_is_away_is_told_of_and_readers_go_on_by_themselves() -> None:
    try:
        with cluster() as server:
            desk = Desk(
                server.address, Person("tester", "administrator"), Clock(), ReadingOptions("rules", places=True)
            )
            with desk.book() as book:
                book.add_reading(reading([Told()]), Origin("tester", START, "0", "hand"))
            client = TestClient(make_app(desk), base_url=BASE)
            assert client.get("/api/v1/incidents").json()["count"] == 1
            server.stop()
            for path in ("/api/v1/incidents", "/api/v1/toll", "/", "/incidents", "/review"):
                answer = client.get(path)
                assert answer.status_code == 503 and answer.headers["retry-after"], path
                assert "cannot be reached" in answer.text
            assert client.post("/api/v1/reports", json={"text": TEXT}).status_code == 503
            server.start()
            assert client.get("/api/v1/incidents").json()["count"] == 1
            assert client.post("/api/v1/reports", json={"text": TEXT}).status_code == 201
            assert client.get("/").status_code == 200
    except NoServerError as error:
        pytest.skip(str(error))


def test_while_another_writes_what_is_kept_is_shown_and_not_taken_for_new(house: House) -> None:
    before = house.client.get("/api/v1/incidents")
    add_beside(house, Told(killed=8, place="Jos"))
    with writing(house):
        meanwhile = house.client.get("/api/v1/incidents")
        assert meanwhile.json()["count"] == before.json()["count"]
        # What is shown is that of before, and so is its mark.
        assert meanwhile.headers["etag"] == before.headers["etag"]
        with open_book(house.desk.ledger, START) as book:
            shown = house.client.get("/api/v1/me").json()["acts"]
            assert shown == book.kept_through() < book.last_act()
    with open_book(house.desk.ledger, START) as book:
        book.keep_up()
    after = house.client.get("/api/v1/incidents", headers={"If-None-Match": meanwhile.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["count"] == before.json()["count"] + 1


def test_what_another_writer_brought_up_to_date_is_shown_though_more_is_being_written(house: House) -> None:
    before = house.client.get("/api/v1/incidents").json()["count"]
    add_beside(house, Told(killed=8, place="Jos"))
    with open_book(house.desk.ledger, START) as book:
        book.keep_up()
    add_beside(house, Told(killed=9, place="Maiduguri"))
    with writing(house):
        assert house.client.get("/api/v1/incidents").json()["count"] == before + 1


def test_a_report_that_was_added_is_there_though_others_write(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    add_reports = adding.add_reports
    with ExitStack() as others:

        def then_others(*words: Any) -> Any:
            done = add_reports(*words)
            add_beside(house, Told(killed=8, place="Jos"))
            others.enter_context(writing(house))
            return done

        monkeypatch.setattr(reports, "add_reports", then_others)
        answer = house.client.post("/api/v1/reports", json={"text": TEXT, "published": "2021-05-04"})
        assert answer.status_code == 201
        assert answer.json()["incident_ids"]
        found = house.client.get(f"/api/v1/incidents/{answer.json()['incident_ids'][0]}")
        assert found.status_code == 200


def test_a_page_looks_once_whether_it_is_up_to_date(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.client.get("/")
    looks: list[int] = []
    last_act = Book.last_act

    def counted(book: Book) -> int:
        looks.append(1)
        return last_act(book)

    monkeypatch.setattr(Book, "last_act", counted)
    for path in ("/", "/incidents", "/tolls", "/review", "/api/v1/toll"):
        looks.clear()
        assert house.client.get(path).status_code == 200
        assert len(looks) == 1, path


def test_no_answer_holds_a_connection_while_it_takes_another(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def narrow(url: Any, **words: Any) -> Any:
        return create_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.5, **words)

    asked = addresses(house)
    monkeypatch.setattr("marsad.store.engines.create_engine", narrow)
    client = TestClient(make_app(house.desk), base_url=BASE)
    for door, path, _ in asked:
        assert client.get(path).status_code != 503, door


def test_a_page_of_a_list_loads_a_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        house.add(reading([Told(killed=30 + number, place=f"Town {number}")], "Wire"))
    loaded: list[int] = []
    incidents = KeptPlace.incidents

    def counted(place: KeptPlace, numbers: Sequence[int], *words: Any) -> Any:
        loaded.extend(numbers)
        return incidents(place, numbers, *words)

    monkeypatch.setattr(KeptPlace, "incidents", counted)
    assert len(house.client.get("/api/v1/incidents?limit=3&offset=3").json()["incidents"]) == 3
    assert len(loaded) == 3


def test_neighbours_of_an_incident_are_asked_for_together(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def traced(*_: object) -> None:
        raise AssertionError("one by one")

    monkeypatch.setattr("marsad.serve.queue.trace", traced)
    one = house.client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    assert house.client.get(f"/incidents/{one}").status_code == 200


def test_who_waited_while_another_found_no_server_is_told_so_too(house: House) -> None:
    shelf = house.client.app.state.shelf  # type: ignore[attr-defined]
    shelf._looked, shelf._fault = monotonic() + 60, "ledger team: the server cannot be reached"
    with pytest.raises(AwayError, match="cannot be reached"):
        shelf.acts()
    shelf._looked = 0.0
    assert shelf.acts() > 0


def test_one_thing_is_made_by_one_and_others_do_not_wait() -> None:
    alone, begun, end, done = Alone(), Event(), Event(), []

    def make(name: str) -> None:
        with alone.at(name):
            begun.set()
            end.wait(20)
            done.append(name)

    first = Thread(target=make, args=("a",))
    first.start()
    begun.wait(20)
    with alone.at("b"):
        assert done == []
    second = Thread(target=make, args=("a",))
    second.start()
    end.set()
    first.join()
    second.join()
    assert done == ["a", "a"]
    assert not alone._turns and not alone._asking


def test_whoever_is_told_the_address_can_come_at_once() -> None:
    listener = _listen("127.0.0.1", 0)
    with listener, socket.create_connection(listener.getsockname(), timeout=5):
        pass


def test_going_through_readings_ends_quietly_where_the_server_goes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marsad.serve.facts import _Gatherer

    def gone(*_: object) -> None:
        raise AwayError("ledger team: the server cannot be reached")

    monkeypatch.setattr(_Gatherer, "_add_all", gone)
    with open_book(house.desk.ledger, START) as book:
        ledger = KeptPlace(lambda: open_book(house.desk.ledger, START)).ledger()
        assert book.last_act() and ledger is not None
    _Gatherer()._go_through(ledger, 1)


def test_a_report_is_read_though_the_first_look_finds_no_server(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.serve import run

    def gone(*_: object) -> None:
        raise AwayError("ledger team: the server cannot be reached")

    read: list[Report] = []
    monkeypatch.setattr(run, "warm", gone)
    monkeypatch.setattr(Desk, "read", lambda _, report: read.append(report))
    run._warm(house.desk, house.client.app.state.shelf)  # type: ignore[attr-defined]
    assert len(read) == 1
