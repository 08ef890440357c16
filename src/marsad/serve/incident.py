"""One incident: what happened, each source's words and figures, its history; judge and revise from here."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import LedgerError
from marsad.ledger import TITLES, Ledger, LedgerIncident, Saying, sayings_of, trace
from marsad.ledger.revise import AS_READ, FIELDS, require_revision
from marsad.ledger.trace import Said
from marsad.model import Judgement, Revision
from marsad.serve.address import view_of
from marsad.serve.desk import Desk, Person, Shelf
from marsad.serve.guard import checked_form, field
from marsad.serve.judging import judged, unjudged
from marsad.serve.nearby import nearby
from marsad.serve.pages import page
from marsad.serve.says import blame_sentence, incident_sentence
from marsad.vocabulary import VERDICTS


@dataclass(frozen=True, slots=True)
class SourceSays:
    """One word of one source, with the quoted claims it is made of."""

    saying: Saying
    voice: str
    claims: tuple[Said, ...]


def show_incident(request: Request) -> Response:
    """Show an incident, or what became of it."""
    view = view_of(request.query_params)
    ledger: Ledger = request.app.state.shelf.ledger(view.as_of, view.policy)
    found = trace(ledger, request.path_params["id"])
    one = found.withdrawn or (found.incidents[0] if len(found.incidents) == 1 else None)
    if one is None:
        raise HTTPException(404, f"{found.asked} is no incident of this ledger")
    return page(
        request, "incident", view,
        one=one, found=found, rule=TITLES[one.rule],
        sentence=incident_sentence(one), blame=blame_sentence(one),
        says=_says(one, found.said), nearby=nearby(request.app.state.shelf, view, one),
        fields=FIELDS, undoable=_undoable(one), people=_people(found.judgements),
        done=request.query_params.get("done", "")[:200],
    )  # fmt: skip


async def judge(request: Request) -> Response:
    """Record a person's word on whether two incidents are one."""
    form = await checked_form(request)
    other, verdict, because = field(form, "other"), field(form, "verdict"), field(form, "because")
    if verdict not in VERDICTS:
        raise LedgerError(f"{verdict!r} is no verdict: choose one of {', '.join(VERDICTS)}")
    asked = request.path_params["id"]
    word = await run_in_threadpool(judged, *_shelf(request), (asked, other), verdict, because)
    return _back(asked, f"recorded: {word.left} and {word.right} are {word.verdict}")


async def revise(request: Request) -> Response:
    """Record a person's value in place of what was read; the reason is asked for."""
    form = await checked_form(request)
    name, value, because = (field(form, each) for each in ("field", "value", "because"))
    require_revision(name, value)
    if not because:
        raise LedgerError("a revision needs its reason: write why")
    asked = request.path_params["id"]
    await run_in_threadpool(_revise, *_shelf(request), (asked, name, value, because))
    return _back(asked, f"recorded: {name} is {value}")


async def undo(request: Request) -> Response:
    """Take a word back: what stood before it stands again; both words stay in the record."""
    form = await checked_form(request)
    asked = request.path_params["id"]
    if name := field(form, "field"):
        await run_in_threadpool(_revise, *_shelf(request), (asked, name, AS_READ, "taken back"))
        return _back(asked, f"taken back: {name} is as it was read")
    pair = field(form, "left"), field(form, "right")
    word = await run_in_threadpool(unjudged, *_shelf(request), pair)
    return _back(word.left, f"taken back: {word.left} and {word.right} are {word.verdict} again")


def _shelf(request: Request) -> tuple[Desk, Shelf, Person]:
    return request.app.state.desk, request.app.state.shelf, request.scope["marsad.person"]


def _back(asked: str, done: str) -> Response:
    return RedirectResponse(f"/incidents/{quote(asked, safe='')}?done={quote(done)}", 303)


def _revise(desk: Desk, shelf: Shelf, person: Person, word: tuple[str, str, str, str]) -> None:
    asked, name, value, because = word
    found = trace(shelf.ledger(), asked)
    one = found.withdrawn or (found.incidents[0] if len(found.incidents) == 1 else None)
    if one is None:
        raise LedgerError(f"{asked} is no incident of this ledger")
    with desk.book() as book:
        book.add_revision(Revision(one.id, name, value, because, person.name, desk.clock()))


def _says(one: LedgerIncident, said: tuple[Said, ...]) -> list[SourceSays]:
    claims = {each.ref: each for each in said}
    out = []
    for saying in sayings_of(one):
        voice = saying.voice if saying.voice != saying.member.recorded.report_key else "a report without a name"
        out.append(SourceSays(saying, voice, tuple(claims[ref] for ref in saying.claims if ref in claims)))
    return out


def _undoable(one: LedgerIncident) -> set[str]:
    return {word.field for word in one.revisions}


def _people(words: tuple[Judgement, ...]) -> list[Judgement]:
    """Return people's words, newest first."""
    return sorted((w for w in words if not w.by.startswith("program ")), key=lambda w: w.made, reverse=True)
