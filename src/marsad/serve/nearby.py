"""Finds the incidents that could be the same as one: suggested by the program, or near in time and place."""

from dataclasses import dataclass

from marsad.ledger import Ledger, LedgerIncident
from marsad.ledger.tolls import first_day
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


def nearby(ledger: Ledger, one: LedgerIncident) -> list[Near]:
    """Return up to MOST incidents that could be the same, the likeliest first."""
    members = {member.id for member in one.members}
    others = {each.id: each for each in ledger.incidents if each.id != one.id}
    found: dict[str, Near] = {}
    for word in ledger.judgements:
        ends = [end for end in (word.left, word.right) if end not in members]
        other = others.get(ledger.heirs.get(ends[0], "")) if len(ends) == 1 else None
        if other is not None and word.score and (other.id not in found or word.score > (found[other.id].score or 0)):
            found[other.id] = Near(other, incident_sentence(other), word.score, word.reasons)
    for other in others.values():
        if other.id not in found and (reasons := _near(one, other)):
            found[other.id] = Near(other, incident_sentence(other), None, reasons)
    return sorted(found.values(), key=lambda near: (-(near.score or 0), -len(near.reasons), near.one.id))[:MOST]


def _near(one: LedgerIncident, other: LedgerIncident) -> tuple[str, ...]:
    day, its = first_day(one), first_day(other)
    if day is None or its is None or abs((day - its).days) > NEAR_DAYS or not one.where or not other.where:
        return ()
    reasons = ["the same day" if day == its else f"{abs((day - its).days)} days apart"]
    here, there = one.where, other.where
    if here.name and here.name == there.name:
        return (*reasons, f"both in {here.name}")
    if here.admin1 and (here.country, here.admin1) == (there.country, there.admin1):
        return (*reasons, f"both in {here.admin1}")
    return ()
