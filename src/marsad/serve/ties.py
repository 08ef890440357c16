"""Ties between actors that reports suggest: shown on an actor's page with their words, accepted or rejected there."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import LedgerError
from marsad.ledger.revise import AS_READ
from marsad.ledger.suggestions import Suggestion, find_suggestion, require_answer
from marsad.model import ActorRef, Revision
from marsad.serve.deciding import Place, place_of
from marsad.serve.desk import Shelf
from marsad.serve.guard import checked_form, field
from marsad.suggesting import new_ties

AT_ONCE = 5_000
"""Of a ledger with more reports than this, an actor's page goes through them only where it is asked to."""
SAID = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggested tie as its actor's page shows it: to whom, whether the actor is the one that has it, its words."""

    tie: Suggestion
    other: ActorRef
    is_its_own: bool


def ties_of(shelf: Shelf, actor: str, is_asked: bool) -> list[Suggested] | None:
    """Return the ties that reports suggest for an actor; None where there are too many reports to look unasked."""
    if len(shelf.ledger().readings) > AT_ONCE and not is_asked:
        return None
    return [
        Suggested(one, one.other if one.actor.id == actor else one.actor, one.actor.id == actor)
        for one in all_ties(shelf)
        if actor in (one.actor.id, one.other.id)
    ]


def all_ties(shelf: Shelf) -> Sequence[Suggestion]:
    """Return all ties that reports suggest and the registry lacks."""
    ledger = shelf.ledger()
    found: Sequence[Suggestion] = shelf.kept(("suggestions", None), lambda: new_ties(ledger))
    return found


def answer(place: Place, found: Suggestion, said: str, because: str) -> Revision:
    """Record what a person answers to a suggested tie, or that they take the answers back, and return it."""
    require_answer(found.of, said)
    reason = because.strip() or ("taken back" if said == AS_READ else "")
    word = Revision(found.of, "tie", said, reason, place.person.name, place.desk.clock())
    with place.desk.book() as book:
        book.add_revision(word)
    return word


async def answer_tie(request: Request) -> Response:
    """Record an answer to a suggested tie, from the page of one of its actors."""
    form = await checked_form(request)
    asked, said, because, actor = (field(form, name) for name in ("tie", "answer", "because", "actor"))
    await run_in_threadpool(_answered, place_of(request), asked, said, because)
    return RedirectResponse(f"/actors/{quote(actor, safe='')}?ties=1#suggested", 303)


def _answered(place: Place, asked: str, said: str, because: str) -> None:
    with place.looking.deciding:
        found = find_suggestion(all_ties(place.shelf), asked)
        if said == AS_READ and found.answer == "open":
            raise LedgerError(f"nobody answered {found.id} yet: there is nothing to take back")
        answer(place, found, said, because)
