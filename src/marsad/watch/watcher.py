"""Watches: round after round, polls what is due, reads what is new, links, tells, and sleeps until the next is due."""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO

from marsad.errors import AwayError, BadInputError, LedgerError
from marsad.fetch import Fetcher, Manners
from marsad.fetch.pace import Time
from marsad.model import Report
from marsad.monitor import Ingested, Recorder, ingest
from marsad.relink import link_book
from marsad.store import Book, open_book
from marsad.watch import outbox
from marsad.watch.entries import next_turn, standing_of
from marsad.watch.log import Log
from marsad.watch.outputs import Ways
from marsad.watch.poll import peek, poll
from marsad.watch.room import Room
from marsad.watch.sources import Feed, Sources
from marsad.watch.state import State, state_place
from marsad.watch.status import try_outputs
from marsad.watch.telling import Teller
from marsad.watch.turns import read_waiting

SLACK = 0.1
"""A poll may come early by this share of its interval, so that a cron job of the same interval never misses one."""
AWAY_SECONDS = 10
"""After so long a ledger whose server was away is tried again."""
LONGEST_SLEEP = timedelta(minutes=5)
"""After this long the ledger is looked at for changes by others, whatever the feeds do."""


class StopError(Exception):
    """The program was asked to end while it waited."""


@dataclass(slots=True)
class Stop:
    """Whether the program was asked to end; waiting ends at once when it is."""

    event: threading.Event = field(default_factory=threading.Event)

    def sleep(self, seconds: float) -> None:
        """Wait; raise StopError where the program is asked to end meanwhile."""
        if self.event.wait(seconds):
            raise StopError


@dataclass(slots=True)
class Settings:
    """What a watcher is made of, besides the file of sources: the ledger, who records, and the world outside."""

    ledger: str
    recorder: Recorder
    log: Log
    stdout: IO[str]
    clock: Callable[[], datetime]
    keep: bool = True
    allow_private: bool = False
    stop: Stop = field(default_factory=Stop)
    time: Time | None = None


class Watcher:
    """Watches the sources of one file for one ledger; only one at a time, for one state."""

    def __init__(self, sources: Sources, settings: Settings, state: State) -> None:
        self._sources, self._settings, self._state = sources, settings, state
        self._fetchers: dict[bool, Fetcher] = {}
        self._seal: str | None = None
        ways = Ways(settings.stdout, self._fetcher)
        self._teller = Teller(sources, state, settings.log, ways, settings.clock)

    def round(self) -> None:
        """Poll all sources that are due, read what is new, link, and tell of what changed."""
        settings = self._settings
        with open_book(settings.ledger, settings.clock(), create=True) as book:
            self._take_on(book)
            room = self._room(book)
            for feed in self._sources.feeds:
                if self._is_due(feed) and not settings.stop.event.is_set():
                    poll(feed, room)
            for feed in self._sources.feeds:
                read_waiting(feed, room)
            link_book(book, settings.clock)
            self._state.belong_to(self._first_seal(book))
            self._teller.decide(book)
        self._teller.send(settings.stop.event.is_set)

    def look(self) -> Iterator[tuple[Feed, str]]:
        """Yield what a round would read, without keeping or recording anything."""
        settings = self._settings
        room = Room(self._sources, self._state, settings.log, self._fetcher_of, _record_nothing, settings.clock)
        for feed in self._sources.feeds:
            try:
                found = peek(feed, room)
            except BadInputError as error:
                settings.log.tell("trouble", str(error), source=feed.name, address=feed.address)
                continue
            yield from ((feed, entry.address or entry.key) for entry in found)

    def try_outputs(self) -> Iterator[tuple[str, str | None]]:
        """Send a trial alert by every way out; yield its name, and what kept it from being taken."""
        return try_outputs(self._sources, self._teller.ways, self._settings.clock())

    def pause_seconds(self) -> float:
        """Return how long nothing is due; never longer than LONGEST_SLEEP."""
        now = self._settings.clock()
        dues = [standing_of(self._state, feed.name).due for feed in self._sources.feeds]
        dues += [outbox.next_due(self._state), next_turn(self._state, (feed.name for feed in self._sources.feeds))]
        earliest = min((due for due in dues if due is not None), default=now + LONGEST_SLEEP)
        return max(1.0, min(earliest - now, LONGEST_SLEEP).total_seconds())

    def close(self) -> None:
        """Close all connections."""
        for fetcher in self._fetchers.values():
            fetcher.close()

    def _take_on(self, book: Book) -> None:
        """Make sure that state and ledger belong together, and that alerts begin with what comes from now on."""
        if not self._state.belong_to(self._first_seal(book)):
            words = f"the ledger {self._settings.ledger} is another than before: everything is read anew for it"
            self._settings.log.tell("anew", words)
        self._teller.begin(book)

    def _first_seal(self, book: Book) -> str | None:
        """Return by what the ledger is recognised; looked up once, since a server would send the whole log for it."""
        if self._seal is None:
            first = next(iter(book.acts()), None)
            self._seal = first.seal if first else None
        return self._seal

    def _room(self, book: Book) -> Room:
        settings = self._settings

        def record(report: Report, raw: bytes) -> Ingested:
            (done,) = ingest([(report, raw) if settings.keep else report], book, settings.recorder)
            return done

        mark = f"{Manners().user_agent} {settings.recorder.extractor}"
        stopping = settings.stop.event.is_set
        return Room(self._sources, self._state, settings.log, self._fetcher_of, record, settings.clock, stopping, mark)

    def _fetcher_of(self, feed: Feed) -> Fetcher:
        return self._fetcher(feed.allow_private)

    def _fetcher(self, allow_private: bool) -> Fetcher:
        allowed = allow_private or self._settings.allow_private
        if allowed not in self._fetchers:
            manners = Manners(self._sources.fetching, self._sources.contact, allowed)
            time = self._settings.time or Time(sleep=self._settings.stop.sleep, now=self._settings.clock)
            self._fetchers[allowed] = Fetcher(manners, time)
        return self._fetchers[allowed]

    def _is_due(self, feed: Feed) -> bool:
        due = standing_of(self._state, feed.name).due
        return due is None or self._settings.clock() >= due - feed.every * SLACK


@contextmanager
def watching(sources: Sources, settings: Settings) -> Iterator[Watcher]:
    """Give a watcher that holds its state alone; raise LedgerError where another program holds it."""
    place = state_place(settings.ledger)
    with ExitStack() as stack:
        state = stack.enter_context(State(place))
        lock = stack.enter_context(place.with_name(f"{place.name}.lock").open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LedgerError(f"another marsad watch is at work for {settings.ledger}; one is enough") from None
        watcher = Watcher(sources, settings, state)
        stack.callback(watcher.close)
        yield watcher


def watch(sources: Sources, settings: Settings, *, once: bool = False) -> None:
    """Watch until asked to stop, or for one round."""
    log = settings.log
    with watching(sources, settings) as watcher:
        log.tell("started", f"{len(sources.feeds)} sources, {len(sources.rules)} alerts; ledger: {settings.ledger}")
        try:
            while not settings.stop.event.is_set():
                try:
                    watcher.round()
                except AwayError as error:
                    # A server that is restarted comes back; what was begun is kept, and gone on with then.
                    if once:
                        raise
                    log.tell("trouble", str(error))
                    settings.stop.sleep(AWAY_SECONDS)
                    continue
                if once:
                    break
                settings.stop.sleep(watcher.pause_seconds())
        except StopError:
            pass
        except sqlite3.Error as error:
            raise LedgerError(
                f"{state_place(settings.ledger)}: cannot be read or written ({error}); make room, or check the disk"
            ) from error
        log.tell("stopped", "asked to stop" if settings.stop.event.is_set() else "one round is done")


def _record_nothing(report: Report, raw: bytes) -> Ingested:
    raise LedgerError(f"{report.id}: nothing is recorded now ({len(raw)} bytes)")
