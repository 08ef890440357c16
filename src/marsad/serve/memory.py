"""What the review desk found of pairs and incidents, kept from act to act."""

from collections.abc import Iterable
from threading import Lock
from weakref import WeakKeyDictionary

from marsad.ledger import LedgerIncident, Policy, Record
from marsad.link.cluster import pair_of, standing_words
from marsad.model import Judgement
from marsad.serve.cases import Reason, is_doubtful, reasons_of
from marsad.serve.desk import Shelf


class Memory:
    """What was found of pairs and incidents, kept from act to act: only what is new or has moved is looked at again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said = 0
        self._words: dict[tuple[str, str], list[Judgement]] = {}
        self._doubtful: dict[tuple[str, str], Judgement] = {}
        self._checked: dict[Policy, dict[str, tuple[LedgerIncident, tuple[Reason, ...]]]] = {}

    def doubtful(self, record: Record) -> list[Judgement]:
        """Return the standing words that a person should look at; the record's words only ever grow."""
        with self._lock:
            new = record.judgements[self._said :]
            self._said = len(record.judgements)
            for word in new:
                self._words.setdefault(pair_of(word), []).append(word)
            for pair in {pair_of(word) for word in new}:
                standing = standing_words(self._words[pair]).get(pair)
                self._doubtful.pop(pair, None)
                if standing is not None and is_doubtful(standing):
                    self._doubtful[pair] = standing
            return list(self._doubtful.values())

    def checked(self, policy: Policy, incidents: Iterable[LedgerIncident]) -> dict[str, tuple[Reason, ...]]:
        """Return, per incident of which there is anything to say, what speaks for a look at it."""
        with self._lock:
            before = self._checked.get(policy, {})
            now = {}
            for one in incidents:
                known = before.get(one.id)
                if known is None or known[0] is not one:
                    known = one, reasons_of(one)
                now[one.id] = known
            self._checked = {policy: now}
            return {name: reasons for name, (_, reasons) in now.items() if reasons}


_MEMORIES: WeakKeyDictionary[Shelf, Memory] = WeakKeyDictionary()
_MAKING = Lock()


def memory_of(shelf: Shelf) -> Memory:
    """Return the memory of one desk."""
    with _MAKING:
        return _MEMORIES.setdefault(shelf, Memory())
