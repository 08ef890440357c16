"""Finds what an id asks to accept: an incident, a claim, or a whole report, with the words that name its values."""

from collections.abc import Sequence

from marsad.errors import LedgerError
from marsad.ledger.accepted import accepted_words, came_with, claim_words
from marsad.ledger.entries import Ledger, LedgerIncident
from marsad.ledger.gold import whole_words
from marsad.ledger.revise import ACCEPTED, Revised, recounted
from marsad.ledger.trace import trace
from marsad.model import Revision

MOST_CLAIMS = 40
"""Of an incident with more claims than this nobody reads all before saying that they are right."""


def to_accept(ledger: Ledger, asked: str) -> tuple[str, str]:
    """Return the whole id of what is asked for, and what is accepted of it; raise LedgerError for anything else."""
    found = trace(ledger, asked)
    if "/" in asked and found.said:
        said = found.said[0]
        return said.ref, claim_words(recounted(said.claim, _counts(ledger).count(said.ref)))
    if found.row is None and found.withdrawn is None and len(found.incidents) == 1 and asked[:1] == "i":
        return found.incidents[0].id, accepted_words(found.incidents[0])
    for key, recorded in ledger.readings.items():
        if found.row is None and "/" not in asked and key.startswith(asked):
            return key[:12], whole_words(recorded)
    raise LedgerError(f"{asked!r} is nothing that can be accepted: name an incident, a claim (report/c4) or a report")


def words_to_accept(ledger: Ledger, asked: str, because: str) -> list[tuple[str, str, str]]:
    """Return what one word accepts as (id, values, reason): what is asked for first, then the claims of an incident."""
    of, what = to_accept(ledger, asked)
    one = next((each for each in ledger.incidents if each.id == of), None)
    claims = _claims_of(one) if one is not None else ()
    came = [(ref, said, came_with(of)) for ref, said in claims] if len(claims) <= MOST_CLAIMS else []
    return [(of, what, because), *came]


def accepted_along(revisions: Sequence[Revision], of: str, by: str) -> list[str]:
    """Return the claims that a person accepted together with an incident."""
    came = {word.of for word in revisions if (word.field, word.by, word.reason) == (ACCEPTED, by, came_with(of))}
    return sorted(came)


def _claims_of(one: LedgerIncident) -> tuple[tuple[str, str], ...]:
    # The members' readings carry people's counts already.
    return tuple(
        (f"{member.recorded.report_key[:12]}/{claim.id}", claim_words(claim))
        for member in one.members
        for claim in member.claims()
    )


def _counts(ledger: Ledger) -> Revised:
    return Revised((word.of, word) for word in ledger.revisions)
