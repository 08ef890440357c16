"""What the page serves and for whom; the ledger is read once per act and kept until the next."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, Literal, TypeVar, get_args

from marsad.errors import AwayError
from marsad.ledger import POLICIES, Ledger, Policy, Record, build_ledger
from marsad.model import Reading, Report
from marsad.reading import ReadingOptions, make_reading
from marsad.store import Book, KeptPlace, StandingBook, open_book
from marsad.store.book import Keeping
from marsad.store.kept_answers import Answers

Role = Literal["reader", "recorder", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: look; add reports; judge and revise; look after the accounts."""

KEPT = 6
"""How many derived ledgers are kept beside the present one: a few past days and policies."""
ANSWERS = 300
"""How many answers (tolls, changes, charts) are kept until something is recorded."""

PATIENCE = 0.25
"""How many seconds the first page waits for another writer, and how often later ones look for a turn."""
AT_ONCE = 0.002
"""How many seconds later pages wait: what they would do for the kept ledger the other writer does when it is done."""

LOOKED: ContextVar[set[int] | None] = ContextVar("looked", default=None)
"""The shelves that a request that only looks has found up to date: all parts of one answer tell of one moment."""

T = TypeVar("T")
PRESENT: tuple[datetime | None, Policy] = (None, POLICIES[0])


@dataclass(frozen=True, slots=True)
class Person:
    """Who works at the desk, and what they may do."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Say whether this person may do what `role` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Desk:
    """One ledger with its clock and reader; `accounts` is the file of the people, None for a single user."""

    ledger: str
    person: Person
    clock: Callable[[], datetime]
    options: ReadingOptions = field(default_factory=lambda: ReadingOptions(places=True))
    accounts: str | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")

    @contextmanager
    def book(self) -> Iterator[Book]:
        """Open the ledger to write to it; it is made where there is none.

        What was written is brought into the kept ledger too, so that whoever wrote sees it in the next answer.
        """
        with open_book(self.ledger, self.clock(), create=True) as book:
            yield book
            book.keep_up()

    def read(self, report: Report) -> Reading:
        """Read one report; nothing is stored."""
        return make_reading(report, self.options)


class Shelf:
    """Keeps what was derived from the record; whatever another process adds is seen at the next request.

    The ledger comes from the kept tables (`marsad.store.kept_ledger`): what is looked at is loaded, and stays in memory
    until an act touches it. A moment that these cannot tell of is derived from the whole record.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # Held for a moment only; what asks the database or takes long is done under the others, each for its own.
        self._lock = Lock()
        self._turn = Lock()
        self._alone = Alone()
        self._acts = -1
        self._keeping: Keeping = "never"
        self._not_before = 0.0
        self._looked = 0.0
        self._fault: str | None = None
        self._standing = StandingBook(desk.ledger, desk.clock)
        self._place = KeptPlace(self._standing.book)
        self._record: Record | None = None
        self._words = Record()
        self._words_at = 0
        self._ledgers: OrderedDict[tuple[datetime | None, Policy], Ledger] = OrderedDict()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._settled: dict[Hashable, Any] = {}

    def acts(self) -> int:
        """Return the act until which answers go: while it is the same, so is every answer."""
        self._fresh()
        return self._acts

    def record(self) -> Record:
        """Return all that is recorded."""
        self._fresh()
        return self._whole()

    def words(self) -> Record:
        """Return all that was said of incidents, claims and names: the record without its readings."""
        self._fresh()
        acts = self._acts
        with self._alone.at("words"):
            if self._words_at < acts:
                # The record only grows: what was said before is known.
                with self._standing.book() as book:
                    new = book.words(self._words_at, acts)
                known = self._words
                self._words = Record((), known.judgements + new.judgements, known.revisions + new.revisions)
                self._words_at = acts
            return self._words

    def days(self, number: int) -> dict[date, datetime]:
        """Return the last days (UTC) on which something was recorded, with the last moment of each, newest first."""
        with self._standing.book() as book:
            return book.days(number)

    def read_since(self, ledger: Ledger, act: int) -> tuple[int, dict[str, int]]:
        """Return how far a present ledger goes, and the reports that were read after an act, with the act that did."""
        until = ledger.answers.act if isinstance(ledger.answers, Answers) else self._acts
        if act >= until:
            return until, {}
        with self._standing.book() as book:
            return until, book.reports_read(act, until)

    def ledger(self, as_of: datetime | None = None, policy: Policy = "newest") -> Ledger:
        """Return the ledger as of a moment (None: now)."""
        self._fresh()
        asked = as_of, policy
        if (known := self._known(self._ledgers, asked)) is not None:
            return known
        with self._alone.at(asked):
            if (known := self._known(self._ledgers, asked)) is not None:
                return known
            acts = self._acts
            made = self._made(as_of, policy)
            with self._lock:
                if acts == self._acts:
                    self._ledgers[asked] = made
                    for old in [key for key in self._ledgers if key != PRESENT][:-KEPT]:
                        del self._ledgers[old]
            return made

    def _known(self, known: OrderedDict[Any, T], asked: Hashable) -> T | None:
        with self._lock:
            if asked not in known:
                return None
            known.move_to_end(asked)
            return known[asked]

    def _made(self, as_of: datetime | None, policy: Policy) -> Ledger:
        found = self._place.ledger(as_of, policy) if self._keeping != "never" else None
        if found is not None:
            return found
        record = self._whole()
        return build_ledger(record.readings, record.judgements, record.revisions, policy, as_of)

    def settled(self, asked: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` answers about days that are over: it never changes, whatever is recorded."""
        with self._lock:
            if asked in self._settled:
                found: T = self._settled[asked]
                return found
        made = make()
        with self._lock:
            self._settled[asked] = made
        return made

    def kept(self, asked: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` answers to `asked`; until something is recorded the answer is made once.

        What is asked names the function and everything that it depends on beside the record.
        """
        self._fresh()
        if (known := self._known(self._answers, asked)) is not None:
            found: T = known[0]
            return found
        with self._alone.at(asked):
            if (known := self._known(self._answers, asked)) is not None:
                return known[0]  # type: ignore[no-any-return]
            acts = self._acts
            made = make()
            with self._lock:
                if acts == self._acts:
                    self._answers[asked] = (made,)
                    while len(self._answers) > ANSWERS:
                        self._answers.popitem(last=False)
            return made

    def _fresh(self) -> None:
        """Let go of what is out of date; a request that only looks does so once."""
        looked = LOOKED.get()
        if looked is not None and id(self) in looked and self._acts >= 0:
            return
        came = time.monotonic()
        with self._turn:
            # Who waited while another looked need not look again, if that one began after they came.
            if self._looked <= came:
                begun, self._fault = time.monotonic(), None
                try:
                    with self._standing.book() as book:
                        self._look(book)
                except AwayError as error:
                    # Told to all who wait: each would else wait by itself for a server that says nothing.
                    self._fault = str(error)
                self._looked = begun
            if self._fault is not None:
                raise AwayError(self._fault)
        if looked is not None:
            looked.add(id(self))

    def _look(self, book: Book) -> None:
        acts = book.last_act()
        if acts == self._acts:
            return
        if time.monotonic() >= self._not_before:
            self._keeping = book.keep_up(PATIENCE if self._acts < 0 else AT_ONCE)
            if self._keeping == "soon":
                self._not_before = time.monotonic() + PATIENCE
        if self._keeping == "soon":
            # Another writer is at work, on linking say: until it is done the page shows what is kept by now.
            acts = book.kept_through()
            if acts == self._acts:
                return
        with self._lock:
            self._acts, self._record = acts, None
            self._ledgers.clear()
            self._answers.clear()

    def _whole(self) -> Record:
        with self._alone.at("record"):
            acts, known = self._acts, self._record
            if known is not None:
                return known
            with self._standing.book() as book:
                found = book.record()
            with self._lock:
                if acts == self._acts:
                    self._record = found
            return found


class Alone:
    """Lets each thing be made by one thread at a time: who asks for it meanwhile waits for that and nothing else."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._turns: dict[Hashable, Lock] = {}
        self._asking: Counter[Hashable] = Counter()

    @contextmanager
    def at(self, what: Hashable) -> Iterator[None]:
        """Wait until nobody else is at a thing, and be at it."""
        with self._lock:
            turn = self._turns.setdefault(what, Lock())
            self._asking[what] += 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                self._asking[what] -= 1
                if not self._asking[what]:
                    del self._asking[what], self._turns[what]
