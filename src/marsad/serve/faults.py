"""What kind of fault an error of the ledger is for who asks by an address."""

from marsad.errors import LedgerError

_NOT_THERE = (
    "nothing answers",
    "is no incident of this ledger",
    "is no one incident",
    "has no row",
    "has no claim",
    "can be accepted",
    "no suggested tie answers",
)


def leads_nowhere(error: LedgerError) -> bool:
    """Say whether an id leads to nothing: what was asked for is not there, rather than asked wrongly."""
    return any(words in str(error) for words in _NOT_THERE)
