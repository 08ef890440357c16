"""Records what a person decides on a case, refuses where somebody decided it meanwhile, and takes words back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from starlette.requests import Request

from marsad.errors import LedgerError
from marsad.ledger import Record
from marsad.ledger.accepted import came_with, came_with_another
from marsad.ledger.accepting import accepted_along, words_to_accept
from marsad.ledger.revise import ACCEPTED, AS_READ, require_word
from marsad.link.cluster import TAKEN_BACK, by_person, pair_of
from marsad.model import Judgement, Revision
from marsad.serve.cases import Case, IncidentCase, PairCase, state_of
from marsad.serve.desk import Desk, Person, Shelf
from marsad.serve.judging import judged, unjudged
from marsad.serve.looking import Looking


class DecidedMeanwhileError(LedgerError):
    """Somebody else said their word on a case after it was shown; `word` says which."""

    def __init__(self, word: str) -> None:
        super().__init__(f"somebody decided this case while you looked at it: {word}")
        self.word = word


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are recorded, and for whom."""

    desk: Desk
    shelf: Shelf
    person: Person
    looking: Looking


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of a case: `verdict` is same, different, unsure, accept, withdraw, or set (a value)."""

    verdict: str
    because: str = ""
    field: str = ""
    value: str = ""
    seen: str = ""


def place_of(request: Request) -> Place:
    """Return where the words of who asks are recorded."""
    state = request.app.state
    return Place(state.desk, state.shelf, request.scope["marsad.person"], state.looking)


def decide(place: Place, case: Case, word: Word) -> str:
    """Record a word on a case and return what was recorded; raise DecidedMeanwhileError where the case has moved."""
    with place.looking.deciding:
        record = place.shelf.words()
        state, said = state_of(case, record.judgements, record.revisions)
        if word.seen and word.seen != state:
            raise DecidedMeanwhileError(said or "it was taken back")
        told = _decided(place, case, word)
    place.looking.leave(case.key, place.person.name)
    return told


def _decided(place: Place, case: Case, word: Word) -> str:
    if isinstance(case, PairCase):
        said = judged(place.desk, place.shelf, place.person, (case.left, case.right), word.verdict, word.because)
        return f"{said.left} and {said.right} are {said.verdict}"
    of = case.one.id if isinstance(case, IncidentCase) else case.report_key[:12]
    if word.verdict == "accept":
        return accept(place, of, word.because)
    if word.verdict == "withdraw":
        return revise(place, Word("set", word.because, "withdrawn", "yes"), of)
    if word.verdict == "set":
        return revise(place, word, of)
    raise LedgerError(f"{word.verdict!r} says nothing of this case: accept it, change a value, or withdraw it")


def accept(place: Place, asked: str, because: str = "") -> str:
    """Record that a person looked and agrees: with a claim, a report, or an incident and the claims it rests on."""
    words = words_to_accept(place.shelf.ledger(), asked, because)
    _record(
        place, [Revision(ref, ACCEPTED, said, why, place.person.name, place.desk.clock()) for ref, said, why in words]
    )
    return f"{words[0][0]} is accepted as it is"


def revise(place: Place, word: Word, of: str) -> str:
    """Record a person's value; the reason is asked for."""
    if not word.because:
        raise LedgerError("a change needs its reason: write why")
    said = Revision(of, word.field, word.value.strip(), word.because, place.person.name, place.desk.clock())
    require_word(said)
    _record(place, [said])
    return f"{said.field} of {said.of} is {said.value}"


def _record(place: Place, words: Sequence[Revision]) -> None:
    with place.desk.book() as book:
        book.add_revisions(words)


@dataclass(frozen=True, slots=True)
class Deed:
    """One word of one person, as a line of their work: `kind` is pair or value."""

    kind: Literal["pair", "value"]
    made: datetime
    by: str
    judgement: Judgement | None = None
    revision: Revision | None = None


def deeds_of(record: Record) -> list[Deed]:
    """Return people's words, the newest first; claims accepted with their incident are no deeds of their own."""
    deeds = [Deed("pair", word.made, word.by, judgement=word) for word in record.judgements if by_person(word)]
    deeds += [
        Deed("value", word.made, word.by, revision=word) for word in record.revisions if not came_with_another(word)
    ]
    return sorted(deeds, key=lambda deed: deed.made, reverse=True)


def last_deed(record: Record, name: str) -> Deed | None:
    """Return the newest word of a person that can still be taken back; None where there is none.

    What was taken back is passed over together with what it took back, so that undo after undo walks further back.
    """
    skip: dict[tuple[str, ...], int] = {}
    for deed in deeds_of(record):
        if deed.by != name:
            continue
        about = _about(deed)
        if _is_undoing(deed):
            skip[about] = skip.get(about, 0) + 1
        elif skip.get(about):
            skip[about] -= 1
        else:
            return deed
    return None


def take_back(place: Place, deed: Deed) -> str:
    """Take a word back: what stood before it stands again; both stay in the record. Return what was done."""
    if deed.judgement is not None:
        pair = deed.judgement.left, deed.judgement.right
        word = unjudged(place.desk, place.shelf, place.person, pair)
        return undone_words(word)
    assert deed.revision is not None
    return unrevised(place, deed.revision)


def undone_words(word: Judgement) -> str:
    """Return what stands of a pair once a word on it was taken back."""
    if word.reasons == TAKEN_BACK:
        return f"no person's word stands on {word.left} and {word.right}"
    return f"{word.left} and {word.right} are {word.verdict} again"


def unrevised(place: Place, word: Revision) -> str:
    """Take a revision back: the value that stood before it is said again, or what was read stands again."""
    revisions = place.shelf.words().revisions
    mine = word.field == ACCEPTED
    before = [
        one for one in revisions
        if (one.of, one.field) == (word.of, word.field) and one.made < word.made and (not mine or one.by == word.by)
    ]  # fmt: skip
    value = before[-1].value if before and not mine else AS_READ
    again = replace(word, value=value, reason=TAKEN_BACK[0], by=place.person.name, made=place.desk.clock())
    claims = accepted_along(revisions, word.of, word.by) if mine else []
    _record(place, [again, *(replace(again, of=ref, reason=came_with(word.of)) for ref in claims)])
    return f"{word.field} of {word.of} is {value}" if not mine else f"{word.of} is no longer accepted by you"


def _about(deed: Deed) -> tuple[str, ...]:
    if deed.judgement is not None:
        return pair_of(deed.judgement)
    assert deed.revision is not None
    return deed.revision.of, deed.revision.field


def _is_undoing(deed: Deed) -> bool:
    if deed.judgement is not None:
        return deed.judgement.reasons[:1] == TAKEN_BACK
    return deed.revision is not None and deed.revision.reason == TAKEN_BACK[0]
