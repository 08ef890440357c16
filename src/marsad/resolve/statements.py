"""Resolves statements as claims are: parties to actors, grounds to places, times to days."""

from collections.abc import Sequence
from dataclasses import replace

from marsad.model import Claim, Count, Perpetrator, Report, Slot, Statement, Victims, Where
from marsad.resolve.when import resolve_when
from marsad.resolve.where import resolve_where
from marsad.resolve.where_codes import code_claims
from marsad.resolve.who import resolve_who

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
    return tuple(_filled(one, claim) for one, claim in zip(statements, code_claims(claims), strict=True))


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


def _filled(one: Statement, claim: Claim) -> Statement:
    actors = iter([found.actor for found in claim.perpetrators])
    slots: dict[str, tuple[Slot, ...]] = dict(one.slots)
    for name in PARTIES:
        if name in slots:
            slots[name] = tuple(replace(slot, actor=next(actors)) for slot in slots[name])
    if GROUND in slots and claim.where is not None and claim.where.name is not None:
        slots[GROUND] = (replace(slots[GROUND][0], where=claim.where),)
    return replace(one, slots=slots, when=claim.when if one.when else None, according_to=claim.according_to)
