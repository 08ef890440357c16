"""The answers that several pages give, made once until something is recorded."""

from collections.abc import Sequence
from datetime import datetime

from marsad.ledger import By, Changes, LedgerIncident, Policy, TollTable, changes, select, toll
from marsad.ledger.tolls import first_day
from marsad.serve.address import View
from marsad.serve.desk import Shelf
from marsad.store.kept_answers import Answers


def selected(shelf: Shelf, view: View) -> Sequence[LedgerIncident]:
    """Return the incidents that a view takes, in the ledger's order."""
    return shelf.kept(("selected", view.key), lambda: select(shelf.ledger(view.as_of, view.policy), view.selection))


def newest_first(shelf: Shelf, view: View) -> Sequence[LedgerIncident]:
    """Return the incidents that a view takes, the newest day first; those without a day come last."""

    def make() -> Sequence[LedgerIncident]:
        ledger = shelf.ledger(view.as_of, view.policy)
        if isinstance(ledger.answers, Answers) and (known := ledger.answers.newest(ledger, view.selection)) is not None:
            return known
        found = selected(shelf, view)
        return sorted(found, key=lambda one: (str(first_day(one) or ""), one.id), reverse=True)

    return shelf.kept(("newest", view.key), make)


def toll_of(shelf: Shelf, view: View, by: By) -> TollTable:
    """Return a toll of a view."""
    return shelf.kept(("toll", view.key, by), lambda: toll(shelf.ledger(view.as_of, view.policy), by, view.selection))


def changes_of(shelf: Shelf, since: datetime, until: datetime | None, policy: Policy) -> Changes:
    """Return what changed between two moments (None: now)."""
    return shelf.kept(
        ("changes", since, until, policy), lambda: changes(shelf.ledger(since, policy), shelf.ledger(until, policy))
    )
