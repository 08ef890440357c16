"""Makes of what reports say of actors' ties dated suggestions for the actor registry; a person accepts or rejects each.

Nothing here changes the registry: an accepted suggestion is a row that a person may put into a table of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.errors import LedgerError
from marsad.ledger.record import RecordedReading, digest
from marsad.ledger.revise import AS_READ
from marsad.ledger.stated import Stated, stated
from marsad.model import ActorRef, Revision

Answer = Literal["open", "accepted", "rejected"]
TIE = "tie:"
"""What a word on a suggestion is said of begins so: tie:river-brigade part_of north-council."""
ANSWERS = ("accepted", "rejected", AS_READ)
RELATIONS = {
    "backs": ("supported_by", True),
    "part_of": ("part_of", False),
    "affiliate": ("affiliate_of", False),
    "formerly": ("formerly", False),
    "split_from": ("part_of", False),
    "rival": ("rival", False),
}
"""The registry's tie for what is said, and whether it is the other way round; who leads whom is no tie of its own."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One tie that reports tell of: in the registry's terms, with its days as told, its voices and its words.

    `first` and `last` are the days of the first and the last report that tell of it. `split` marks a tie that ended.
    """

    id: str
    actor: ActorRef
    relation: str
    other: ActorRef
    since: date | None
    until: date | None
    first: date | None
    last: date | None
    voices: tuple[str, ...]
    words: tuple[Stated, ...]
    denied: tuple[Stated, ...]
    answer: Answer = "open"
    by: str | None = None

    @property
    def of(self) -> str:
        """What a person's word on it is said of."""
        return f"{TIE}{self.actor.id} {self.relation} {self.other.id}"


def suggestions(readings: Iterable[RecordedReading], revisions: Iterable[Revision] = ()) -> tuple[Suggestion, ...]:
    """Return the ties that reports tell of between two actors that were recognised; most voices first."""
    said: dict[tuple[str, str, str], list[Stated]] = {}
    names: dict[str, ActorRef] = {}
    for one in stated(readings, "relation"):
        tie = _tie(one)
        if tie is not None:
            actor, relation, other = tie
            names |= {actor.id: actor, other.id: other}
            said.setdefault((actor.id, relation, other.id), []).append(one)
    words = _answers(revisions)
    made = [
        _suggestion(names[actor], relation, names[other], found, words)
        for (actor, relation, other), found in said.items()
        if any(one.statement.modality == "asserted" for one in found)
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.voices), one.actor.id, one.relation, one.other.id)))


def require_answer(of: str, value: str) -> None:
    """Raise LedgerError with advice where a word on a suggestion cannot be recorded."""
    if not of.startswith(TIE):
        raise LedgerError(f"{of!r} is no suggested tie: marsad actors suggestions shows those there are")
    if value not in ANSWERS:
        raise LedgerError(f"a suggestion is {', '.join(ANSWERS[:2])} or {AS_READ!r}, not {value!r}")


def find_suggestion(known: Iterable[Suggestion], asked: str) -> Suggestion:
    """Return the suggestion of an id; raises LedgerError where there is none."""
    for one in known:
        if asked in (one.id, one.of):
            return one
    raise LedgerError(f"no suggested tie answers to {asked!r}: marsad actors suggestions shows those there are")


def _tie(one: Stated) -> tuple[ActorRef, str, ActorRef] | None:
    left, right = one.slot("left"), one.slot("right")
    found = RELATIONS.get(one.term("relation"))
    if found is None or left is None or right is None or left.actor is None or right.actor is None:
        return None
    if left.actor.id == right.actor.id:
        return None
    relation, is_turned = found
    actor, other = (right.actor, left.actor) if is_turned else (left.actor, right.actor)
    if relation == "rival" and other.id < actor.id:
        # Rivals are so to one another: one suggestion, whoever is named first.
        actor, other = other, actor
    return actor, relation, other


def _suggestion(
    actor: ActorRef, relation: str, other: ActorRef, found: list[Stated], words: dict[str, Revision]
) -> Suggestion:
    told = [one for one in found if one.statement.modality == "asserted"]
    days = [day for one in told if (day := one.report.published)]
    began = [one.day for one in told if one.has_own_day and one.day and not _is_end(one)]
    ended = [one.day for one in told if one.has_own_day and one.day and _is_end(one)]
    voices = tuple(sorted({one.voice for one in told}))
    name = "t" + digest([actor.id, relation, other.id])[:12]
    made = Suggestion(
        name, actor, relation, other, min(began, default=None), max(ended, default=None),
        min(days, default=None), max(days, default=None), voices, tuple(told),
        tuple(one for one in found if one.statement.modality == "denied"),
    )  # fmt: skip
    word = words.get(made.of)
    if word is None:
        return made
    answer: Answer = "accepted" if word.value == "accepted" else "rejected"
    return Suggestion(
        name, actor, relation, other, made.since, made.until, made.first, made.last, voices, made.words, made.denied,
        answer, word.by,
    )  # fmt: skip


def _is_end(one: Stated) -> bool:
    return one.term("relation") == "split_from"


def _answers(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """Return the latest word on every tie; "as read" takes those before it back."""
    latest: dict[str, Revision] = {}
    for word in revisions:
        if word.of.startswith(TIE) and word.field == "tie":
            before = latest.get(word.of)
            if before is None or (word.made, word.value, word.by) > (before.made, before.value, before.by):
                latest[word.of] = word
    return {of: word for of, word in latest.items() if word.value != AS_READ}
