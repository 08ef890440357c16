"""Proves that a team's ledger in PostgreSQL loses nothing and doubles nothing under load and restarts of its server.

    python -m benchmarks.team [--readers 100] [--writers 8] [--seconds 90] [--reports 10000]

Starts a PostgreSQL server and `marsad serve` of its own, fills the ledger with made-up reports, and lets readers ask
the page and its API (lists with filters and pages, tolls, incidents, cases) while writers add reports, two of them by
the API, the others as `marsad add` does. After a third of the time the server is shut down (fast) and started again,
after two thirds it is killed (SIGKILL). Then all that was acknowledged is looked for in the ledger. Prints latencies
before, during and after each, and what held; the exit code is 1 where anything did not. `--rest 0` lets readers ask
without reading in between, `--statements` lists what the database spent its time on.
"""

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from benchmarks.cluster import memory_of
from benchmarks.ledger import START, write_one
from benchmarks.linking import World, recorded
from benchmarks.team_work import OK, TOLD, Met, Noted, Reader, Visitor, Writer, noted_in, now, write_on
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from tests.postgres import Cluster, NoServerError, cluster

from marsad.ledger import build_ledger, toll
from marsad.relink import link_book
from marsad.store import KeptPlace, open_book
from marsad.store.pen import Pen

SETTINGS = ("listen_addresses=",)
"""The server's own settings are left as they come: safe on disk, a hundred connections."""
STATEMENTS = ("shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=all")
BY_API = 2
"""How many writers add through the page."""
WAYS = (("shut down", signal.SIGINT), ("killed", signal.SIGKILL))
CALM = ("before", "between", "after")
"""The spans in which the server is there and everybody has come."""
LONGEST = 120.0
"""Seconds after the end in which writers finish what they have in hand."""


@dataclass
class Course:
    """What happened: the spans of time by name, what everybody noted, the connections and the memory at most."""

    spans: list[tuple[str, float, float]] = field(default_factory=list)
    readers: list[Noted] = field(default_factory=list)
    writers: list[Noted] = field(default_factory=list)
    connections: int = 0
    megabytes: float = 0.0
    said: str = ""
    lives: bool = True


def main() -> None:
    """Run it, print what came of it, and exit with 1 where something did not hold."""
    options = asked_for()
    try:
        settings = (*SETTINGS, *(STATEMENTS if options.statements else ()))
        with cluster(settings) as server, TemporaryDirectory() as folder:
            sys.exit(0 if prove(server, Path(folder), options) else 1)
    except NoServerError as error:
        sys.exit(f"benchmarks.team needs a PostgreSQL server of its own: {error}")


def asked_for() -> argparse.Namespace:
    """Return the options."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--readers", type=int, default=100)
    asked.add_argument("--writers", type=int, default=8)
    asked.add_argument("--seconds", type=float, default=90)
    asked.add_argument("--reports", type=int, default=10_000, help="in the ledger before it begins")
    asked.add_argument("--rest", type=float, default=5, help="seconds a reader reads before asking again")
    asked.add_argument("--pause", type=float, default=2, help="seconds a writer waits before adding again")
    asked.add_argument("--settle", type=float, default=15, help="seconds in which everybody comes, told apart")
    asked.add_argument("--down", type=float, default=2, help="seconds the server stays away")
    asked.add_argument("--statements", action="store_true", help="list what the database spent its time on")
    return asked.parse_args()


def prove(server: Cluster, folder: Path, options: argparse.Namespace) -> bool:
    """Fill the ledger, let everybody work, restart the server twice; print; return whether everything held."""
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}; {options.readers} readers who ask every "
          f"{options.rest:g} s, {options.writers} writers who add every {options.pause:g} s")  # fmt: skip
    filled(server.address, options.reports)
    begun = time.monotonic()
    course = run(server, folder, options)
    print_tables(course)
    if options.statements:
        print_statements(server.address)
    print(f"\n{time.monotonic() - begun:.0f} s; at most {course.connections} connections, "
          f"{course.megabytes:,.0f} MB of marsad serve")  # fmt: skip
    held = [told(*fact) for fact in facts(server.address, course, options)]
    return all(held)


def filled(place: str, reports: int) -> None:
    """Fill the ledger before anybody comes."""
    begun = time.monotonic()
    with open_book(place, START, create=True) as book:
        with book._writing() as connection:
            pen = Pen(connection)
            for one in World().readings(reports):
                write_one(connection, pen, recorded(one))
        link_book(book, now)
        book.keep_up()
    print(f"{reports:,} reports recorded, linked and kept in {time.monotonic() - begun:.0f} s", flush=True)


def run(server: Cluster, folder: Path, options: argparse.Namespace) -> Course:
    """Let everybody work while the server is restarted."""
    course, stop = Course(), Event()
    with served(server.address, folder, course) as (page, port):
        watcher = Thread(target=watch, args=(server.address, page.pid, course, stop), daemon=True)
        met = met_at(port)
        people = [Reader(port, n, options.rest, met, stop) for n in range(options.readers)]
        writers, at_page = writing(server.address, folder, options, port, stop, course)
        for one in (watcher, *people):
            one.start()
        restart(server, options, course)
        (folder / "stop").touch()
        stop.set()
        for each in (*writers, *at_page, *people, watcher):
            each.join(LONGEST)
        course.spans.append(("after", course.spans[-1][2], time.monotonic()))
        course.lives = page.poll() is None
        ended = [each for each in (*writers, *at_page) if not each.is_alive()]
        course.lives &= len(ended) == options.writers
    course.readers = [one for each in people for one in each.noted]
    course.writers += noted_in(folder)
    return course


@contextmanager
def served(place: str, folder: Path, course: Course) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Give `marsad serve` on the ledger, with its port; what it writes of faults is kept in the end."""
    words = [sys.executable, "-m", "marsad", "serve", "--ledger", place, "--port", "0"]
    log = folder / "serve.log"
    with log.open("w") as errors:
        page = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert page.stdout is not None
        address = page.stdout.readline().split()
        if not address:
            raise SystemExit(f"marsad serve did not start: {log.read_text()[-500:]}")
        yield page, int(address[0].rpartition(":")[2].strip("/"))
    finally:
        page.terminate()
        page.wait(timeout=30)
        course.said = log.read_text()


def met_at(port: int) -> Met:
    """Return what there is to ask for."""
    visitor = Visitor(port, 0)
    rows = json.loads(visitor.ask("/api/v1/incidents?limit=200")[1])["incidents"]
    cases = json.loads(visitor.ask("/api/v1/review?limit=100")[1]).get("cases", [])
    return Met([one["id"] for one in rows], [one["place"] for one in rows], [str(one["key"]) for one in cases])


def writing(
    place: str, folder: Path, options: argparse.Namespace, port: int, stop: Event, course: Course
) -> tuple[list[Any], list[Thread]]:
    """Start the writers: processes that add as `marsad add` does, and threads that add by the API."""
    by_api = min(BY_API, options.writers // 2)
    context = multiprocessing.get_context("spawn")
    words = (options.pause, str(folder))
    own = [context.Process(target=write_on, args=(place, n, *words)) for n in range(by_api, options.writers)]
    at_page = []
    for n in range(by_api):
        writer = Writer(n, "POST /api/v1/reports", options.pause, course.writers.append)
        visitor = Visitor(port, options.readers + n)
        at_page.append(Thread(target=writer.work, args=(visitor.add, stop.is_set, False), daemon=True))
    for one in (*own, *at_page):
        one.start()
    return own, at_page


def restart(server: Cluster, options: argparse.Namespace, course: Course) -> None:
    """Wait a third of the time, shut the server down and start it again, and so on; note the spans."""
    third, came = options.seconds / 3, time.monotonic()
    time.sleep(options.settle)
    name, at = "before", time.monotonic()
    course.spans.append(("at first", came, at))
    for way, sign in WAYS:
        time.sleep(third)
        gone = time.monotonic()
        course.spans.append((name, at, gone))
        server.stop(sign)
        time.sleep(options.down)
        server.start()
        at = time.monotonic()
        course.spans.append((f"server {way}", gone, at))
        name = "between"
    time.sleep(third)
    course.spans.append(("after", at, time.monotonic()))


def watch(place: str, page: int, course: Course, stop: Event) -> None:
    """Note how many connections there are and the memory of the page, at most."""
    engine = create_engine(place, pool_pre_ping=True)
    while not stop.wait(0.5):
        course.megabytes = max(course.megabytes, memory_of(page))
        with suppress(DBAPIError), engine.connect() as connection:
            asked = "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'"
            course.connections = max(course.connections, connection.exec_driver_sql(asked).scalar() or 0)
    engine.dispose()


def span_of(noted: Noted, course: Course) -> str:
    """Return in which span something was done; what began before the server went and ended after, while it was away."""
    ended = noted.begun + noted.seconds
    for name, start, end in course.spans:
        if name.startswith("server") and noted.begun < end and ended > start:
            return name
    return next((name for name, start, end in course.spans if start <= noted.begun < end), "after")


def print_tables(course: Course) -> None:
    """Print how long readers and writers waited: span by span, and kind by kind while nothing was restarted."""
    spans = list(dict.fromkeys(name for name, _, _ in course.spans))
    lengths = {each: sum(end - start for name, start, end in course.spans if name == each) for each in spans}
    print(
        "\n| | | done | a second | told of a fault | p50 | p95 | p99 | longest |\n|---|---|---|---|---|---|---|---|---|"
    )
    for who, noted in (("readers", course.readers), ("writers", course.writers)):
        for span in spans:
            print(row(f"{who} | {span}", [one for one in noted if span_of(one, course) == span], lengths[span]))
    calm = [one for one in (*course.readers, *course.writers) if span_of(one, course) in CALM]
    length = sum(lengths[name] for name in CALM)
    for kind in sorted({one.kind for one in calm}):
        print(row(f"{kind} | server there", [one for one in calm if one.kind == kind], length))


def row(name: str, noted: Sequence[Noted], seconds: float) -> str:
    """Return a row of the table: seconds that what went well took."""
    took = sorted(one.seconds for one in noted if one.outcome == OK)
    at = [f"{took[min(len(took) - 1, int(len(took) * share))]:.2f}" if took else "–" for share in (0.5, 0.95, 0.99, 1)]
    told = sum(one.outcome != OK for one in noted)
    return f"| {name} | {len(took):,} | {len(took) / max(seconds, 1):.1f} | {told:,} | {' | '.join(at)} |"


Fact = tuple[bool, str, Sequence[str]]


def told(held: bool, words: str, examples: Sequence[str]) -> bool:
    """Print a fact and whether it held, with some of what speaks against it."""
    print(f"{'PASS' if held else 'FAIL'}  {words}", flush=True)
    for one in examples[:5]:
        print(f"      {one}")
    return held


def facts(place: str, course: Course, options: argparse.Namespace) -> Iterator[Fact]:
    """Yield what is promised and whether it held."""
    yield from _of_the_record(place, course, options)
    for who, noted in (("reader", course.readers), ("writer", course.writers)):
        odd = Counter(f"{span_of(one, course)}: {one.words}" for one in noted if one.outcome not in (OK, TOLD))
        said = Counter(one.words for one in noted if one.outcome == TOLD)
        refused = f"{sum(said.values())} times a {who} was refused, each time in plain words"
        refused = refused if said else f"no {who} was refused"
        yield not odd, refused, [f"{n} x {words}" for words, n in (odd or said).most_common()]
        calm = [one for one in noted if one.outcome == TOLD and span_of(one, course) in ("at first", "before")]
        yield not calm, f"no {who} was refused before the server went", [one.words for one in calm]
    yield course.lives, "marsad serve went on, and every writer came to its end", []
    wrote = [line for line in course.said.splitlines() if "fault" in line or "Traceback" in line or "rror" in line]
    yield not wrote, "marsad serve noted no fault of its own", wrote
    late = recovered(course)
    yield (
        all(s is not None for s in late),
        f"readers went on by themselves, after {', '.join(map(_seconds, late))} s",
        [],
    )


def _seconds(one: float | None) -> str:
    return "–" if one is None else f"{one:.1f}"


def recovered(course: Course) -> list[float | None]:
    """Return, per restart, how many seconds after it the first question that began then was answered."""
    back = [end for name, _, end in course.spans if name.startswith("server")]
    answered = [one for one in course.readers if one.outcome == OK]
    return [
        min((one.begun + one.seconds - end for one in answered if one.begun >= end), default=None) for end in back
    ]  # fmt: skip


def _of_the_record(place: str, course: Course, options: argparse.Namespace) -> Iterator[Fact]:
    acknowledged = {one.report for one in course.writers if one.outcome == OK}
    sent = {one.report for one in course.writers}
    with open_book(place, now()) as book:
        link_book(book, now)
        book.keep_up()
        record, counts, broken = book.record(), book.count(), [f"{f.where}: {f.what}" for f in book.verify()]
    keys = Counter(one.report_key for one in record.readings)
    lost = sorted(acknowledged - keys.keys())
    words = f"all {len(acknowledged):,} reports that were acknowledged are there"
    yield not lost, words, [f"report {key} is lost" for key in lost]
    yield sent == acknowledged, "what was refused was taken when it was tried again", []
    twice = [key for key, n in keys.items() if n > 1]
    alike = counts["reports"] == counts["readings"] == options.reports + len(acknowledged)
    yield alike and not twice, f"nothing is there twice, and nothing else: {counts}", twice
    yield not broken, f"the chain of {counts['acts']:,} acts holds, and every row and span", broken
    kept = KeptPlace(lambda: open_book(place, now())).ledger()
    anew = build_ledger(record.readings, record.judgements, record.revisions)
    same = kept is not None and dict(toll(kept).total.tolls) == dict(toll(anew).total.tolls)
    yield same and kept is not None and len(kept.incidents) == len(anew.incidents), (
        f"the kept ledger is what the record comes to: {len(anew.incidents):,} incidents"), []  # fmt: skip


def print_statements(place: str) -> None:
    """Print what the database spent its time on since the last restart, the most first."""
    engine = create_engine(place)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        asked = "SELECT calls, total_exec_time, rows, query FROM pg_stat_statements ORDER BY 2 DESC LIMIT 25"
        for calls, spent, rows, query in connection.exec_driver_sql(asked):
            words = " ".join(query.split())[:170]
            print(f"{calls:8,} times {spent / 1000:8.1f} s {spent / calls:9.2f} ms {rows:10,} rows  {words}")
    engine.dispose()


if __name__ == "__main__":
    main()
