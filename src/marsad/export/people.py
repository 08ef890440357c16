"""Who did it and who came to harm, as a profile lets it be said."""

import re

from marsad.export.entries import Party, Share
from marsad.export.profiles import Profile
from marsad.export.sides import known_actor
from marsad.model import Claim, Figure, Perpetrator, Victims

VAGUE = re.compile(
    r"\b(tens of thousands|thousands|hundreds|scores|dozens?|tens|several|some|many|few|numerous)\b", re.IGNORECASE
)
"""Words for a number that no digit gives: codebooks have rules of their own for them."""
UNTOLD = "untold"
"""The word of a claim that counts people without any word for how many ("soldiers were killed")."""


def party_of(one: Perpetrator, profile: Profile) -> Party | None:
    """Return who did it; None where only words tell and the profile keeps words back (they can name a person)."""
    known = known_actor(one.actor)
    if one.actor is not None:
        kind, countries = (known.kind, known.countries) if known else (None, frozenset[str]())
        return Party(one.actor.name, one.actor.id, kind, countries, one.basis)
    return Party(one.text, basis=one.basis) if profile.words else None


def victim_of(one: Victims, profile: Profile, harmed: int) -> Party:
    """Return who came to harm: their side, else what they were (civilians, children); in words only where allowed.

    Of fewer people than the profile's small_cell (`harmed`) no groups are told: one woman in one village is a person.
    """
    known = known_actor(one.actor)
    kind, countries = (known.kind, known.countries) if known else (None, frozenset[str]())
    name = one.actor.name if one.actor else (one.text if profile.words and one.text else _label(one))
    groups = one.groups if harmed >= profile.small_cell else ()
    return Party(name, one.actor.id if one.actor else None, kind, countries, status=one.status, groups=groups)


def _label(one: Victims) -> str:
    return {"civilian": "civilians", "combatant": "combatants", "mixed": "civilians and combatants"}.get(
        one.status, "people"
    )


def share_of(claim: Claim) -> Share:
    """Return what one claim adds to the killed; whoever shows its groups keeps to the profile's small_cell."""
    victims, count = claim.victims, claim.count
    known = known_actor(victims.actor)
    return Share(
        Figure(count.low, count.best, count.high),
        count.qualifier,
        victims.status,
        vague_word(claim),
        victims.actor.name if victims.actor else None,
        known.kind if known else None,
        victims.groups,
    )


def vague_word(claim: Claim) -> str | None:
    """Return the word for a number where no number stands: dozens, hundreds, several; UNTOLD for a bare plural."""
    if claim.count.qualifier != "vague":
        return None
    found = VAGUE.search(claim.count.words)
    return found[1].casefold() if found else UNTOLD
