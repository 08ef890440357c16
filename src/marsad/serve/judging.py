"""Records a person's word on two incidents, and takes it back."""

from marsad.errors import LedgerError
from marsad.ledger import Ledger, trace
from marsad.link.cluster import TAKEN_BACK, by_person, standing_words
from marsad.model import Judgement
from marsad.serve.desk import Desk, Person, Shelf
from marsad.vocabulary import VERDICTS, Verdict


def judged(desk: Desk, shelf: Shelf, person: Person, pair: tuple[str, str], verdict: str, because: str) -> Judgement:
    """Record whether two incidents are one event, and return the word; raise LedgerError where that says nothing."""
    ledger = shelf.ledger()
    left, right = (_members(ledger, asked) for asked in pair)
    if left[0] == right[0]:
        raise LedgerError("to part an incident name two of its members")
    # A person may say "same" of what a program joined: so the join no longer hangs on the program's opinion.
    if set(left) & set(right) and verdict == "same" and _is_said(ledger, left[0], right[0]):
        raise LedgerError(f"{pair[0]} and {pair[1]} are one incident already")
    return _record(desk, person, (left[0], right[0]), _verdict(verdict), because)


def unjudged(desk: Desk, shelf: Shelf, person: Person, pair: tuple[str, str]) -> Judgement:
    """Take back a person's last word on a pair: the one before it is said again; where there is none, none stands."""
    words = [w for w in shelf.words().judgements if {w.left, w.right} == {*pair} and not w.by.startswith("program ")]
    if not words:
        raise LedgerError("there is no person's word on these two to take back")
    words.sort(key=lambda w: w.made)
    left: list[Judgement] = []
    for word in words:
        if word.reasons[:1] != TAKEN_BACK:
            left.append(word)
        elif left:
            left.pop()
    if not left:
        raise LedgerError("there is no person's word on these two to take back")
    if len(left) == 1:
        return _record(desk, person, pair, "unsure", *TAKEN_BACK)
    return _record(desk, person, pair, left[-2].verdict, *TAKEN_BACK, f"as {left[-2].by} said before")


def _record(desk: Desk, person: Person, pair: tuple[str, str], verdict: Verdict, *because: str) -> Judgement:
    word = Judgement(*pair, verdict, person.name, desk.clock(), None, tuple(each for each in because if each))
    with desk.book() as book:
        book.add_judgements([word])
    return word


def _is_said(ledger: Ledger, left: str, right: str) -> bool:
    """Say whether a person's word that two ids are the same stands already."""
    word = standing_words(ledger.judgements).get((min(left, right), max(left, right)))
    return word is None or (by_person(word) and word.verdict == "same")


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
