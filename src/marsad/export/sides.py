"""UCDP's two sides of a ledger's incident and its type of violence, and what kind of actor a name is."""

from dataclasses import dataclass
from functools import cache

from marsad.ledger import LedgerIncident
from marsad.model import ActorRef, Incident
from marsad.resolve.registry import Actor, registry
from marsad.resolve.who_ucdp import CIVILIANS, UcdpView, ucdp_name, ucdp_view

__all__ = ["CIVILIANS", "Known", "known_actor", "known_side", "view_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knows of an actor: its kind and its countries (ISO alpha-2)."""

    kind: str
    countries: frozenset[str]


def view_of(one: LedgerIncident) -> UcdpView:
    """Return the sides as they follow from what the ledger says; where that tells nothing, as a coder gave them."""
    said = Incident(
        one.id,
        one.type,
        (),
        when=one.when,
        where=one.where,
        perpetrators=one.perpetrators,
        victims=one.victims,
        means=one.means,
    )
    view = ucdp_view(said)
    if view.type_of_violence is not None:
        return view
    for member in reversed(one.members):
        given = member.incident
        if given.type_of_violence is not None and not one.revisions:
            return UcdpView(given.side_a, given.side_b, given.type_of_violence)
    return view


def known_actor(actor: ActorRef | None) -> Known | None:
    """Return what the registry knows of an actor; None where it is not in the registry."""
    found = registry().actors.get(actor.id) if actor else None
    return None if found is None else Known(found.kind, found.countries)


def known_side(name: str | None) -> Known | None:
    """Return what the registry knows of a side by UCDP's name for it."""
    found = _by_side_name().get(name or "")
    return None if found is None else Known(found.kind, found.countries)


@cache
def _by_side_name() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for actor in registry().actors.values():
        found.setdefault(ucdp_name(actor), actor)
    return found
