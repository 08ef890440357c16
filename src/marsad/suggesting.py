"""Suggests ties between actors that reports tell of and the registry does not have; where ledger and registry meet."""

from marsad.ledger import Ledger
from marsad.ledger.stated import readings_telling
from marsad.ledger.suggestions import Suggestion, suggestions
from marsad.resolve.registry import registry


def new_ties(ledger: Ledger) -> tuple[Suggestion, ...]:
    """Return the ties that a ledger's reports tell of, without those that the registry has already."""
    known = suggestions(readings_telling(ledger, "relation"), ledger.revisions)
    return tuple(one for one in known if not _is_in_registry(one))


def _is_in_registry(one: Suggestion) -> bool:
    """Say whether the registry has a tie already, on the day of the first report that tells of it."""
    ties = registry().affiliations.get(one.actor.id, ())
    return any(tie.other == one.other.id and tie.relation == one.relation and tie.holds(one.first) for tie in ties)
