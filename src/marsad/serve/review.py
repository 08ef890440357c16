"""The review desk: what needs a person's look, the weightiest first, with one key for each answer."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.ledger import Ledger, LedgerIncident, Policy
from marsad.link.cluster import by_person, standing_words
from marsad.serve.address import View, view_of
from marsad.serve.desk import Shelf
from marsad.serve.guard import checked_form, field
from marsad.serve.incidents import cards
from marsad.serve.judging import judged, unjudged
from marsad.serve.pages import page
from marsad.serve.says import incident_sentence

SURE_ENOUGH = 0.9
NOT_WORTH_ASKING = 0.05
SHOWN = 20
WIDE = 2
"""A gap of fewer dead than this between two sources is no dispute."""


@dataclass(frozen=True, slots=True)
class Case:
    """Two incidents' ids that may be one event: what the program thinks, why, and how many dead hang on it."""

    left: str
    right: str
    one: LedgerIncident
    other: LedgerIncident
    joined: bool
    score: float
    reasons: tuple[str, ...]
    weight: float


def desk(request: Request) -> Response:
    """Show the queue."""
    view = view_of(request.query_params)
    ledger = request.app.state.shelf.ledger(None, view.policy)
    queue = waiting(request.app.state.shelf, None, view.policy)
    return page(
        request, "review", View(view.selection, None, view.policy, view.words),
        cases=[(case, incident_sentence(case.one), incident_sentence(case.other)) for case in queue[:SHOWN]],
        count=len(queue), last=_last(request, ledger),
        disputed=cards(disputed(request.app.state.shelf, view.policy)[:SHOWN]),
    )  # fmt: skip


async def decide(request: Request) -> Response:
    """Record a word on a pair, or take back the last one; the next case comes up."""
    form = await checked_form(request)
    pair = field(form, "left"), field(form, "right")
    place = request.app.state.desk, request.app.state.shelf, request.scope["marsad.person"]
    if field(form, "verdict") == "undo":
        await run_in_threadpool(unjudged, *place, pair)
        return RedirectResponse("/review", 303)
    word = await run_in_threadpool(judged, *place, pair, field(form, "verdict"), field(form, "because"))
    return RedirectResponse(f"/review?last={quote(word.left)}+{quote(word.right)}", 303)


def disputed(shelf: Shelf, policy: Policy) -> list[LedgerIncident]:
    """Return the incidents whose sources differ widely on the dead, the widest gap first."""
    ledger = shelf.ledger(None, policy)

    def make() -> list[LedgerIncident]:
        found = [one for one in ledger.incidents if len(one.voices) > 1 and _gap(one) >= WIDE]
        return sorted(found, key=lambda one: (-_gap(one), one.id))

    return shelf.kept(("disputed", policy), make)


def _gap(one: LedgerIncident) -> int:
    """Return by how many dead the sources differ, where the highest names at least half as many again as the lowest."""
    figure = one.tolls.get("killed")
    if figure is None or any(word.field == "killed" for word in one.revisions):
        return 0
    high = figure.best if figure.high is None else figure.high
    return high - figure.low if 2 * high >= 3 * figure.low else 0


def waiting(shelf: Shelf, as_of: datetime | None, policy: Policy) -> list[Case]:
    """Return the queue, made once until something is recorded."""
    return shelf.kept(("queue", as_of, policy), lambda: queue_of(shelf.ledger(as_of, policy)))


def queue_of(ledger: Ledger) -> list[Case]:
    """Return the pairs that no person has judged and the program is unsure of, the weightiest first."""
    by_id = {one.id: one for one in ledger.incidents}
    cases: dict[tuple[str, str], Case] = {}
    for word in standing_words(ledger.judgements).values():
        if by_person(word) or word.score is None or not NOT_WORTH_ASKING <= word.score < SURE_ENOUGH:
            continue
        heirs = ledger.heirs.get(word.left), ledger.heirs.get(word.right)
        if heirs[0] is None or heirs[1] is None:
            continue
        one, other = by_id[heirs[0]], by_id[heirs[1]]
        key = (min(word.left, word.right), max(word.left, word.right))
        doubt = 1 - abs(2 * word.score - 1)
        weight = doubt * (1 + _dead(one) + _dead(other))
        joined = one.id == other.id
        # Of a pair of incidents one question is enough: the weightiest of their members' pairs.
        slot = key if joined else (min(one.id, other.id), max(one.id, other.id))
        case = Case(*key, one, other, joined, word.score, word.reasons, weight)
        if slot not in cases or weight > cases[slot].weight:
            cases[slot] = case
    return sorted(cases.values(), key=lambda case: (-case.weight, case.left, case.right))


def _dead(one: LedgerIncident) -> int:
    return one.tolls["killed"].best if "killed" in one.tolls else 0


def _last(request: Request, ledger: Ledger) -> tuple[str, str] | None:
    """Return the pair that was judged last, so that it can be taken back."""
    ends = request.query_params.get("last", "").split()
    return (ends[0], ends[1]) if len(ends) == 2 and all(end in ledger.heirs for end in ends) else None
