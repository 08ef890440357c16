"""What was asked of all incidents, kept from act to act: only the incidents that an act moved are looked at again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from marsad.ledger import Selection
from marsad.serve.desk import Shelf
from marsad.store.kept import Kept
from marsad.store.kept_answers import Answers

MOST = 40
"""How many answers are kept: those of the views that were asked for last."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The rows of the incidents that a selection took and takes no more, or not as they were; and of the new ones."""

    gone: Sequence[Any]
    come: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which incidents, by which columns; `make` answers it, `move` brings an answer up to date.

    An answer is never altered: `move` returns a new one.
    """

    name: Hashable
    wanted: Selection
    columns: tuple[str, ...]
    make: Callable[[Kept], Any]
    move: Callable[[Kept, Any, Moved], Any]


class _Moving:
    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def answer(self, answers: Answers, asked: Question) -> Any:
        key = asked.name, asked.wanted, asked.columns
        with self._lock:
            known = self._known.get(key)
        with answers.place.asked(answers.act) as kept:
            if known is None or known[0] > answers.act:
                found = asked.make(kept)
            elif known[0] == answers.act:
                found = known[1]
            else:
                found = asked.move(kept, known[1], Moved(*kept.moved(known[0], asked.columns, asked.wanted)))
        with self._lock:
            self._known[key] = answers.act, found
            self._known.move_to_end(key)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return found


_ALL: WeakKeyDictionary[Shelf, _Moving] = WeakKeyDictionary()
_MAKING = Lock()


def answered(shelf: Shelf, answers: Answers, asked: Question) -> Any:
    """Return the answer to a question; one about the present is made once, and moved along with every act."""
    if answers.as_of is not None:
        with answers.place.asked(answers.act) as kept:
            return asked.make(kept)
    with _MAKING:
        moving = _ALL.setdefault(shelf, _Moving())
    return moving.answer(answers, asked)
