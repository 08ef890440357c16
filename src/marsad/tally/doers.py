"""Who did it: the doers that an event's claims name, once each, without words that can be nobody's name."""

import re
from collections.abc import Iterable, Sequence

from marsad.model import Claim, Perpetrator

LONGEST_DOER = 12
"""How many words an unresolved doer may have: longer ones are clauses."""
CUT_WRONGLY = re.compile(
    r"\b(?:was|were|is|are|had|has|been|killed|killing|injured|wounded|died|dead|murdered|reacted|initiated|launched)\b"
    r"|\bmembers of the \S+ family\b|\b(?:residents|sources|report(?:s|ed)?)\b"
    r"|^(?:the|their|his|her|our|my)\s+(?:\S+\s+)?(?:victims?|dead|martyrs?|daughters|sons|cousins)\b",
    re.IGNORECASE,
)
"""Words of a clause, of victims or of a source: an unresolved doer that holds them was cut wrongly."""
NOBODY = re.compile(
    r"(?:(?:an?|the|th[eo]se|th(?:at|is)|their|his|her|she|he|it|they|one|four|some|others|expert|arrest)\s*)+",
    re.IGNORECASE,
)


def doers_of(claims: Sequence[Claim]) -> tuple[Perpetrator, ...]:
    """Return the doers of all claims once each; whoever is known as an actor stays, other words must read as a doer.

    Those who arrested somebody after an attack are not its doers: they count where the event is an arrest.
    """
    seen: dict[str, Perpetrator] = {}
    attack = any(claim.harm != "detained" for claim in claims)
    for claim in claims:
        if attack and claim.harm == "detained":
            continue
        for doer in claim.perpetrators:
            if doer.actor is not None or _may_be_a_doer(doer.text, claim):
                seen.setdefault(doer.actor.id if doer.actor else doer.text.lower(), doer)
    return tuple(doer for doer in seen.values() if doer.actor is not None or not _is_piece(doer, seen.values()))


def _may_be_a_doer(text: str, claim: Claim) -> bool:
    """Tell whether unresolved words can be a doer: a short phrase, no clause, and not the person harmed."""
    if len(text.split()) > LONGEST_DOER or CUT_WRONGLY.search(text) or NOBODY.fullmatch(text):
        return False
    return text.lower().strip() != (claim.victims.text or claim.span.quote).lower().strip()


def _is_piece(doer: Perpetrator, doers: Iterable[Perpetrator]) -> bool:
    """Tell whether an unresolved doer is a few words out of another doer's name."""
    return any(o.actor is not None and doer.text.lower() in f"{o.text} {o.actor.name}".lower() for o in doers)
