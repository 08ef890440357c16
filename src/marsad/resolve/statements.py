"""Resolves statements as claims are: parties to actors, grounds to places, times to days."""

from collections.abc import Sequence
from dataclasses import replace

from marsad.model import (
    ActorRef,
    Claim,
    Count,
    Perpetrator,
    PlaceMention,
    Report,
    Slot,
    Span,
    Statement,
    Victims,
    Where,
)
from marsad.resolve.when import resolve_when
from marsad.resolve.where import find_places, resolve_where
from marsad.resolve.where_codes import code_claims
from marsad.resolve.who import find_actors, resolve_who

THE_PARTY = frozenset(("group", "organisation", "organization", "movement", "faction", "militia", "outfit"))
THE_PLACE = frozenset(("area", "region", "town", "city", "village", "camp", "district", "province", "enclave"))
THE_COUNTRY = frozenset(("country", "nation"))
"""Nouns that stand for a name given before, when nothing stands with them."""
NO_GROUPS = ("gov-", "linked-to:")
"""How the entries begin that "the group" does not stand for: states, and those that are only tied to a group."""
PARTIES = ("actor", "left", "right", "parties", "group")
GROUND = "place"
NOBODY = Count("", None, "vague", 0, 0, None)


def resolve_statements(report: Report, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Fill actors, places and days; what cannot be told stays None.

    Each statement stands in as a claim with its parties as perpetrators: one way to resolve words serves both.
    """
    if not statements:
        return ()
    claims = tuple(_stand_in(one) for one in statements)
    for resolve in (resolve_when, resolve_where, resolve_who):
        claims = resolve(report, claims)
    filled = [_filled(one, claim) for one, claim in zip(statements, code_claims(claims), strict=True)]
    return _last_named(report, filled)


def _stand_in(one: Statement) -> Claim:
    slots = [slot for name in PARTIES for slot in one.slots.get(name, ())]
    ground = next(iter(one.slots.get(GROUND, ())), None)
    return Claim(
        id=one.id,
        span=one.span,
        harm="casualties",
        count=NOBODY,
        victims=Victims(None),
        perpetrators=tuple(Perpetrator(slot.text, span=slot.span) for slot in slots),
        when=one.when,
        where=None if ground is None else Where(ground.text, span=ground.span),
        according_to=one.according_to,
    )


def _last_named(report: Report, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Give "the group" and "the town" the actor and the place that were named last before them."""
    actors = find_actors(report)
    places = [one for one in find_places(report) if one.where.geoprecision not in (None, 7)]
    return tuple(_with_last(one, actors, places) for one in statements)


def _with_last(one: Statement, actors: Sequence[tuple[Span, ActorRef]], places: Sequence[PlaceMention]) -> Statement:
    slots = dict(one.slots)
    for name, found in slots.items():
        if name in PARTIES:
            slots[name] = tuple(_party(slot, actors) for slot in found)
        elif name == GROUND:
            slots[name] = tuple(_ground(slot, places) for slot in found)
    return replace(one, slots=slots)


def _party(slot: Slot, actors: Sequence[tuple[Span, ActorRef]]) -> Slot:
    if slot.actor is not None or not _stands_for_a_name(slot, THE_PARTY):
        return slot
    groups = [(span, actor) for span, actor in actors if not actor.id.startswith(NO_GROUPS)]
    before = [actor for span, actor in groups if span.end <= slot.span.start]
    if not before and len({actor.id for _, actor in groups}) == 1:
        # A headline may say "the group" before the text names the only one.
        before = [groups[0][1]]
    return replace(slot, actor=before[-1]) if before else slot


def _ground(slot: Slot, places: Sequence[PlaceMention]) -> Slot:
    if _stands_for_a_name(slot, THE_COUNTRY):
        fitting = [place for place in places if place.where.geoprecision == 6]
    elif _stands_for_a_name(slot, THE_PLACE):
        fitting = [place for place in places if place.where.geoprecision != 6]
    else:
        return slot
    before = [place.where for place in fitting if place.span.end <= slot.span.start]
    return replace(slot, where=replace(before[-1], text=slot.text, span=slot.span)) if before else slot


def _stands_for_a_name(slot: Slot, nouns: frozenset[str]) -> bool:
    """Say whether words hold only one of these nouns and no name."""
    words = slot.text.split()
    return words[-1].lower() in nouns and (slot.text == slot.text.lower() or slot.text.isupper()) and len(words) < 3


def _filled(one: Statement, claim: Claim) -> Statement:
    actors = iter([found.actor for found in claim.perpetrators])
    slots: dict[str, tuple[Slot, ...]] = dict(one.slots)
    for name in PARTIES:
        if name in slots:
            slots[name] = tuple(replace(slot, actor=next(actors)) for slot in slots[name])
    if GROUND in slots and claim.where is not None and claim.where.name is not None:
        slots[GROUND] = (replace(slots[GROUND][0], where=claim.where),)
    return replace(one, slots=slots, when=claim.when if one.when else None, according_to=claim.according_to)
