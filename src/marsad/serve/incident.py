"""One incident: what happened, each source's words and figures, its history; judge and revise from here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.answers.words import figure_words
from marsad.errors import LedgerError
from marsad.ledger import TITLES, Ledger, LedgerIncident, Trace, trace
from marsad.ledger.accepted import acceptances, standing
from marsad.ledger.revise import ACCEPTED, AS_READ, FIELDS
from marsad.link.cluster import TAKEN_BACK, by_person, standing_words
from marsad.model import Figure, Judgement, Revision
from marsad.serve.address import view_of
from marsad.serve.cases import revision_words
from marsad.serve.codes import codes_of, coordinates, exactness
from marsad.serve.deciding import Place, Word, accept, place_of, undone_words, unrevised
from marsad.serve.deciding import revise as revise_value
from marsad.serve.guard import checked_form, field
from marsad.serve.judging import judged, unjudged
from marsad.serve.messages import gettext
from marsad.serve.nearby import nearby
from marsad.serve.pages import page
from marsad.serve.says import blame_sentence, incident_sentence
from marsad.serve.sources import source_says
from marsad.serve.terms import term
from marsad.serve.timeline import timelines_of
from marsad.serve.withheld import sees_words
from marsad.vocabulary import VERDICTS, Harm


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: when, whose word, what it was; and the form fields that undo it, where it can be."""

    made: datetime
    who: str
    words: str
    undo: dict[str, str] | None = None


def show_incident(request: Request) -> Response:
    """Show an incident, or what became of it."""
    view = view_of(request.query_params)
    ledger: Ledger = request.app.state.shelf.ledger(view.as_of, view.policy)
    found = trace(ledger, request.path_params["id"])
    one = _the_one(found)
    if one is None:
        raise HTTPException(404, f"{found.asked} is no incident of this ledger")
    people = sorted(filter(by_person, found.judgements), key=lambda word: word.made, reverse=True)
    # A reason may name a victim or a source, as the words of reports may.
    accepted, sees = acceptances(found.revisions), sees_words(request)
    return page(
        request, "incident", view,
        one=one, found=found, rule=TITLES[one.rule], sentence=incident_sentence(one), blame=blame_sentence(one),
        says=source_says(one), nearby=nearby(ledger, one, found.judgements), timelines=timelines_of(one),
        links=_links(one, found.judgements), codes=codes_of(one), exactness=exactness(one.where),
        coordinates=coordinates(one.where), accepted=standing(accepted, one),
        fields=FIELDS, history=history(one, found, people, sees), sees=sees,
        done=request.query_params.get("done", "")[:200],
    )  # fmt: skip


async def judge(request: Request) -> Response:
    """Record a person's word on whether two incidents are one event."""
    form = await checked_form(request)
    other, verdict, because = field(form, "other"), field(form, "verdict"), field(form, "because")
    if verdict not in VERDICTS:
        raise LedgerError(f"{verdict!r} is no verdict: choose one of {', '.join(VERDICTS)}")
    asked, place = request.path_params["id"], place_of(request)
    word = await run_in_threadpool(judged, place.desk, place.shelf, place.person, (asked, other), verdict, because)
    return _back(asked, f"recorded: {word.left} and {word.right} are {word.verdict}")


async def revise(request: Request) -> Response:
    """Record a person's value in place of what was read, of the incident or of one of its claims; or an acceptance."""
    form = await checked_form(request)
    word = Word("set", field(form, "because"), field(form, "field"), field(form, "value"))
    asked = request.path_params["id"]
    told = await run_in_threadpool(_revise, place_of(request), asked, field(form, "of"), word)
    return _back(asked, f"recorded: {told}")


async def undo(request: Request) -> Response:
    """Take a word back: what stood before it stands again; both words stay in the record."""
    form = await checked_form(request)
    asked, place = request.path_params["id"], place_of(request)
    if name := field(form, "field"):
        told = await run_in_threadpool(_undo, place, asked, field(form, "of"), name)
        return _back(asked, f"taken back: {told}")
    pair = field(form, "left"), field(form, "right")
    word = await run_in_threadpool(unjudged, place.desk, place.shelf, place.person, pair)
    return _back(word.left, f"taken back: {undone_words(word)}")


def history(one: LedgerIncident, found: Trace, people: Sequence[Judgement], with_reasons: bool = True) -> list[Entry]:
    """Return everything that was recorded of an incident, the newest first: readings, links, and people's words."""
    read = [
        Entry(
            member.recorded.recorded, f"Marsad {member.recorded.program}",
            gettext("read %(figures)s in the report of %(source)s")
            % {
                "figures": _tolls(member.incident.tolls),
                "source": member.report.publisher or gettext("an unnamed source"),
            },
        )
        for member in one.members
    ]  # fmt: skip
    newest = people[0] if people else None
    words = [
        Entry(
            word.made, word.by,
            _pair_words(word, with_reasons),
            {"left": word.left, "right": word.right} if word is newest and word.reasons[:1] != TAKEN_BACK else None,
        )
        for word in people
    ]  # fmt: skip
    latest = {(word.of, word.field, word.by if word.field == ACCEPTED else ""): word for word in found.revisions}
    revised = [
        Entry(
            word.made, word.by, revision_words(word, with_reasons).removeprefix(word.by).strip() + _of(word, one),
            {"of": word.of, "field": word.field} if word in latest.values() and word.value != AS_READ else None,
        )
        for word in found.revisions
        if ":" not in word.of and not (word.field == ACCEPTED and "/" in word.of)
    ]  # fmt: skip
    return sorted((*read, *words, *revised), key=lambda entry: entry.made, reverse=True)


def _tolls(tolls: Mapping[Harm, Figure]) -> str:
    told = [f"{figure_words(figure)} {term(harm)}" for harm, figure in tolls.items()]
    return ", ".join(told) or gettext("no figure")


def _of(word: Revision, one: LedgerIncident) -> str:
    if "/" in word.of:
        return " " + gettext("(claim %(of)s)") % {"of": word.of}
    return "" if word.of == one.id else " " + gettext("(said of %(of)s)") % {"of": word.of}


def _pair_words(word: Judgement, with_reason: bool) -> str:
    if word.reasons == TAKEN_BACK:
        return gettext("took the word on %(one)s and %(other)s back") % {"one": word.left, "other": word.right}
    said = gettext("said that %(one)s and %(other)s are “%(verdict)s”") % {
        "one": word.left, "other": word.right, "verdict": term(word.verdict)
    }  # fmt: skip
    return said + (_because(", ".join(word.reasons)) if with_reason else "")


def _because(reason: str) -> str:
    return gettext(", because: %(reason)s") % {"reason": reason} if reason else ""


def _links(one: LedgerIncident, judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Return, per member beside the first, the strongest word that ties it to another member."""
    here = {member.id for member in one.members}
    out: dict[str, Judgement] = {}
    for word in standing_words(judgements).values():
        if word.left in here and word.right in here and word.verdict != "different":
            for end in (word.left, word.right):
                if end not in out or _strength(word) > _strength(out[end]):
                    out[end] = word
    return out


def _strength(word: Judgement) -> float:
    return 2.0 if by_person(word) else word.score or 0.0


def _back(asked: str, done: str) -> Response:
    return RedirectResponse(f"/incidents/{quote(asked, safe='')}?done={quote(done)}", 303)


def _the_one(found: Trace) -> LedgerIncident | None:
    return found.withdrawn or (found.incidents[0] if len(found.incidents) == 1 else None)


def _revise(place: Place, asked: str, of: str, word: Word) -> str:
    one = _required(place, asked)
    if word.field == ACCEPTED:
        return accept(place, one.id, word.because)
    return revise_value(place, word, _target(one, of))


def _undo(place: Place, asked: str, of: str, name: str) -> str:
    one = _required(place, asked)
    about = {of} if of else {member.id for member in one.members}
    mine = name == ACCEPTED
    words = [
        word for word in place.shelf.words().revisions
        if word.of in about and word.field == name and (not mine or word.by == place.person.name)
    ]  # fmt: skip
    if not words or words[-1].value == AS_READ:
        raise LedgerError(f"there is no word on {name} to take back")
    return unrevised(place, words[-1])


def _target(one: LedgerIncident, of: str) -> str:
    """Return the incident, or the one of its claims that is meant."""
    if not of:
        return one.id
    refs = {f"{member.recorded.report_key[:12]}/{claim.id}" for member in one.members for claim in member.claims()}
    if of not in refs:
        raise LedgerError(f"{of!r} is no claim of this incident")
    return of


def _required(place: Place, asked: str) -> LedgerIncident:
    one = _the_one(trace(place.shelf.ledger(), asked))
    if one is None:
        raise LedgerError(f"{asked} is no incident of this ledger")
    return one
