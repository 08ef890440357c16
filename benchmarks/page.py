"""Measures how long the page's server takes for each view of a large made-up ledger: seconds, the best of three.

    python benchmarks/page.py [--incidents 100000]

The record is made in memory (the same at every run) and put where the page keeps it; the store is not measured.
"""

import argparse
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.testclient import TestClient

from marsad.ledger.record import Record, RecordedReading, report_key
from marsad.model import (
    ActorRef,
    Claim,
    Count,
    Figure,
    Incident,
    Perpetrator,
    Reading,
    Report,
    Span,
    Victims,
    When,
    Where,
)
from marsad.serve import Desk, Person, make_app
from marsad.serve.desk import Shelf

START = datetime(2024, 1, 1, tzinfo=UTC)
SIDES = ("Northern Front", "Army", "River Brigade", "Coast Militia", "Hill Council", "Border Guard", "Plains Force")
VIEWS = (
    "/", "/incidents", "/incidents?place=Town+7&page=3", "/incidents/{id}", "/tolls", "/tolls?by=place",
    "/tolls?by=perpetrator&across=year", "/receipt?row=perpetrator:Army&since=2020-01-01&until=2020-01-31", "/map",
    "/map.json", "/changes", "/review", "/api/v1/incidents?limit=100&offset=50000",
    "/api/v1/toll?by=month", "/changes.json",
)  # fmt: skip


def main() -> None:
    """Print one line per view."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--incidents", type=int, default=100_000)
    number = asked.parse_args().incidents
    with TemporaryDirectory() as folder:
        desk = Desk(
            str(Path(folder) / "ledger.db"), Person("bench", "administrator"), lambda: START + timedelta(days=9)
        )
        app = make_app(desk)
        app.state.shelf = Made(desk, made_record(number))
        client = TestClient(app, base_url="http://127.0.0.1")
        begun = time.perf_counter()
        ledger = app.state.shelf.ledger()
        print(f"{len(ledger.incidents):,} incidents derived in {time.perf_counter() - begun:.1f} s")
        for view in VIEWS:
            path = view.replace("{id}", ledger.incidents[number // 2].id)
            times = [timed(client, path) for _ in range(4)]
            print(f"{times[0]:7.3f} first {min(times[1:]):7.3f} then  {view}")


def timed(client: TestClient, path: str) -> float:
    """Return the seconds that a view takes."""
    begun = time.perf_counter()
    assert client.get(path).status_code == 200, path
    return time.perf_counter() - begun


class Made(Shelf):
    """A shelf whose record stands in memory."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk)
        self._record = record

    def _fresh(self) -> Record:
        return self._record


def made_record(number: int) -> Record:
    """Return so many reports of one incident each, of ten years, 2,000 places and seven sides."""
    return Record(tuple(_recorded(at) for at in range(number)))


def _recorded(at: int) -> RecordedReading:
    day = date(2014, 1, 1) + timedelta(days=at * 7919 % 3650)
    killed, side = 1 + at * 31 % 17, SIDES[at * 13 % len(SIDES)]
    words = f"{killed} people were killed"
    text = f"{words} in Town {at % 2000} on {day} (item {at})."
    place = Where(
        f"Town {at % 2000}", f"Town {at % 2000}", "SY", f"Province {at % 14}", None,
        30 + at % 2000 / 400, 35 + at % 1999 / 300, 1 + at % 4, f"g{at % 2000}",
    )  # fmt: skip
    doers = (Perpetrator(side, actor=ActorRef(f"a{at % 7}", side)),)
    claim = Claim(
        "c1", Span(0, len(words), words), "killed", Count(str(killed), killed, "exact", killed, killed, killed),
        Victims("people", "civilian"), doers, When(str(day), day, day, "day"), place,
    )  # fmt: skip
    incident = Incident(
        "i1", "attack", ("c1",), {"killed": Figure(killed, killed, killed)}, when=claim.when, where=place,
        perpetrators=doers, victims=(claim.victims,),
    )  # fmt: skip
    report = Report(f"r{at}", text, publisher=f"Paper {at % 40}", published=day)
    key = report_key(report)
    reading = Reading(report, (claim,), incidents=(incident,))
    return RecordedReading(f"k{key}", key, reading, START + timedelta(minutes=at % 10_000), "0", "made")


if __name__ == "__main__":
    main()
