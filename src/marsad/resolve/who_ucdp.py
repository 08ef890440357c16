"""UCDP's view of an incident: its two sides under UCDP's names, and the type of violence.

Source of the rules: UCDP GED codebook. 1 state-based: one side is a government; 2 non-state: two organized groups;
3 one-sided: an organized party kills civilians on purpose. What a report does not tell stays None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.model import ActorRef, Incident
from marsad.resolve.registry import Actor, chain, registry
from marsad.resolve.who_find import LINKED
from marsad.resolve.who_lexicon import GROUP_NOUNS
from marsad.resolve.who_words import words_of

CIVILIANS = "Civilians"
# Weapons of war between parties: civilians who die by them are counted to the fight, unless nobody is fought there.
BATTLE_MEANS = frozenset({"airstrike", "shelling", "clashes", "landmine"})


@dataclass(frozen=True, slots=True)
class UcdpView:
    """Sides by UCDP's names and its type_of_violence (1 state-based, 2 non-state, 3 one-sided); None is not told."""

    side_a: str | None = None
    side_b: str | None = None
    type_of_violence: int | None = None


def ucdp_view(incident: Incident) -> UcdpView:
    """Give UCDP's sides and type of violence for an incident, from its perpetrators and victims."""
    day = incident.when.start or incident.when.end if incident.when else None
    doers = sides(tuple(p.actor for p in incident.perpetrators if p.basis != "denied"), day)
    struck = [
        s for s in sides(tuple(v.actor for v in incident.victims if v.status != "civilian"), day) if s not in doers
    ]
    if doers and struck:
        return between(doers[0], struck[0])
    # Without a killer on the other side, two sides that act together or fall together fought one another.
    for pair in (doers, struck):
        if len(pair) > 1:
            return between(pair[0], pair[1])
    if doers and incident.victims:
        return against_unknown(doers[0], incident, day)
    return UcdpView(ucdp_name(doers[0]) if doers else None, ucdp_name(struck[0]) if struck else None)


def sides(refs: Iterable[ActorRef | None], day: date | None) -> list[Actor]:
    """Give the registry entries that UCDP counts these actors to on that day, each once, in order."""
    known = registry().actors
    found: dict[str, Actor] = {}
    for ref in refs:
        if ref:
            # UCDP counts those linked to a group to the group; provisional groups stand for themselves.
            top = chain(ref.id.removeprefix(LINKED), day, ("part_of", "counted_as"))[-1]
            side = known.get(top) or Actor(ref.id, ref.name, "rebel", frozenset(), "", "", len(known))
            found.setdefault(ucdp_name(side), side)
    return list(found.values())


def ucdp_name(side: Actor) -> str:
    """Give the name that UCDP writes for a side; ours where it has none."""
    return side.ucdp_name or side.name


def between(left: Actor, right: Actor) -> UcdpView:
    """Order two armed sides as UCDP does: a government first, else by name."""
    ordered = sorted((left, right), key=lambda side: (side.kind != "government", ucdp_name(side)))
    kind = 1 if ordered[0].kind == "government" else 2
    return UcdpView(ucdp_name(ordered[0]), ucdp_name(ordered[1]), kind)


def against_unknown(doer: Actor, incident: Incident, day: date | None) -> UcdpView:
    """Tell one-sided violence from a fight, where the report names no side of the victims.

    Fighters, and civilians who die by a state's weapons of war, are counted to its fight with the enemy it has there.
    """
    fighters = any(v.status == "combatant" or speaks_of_group(v.text) for v in incident.victims)
    country = incident.where.country if incident.where else None
    state = doer.kind == "government"
    if fighters or (state and (incident.means in BATTLE_MEANS or country not in doer.countries)):
        side = ally_there(doer, country, day)
        enemies = enemies_there(side, country, day)
        if len(enemies) == 1:
            return between(side, enemies[0])
        if fighters or enemies:
            return UcdpView(ucdp_name(side), None, 1 if state else None)
    return UcdpView(ucdp_name(doer), CIVILIANS, 3)


def speaks_of_group(words: str | None) -> bool:
    """Tell whether victims are called by a word for members of an armed group."""
    return any(w.key in GROUP_NOUNS and w.key != "group" for w in words_of(words or ""))


def ally_there(doer: Actor, country: str | None, day: date | None) -> Actor:
    """Give the country's own government where a foreign state fights on its side, else that state: UCDP's way."""
    home = registry().actors.get(f"gov-{(country or '').lower()}")
    ties = registry().affiliations.get(doer.id, ())
    if home and any(t.other == home.id and t.relation == "allied_with" and t.holds(day) for t in ties):
        return home
    return doer


def enemies_there(doer: Actor, country: str | None, day: date | None) -> list[Actor]:
    """List a party's rivals in a country on that day; abroad, where it has none, the country's own state."""
    known = registry()
    rivals: dict[str, Actor] = {}
    for actor, ties in known.affiliations.items():
        for tie in ties:
            other = {actor: tie.other, tie.other: actor}.get(doer.id)
            if tie.relation == "rival" and other and tie.holds(day):
                rivals[other] = known.actors[other]
    here = [r for r in rivals.values() if country in r.countries]
    state = known.actors.get(f"gov-{(country or '').lower()}")
    if not here and (country is None or country in doer.countries):
        return [r for r in rivals.values() if r.kind == "government"]
    return here or ([state] if state and country not in doer.countries else [])
