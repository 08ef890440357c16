"""Which incidents may be breaches of an agreement: candidates with the reason, never a judgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.ledger.agreements import Agreement
from marsad.ledger.entries import LedgerIncident
from marsad.ledger.names import plain_name
from marsad.ledger.stated import COUNTRY, lies_in
from marsad.ledger.tolls import first_day

SILENT = ("prisoner_exchange", "evacuation")
"""Kinds that no violence elsewhere breaks."""


@dataclass(frozen=True, slots=True)
class Breach:
    """An incident that an agreement may forbid, and why it is listed, in words."""

    incident: LedgerIncident
    why: tuple[str, ...]


def breaches(
    one: Agreement,
    incidents: Iterable[LedgerIncident],
    known: Iterable[Agreement] = (),
    on: date | None = None,
) -> tuple[Breach, ...]:
    """Return the incidents after an agreement was made that lie in its place or were done between its parties.

    They end where a later agreement of the kind between these parties begins (one of `known`), and with the day `on`.
    An agreement for a whole country takes only incidents that a party has a hand in.
    """
    if one.agreed is None or one.kind in SILENT:
        return ()
    until = _next(one, known)
    out = []
    for incident in incidents:
        day = first_day(incident)
        if day is None or day < one.agreed or (until is not None and day >= until) or (on is not None and day > on):
            continue
        why = _reasons(one, incident)
        if why:
            days = (day - one.agreed).days
            out.append(Breach(incident, (*why, f"{days} days after it was agreed")))
    return tuple(out)


def _next(one: Agreement, known: Iterable[Agreement]) -> date | None:
    mine = {party.key for party in one.parties}
    later = [
        other.agreed
        for other in known
        if other.kind == one.kind
        and other.id != one.id
        and other.agreed is not None
        and one.agreed is not None
        and other.agreed > one.agreed
        and mine
        and mine == {party.key for party in other.parties}
    ]
    return min(later, default=None)


def _reasons(one: Agreement, incident: LedgerIncident) -> tuple[str, ...]:
    parties = {party.key: party.name for party in one.parties}
    did = _named(
        ((p.actor.id if p.actor else None, p.text) for p in incident.perpetrators if p.basis != "denied"), parties
    )
    bore = _named(((v.actor.id if v.actor else None, v.text) for v in incident.victims), parties)
    between = [
        f"{parties[key]} against {parties[other]}, both parties" for key in did for other in bore if key != other
    ]
    inside = one.place is not None and incident.where is not None and lies_in(incident.where, one.place)
    place = (one.place.name or one.place.text) if one.place else None
    why = between[:1]
    if inside and (did or bore or (one.place is not None and one.place.geoprecision != COUNTRY)):
        why.append(f"in {place}, its place")
    if why and not between:
        why += [f"by {parties[key]}, a party" for key in did] + [f"against {parties[key]}, a party" for key in bore]
    return tuple(why)


def _named(mentions: Iterable[tuple[str | None, str | None]], parties: dict[str, str]) -> list[str]:
    keys = [key for entry, text in mentions for key in (entry, f"words:{plain_name(text or '')}")]
    return list(dict.fromkeys(key for key in keys if key in parties))
