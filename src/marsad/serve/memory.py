"""What the review desk found of pairs and incidents, kept from act to act."""

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from marsad.ledger import LedgerIncident, Policy, Record, Selection
from marsad.link.cluster import pair_of, standing_words
from marsad.model import Judgement
from marsad.serve.cases import (
    SUSPECT,
    PairCase,
    Reason,
    can_be_suspect,
    is_doubtful,
    one_question_each,
    pair_weight,
    reasons_of,
)
from marsad.serve.desk import Shelf
from marsad.serve.leads import Lead, leads_of
from marsad.serve.moving import Moved, Question, answered
from marsad.store.kept import Kept
from marsad.store.kept_answers import Answers
from marsad.store.lazy import Lazy


class Memory:
    """What was found of pairs and incidents, kept from act to act: only what is new or has moved is looked at again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said = 0
        self._words: dict[tuple[str, str], list[Judgement]] = {}
        self._doubtful: dict[tuple[str, str], Judgement] = {}
        self._cases: dict[tuple[str, str], tuple[Judgement, Lead, Lead, PairCase]] = {}
        self._suspects: dict[int, tuple[LedgerIncident, tuple[Reason, ...]]] = {}
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

    def pairs(self, shelf: Shelf, words: Iterable[Judgement]) -> list[PairCase] | None:
        """Return the pairs of doubtful words that wait, the weightiest first; None where the tables do not say."""
        asked = [(pair_of(word), word) for word in words]
        leads = leads_of(shelf, {name for pair, _ in asked for name in pair})
        answers = shelf.ledger().answers
        if leads is None or not isinstance(answers, Answers):
            return None
        with self._lock:
            before, now = self._cases, {}
            for pair, word in asked:
                one, other, score = leads.get(pair[0]), leads.get(pair[1]), word.score
                if one is None or other is None or score is None:
                    continue
                known = before.get(pair)
                if known is None or known[0] is not word or known[1] is not one or known[2] is not other:
                    both = Lazy([one.number, other.number], answers.incidents)
                    weight = pair_weight(score, one.dead, other.dead)
                    case = PairCase(*pair, both, one.id == other.id, score, word.reasons, weight)
                    known = word, one, other, case
                now[pair] = known
            self._cases = now
        return one_question_each((case, one.id, other.id) for _, one, other, case in now.values())

    def suspects(self, shelf: Shelf) -> dict[int, tuple[LedgerIncident, tuple[Reason, ...]]] | None:
        """Return, by the numbers of their rows, the incidents of today of which there is anything to say, and what."""
        ledger = shelf.ledger()
        answers = ledger.answers
        if not isinstance(answers, Answers) or not answers.knows(ledger):
            return None
        numbers = answered(shelf, answers, _SUSPECTS)
        with self._lock:
            before = self._suspects
            new = [number for number in numbers if number not in before]
            found = dict(zip(new, Lazy(new, answers.incidents), strict=True))
            now = {n: before[n] if n in before else (found[n], reasons_of(found[n])) for n in numbers}
            self._suspects = now
        return {number: one for number, one in now.items() if one[1]}

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


def _suspect(rows: Iterable[Any]) -> dict[int, None]:
    return {row.number: None for row in rows if can_be_suspect(row._mapping)}


def _all_suspects(kept: Kept) -> dict[int, None]:
    return _suspect(kept.rows(SUSPECT, kept.chosen(Selection())))


def _moved_suspects(_: Kept, known: Mapping[int, None], moved: Moved) -> dict[int, None]:
    gone = {row.number for row in moved.gone}
    return {**{number: None for number in known if number not in gone}, **_suspect(moved.come)}


_SUSPECTS = Question("suspects", Selection(), SUSPECT, _all_suspects, _moved_suspects)
_MEMORIES: WeakKeyDictionary[Shelf, Memory] = WeakKeyDictionary()
_MAKING = Lock()


def memory_of(shelf: Shelf) -> Memory:
    """Return the memory of one desk."""
    with _MAKING:
        return _MEMORIES.setdefault(shelf, Memory())
