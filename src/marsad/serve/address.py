"""What an address asks for: filters by the same words as the command line, so that any view can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode

from marsad.errors import BadInputError
from marsad.ledger import POLICIES, Policy, Selection, require_policy
from marsad.ledger.tolls import require_standing
from marsad.read import parse_day

FILTERS = tuple(one.name for one in fields(Selection))
LONGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class View:
    """A selection of the ledger as of a moment, and the words of the address that asked for it."""

    selection: Selection
    as_of: datetime | None
    policy: Policy
    words: Mapping[str, str]

    @property
    def key(self) -> tuple[Selection, datetime | None, Policy]:
        """What an answer to this view depends on beside the record."""
        return self.selection, self.as_of, self.policy

    def query(self, **changed: object) -> str:
        """Return the address's question with some words changed; None or "" takes a word out."""
        asked = {**self.words, **{name: "" if value is None else str(value) for name, value in changed.items()}}
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def view_of(asked: Mapping[str, str]) -> View:
    """Return what the words of an address ask for; raise BadInputError with advice where one cannot be read."""
    words = {name.replace("-", "_"): value.strip() for name, value in asked.items() if value.strip()}
    values: dict[str, Any] = {name: words[name] for name in FILTERS if name in words}
    for name in ("since", "until"):
        if name in values:
            values[name] = parse_day(values[name])
    if "min_sources" in values:
        values["min_sources"] = number(words, "min_sources", 1, 1, 1000)
    if "status" in values:
        values["status"] = require_standing(values["status"])
    kept = {name: words[name] for name in (*FILTERS, "as_of", "policy") if name in words}
    as_of = moment_of(words["as_of"]) if "as_of" in words else None
    return View(Selection(**values), as_of, require_policy(words.get("policy", POLICIES[0])), kept)


def number(asked: Mapping[str, str], name: str, usual: int, lowest: int, highest: int) -> int:
    """Return a whole number of the address; raise BadInputError where it is none or out of bounds."""
    words = asked.get(name, "").strip() or str(usual)
    if not (words.isascii() and words.isdigit() and len(words) < 10 and lowest <= int(words) <= highest):
        raise BadInputError(f"{name} is {words!r}: write a whole number from {lowest} to {highest}")
    return int(words)


def moment_of(words: str) -> datetime:
    """Return the moment that `words` give: ISO 8601; a day alone means its last moment, in UTC."""
    try:
        if len(words) == len("2019-04-20"):
            return datetime.combine(date.fromisoformat(words), time.max, UTC)
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise BadInputError(f"{words!r} is no moment: write 2019-04-20 or 2019-04-20T18:00:00+00:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
