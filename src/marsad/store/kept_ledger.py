"""A ledger that loads what is looked at: the same type as a derived one, read from the kept tables page by page."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from threading import Lock
from typing import TypeVar

from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.ground import renamed
from marsad.ledger.policy import Policy
from marsad.ledger.record import Member, RecordedReading
from marsad.ledger.tolls import Selection
from marsad.model import Judgement, Revision
from marsad.store.bodies import incident_from
from marsad.store.book import Book
from marsad.store.kept import Kept
from marsad.store.kept_answers import USUAL, Answers
from marsad.store.lazy import Counted, Lazy

Value = TypeVar("Value")
INCIDENTS_KEPT = 250_000
"""How many incidents stay in memory once they were looked at."""
SINGLE_INCIDENTS = 2
"""After so many incidents whose reports were looked at those of all that were loaded with them are."""
SINGLE = 8
"""From so many single look-ups on a mapping is loaded as a whole."""


class KeptPlace:
    """A place whose kept ledger is asked; what was looked at stays in memory, since rows never change."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Book]]) -> None:
        self._opened = opened
        self._lock = Lock()
        self._incidents: OrderedDict[tuple[int, Policy], LedgerIncident] = OrderedDict()

    @contextmanager
    def asked(self, act: int) -> Iterator[Kept]:
        """Give the kept ledger as of an act."""
        with self._opened() as book, book.kept_at(act) as kept:
            yield kept

    def ledger(self, as_of: datetime | None = None, policy: Policy = "newest") -> Ledger | None:
        """Return the ledger as of a moment (None: now); None where the kept one cannot say what was known then."""
        with self._opened() as book, book.kept(as_of) as kept:
            return None if kept is None else self._made(kept, as_of, policy)

    def _made(self, kept: Kept, as_of: datetime | None, policy: Policy) -> Ledger:
        act = kept.act
        answers = Answers(self, act, policy, as_of)
        made = Ledger(
            as_of,
            policy,
            # To count those of a past day takes a walk over all, and whoever asks what changed since needs no number.
            Lazy(Counted(partial(self._count, act), partial(self._numbers, act, True)), answers.incidents),
            Lazy(kept.running_numbers(Selection()), answers.running),
            _Heirs(self, act),
            _Readings(self, act),
            Counted(partial(self._counted, act, Kept.count_judgements), partial(self._judgements, act)),
            Lazy(self._some(kept.count(kept.chosen(Selection(), stands=False)), act), answers.incidents),
            _Parts(self, act),
            Counted(partial(self._counted, act, Kept.count_revisions), partial(self._revisions, act)),
            answers,
        )
        answers.whole, answers.readings = made.incidents, made.readings
        return made

    def _counted(self, act: int, count: Callable[[Kept], int]) -> int:
        with self.asked(act) as kept:
            return count(kept)

    def _some(self, number: int, act: int) -> Sequence[int]:
        return Counted(number, partial(self._numbers, act, False))

    def _count(self, act: int) -> int:
        with self.asked(act) as kept:
            return kept.count_chosen(Selection())

    def _numbers(self, act: int, stands: bool) -> list[int]:
        with self.asked(act) as kept:
            return kept.numbers(kept.chosen(Selection(), stands=stands))

    def incidents(self, numbers: Sequence[int], act: int, policy: Policy) -> list[LedgerIncident]:
        """Return incidents by the numbers of their rows."""
        with self._lock:
            found = {number: self._incidents.get((number, policy)) for number in numbers}
            missing = [number for number, one in found.items() if one is None]
        if missing:
            new = self._new(missing, act, policy)
            found.update(new)
            with self._lock:
                self._incidents.update(((number, policy), one) for number, one in new.items())
                while len(self._incidents) > INCIDENTS_KEPT:
                    self._incidents.popitem(last=False)
        return [one for number in numbers if (one := found[number]) is not None]

    def _new(self, numbers: Sequence[int], act: int, policy: Policy) -> dict[int, LedgerIncident]:
        with self.asked(act) as kept:
            if policy != USUAL:
                return dict(zip(numbers, kept.incidents(numbers, policy), strict=True))
            rows = kept.bodies(numbers)
        members = _Members(self, numbers, act)
        return {
            number: incident_from(rows[number], partial(members.of, number), policy)
            for number in numbers
            if number in rows
        }

    def running(self, numbers: Sequence[int], act: int) -> list[RunningTotal]:
        """Return running totals by the numbers of their rows."""
        with self.asked(act) as kept:
            return kept.running(numbers)

    def _judgements(self, act: int) -> list[Judgement]:
        with self.asked(act) as kept:
            aliases = kept.aliases()
            return [renamed(word, aliases) for word in kept.judgements()]

    def _revisions(self, act: int) -> list[Revision]:
        with self.asked(act) as kept:
            return kept.revisions()


class _Members:
    """The members of incidents that were loaded together: one by one at first, then those of all."""

    def __init__(self, place: KeptPlace, numbers: Sequence[int], act: int) -> None:
        self._place = place
        self._act = act
        self._waiting = dict.fromkeys(numbers)
        self._loaded: dict[int, Sequence[Member]] = {}

    def of(self, number: int) -> Sequence[Member]:
        """Return the members of the incident of a row."""
        if number not in self._loaded:
            wanted = [number] if len(self._loaded) < SINGLE_INCIDENTS else list(self._waiting)
            with self._place.asked(self._act) as kept:
                found = kept.incidents(wanted, USUAL)
            for name, one in zip(wanted, found, strict=True):
                self._loaded[name] = one.members
                self._waiting.pop(name, None)
        return self._loaded[number]


class _Loaded(Mapping[str, Value]):
    """A mapping of which single values are asked for, until so many were that all are loaded."""

    def __init__(self, place: KeptPlace, act: int) -> None:
        self._place = place
        self._act = act
        self._single: dict[str, Value | None] = {}
        self._all: Mapping[str, Value] | None = None

    def __getitem__(self, key: str) -> Value:
        if self._all is None and key not in self._single and len(self._single) >= SINGLE:
            self._whole()
        if self._all is not None:
            return self._all[key]
        if key not in self._single:
            with self._place.asked(self._act) as kept:
                self._single[key] = self._one(kept, key)
        value = self._single[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> Mapping[str, Value]:
        if self._all is None:
            with self._place.asked(self._act) as kept:
                self._all = self._every(kept)
        return self._all

    def _one(self, kept: Kept, key: str) -> Value | None:
        raise NotImplementedError

    def _every(self, kept: Kept) -> Mapping[str, Value]:
        raise NotImplementedError


class _Heirs(_Loaded[str]):
    def _one(self, kept: Kept, key: str) -> str | None:
        return kept.heir(key)

    def _every(self, kept: Kept) -> Mapping[str, str]:
        return kept.heirs(["heir"])


class _Parts(_Loaded[tuple[str, ...]]):
    def _one(self, kept: Kept, key: str) -> tuple[str, ...] | None:
        return self._every(kept).get(key)

    def _every(self, kept: Kept) -> Mapping[str, tuple[str, ...]]:
        return kept.parts()


class _Readings(Mapping[str, RecordedReading]):
    """The readings that stand, by report; those of some reports at a time where somebody walks over all."""

    def __init__(self, place: KeptPlace, act: int) -> None:
        self._place = place
        self._act = act
        self._keys: list[str] | None = None
        self._near: dict[str, RecordedReading] = {}
        self._ahead: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> RecordedReading:
        near, ahead = self._near, self._ahead
        if key not in near and key in ahead:
            # Somebody walks over all and looks at them; who walks over the keys alone loads nothing.
            with self._place.asked(self._act) as kept:
                self._near = near = kept.standing_readings(ahead)
        if key in near:
            return near[key]
        with self._place.asked(self._act) as kept:
            return kept.standing_readings([key])[key]

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        with self._place.asked(self._act) as kept:
            return kept.has_report(key)

    def __iter__(self) -> Iterator[str]:
        keys = self._reports()
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            self._ahead = frozenset(some)
            yield from some
        self._ahead = frozenset()

    def __len__(self) -> int:
        return len(self._reports())

    def __bool__(self) -> bool:
        with self._place.asked(self._act) as kept:
            return kept.has_readings()

    def _reports(self) -> list[str]:
        if self._keys is None:
            with self._place.asked(self._act) as kept:
                self._keys = kept.report_keys()
        return self._keys
