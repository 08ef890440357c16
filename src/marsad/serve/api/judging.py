"""The endpoints of people's words: the queue, judgements and revisions, and taking them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.exceptions import HTTPException

from marsad.answers.rows import incident_row
from marsad.errors import LedgerError
from marsad.ledger import trace
from marsad.ledger.names import NAMED_FIELDS
from marsad.ledger.revise import AS_READ, CLAIM_FIELDS, FIELDS, require_word
from marsad.model import Judgement, Revision
from marsad.serve.api.door import REASON, SENT, Asked
from marsad.serve.api.words import NAME, WORDS
from marsad.serve.cases import Case, IncidentCase, PairCase
from marsad.serve.deciding import accept, place_of
from marsad.serve.faults import leads_nowhere
from marsad.serve.judging import judged, unjudged
from marsad.serve.queue import queue_of
from marsad.vocabulary import VERDICTS

REVISABLE = tuple(dict.fromkeys((*FIELDS, *CLAIM_FIELDS, *NAMED_FIELDS)))
_INCIDENT = {**NAME, "description": "an incident's id, or its first letters"}
SENT["Judgement"] = {
    "type": "object", "additionalProperties": False, "required": ["left", "right", "verdict"],
    "properties": {
        "left": _INCIDENT, "right": _INCIDENT, "verdict": {"type": "string", "enum": [*VERDICTS]},
        "because": {**REASON, "description": "the reason, kept beside the word"},
    },
}  # fmt: skip
SENT["Pair"] = {
    "type": "object", "additionalProperties": False, "required": ["left", "right"],
    "properties": {"left": _INCIDENT, "right": _INCIDENT},
}  # fmt: skip
SENT["Revision"] = {
    "type": "object", "additionalProperties": False, "required": ["of", "field", "value", "because"],
    "properties": {
        "of": {**WORDS, "description": "an incident's id, a claim's (report/c4), or a name (actor:NAME, place:NAME)"},
        "field": {"type": "string", "enum": [*REVISABLE], "description": "of a claim count and withdrawn, of a name "
                  "actor or place, else what an incident holds"},
        "value": {**WORDS, "description": '27, 20-30 or 35+; 2019-04-18; a name; yes or no; "as read" undoes'},
        "because": {**WORDS, "maxLength": 2000, "description": "the reason, kept beside the value"},
    },
}  # fmt: skip
SENT["Acceptance"] = {
    "type": "object", "additionalProperties": False, "required": ["of"],
    "properties": {
        "of": {**NAME, "description": "an incident's id, a claim's (report/c4), or a report's"},
        "because": {**REASON, "description": "a remark, kept beside the word"},
    },
}  # fmt: skip
SENT["Field"] = {
    "type": "object", "additionalProperties": False, "required": ["of", "field"],
    "properties": {name: SENT["Revision"]["properties"][name] for name in ("of", "field")},
}  # fmt: skip


def review(asked: Asked) -> dict[str, Any]:
    """Return what needs a person's look, the weightiest first: doubtful pairs, disputed figures, warned readings."""
    page = asked.paged("cases", queue_of(asked.shelf, asked.view.policy))
    return {**page, "cases": [_case(one) for one in page["cases"]]}


def judge(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Record a person's word on whether two incidents are one event."""
    pair = asked.sent["left"], asked.sent["right"]
    because = asked.sent.get("because", "").strip()
    with _as_conflict():
        return 201, _word(judged(asked.desk, asked.shelf, asked.person, pair, asked.sent["verdict"], because))


def unjudge(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Take back the last person's word on two incidents' ids, as the judgement gave them."""
    with _as_conflict():
        return 201, _word(unjudged(asked.desk, asked.shelf, asked.person, (asked.sent["left"], asked.sent["right"])))


def revise(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Record a person's value in place of what was read."""
    return _revised(asked, asked.sent["value"].strip(), asked.sent["because"].strip())


def unrevise(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Let what was read stand again."""
    return _revised(asked, AS_READ, "taken back")


@contextmanager
def _as_conflict() -> Iterator[None]:
    """Answer 409 where a word is readable but says nothing to the record as it stands; 404 where an id is nobody's."""
    try:
        yield
    except LedgerError as error:
        if leads_nowhere(error):
            raise
        raise HTTPException(409, str(error)) from None


def accept_it(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Record that a person looked and agrees with what was read."""
    place = place_of(asked.request)
    with place.looking.deciding:
        told = accept(place, asked.sent["of"], asked.sent.get("because", "").strip())
    return 201, {"recorded": told}


def _revised(asked: Asked, value: str, because: str) -> tuple[int, dict[str, Any]]:
    name = asked.sent["field"]
    of = asked.sent["of"].strip() if name in NAMED_FIELDS else _named(asked, asked.sent["of"].strip())
    word = Revision(of, name, value, because, asked.person.name, asked.desk.clock())
    try:
        require_word(word)
    except LedgerError as error:
        raise HTTPException(422, str(error)) from None
    with place_of(asked.request).looking.deciding, asked.desk.book() as book:
        book.add_revision(word)
    return 201, value_of(word)


def _named(asked: Asked, of: str) -> str:
    """Return the whole id of the claim or the incident (also a withdrawn one) that is to be revised."""
    found = trace(asked.shelf.ledger(), of)
    if "/" in of and found.said:
        return found.said[0].ref
    one = found.withdrawn or (found.incidents[0] if len(found.incidents) == 1 else None)
    if one is None or found.row is not None:
        raise LedgerError(f"{of!r} is no one incident, claim or name of this ledger")
    return one.id


def _case(one: Case) -> dict[str, Any]:
    pair = one if isinstance(one, PairCase) else None
    incidents = [one.one] if isinstance(one, IncidentCase) else [] if pair is None else [pair.one, pair.other]
    return {
        "key": one.key,
        "kind": one.key.partition(":")[0],
        "reasons": [*one.reasons],
        "weight": one.weight,
        "pair": None if pair is None else [pair.left, pair.right],
        "joined": pair is not None and pair.joined,
        "score": None if pair is None else pair.score,
        "incidents": [incident_row(each) for each in incidents],
    }


def _word(one: Judgement) -> dict[str, Any]:
    return {
        "left": one.left, "right": one.right, "verdict": one.verdict, "by": one.by, "made": one.made.isoformat(),
        "because": " ".join(one.reasons) or None,
    }  # fmt: skip


def value_of(one: Revision) -> dict[str, Any]:
    """Return a recorded revision as the API gives it."""
    return {
        "of": one.of, "field": one.field, "value": one.value, "reason": one.reason, "by": one.by,
        "made": one.made.isoformat(),
    }  # fmt: skip
