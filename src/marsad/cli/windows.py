"""Where a window of the ledger begins: on a day, or on the day that an agreement was made."""

from datetime import date

from marsad.errors import LedgerError
from marsad.ledger import Ledger
from marsad.ledger.agreements import agreed_day, agreements, find_agreement
from marsad.ledger.stated import readings_telling


def day_since(built: Ledger, since: str | None, agreement: str | None) -> str | None:
    """Return the first day of a window: the day as it was given, or that on which an agreement was made.

    `since` may name an agreement too ("ceasefire in Idlib"). Raises LedgerError where several fit, or none.
    """
    if agreement is None and (since is None or _is_day(since)):
        return since
    if agreement is not None and since is not None:
        raise LedgerError("give --since DAY or --since-agreement, not both: a window has one beginning")
    return agreed_day(
        find_agreement(agreements(readings_telling(built, "agreement")), agreement or since or "")
    ).isoformat()


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        # Whatever has a digit in it was meant as a day: parse_day then says what is wrong with it.
        return any(sign.isdigit() for sign in words)
    return True
