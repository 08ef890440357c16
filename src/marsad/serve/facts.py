"""What the review desk and the lists of unknown names need to know of readings, gathered once for each report.

A kept ledger opens reports only where they are looked at; to open all of a large one takes minutes. So each report is
gone through once per process, a large ledger's in the background, and only new ones after that.
"""

import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread, Timer
from weakref import WeakKeyDictionary

from marsad.errors import LedgerError
from marsad.ledger import Ledger, RecordedReading
from marsad.ledger.names import plain_name
from marsad.ledger.record import members_of
from marsad.serve.desk import Shelf

UNSURE = 0.7
"""Below this confidence of an incident a person looks; about one in fifteen on reports of our own."""
PAUSE = 0.05
"""Seconds left to others after so many reports."""
WAITS = 20.0
"""Seconds before that begins."""
AT_ONCE = 500
"""So many new reports are gone through before a page answers; of more the rest is done in the background."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one reading says that a person should know: its warnings, doubtful incidents, names that nothing fits."""

    warnings: tuple[str, ...]
    doubtful: tuple[tuple[str, float], ...]
    unknown: tuple[str, ...]
    country: str | None
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was gathered until now, by the report's key, of those that say anything; `missing` are still to be read."""

    facts: dict[str, Facts]
    missing: int
    version: int


class _Gatherer:
    def __init__(self) -> None:
        self._lock = Lock()
        self.turn = Lock()
        """Held from asking what is new until it is noted."""
        self._facts: dict[str, Facts] = {}
        self._missing: dict[str, int] = {}
        self._through = 0
        self._version = 0
        self._thread: Thread | None = None

    def gathered(self, ledger: Ledger, act: int, read: Mapping[str, int]) -> Gathered:
        """Return what is known, after going through what is new or beginning to.

        `read` are the reports that were read since the last time, until `act`, with the act that did.
        """
        with self._lock:
            self._missing.update(read)
            self._through = act
            if 0 < len(self._missing) <= AT_ONCE:
                self._add({key: facts_of(ledger.readings[key]) for key in self._missing}, act)
            elif self._missing and (self._thread is None or not self._thread.is_alive()):
                # Whoever opened the page is answered first: two threads would take turns and both be late.
                self._thread = Timer(WAITS, self._go_through, (ledger, act))
                self._thread.daemon = True
                self._thread.start()
            return Gathered(self._facts, len(self._missing), self._version)

    @property
    def through(self) -> int:
        """The act until which it is known which reports were read."""
        return self._through

    def _go_through(self, ledger: Ledger, act: int) -> None:
        # Where the ledger's server goes meanwhile, the next page begins it again with what is still missing.
        with suppress(LedgerError):
            self._add_all(ledger, act)

    def _add_all(self, ledger: Ledger, act: int) -> None:
        found: dict[str, Facts | None] = {}
        # Walked from first to last the readings are loaded some hundred at a time.
        for number, (key, recorded) in enumerate(ledger.readings.items()):
            if number % AT_ONCE == 0:
                time.sleep(PAUSE)
            found[key] = facts_of(recorded)
            if len(found) >= AT_ONCE * 10:
                with self._lock:
                    self._add(found, act)
                found = {}
        with self._lock:
            self._add(found, act)

    def _add(self, found: Mapping[str, Facts | None], act: int) -> None:
        # What was read anew meanwhile is still to be gone through.
        done = {key: facts for key, facts in found.items() if self._missing.get(key, act + 1) <= act}
        facts = {key: each for key, each in self._facts.items() if key not in done}
        self._facts = facts | {key: each for key, each in done.items() if each is not None}
        self._missing = {key: at for key, at in self._missing.items() if key not in done}
        self._version += 1


_GATHERERS: WeakKeyDictionary[Shelf, _Gatherer] = WeakKeyDictionary()
_MAKING = Lock()


def gathered_of(shelf: Shelf) -> Gathered:
    """Return what is known of the readings that stand."""
    with _MAKING:
        gatherer = _GATHERERS.setdefault(shelf, _Gatherer())
    ledger = shelf.ledger()
    with gatherer.turn:
        act, read = shelf.read_since(ledger, gatherer.through)
        return gatherer.gathered(ledger, act, read)


def facts_of(recorded: RecordedReading) -> Facts | None:
    """Return what a person should know of one reading; None where there is nothing."""
    reading = recorded.reading
    members = members_of(recorded)
    doubtful = tuple((m.id, m.incident.confidence) for m in members if m.incident.confidence < UNSURE)
    unknown = tuple(one.span.quote for one in reading.places if one.where.name is None and plain_name(one.span.quote))
    if not (reading.warnings or doubtful or unknown):
        return None
    countries = Counter(claim.where.country for claim in reading.claims if claim.where and claim.where.country)
    country = countries.most_common(1)[0][0] if countries else None
    return Facts(reading.warnings, doubtful, unknown, country, tuple(member.id for member in members))
