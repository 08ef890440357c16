"""Says what people looked at and agreed to: an acceptance names the values, and holds as long as they stand.

To accept is a word of its own and no revision to the same value: a revision would hold a figure fast, and a newer
report could no longer move it. So an acceptance changes nothing; when what it names has moved, it is out of date.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from marsad.ledger.entries import LedgerIncident
from marsad.ledger.revise import ACCEPTED, AS_READ
from marsad.model import Claim, Figure, Perpetrator, Revision, When, Where

WHOLE_READING = "the reading is right, and nothing is missing"
"""What is accepted of a whole report (by its key): every claim that was read, and that there are no others."""


_WITH = re.compile(r"with i[0-9a-f]{12}$")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One person's word that they looked and agree, with the values they saw; `of` is an incident, claim or report."""

    of: str
    what: str
    by: str
    made: datetime
    reason: str


def came_with(of: str) -> str:
    """Return the reason by which a claim is accepted together with its incident."""
    return f"with {of}"


def came_with_another(word: Revision) -> bool:
    """Say whether a claim was accepted together with its incident: it was no decision of its own."""
    return word.field == ACCEPTED and _WITH.match(word.reason) is not None


def acceptances(revisions: Iterable[Revision]) -> dict[str, tuple[Acceptance, ...]]:
    """Return, per thing, the acceptances that were not taken back: the latest of each person, oldest first."""
    latest: dict[tuple[str, str], Revision] = {}
    for word in revisions:
        if word.field == ACCEPTED:
            before = latest.get((word.of, word.by))
            if before is None or (word.made, word.value) > (before.made, before.value):
                latest[word.of, word.by] = word
    found: dict[str, list[Acceptance]] = {}
    for word in sorted(latest.values(), key=lambda one: (one.made, one.of, one.by)):
        if word.value != AS_READ:
            found.setdefault(word.of, []).append(Acceptance(word.of, word.value, word.by, word.made, word.reason))
    return {of: tuple(words) for of, words in found.items()}


def standing(accepted: Mapping[str, tuple[Acceptance, ...]], one: LedgerIncident) -> tuple[Acceptance, ...]:
    """Return the acceptances of an incident that still hold: those of the values that it has now."""
    words = [word for member in one.members for word in accepted.get(member.id, ())]
    return tuple(word for word in words if word.what == accepted_words(one)) if words else ()


def accepted_words(one: LedgerIncident) -> str:
    """Return what is accepted of an incident, in words: its figures, day, place, and who is said to have done it."""
    parts = [f"{figure_value(figure)} {harm}" for harm, figure in one.tolls.items()]
    parts += [_when(one.when), _where(one.where), _doers(one.perpetrators)]
    return "; ".join(parts)


def claim_words(claim: Claim) -> str:
    """Return what is accepted of a claim, in words: everything that is measured of it."""
    count = claim.count
    number = figure_value(Figure(count.low, count.best, count.high))
    voice = f"according to {claim.according_to.text}" if claim.according_to else "on nobody's named word"
    parts = [f"{number} {claim.harm} ({count.qualifier})", f"victims {claim.victims.status}"]
    parts += [_when(claim.when), _where(claim.where), _doers(claim.perpetrators), voice, claim.scope, claim.modality]
    return "; ".join(parts)


def figure_value(figure: Figure) -> str:
    """Return a figure as people write one in a revision: 27, 20-30, or 35+; with its best where that is neither end."""
    if figure.high is None:
        return f"{figure.low}+"
    if figure.high == figure.low:
        return f"{figure.low}"
    best = f" (best {figure.best})" if figure.best != figure.low else ""
    return f"{figure.low}-{figure.high}{best}"


def _when(when: When | None) -> str:
    if when is None or (when.start is None and when.end is None):
        return "no day"
    start, end = (day.isoformat() if day else "open" for day in (when.start, when.end))
    return start if start == end else f"{start}..{end}"


def _where(where: Where | None) -> str:
    if where is None:
        return "no place"
    return ", ".join(part for part in (where.name or where.text, where.admin1, where.country) if part) or "no place"


def _doers(doers: Iterable[Perpetrator]) -> str:
    names = [f"{one.actor.name if one.actor else one.text} ({one.basis})" for one in doers]
    return "by " + (" and ".join(names) or "nobody named")
