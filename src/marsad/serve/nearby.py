"""Finds the incidents that could be the same as one: suggested by the program, or near in time and place."""

from dataclasses import dataclass
from datetime import date, timedelta

from marsad.ledger import Ledger, LedgerIncident
from marsad.ledger.tolls import first_day
from marsad.model import Judgement
from marsad.serve.address import View
from marsad.serve.desk import Shelf
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


@dataclass(frozen=True, slots=True)
class _Index:
    days: dict[date, list[LedgerIncident]]
    words: dict[str, list[tuple[LedgerIncident, Judgement]]]


def nearby(shelf: Shelf, view: View, one: LedgerIncident) -> list[Near]:
    """Return up to MOST incidents that could be the same, the likeliest first."""
    index = shelf.kept(("nearby", view.as_of, view.policy), lambda: _index(shelf.ledger(view.as_of, view.policy)))
    found: dict[str, Near] = {}
    for member in one.members:
        for other, word in index.words.get(member.id, ()):
            score = word.score or 0.0
            if other.id != one.id and (other.id not in found or score > (found[other.id].score or 0)):
                found[other.id] = Near(other, incident_sentence(other), score, word.reasons)
    day = first_day(one)
    around = range(-NEAR_DAYS, NEAR_DAYS + 1) if day is not None else ()
    for other in (each for days in around if day for each in index.days.get(day + timedelta(days=days), ())):
        if other.id not in found and other.id != one.id and (reasons := _near(one, other)):
            found[other.id] = Near(other, incident_sentence(other), None, reasons)
    return sorted(found.values(), key=lambda near: (-(near.score or 0), -len(near.reasons), near.one.id))[:MOST]


def _index(ledger: Ledger) -> _Index:
    days: dict[date, list[LedgerIncident]] = {}
    for one in ledger.incidents:
        day = first_day(one)
        if day is not None:
            days.setdefault(day, []).append(one)
    by_id = {one.id: one for one in ledger.incidents}
    words: dict[str, list[tuple[LedgerIncident, Judgement]]] = {}
    for word in ledger.judgements:
        for end, other in ((word.left, word.right), (word.right, word.left)):
            heir = by_id.get(ledger.heirs.get(other, ""))
            if word.score and heir is not None:
                words.setdefault(end, []).append((heir, word))
    return _Index(days, words)


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
