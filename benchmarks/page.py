"""Measures how long the page's server takes for each view of a large made-up ledger: seconds of one core.

    python -m benchmarks.page [--reports 125000] [--ledger FILE|URL]

The ledger is that of benchmarks/ledger.py; one that is there already is measured as it is. Each view is asked for after
the server's start, again, after a report more, after a judgement, after a revision and after another report.
"""

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ledger import EVERY, LATER, MANY, recorded, write
from starlette.testclient import TestClient

from marsad.ledger.record import members_of
from marsad.model import Judgement, Revision
from marsad.serve import Desk, Person, facts, make_app
from marsad.serve.overview import warm
from marsad.store import Book, Origin, open_book

VIEWS = (
    "/", "/incidents", "/incidents?place=Town+7&page=3", "/incidents/{id}", "/tolls", "/tolls?by=place",
    "/tolls?by=perpetrator&across=year", "/receipt?row=perpetrator:Army&since=2020-01-01&until=2020-01-31", "/map",
    "/map.json", "/changes", "/review", "/actors", "/places", "/api/v1/incidents?limit=100&offset=50000",
    "/api/v1/incidents/{id}", "/api/v1/toll?by=month", "/changes.json",
)  # fmt: skip


def main() -> None:
    """Print one line per view."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=MANY)
    asked.add_argument("--ledger")
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        place = given.ledger or str(Path(folder) / "ledger.db")
        with open_book(place, LATER, create=True) as book:
            if not book.last_act():
                write(book, given.reports)
            book.keep_up()
        measure(place, given.reports)


def measure(place: str, reports: int) -> None:
    """Ask for every view, over and over."""
    moment = LATER
    # The pass over all reports for warnings runs in the background for minutes: its time is no view's.
    facts.WAITS = 86_400.0
    desk = Desk(place, Person("bench", "administrator"), lambda: moment)
    app = make_app(desk)
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    begun = time.process_time()
    ledger = app.state.shelf.ledger()
    print(f"{len(ledger.incidents):,} incidents, opened in {time.process_time() - begun:.2f} s")
    name = ledger.incidents[reports // 2].id
    rounds = [[timed(client, view.replace("{id}", name)) for view in VIEWS]]
    begun = time.process_time()
    warm(desk, app.state.shelf)
    print(f"warmed in {time.process_time() - begun:.2f} s")
    rounds.append([timed(client, view.replace("{id}", name)) for view in VIEWS])
    with open_book(place, LATER) as book:
        fresh = EVERY * (MANY + book.count()["readings"])
    one, other = (recorded(fresh + number) for number in (1, 3))
    said = Revision(name, "killed", "9-11", "because", "bench", LATER)
    acts: list[Callable[[Book], object]] = [
        lambda book: book.add_reading(one.reading, Origin("bench", LATER, "0", "made"), b"x"),
        lambda book: book.add_judgements([Judgement(name, members_of(one)[0].id, "same", "bench", LATER)]),
        lambda book: book.add_revision(said),
        lambda book: book.add_reading(other.reading, Origin("bench", LATER, "0", "made"), b"y"),
    ]
    for number, act in enumerate(acts):
        moment = LATER + timedelta(minutes=number)
        with open_book(place, LATER) as book:
            act(book)
        rounds.append([timed(client, view.replace("{id}", name)) for view in VIEWS])
    print("  first  warmed  report   judge  revise  report")
    for at, view in enumerate(VIEWS):
        print(" ".join(f"{each[at]:7.3f}" for each in rounds), view)


def timed(client: TestClient, path: str) -> float:
    """Return the seconds that a view takes."""
    begun = time.process_time()
    answer = client.get(path)
    took = time.process_time() - begun
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers with {answer.status_code}: name another view, or mend it")
    return took


if __name__ == "__main__":
    main()
