"""What the words for victims say of them: combatant or civilian, and the groups they belong to.

The noun decides, not the name of an actor and not a word of judgement: "terrorists", "martyrs" and "heroes" say nothing
of a status. Police count as combatants, as in UCDP's sides.
"""

import re
from functools import cache

from marsad.extract.lexicon import PersonNoun, kinds_of, plurals, singulars
from marsad.vocabulary import Status

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
WEAK_HEADS = frozenset(
    "member official chief leader commander officer recruit chauffeur employee volunteer agent man supporter other others body individual people person "
    "personnel loyalist operative element director guard spokesman cadre conscript one mastermind captain head prisoner detainee captive suspect".split()
)
CIVIL_MODIFIERS = frozenset("civilian civilians civil non-combatant innocent unarmed".split())


def status_of(words: str) -> Status:
    """Say what the words alone tell of the victims' part in a conflict."""
    low = [w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(words)]
    if any(w in CIVIL_MODIFIERS for w in low):
        others = {s for s in _head_statuses(low) if s == "combatant"}
        return "mixed" if others and "and" in low else "civilian"
    said = set(_head_statuses(low)) - {"unknown"}
    if len(said) > 1:
        return "mixed"
    return next(iter(said), "unknown")


def groups_of(words: str) -> tuple[str, ...]:
    """Return the groups that the words name (children, women, journalists, medics, police …), in alphabetical order."""
    low = [w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(words)]
    found: set[str] = set()
    for noun, _ in _nouns(low):
        found |= set(noun.groups) - {"nationality"}
    return tuple(sorted(found))


@cache
def _forces() -> frozenset[str]:
    return frozenset(word for word, kind in kinds_of("forces").items() if kind == "force")


def _nouns(low: list[str]) -> list[tuple[PersonNoun, int]]:
    """Return the person nouns of the words with their places, two-word nouns first ("aid workers")."""
    found: list[tuple[PersonNoun, int]] = []
    at = 0
    while at < len(low):
        for size in (3, 2, 1):
            noun = _noun(" ".join(low[at : at + size])) if at + size <= len(low) else None
            if noun is None and size == 1 and "-" in low[at]:
                noun = _noun(low[at].rsplit("-", 1)[-1])
            if noun is not None:
                found.append((noun, at + size - 1))
                at += size - 1
                break
        at += 1
    return found


def _noun(words: str) -> PersonNoun | None:
    return plurals().get(words) or singulars().get(words)


def _head_statuses(low: list[str]) -> list[Status]:
    """Return the status of each head: a noun with no other person noun right behind it."""
    nouns = _nouns(low)
    places = {place for _, place in nouns}
    out: list[Status] = []
    for noun, place in nouns:
        if place + 1 in places and place + 1 < len(low):
            continue
        modifiers = low[max(0, place - 4) : place]
        if "and" in modifiers:
            modifiers = modifiers[modifiers.index("and") + 1 :]
        armed = any(m in _forces() or m.split("-")[0] in _forces() for m in modifiers)
        out.append("combatant" if armed and (noun.singular in WEAK_HEADS or noun.status == "unknown") else noun.status)
    return out
