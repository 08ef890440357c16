"""Gives claims whose words name only a country or a region the exact place that the report tells for the event.

A headline says "in northern Syria", the third sentence names the village. Where all exact places of a report's events
lie in one first-order unit, its vague ones lie there too: so in 29 of the 30 such claims of the training reports.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from marsad.model import Claim, Report
from marsad.passages import sentences

REGION, COUNTRY = 5, 6
UNIT = 4
UNIT_RADIUS_KM = 60.0


def share_places(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims, those of events told at vague places with the values of the exact place of their event.

    To be asked when the report has been added up: a shared place is no evidence that two claims tell of one event.
    Words stay, but for a country's name carried over from another sentence, which the exact words replace. Where exact
    places lie in several units, only a claim of the same harm and number lends its place.
    """
    if not any(_is_vague(claim) for claim in claims):
        return tuple(claims)
    starts = [sentence.start for sentence in sentences(report.text)]
    exact = [claim for claim in claims if _is_exact(claim)]
    return tuple(_shared(claim, exact, starts) if _is_vague(claim) else claim for claim in claims)


def _is_exact(claim: Claim) -> bool:
    where = claim.where
    return claim.scope == "incident" and where is not None and bool(where.admin1) and (where.geoprecision or 9) <= UNIT


def _is_vague(claim: Claim) -> bool:
    where = claim.where
    return claim.scope == "incident" and where is not None and where.geoprecision in (REGION, COUNTRY)


def _shared(claim: Claim, exact: Sequence[Claim], starts: Sequence[int]) -> Claim:
    said = claim.where
    assert said is not None
    home = [other for other in exact if other.where and other.where.country == said.country]
    if len(_units(home)) > 1:
        number = claim.count.stated
        home = [o for o in home if number is not None and o.harm == claim.harm and o.count.stated == number]
    if len(_units(home)) != 1:
        return claim
    later = [other for other in home if other.span.start > claim.span.start]
    lent = (later or home[::-1])[0].where
    assert lent is not None
    if said.geoprecision == COUNTRY and _is_carried(claim, starts):
        return replace(claim, where=lent)
    if len({other.where.name for other in home if other.where}) > 1:
        radius = max(lent.radius_km or 0.0, UNIT_RADIUS_KM)
        lent = replace(lent, name=lent.admin1, admin2=None, geoprecision=UNIT, gazetteer_id=None, radius_km=radius)
    return replace(claim, where=replace(lent, text=said.text, span=said.span))


def _units(claims: Sequence[Claim]) -> set[str | None]:
    return {claim.where.admin1 for claim in claims if claim.where}


def _is_carried(claim: Claim, starts: Sequence[int]) -> bool:
    """Say whether the words of the place stand in another sentence than the claim."""
    span = claim.where.span if claim.where else None
    if span is None or span.within != claim.span.within:
        return True
    return bisect_right(starts, span.start) != bisect_right(starts, claim.span.start)
