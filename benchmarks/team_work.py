"""What the people of benchmarks.team do: readers ask the page, writers add reports; each notes how it went."""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote

from benchmarks.linking import GROUPS, World

from marsad.errors import MarsadError
from marsad.ledger.record import report_key
from marsad.model import Reading, Report
from marsad.monitor import Recorder, ingest
from marsad.relink import link_book
from marsad.store import open_book, patiently
from marsad.store.engines import BUSY_SECONDS

OK, TOLD, ODD = "ok", "told", "odd"
"""It went well; it did not and was told so in plain words; anything else, which should not be."""
MANY = 1_000_000
FIRST_SEED = 100
SHARED = 4
"""Every so many reports a writer adds one that all writers have."""
AGAIN = 0.5
"""Seconds until a writer that was refused tries the same report again."""
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that somebody did: when it began (monotonic), how long it took, how it went; `report` is its key."""

    who: str
    kind: str
    begun: float
    seconds: float
    outcome: str
    words: str = ""
    report: str = ""


def reports_of(writer: int, shared: bool) -> Iterator[Reading]:
    """Yield a writer's reports with their readings: its own, and among them, where `shared`, some that others have."""
    own, all_have = (World(seed).readings(MANY) for seed in (FIRST_SEED + writer, FIRST_SEED - 1))
    for n in range(MANY):
        yield next(all_have if shared and n % SHARED == 0 else own)


class Writer:
    """Adds its reports one by one until told to stop, each until it is acknowledged."""

    def __init__(self, name: int, kind: str, rest: float, note: Callable[[Noted], None]) -> None:
        self._name, self._rest, self._note, self._kind = name, rest, note, kind

    def work(self, add: Callable[[Reading], str], until: Callable[[], bool], shared: bool = True) -> None:
        """Add reports by `add`, which returns what became of one; raises MarsadError where it was told of a fault."""
        wait = random.Random(self._name)
        for reading in reports_of(self._name, shared):
            if until():
                return
            while not self._added(reading, add):
                time.sleep(AGAIN)
            time.sleep(wait.expovariate(1 / self._rest) if self._rest else 0)

    def _added(self, reading: Reading, add: Callable[[Reading], str]) -> bool:
        begun, outcome = time.monotonic(), OK
        try:
            words = add(reading)
        except MarsadError as error:
            outcome, words = TOLD, str(error)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is what we look for)
            outcome, words = ODD, f"{type(error).__name__}: {error}"
        seconds = time.monotonic() - begun
        key = report_key(reading.report)
        self._note(Noted(f"writer {self._name}", self._kind, begun, seconds, outcome, words[:300], key))
        return outcome == OK


def write_on(place: str, name: int, rest: float, folder: str) -> None:
    """Add reports as `marsad add` does, the ledger opened for each, until the file `stop` is in the folder."""
    with (Path(folder) / f"writer{name}.jsonl").open("w", buffering=1) as out:
        writer = Writer(name, "marsad add", rest, lambda noted: print(json.dumps(asdict(noted)), file=out))
        writer.work(lambda reading: add(place, f"writer {name}", reading), (Path(folder) / "stop").exists)


def add(place: str, who: str, reading: Reading) -> str:
    """Add one report as the command line does: recorded, linked, and the kept ledger brought up to date."""
    report = reading.report
    recorder = Recorder(who, "made", lambda _: reading, now)
    with open_book(place, now(), create=True) as book:
        (done,) = ingest([(report, report.text.encode())], book, recorder, BUSY_SECONDS)
        patiently(lambda: link_book(book, now))
        patiently(book.keep_up)
    return done.outcome


def now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


class RefusedError(MarsadError):
    """The page said that it cannot do it now."""


class Visitor:
    """One person at the page, with an address and a connection of their own."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        # Any address of 127.0.0.0/8 is this machine: the page counts requests by address.
        self._source = f"127.0.{1 + number // 250}.{1 + number % 250}"
        self._connection = self._opened()

    def _opened(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT, source_address=(self._source, 0))

    def ask(self, path: str, sent: Mapping[str, Any] | None = None) -> tuple[int, bytes]:
        """Return the status and the words of an answer; a connection that the page had closed is opened again.

        What is sent goes by a new connection: pages close those that rest, and who sends must not send twice.
        """
        if sent is not None:
            self._connect()
            return self._answer("POST", path, json.dumps(sent), {"Content-Type": "application/json"})
        try:
            return self._answer("GET", path)
        except (HTTPException, OSError):
            self._connect()
            return self._answer("GET", path)

    def _answer(self, *asked: Any) -> tuple[int, bytes]:
        self._connection.request(*asked)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def _connect(self) -> None:
        self._connection.close()
        self._connection = self._opened()

    def add(self, reading: Reading) -> str:
        """Add one report by the API; raise RefusedError where the page says that it cannot now."""
        report: Report = reading.report
        day = report.published.isoformat() if report.published else None
        sent = {
            "text": report.text,
            "publisher": report.publisher,
            "published": day,
            "id": report.id,
            "title": report.title,
        }
        status, words = self.ask("/api/v1/reports", sent)
        if status == 503:
            raise RefusedError(words.decode()[:300])
        if status not in (200, 201):
            raise ValueError(f"{status} {words[:300].decode(errors='replace')}")
        return str(json.loads(words)["outcome"])


@dataclass(frozen=True, slots=True)
class Met:
    """What there is to ask for: ids of incidents, names of towns, keys of cases."""

    ids: list[str]
    towns: list[str]
    cases: list[str]


def questions(met: Met, seed: int) -> Iterator[tuple[str, str]]:
    """Yield what one person asks: (kind, path), for ever."""
    chance = random.Random(seed)
    while True:
        kind = chance.choice(KINDS)
        yield kind, _path(kind, chance, met)


KINDS = ("incidents, filtered", "incidents, a page", "toll", "toll, filtered", "one incident", "its page", "a case")


def _path(kind: str, chance: random.Random, met: Met) -> str:
    since = f"{chance.randrange(2020, 2024)}-0{chance.randrange(1, 9)}-01"
    side = quote(f"group {chance.randrange(GROUPS)}")
    if kind == "incidents, filtered":
        return f"/api/v1/incidents?perpetrator={side}&since={since}&limit=50&offset={50 * chance.randrange(4)}"
    if kind == "incidents, a page":
        return f"/incidents?since={since}&page={chance.randrange(1, 20)}"
    if kind == "toll":
        return f"/api/v1/toll?by={chance.choice(('perpetrator', 'country', 'month', 'year', 'victims', 'source'))}"
    if kind == "toll, filtered":
        return f"/api/v1/toll?by=month&place={quote(chance.choice(met.towns))}&since={since}"
    one = chance.choice(met.ids)
    if kind == "a case":
        return f"/review?case={quote(chance.choice(met.cases) if met.cases else f'incident:{one}')}"
    return f"/api/v1/incidents/{one}" if kind == "one incident" else f"/incidents/{one}"


class Reader(Thread):
    """One person who looks: asks, reads for some seconds, asks again, until told to stop."""

    def __init__(self, port: int, number: int, rest: float, met: Met, stop: Event) -> None:
        super().__init__(daemon=True)
        self._visitor, self._number, self._rest, self._met, self._stopping = (
            Visitor(port, number), number, rest, met, stop,
        )  # fmt: skip
        self.noted: list[Noted] = []

    def run(self) -> None:
        """Ask until told to stop."""
        wait = random.Random(self._number)
        for kind, path in questions(self._met, self._number):
            if self._stopping.wait(wait.expovariate(1 / self._rest) if self._rest else 0):
                return
            self.noted.append(self._asked(kind, path))

    def _asked(self, kind: str, path: str) -> Noted:
        begun, outcome, words = time.monotonic(), ODD, ""
        try:
            status, body = self._visitor.ask(path)
        except (HTTPException, OSError) as error:
            words = f"{type(error).__name__}: {error}"
        else:
            outcome = {200: OK, 503: TOLD}.get(status, ODD)
            words = "" if outcome == OK else f"{status} {_plain(body)}"
        return Noted(f"reader {self._number}", kind, begun, time.monotonic() - begun, outcome, words)


def _plain(body: bytes) -> str:
    """Return the words of a fault, of a page those that its main part begins with."""
    words = body.decode(errors="replace")
    with suppress(ValueError, KeyError, TypeError):
        return str(json.loads(words)["error"])[:300]
    return (
        " ".join(words.partition('class="fault"')[2].partition(">")[2].partition("<")[0].split())[:300] or words[:300]
    )


def noted_in(folder: Path) -> list[Noted]:
    """Return what writers of other processes noted."""
    return [Noted(**json.loads(line)) for path in sorted(folder.glob("writer*.jsonl")) for line in path.open()]
