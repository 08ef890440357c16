"""Records a person's word on two incidents, and takes it back."""

from marsad.errors import LedgerError
from marsad.ledger import Ledger, trace
from marsad.model import Judgement
from marsad.serve.desk import Desk, Person, Shelf
from marsad.vocabulary import VERDICTS, Verdict


def judged(desk: Desk, shelf: Shelf, person: Person, pair: tuple[str, str], verdict: str, because: str) -> Judgement:
    """Record whether two incidents are one event, and return the word; raise LedgerError where that says nothing."""
    ledger = shelf.ledger()
    left, right = (_members(ledger, asked) for asked in pair)
    if set(left) & set(right) and verdict == "same":
        raise LedgerError(f"{pair[0]} and {pair[1]} are one incident already")
    if left[0] == right[0]:
        raise LedgerError("to part an incident name two of its members")
    return _record(desk, person, (left[0], right[0]), _verdict(verdict), because)


def unjudged(desk: Desk, shelf: Shelf, person: Person, pair: tuple[str, str]) -> Judgement:
    """Take back a person's last word on a pair: the word before it is said again, or "unsure" where there was none."""
    words = [w for w in shelf.record().judgements if {w.left, w.right} == {*pair} and not w.by.startswith("program ")]
    if not words:
        raise LedgerError("there is no person's word on these two to take back")
    words.sort(key=lambda w: w.made)
    before: Verdict = words[-2].verdict if len(words) > 1 else "unsure"
    return _record(desk, person, pair, before, "taken back")


def _record(desk: Desk, person: Person, pair: tuple[str, str], verdict: Verdict, because: str) -> Judgement:
    word = Judgement(*pair, verdict, person.name, desk.clock(), None, (because,) if because else ())
    with desk.book() as book:
        book.add_judgements([word])
    return word


def _verdict(words: str) -> Verdict:
    for verdict in VERDICTS:
        if verdict == words:
            return verdict
    raise LedgerError(f"{words!r} is no verdict: choose one of {', '.join(VERDICTS)}")


def _members(ledger: Ledger, asked: str) -> list[str]:
    """Return the ids of an incident's members, the one that was asked for first."""
    found = trace(ledger, asked)
    if len(found.incidents) != 1:
        raise LedgerError(f"{asked!r} is no incident of this ledger")
    ids = [member.id for member in found.incidents[0].members]
    return sorted(ids, key=lambda one: (not one.startswith(asked), one))
