"""Writes a coded event out in words, so that every number of it stands in a sentence and keeps its receipt."""

from dataclasses import replace
from functools import cache

from marsad.check import require_sound
from marsad.export.sides import CIVILIANS
from marsad.imports.coded import Coded, Part
from marsad.imports.place import where_of
from marsad.model import (
    ActorRef,
    Breakdown,
    Claim,
    Count,
    Figure,
    Incident,
    Perpetrator,
    Reading,
    Report,
    Span,
    Victims,
    When,
    Where,
)
from marsad.resolve.registry import Actor, registry
from marsad.resolve.who import find_actor
from marsad.resolve.who_ucdp import ucdp_name
from marsad.tally.event_type import codes_of
from marsad.vocabulary import Harm

VERBS: dict[Harm, str] = {"casualties": "killed or injured"}
EXTRACTOR = "coder"


class _Text:
    """A text that grows, and knows where what was written stands."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text), words)


def reading_of(coded: Coded, source: str) -> Reading:
    """Return the reading of one coded event, on the word of `source`; its text is the row in plain sentences."""
    out = _Text()
    out.write(f"{coded.scheme} {coded.id}.\n")
    out.write("From ")
    days = out.write(f"{coded.start} to {coded.end}")
    out.write(" in ")
    where = where_of(coded.spot)
    names = [coded.spot.name, coded.spot.admin2, coded.spot.admin1, where.country]
    place = out.write(", ".join(dict.fromkeys(name for name in names if name)) or "an unnamed place")
    sides = " and ".join(side for side in (coded.side_a, coded.side_b) if side)
    out.write(f"; {sides}.\n" if sides else ".\n")
    when = When(days.quote, coded.start, coded.end, coded.precision, days)
    scene = _Scene(coded, when, replace(where, text=place.quote, span=place))
    claims, breakdowns = _claims(coded, out, scene)
    out.write(f"Sources named by the coder: {coded.sources}.\n" if coded.sources else "")
    out.write(f"{coded.notes}.\n" if coded.notes else "")
    report = Report(
        id=f"{coded.scheme} {coded.id}",
        text=out.text,
        title=f"{coded.scheme} {coded.id}",
        publisher=source,
        language="en",
        published=coded.published,
    )
    incident = _incident(coded, claims, scene)
    return require_sound(Reading(report, claims, breakdowns, incidents=(incident,)))


class _Scene:
    """What all claims of a coded event share, and how its sides are called in the registry."""

    def __init__(self, coded: Coded, when: When, where: Where) -> None:
        self.when, self.where = when, where
        self._country, self._day = where.country, coded.start

    def actor(self, side: str | None) -> ActorRef | None:
        """Return whom a coder's name of a side means; None for civilians and for nobody."""
        if not side or side.casefold() in ("civilians", "unknown"):
            return None
        known = _by_ucdp_name(side)
        if known is not None:
            return known
        return find_actor(side, on=self._day, countries=[self._country] if self._country else [])

    def perpetrators(self, by: str | None) -> tuple[Perpetrator, ...]:
        """Return who did it, as coded."""
        return (Perpetrator(by, actor=self.actor(by)),) if by else ()


def _by_ucdp_name(side: str) -> ActorRef | None:
    found = _names().get(side)
    return found.ref if found else None


@cache
def _names() -> dict[str, Actor]:
    """Return the registry's actors by UCDP's names and their own; the better known first."""
    found: dict[str, Actor] = {}
    for actor in registry().actors.values():
        for name in (ucdp_name(actor), actor.name):
            found.setdefault(name, actor)
    return found


def _claims(coded: Coded, out: _Text, scene: _Scene) -> tuple[tuple[Claim, ...], tuple[Breakdown, ...]]:
    claims: list[Claim] = []
    breakdowns: list[Breakdown] = []
    for harm, total in coded.totals:
        parts = [part for name, part in coded.parts if name == harm]
        # One part that is the whole is the whole, told once.
        if len(parts) == 1:
            total, parts = replace(parts[0], figure=total.figure), []
        whole = _claim(f"c{len(claims) + 1}", harm, total, out, scene)
        claims.append(whole)
        made = [_claim(f"c{len(claims) + at}", harm, part, out, scene) for at, part in enumerate(parts, 1)]
        claims += made
        if made:
            breakdowns.append(Breakdown(whole.id, tuple(one.id for one in made), "sum", "consistent"))
    return tuple(claims), tuple(breakdowns)


def _claim(name: str, harm: Harm, part: Part, out: _Text, scene: _Scene) -> Claim:
    count = _count(part.figure)
    span = out.write(f"{count.words} {part.who} were {VERBS.get(harm, harm)}")
    out.write(f", by {part.by}.\n" if part.by else ".\n")
    victims = Victims(part.who, part.status, scene.actor(part.side))
    doers = scene.perpetrators(part.by)
    return Claim(name, span, harm, count, victims, doers, scene.when, scene.where, extractor=EXTRACTOR)


def _count(figure: Figure) -> Count:
    if figure.low == figure.best == figure.high:
        return Count(str(figure.best), figure.best, "exact", figure.low, figure.best, figure.high)
    words = f"{figure.best} (from {figure.low} to {figure.high})"
    return Count(words, figure.low, "range", figure.low, figure.best, figure.high, figure.high)


def _incident(coded: Coded, claims: tuple[Claim, ...], scene: _Scene) -> Incident:
    tolls = {harm: part.figure for harm, part in coded.totals}
    doers = tuple(dict.fromkeys(doer for claim in claims for doer in claim.perpetrators))
    killed = [claim for claim in claims if claim.harm == "killed"]
    inner = killed[1:] or killed
    return Incident(
        "i1",
        coded.kind,
        tuple(claim.id for claim in claims),
        tolls,
        _sum(inner, "civilian"),
        _sum(inner, "combatant"),
        scene.when,
        scene.where,
        doers,
        tuple(dict.fromkeys(claim.victims for claim in claims)),
        coded.means,
        side_a=coded.side_a,
        side_b=CIVILIANS if coded.type_of_violence == 3 else coded.side_b,
        type_of_violence=coded.type_of_violence,
        codes=codes_of(coded.kind, coded.means),
    )


def _sum(claims: list[Claim], status: str) -> Figure | None:
    found = [claim.count for claim in claims if claim.victims.status == status]
    if not found:
        return None
    high = sum(count.high if count.high is not None else count.best for count in found)
    return Figure(sum(count.low for count in found), sum(count.best for count in found), high)
