"""What a question to the API may hold: each word with its schema, which describes it and refuses what is not it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.requests import Request

from marsad.errors import BadInputError
from marsad.ledger import BY, POLICIES
from marsad.ledger.targets import TARGETS
from marsad.ledger.tolls import STANDINGS
from marsad.serve.address import LONGEST_PAGE

Schema = Mapping[str, Any]

LONGEST_WORDS = 300
"""Signs of one word of a question: no name of a place, a group or a source is longer."""
USUAL_PAGE = 100
FARTHEST = 99_999_999

DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
WORDS: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS, "pattern": r"\S"}
NAME: Schema = {"type": "string", "minLength": 4, "maxLength": 80, "pattern": r"^[0-9A-Za-z/]+$"}
"""An id as the ledger gives it: of an incident, of a report, or of a claim (report/c4); its first letters suffice."""

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: its name in the address, what it means, and what it may be."""

    name: str
    says: str
    schema: Schema
    required: bool = False
    place: str = "query"


FILTERS = (
    Word("since", "first day of the window, by an incident's first day", DAY),
    Word("until", "last day of the window", DAY),
    Word("place", "words of a place, province or country code", WORDS),
    Word("perpetrator", "words of who is named as responsible", WORDS),
    Word("victims", "words of who came to harm, or civilian, combatant; names are refused to readers", WORDS),
    Word("means", "how it was done: airstrike, shelling, ...", WORDS),
    Word("source", "words of who tells of it; refused to readers", WORDS),
    Word("status", "how it stands", {"type": "string", "enum": [*STANDINGS]}),
    Word("min_sources", "only incidents that so many sources tell of",
         {"type": "integer", "minimum": 1, "maximum": 1000}),
)  # fmt: skip
ALSO = (
    Word("target", "only attacks on this", {"type": "string", "enum": [*TARGETS]}),
    Word("since_agreement", "incidents since an agreement was made, by its id or words; in place of since", WORDS),
)
"""What incidents and tolls are asked by besides the page's filters."""
AS_OF = Word("as_of", "what had been recorded until then: a day (its last moment, UTC) or a moment", MOMENT)
TIMES = (
    AS_OF,
    Word("policy", "whose figure is best where reports differ", {"type": "string", "enum": [*POLICIES]}),
)
PAGING = (
    Word("limit", f"rows on a page, {USUAL_PAGE} unless told",
         {"type": "integer", "minimum": 1, "maximum": LONGEST_PAGE}),
    Word("offset", "rows to leave out; `next` of one page is the offset of the next",
         {"type": "integer", "minimum": 0, "maximum": FARTHEST}),
)  # fmt: skip
BY_WORD = Word("by", f"what to add up by, {BY[0]} unless told; victims and source are refused to readers",
               {"type": "string", "enum": [*BY]})  # fmt: skip
ID_IN_PATH = Word("id", "an id, or its first letters", NAME, required=True, place="path")


def checked(words: Iterable[Word], request: Request) -> dict[str, str]:
    """Return what a question holds; raise BadInputError for a word that is not known, twice there, empty or wrong.

    A word that nobody knows is refused: a filter that was misspelt would else give the total of everything.
    """
    known = {word.name: word for word in words}
    asked: dict[str, str] = dict(request.path_params)
    for name, value in request.query_params.multi_items():
        # The command line writes --min-sources.
        name = name.replace("-", "_")
        if name not in known or known[name].place == "path":
            there = ", ".join(name for name, word in known.items() if word.place == "query") or "none"
            raise BadInputError(f"{name[:40]!r} is no word of this question: there are {there}")
        if name in asked:
            raise BadInputError(f"{name} is there twice: give it once")
        asked[name] = value
    for name, value in asked.items():
        if fault := fault_of(known[name].schema, value):
            raise BadInputError(f"{name} is {value[:80]!r}: {fault}")
    if missing := [name for name, word in known.items() if word.required and name not in asked]:
        raise BadInputError(f"{missing[0]} is missing: {known[missing[0]].says}")
    return asked


def fault_of(schema: Schema, value: str) -> str | None:
    """Return what to write instead of a value that does not fit its schema; None where it fits."""
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        is_number = re.fullmatch(r"-?[0-9]{1,9}", value) is not None
        return None if is_number and low <= int(value) <= high else f"write a whole number from {low} to {high}"
    if "enum" in schema:
        return None if value in schema["enum"] else f"choose one of {', '.join(schema['enum'])}"
    if schema.get("format") == "date":
        return None if _is_day(value) else "write a day as 2019-04-20"
    if "anyOf" in schema:
        return None if _is_day(value) or _is_moment(value) else "write 2019-04-20 or 2019-04-20T18:00:00Z"
    return _fault_of_words(schema, value)


def _fault_of_words(schema: Schema, value: str) -> str | None:
    if len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value):
        return "leave it out, or write " + ("more of it" if value.strip() else "something")
    longest = schema.get("maxLength")
    return None if longest is None or len(value) <= longest else f"write at most {longest} signs"


def _is_day(value: str) -> bool:
    try:
        return bool(_ISO_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    try:
        return bool(_ISO_MOMENT.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        return False
