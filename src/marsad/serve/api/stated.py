"""The endpoints of what reports state besides harm: control, agreements, record checks, suggested ties; and of gold."""

from datetime import date
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException

from marsad.answers.statements import (
    agreement_to_json,
    check_to_json,
    checked_to_json,
    control_to_json,
    suggestion_to_json,
)
from marsad.checking import Checker
from marsad.errors import LedgerError
from marsad.ledger.agreements import chosen
from marsad.ledger.breaches import breaches
from marsad.ledger.control import Control
from marsad.ledger.revise import AS_READ
from marsad.ledger.suggestions import Suggestion, find_suggestion
from marsad.read import parse_day
from marsad.serve import ties
from marsad.serve.adding import report_of
from marsad.serve.api import stated_shapes as stated_shapes  # its schemas join the others
from marsad.serve.api.door import REASON, SENT, Asked
from marsad.serve.api.judging import value_of
from marsad.serve.api.words import WORDS
from marsad.serve.deciding import place_of
from marsad.serve.stated_pages import agreements_of, control_on
from marsad.serve.withheld import sees_words
from marsad.serve.work import gold_made
from marsad.suggesting import new_ties

SENT["Tie"] = {
    "type": "object", "additionalProperties": False, "required": ["tie"],
    "properties": {
        "tie": {**WORDS, "description": "a suggested tie's id"},
        "because": {**REASON, "description": "the reason, kept beside the word"},
    },
}  # fmt: skip


def list_control(asked: Asked) -> dict[str, Any]:
    """Return who holds, besieges and contests what on a day, as `marsad control --format json` prints it."""
    words = asked.words
    found, _ = control_on(asked.shelf, asked.view, words.get("about", "").strip(), words.get("on", ""))
    page, beside = asked.paged("control", list(found.lines)), asked.paged("beside", list(found.beside))
    shown = control_to_json(Control(found.on, tuple(page["control"]), tuple(beside["beside"])))
    after = [each["next"] for each in (page, beside) if each["next"] is not None]
    return {**page, **shown, "beside_count": beside["count"], "next": min(after, default=None)}


def list_agreements(asked: Asked) -> dict[str, Any]:
    """Return agreements with what became of each, as `marsad agreements --format json` prints them."""
    on = _day(asked, "on")
    known = agreements_of(asked.shelf, asked.view, on)
    page = asked.paged("agreements", list(chosen(known, asked.words.get("place"), asked.words.get("party"))))
    incidents = asked.ledger.incidents
    rows = [agreement_to_json(one, breaches(one, incidents, known, on)) for one in page["agreements"]]
    if not sees_words(asked.request):
        # A statement's terms are values of a closed list; an agreement's are words of reports.
        rows = [{**row, "terms": None} for row in rows]
    return {**page, "agreements": rows}


def check_words(asked: Asked) -> dict[str, Any]:
    """Return the verdict on a record claim in words, as `marsad check --format json` prints it."""
    try:
        return check_to_json(_checker(asked).words(asked.words["words"], _day(asked, "on"), _day(asked, "since")))
    except LedgerError as error:
        raise HTTPException(422, str(error)) from None


def check_report(asked: Asked) -> dict[str, Any]:
    """Return the verdicts on the record claims of one report."""
    found = report_of(asked.ledger, asked.words["id"])
    page = asked.paged("checks", list(_checker(asked).reports([found])))
    return {**page, "checks": [checked_to_json(one.said, one.check, one.problem) for one in page["checks"]]}


def list_suggestions(asked: Asked) -> dict[str, Any]:
    """Return the ties between actors that reports tell of and the registry lacks, those of most voices first."""
    view = asked.view
    known = asked.shelf.kept(("suggestions", view.as_of), lambda: new_ties(asked.ledger))
    answer = asked.words.get("answer")
    page = asked.paged("suggestions", [one for one in known if answer in (None, one.answer)])
    return {**page, "suggestions": [suggestion_to_json(one) for one in page["suggestions"]]}


def _answered(asked: Asked, answer: str) -> tuple[int, dict[str, Any]]:
    with place_of(asked.request).looking.deciding:
        found = _suggestion(asked)
        if answer == AS_READ and found.answer == "open":
            raise HTTPException(409, f"nobody answered {found.id} yet: there is nothing to take back")
        word = ties.answer(place_of(asked.request), found, answer, asked.sent.get("because", ""))
    return 201, value_of(word)


accept_tie = partial(_answered, answer="accepted")
reject_tie = partial(_answered, answer="rejected")
take_tie_back = partial(_answered, answer=AS_READ)


def list_gold(asked: Asked) -> dict[str, Any]:
    """Return what people judged, report by report, in the form that `marsad evaluate` takes."""
    gold = gold_made(asked.shelf)
    page = asked.paged("codings", list(gold.codings))
    return {**page, "reports": asked.paged("reports", list(gold.reports))["reports"]}


def _suggestion(asked: Asked) -> Suggestion:
    return find_suggestion(ties.all_ties(asked.shelf), asked.sent["tie"].strip())


def _checker(asked: Asked) -> Checker:
    view = asked.view
    return asked.shelf.kept(("checker", view.as_of, view.policy), lambda: Checker(asked.ledger))


def _day(asked: Asked, name: str) -> date | None:
    return parse_day(asked.words[name]) if name in asked.words else None
