"""The review desk: one case after the other, the weightiest first, with one key for each answer."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import LedgerError
from marsad.ledger import Ledger, LedgerIncident, Policy, Record, RecordedReading
from marsad.ledger.agreement import Opinion, opinions
from marsad.ledger.revise import FIELDS
from marsad.link.cluster import TAKEN_BACK, by_person
from marsad.serve.address import View, view_of
from marsad.serve.cases import Case, IncidentCase, PairCase, ReportCase, revision_words, state_of
from marsad.serve.deciding import (
    DecidedMeanwhileError,
    Deed,
    Place,
    Word,
    decide,
    last_deed,
    place_of,
    take_back,
)
from marsad.serve.desk import Shelf
from marsad.serve.facts import gathered_of
from marsad.serve.guard import checked_form, field
from marsad.serve.pages import page
from marsad.serve.queue import case_of, queue_of
from marsad.serve.says import day_words, doer_words, incident_sentence, place_words, when_words
from marsad.serve.sources import SourceSays, source_says

SHOWN = 20
"""How many cases of the queue are listed beside the one that is open."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list: its sentence, why it waits, who else looks at it, and its place in the queue."""

    key: str
    kind: str
    sentence: str
    why: str
    looked_at_by: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One property of two incidents side by side; `same` says whether both say the same."""

    name: str
    one: str
    other: str
    same: bool


@dataclass(frozen=True, slots=True)
class Open:
    """The case that is open, with everything that is shown of it."""

    case: Case
    kind: str
    sentences: tuple[str, ...]
    compared: tuple[Compared, ...]
    says: tuple[tuple[SourceSays, ...], ...]
    state: str
    said: str
    looked_at_by: str | None
    report: RecordedReading | None


def show_desk(request: Request) -> Response:
    """Show the case that is asked for, or the first that nobody looks at, and the queue beside it."""
    return _shown(request, request.query_params.get("case", ""))


def _shown(request: Request, asked: str, meanwhile: str = "") -> Response:
    view = view_of(request.query_params)
    place, policy = place_of(request), view.policy
    shelf, record, now = place.shelf, place.shelf.words(), place.desk.clock()
    ledger = shelf.ledger(None, policy)
    second = request.query_params.get("second") == "1"
    queue = second_cases(shelf, policy, place.person.name) if second else queue_of(shelf, policy)
    others = place.looking.others(place.person.name, now)
    case = case_of(shelf, policy, asked) if asked else None
    if asked and case is None:
        raise LedgerError(f"nothing answers to the case {asked!r}: it may have been merged or withdrawn")
    case = case or next((each for each in queue if each.key not in others), queue[0] if queue else None)
    at = next((n for n, each in enumerate(queue) if case is not None and each.key == case.key), -1)
    if case is not None:
        place.looking.mark(case.key, place.person.name, now)
    first = max(0, at - 2)
    deed = last_deed(record, place.person.name)
    return page(
        request, "review", View(view.selection, None, policy, view.words), 409 if meanwhile else 200,
        open=None if case is None else _open(case, record, ledger, others.get(case.key), second),
        lines=[_line(each, n, others, ledger) for n, each in enumerate(queue[first : first + SHOWN], first)],
        count=len(queue), waiting_count=len(queue_of(shelf, policy)), at=at, second=second, fields=FIELDS,
        after=_key(queue, at + 1), before=_key(queue, at - 1) if at > 0 else None,
        last=None if deed is None else deed_words(deed), meanwhile=meanwhile, missing=gathered_of(shelf).missing,
    )  # fmt: skip


async def decide_case(request: Request) -> Response:
    """Record a word on a case; the next case comes up, or, where somebody was sooner, what they said."""
    form = await checked_form(request)
    names = ("verdict", "because", "field", "value", "seen")
    word = Word(*(field(form, name) for name in names))
    key, second = field(form, "case"), field(form, "second") == "1"
    try:
        following = await run_in_threadpool(_decide, request, key, word, second)
    except DecidedMeanwhileError as error:
        said = error.word
        return await run_in_threadpool(_shown, request, key, said)
    asked = [f"case={quote(following, safe='')}"] * bool(following) + ["second=1"] * second
    return RedirectResponse("/review" + (f"?{'&'.join(asked)}" if asked else ""), 303)


async def undo_last(request: Request) -> Response:
    """Take back the last word of who asks; the case comes up again."""
    await checked_form(request)
    key = await run_in_threadpool(_undo, place_of(request))
    return RedirectResponse(f"/review?case={quote(key, safe='')}" if key else "/review", 303)


def _decide(request: Request, key: str, word: Word, second: bool) -> str:
    """Record the word; return the key of the case that comes next, "" where none waits."""
    place = place_of(request)
    case = case_of(place.shelf, "newest", key)
    if case is None:
        raise LedgerError(f"nothing answers to the case {key!r}: it may have been merged or withdrawn")
    name = place.person.name
    queue = second_cases(place.shelf, "newest", name) if second else queue_of(place.shelf, "newest")
    others = place.looking.others(name, place.desk.clock())
    at = next((n for n, each in enumerate(queue) if each.key == key), -1)
    following = [each.key for each in (*queue[at + 1 :], *queue[: max(at, 0)]) if each.key not in others]
    decide(place, case, word)
    left = second_cases(place.shelf, "newest", name) if second else queue_of(place.shelf, "newest")
    waits = {each.key for each in left}
    return next((each for each in following if each in waits), "")


def _undo(place: Place) -> str:
    deed = last_deed(place.shelf.words(), place.person.name)
    if deed is None:
        raise LedgerError("there is no word of yours to take back")
    with place.looking.deciding:
        take_back(place, deed)
    return _case_key(place.shelf, deed)


def _case_key(shelf: Shelf, deed: Deed) -> str:
    """Return the key of the case that a word was said of, "" where it is none of the desk's."""
    if deed.judgement is not None:
        key = "pair:" + "+".join(sorted((deed.judgement.left, deed.judgement.right)))
    else:
        of = deed.revision.of if deed.revision is not None else ""
        key = f"incident:{of}" if of.startswith("i") else f"report:{of}" if "/" not in of and ":" not in of else ""
    return key if key and case_of(shelf, "newest", key) else ""


def second_cases(shelf: Shelf, policy: Policy, name: str) -> list[Case]:
    """Return the cases that others judged and this person did not, so that agreement can be measured blind."""

    def make() -> list[Case]:
        record, said = shelf.words(), dict[tuple[str, ...], list[Opinion]]()
        for opinion in opinions([w for w in record.judgements if by_person(w)], record.revisions):
            said.setdefault(opinion.case, []).append(opinion)
        keys = [_opinion_key(case) for case, those in said.items() if all(one.by != name for one in those)]
        cases = [case for key in keys if key and (case := case_of(shelf, policy, key))]
        return sorted({case.key: case for case in cases}.values(), key=lambda case: case.key)

    return shelf.kept(("second", policy, name), make)


def _opinion_key(case: tuple[str, ...]) -> str:
    if len(case) > 1:
        return f"pair:{'+'.join(case)}"
    return f"incident:{case[0]}" if case[0].startswith("i") and "/" not in case[0] else ""


def _key(queue: list[Case], at: int) -> str | None:
    return queue[at].key if 0 <= at < len(queue) else None


def _kind(case: Case) -> str:
    if isinstance(case, PairCase):
        return "pair"
    return "incident" if isinstance(case, IncidentCase) else "report"


def _line(case: Case, at: int, others: dict[str, str], ledger: Ledger) -> Line:
    why = case.reasons[0] if case.reasons else ""
    if isinstance(case, PairCase):
        other = "Its reports may tell of two events." if case.joined else f"And: {incident_sentence(case.other)}"
        why = f"{other} The program gives {case.score:.0%} that this is one event."
    return Line(case.key, _kind(case), _sentence(case, ledger), why, others.get(case.key), at)


def _sentence(case: Case, ledger: Ledger) -> str:
    if isinstance(case, ReportCase):
        report = ledger.readings[case.report_key].reading.report
        return report.title or f"A report of {report.publisher or 'an unnamed source'}"
    return incident_sentence(case.one)


def _open(case: Case, record: Record, ledger: Ledger, looked_at_by: str | None, second: bool) -> Open:
    state, said = state_of(case, record.judgements, record.revisions)
    sentences: tuple[str, ...]
    says: tuple[tuple[SourceSays, ...], ...]
    if isinstance(case, PairCase):
        both = (case.one,) if case.joined else (case.one, case.other)
        sentences, says = tuple(map(incident_sentence, both)), tuple(map(source_says, both))
        compared = () if case.joined else compare(case.one, case.other)
    elif isinstance(case, IncidentCase):
        sentences, says, compared = (incident_sentence(case.one),), (source_says(case.one),), ()
    else:
        sentences, says, compared = (_sentence(case, ledger),), ((),), ()
    # Who reads a second time is not told what the first reader said.
    report = ledger.readings[case.report_key] if isinstance(case, ReportCase) else None
    hidden = "" if second else said
    return Open(case, _kind(case), sentences, compared, says, state, hidden, looked_at_by, report)


def compare(one: LedgerIncident, other: LedgerIncident) -> tuple[Compared, ...]:
    """Return two incidents property by property, in the words of the page."""
    rows = (
        ("When", when_words(one.when), when_words(other.when)),
        ("Where", place_words(one.where), place_words(other.where)),
        ("Said to be responsible", "; ".join(map(doer_words, one.perpetrators)),
         "; ".join(map(doer_words, other.perpetrators))),
        ("Means", (one.means or "").replace("_", " "), (other.means or "").replace("_", " ")),
        ("Told by", _told(one), _told(other)),
    )  # fmt: skip
    return tuple(Compared(name, a or "not told", b or "not told", a == b and a != "") for name, a, b in rows)


def _told(one: LedgerIncident) -> str:
    names = [member.report.publisher or "a report without a name" for member in one.members]
    days = [member.report.published for member in one.members]
    told = (f"{name}, {day_words(day)}" if day else name for name, day in zip(names, days, strict=True))
    return "; ".join(told)


def deed_words(deed: Deed) -> str:
    """Return a person's word as a sentence without its end."""
    if deed.judgement is not None:
        word = deed.judgement
        if word.reasons == TAKEN_BACK:
            return f"{word.by} took back what was said of {word.left} and {word.right}"
        because = f", because: {' '.join(word.reasons)}" if word.reasons else ""
        return f"{word.by} said that {word.left} and {word.right} are “{word.verdict}”{because}"
    assert deed.revision is not None
    return f"{revision_words(deed.revision)} ({deed.revision.of})"
