"""Finds the incidents that could be the same as one: suggested by the program, or near in time and place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from marsad.ledger import Ledger, LedgerIncident, Selection, select
from marsad.ledger.tolls import first_day
from marsad.model import Judgement
from marsad.serve.messages import gettext, ngettext
from marsad.serve.queue import incidents_by_ids
from marsad.serve.says import incident_sentence

MOST = 6
NEAR_DAYS = 2


@dataclass(frozen=True, slots=True)
class Near:
    """An incident that could be the same, and why it is shown."""

    one: LedgerIncident
    sentence: str
    score: float | None
    reasons: tuple[str, ...]


def nearby(ledger: Ledger, one: LedgerIncident, judgements: Iterable[Judgement]) -> list[Near]:
    """Return up to MOST incidents that could be the same, the likeliest first; `judgements` are those on this one."""
    found: dict[str, Near] = {}
    here = {member.id for member in one.members}
    asked = [(word, word.right if word.left in here else word.left) for word in judgements if word.score]
    others = incidents_by_ids(ledger, {name for _, name in asked})
    for word, name in asked:
        other, score = others.get(name), word.score or 0.0
        if other is not None and other.id != one.id and (other.id not in found or score > (found[other.id].score or 0)):
            found[other.id] = Near(other, incident_sentence(other), score, word.reasons)
    for other in _around(ledger, one):
        if other.id not in found and other.id != one.id and (reasons := _near(one, other)):
            found[other.id] = Near(other, incident_sentence(other), None, reasons)
    return sorted(found.values(), key=lambda near: (-(near.score or 0), -len(near.reasons), near.one.id))[:MOST]


def _around(ledger: Ledger, one: LedgerIncident) -> Sequence[LedgerIncident]:
    """Return the incidents of the days about one's first."""
    day = first_day(one)
    if day is None:
        return ()
    reach = timedelta(days=NEAR_DAYS)
    return select(ledger, Selection(since=day - reach, until=day + reach))


def _near(one: LedgerIncident, other: LedgerIncident) -> tuple[str, ...]:
    day, its = first_day(one), first_day(other)
    if day is None or its is None or abs((day - its).days) > NEAR_DAYS or not one.where or not other.where:
        return ()
    apart = abs((day - its).days)
    reasons = [
        gettext("the same day") if not apart else ngettext("%(n)s day apart", "%(n)s days apart", apart) % {"n": apart}
    ]
    here, there = one.where, other.where
    if here.name and here.name == there.name:
        return (*reasons, gettext("both in %(place)s") % {"place": here.name})
    if here.admin1 and (here.country, here.admin1) == (there.country, there.admin1):
        return (*reasons, gettext("both in %(place)s") % {"place": here.admin1})
    return ()
