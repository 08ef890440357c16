"""Where many ids lead today, kept from act to act: only those that led to incidents that moved are asked for again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from marsad.ledger import Selection
from marsad.serve.desk import Shelf
from marsad.store.kept import Kept
from marsad.store.kept_answers import Answers

MANY = 5_000
"""From so many ids on all incidents are read: they come faster in one go than by name."""
COLUMNS = ("number", "id", "killed_best")


@dataclass(frozen=True, slots=True)
class Lead:
    """An incident that answers for an id: the number of its row, its own id, and how many died by the best figure."""

    number: int
    id: str
    dead: int


class _Leads:
    def __init__(self) -> None:
        self._lock = Lock()
        self._act = -1
        self._leads: dict[str, Lead] = {}
        self._names: dict[str, set[str]] = {}
        self._nowhere: set[str] = set()

    def of(self, answers: Answers, names: Collection[str]) -> Mapping[str, Lead]:
        """Return the leads of names, and of others that were asked for before; those that lead nowhere are missing."""
        with self._lock, answers.place.asked(answers.act) as kept:
            if self._act > answers.act:
                self._leads, self._names, self._nowhere = {}, {}, set()
            elif 0 <= self._act < answers.act:
                self._forget(kept)
            self._act = answers.act
            new = {name for name in names if name not in self._leads and name not in self._nowhere}
            if new:
                found = _found(kept, new)
                # The old mapping may be walked over by others.
                self._leads = {**self._leads, **found}
                self._nowhere |= new - found.keys()
                for name, lead in found.items():
                    self._names.setdefault(lead.id, set()).add(name)
            return self._leads

    def _forget(self, kept: Kept) -> None:
        gone, come = kept.moved(self._act, COLUMNS, Selection())
        moved = {name for row in gone for name in self._names.pop(row.id, ())}
        if moved:
            self._leads = {name: lead for name, lead in self._leads.items() if name not in moved}
        if come:
            self._nowhere = set()


def _found(kept: Kept, names: Collection[str]) -> dict[str, Lead]:
    if len(names) > MANY:
        every = kept.chosen(Selection())
        known = {row.id: Lead(row.number, row.id, row.killed_best or 0) for row in kept.rows(COLUMNS, every)}
        heirs = kept.heirs_of([name for name in names if name not in known])
    else:
        heirs = kept.heirs_of(names)
        rows = kept.standing({*heirs.values()}, COLUMNS)
        known = {row.id: Lead(row.number, row.id, row.killed_best or 0) for row in rows}
    # An incident answers for its own id.
    heads = ((name, name if name in known else heirs.get(name)) for name in names)
    return {name: known[head] for name, head in heads if head is not None}


_ALL: WeakKeyDictionary[Shelf, _Leads] = WeakKeyDictionary()
_MAKING = Lock()


def leads_of(shelf: Shelf, names: Collection[str]) -> Mapping[str, Lead] | None:
    """Return the incidents of today to which ids lead; None where the tables do not say."""
    ledger = shelf.ledger()
    if not isinstance(ledger.answers, Answers) or not ledger.answers.knows(ledger):
        return None
    with _MAKING:
        leads = _ALL.setdefault(shelf, _Leads())
    return leads.of(ledger.answers, names)
