"""The hash chain: every act of the log seals the one before, so that a later change to the record shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marsad.ledger.record import digest

FIRST = "0" * 64
"""What the first act of a ledger seals."""


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the log: who did what (`kind`) to which `subject`, when; `content` is the SHA-256 of it."""

    number: int
    kind: str
    who: str
    moment: str
    subject: str
    content: str
    previous: str
    seal: str


def seal(number: int, what: tuple[str, str, str, str, str], previous: str) -> str:
    """Return the seal over an act (kind, who, moment, subject, content) and the seal before it."""
    return digest([previous, number, *what])


def broken(acts: Iterable[Act]) -> Iterator[str]:
    """Yield where a chain of acts, in order of number, does not hold."""
    previous, expected = FIRST, 1
    for act in acts:
        if act.number != expected:
            yield f"act {expected} is missing from the log (the next one is {act.number})"
        what = (act.kind, act.who, act.moment, act.subject, act.content)
        if act.previous != previous:
            yield f"act {act.number} does not follow the act before it"
        if act.seal != seal(act.number, what, act.previous):
            yield f"act {act.number} was changed after it was recorded"
        previous, expected = act.seal, act.number + 1
