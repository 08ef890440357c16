"""Who was hurt and died of it: people told first as shot or struck, then as dead, are counted once."""

import re
from collections.abc import Mapping, Sequence

from marsad.model import Figure
from marsad.passages import SENTENCE_END
from marsad.tally.explanation import Explanation
from marsad.tally.people import FEMALE, KIND_OF, MALE, TOKEN
from marsad.tally.scene import STOP, Fact
from marsad.vocabulary import Harm

STRUCK = re.compile(r"\b(?:shot|struck|hit|stabbed|shooting|gunned)\b", re.IGNORECASE)
"""Words of being struck: they say nothing of who lived."""
SURVIVED = re.compile(
    r"\b(?:wound(?:s|ed|ing)?|injur\w*|hurt|surviv\w*|condition|recover\w*|treated|hospital\w*)\b", re.IGNORECASE
)
SHOT_VICTIMS = re.compile(r"\b(?:gunshot|gunfire|shooting|stabbing|shot) victims?\b", re.IGNORECASE)
ANYBODY = frozenset({"victim", "victims", "person", "people"})
WINDOW = 90
"""How many characters around a figure can hold the word of harm that governs it."""


def dead_among_the_hurt(
    explained: Explanation, killed: Sequence[int], injured: list[int], group: Sequence[int]
) -> list[int]:
    """Return the tellings of the injured without lone persons who are told dead in the same event."""
    dead = [explained.first(t) for t in group if explained.claims(t)[0].harm == "killed" and _lone(explained, t)]
    if not dead or not killed:
        return injured
    return [t for t in injured if not (_lone(explained, t) and _is_dead(explained.first(t), dead))]


def injured_besides_the_dead(
    explained: Explanation, injured: Sequence[int], group: Sequence[int], tolls: Mapping[Harm, Figure]
) -> Figure:
    """Return the toll of the injured where a number of people shot holds those of them who died.

    The high end keeps the whole number, unless other figures of the report close the sum.
    """
    toll, dead = tolls["injured"], tolls["killed"].best
    whole = [t for t in injured if _struck_total(explained, t) >= dead > 0]
    if len(whole) != 1:
        return toll
    number = _struck_total(explained, whole[0])
    rest = number - dead
    closing = any(
        explained.claims(t)[0].count.stated == rest
        for t in group
        if explained.claims(t)[0].harm == "injured" and t != whole[0]
    )
    return Figure(rest, rest, rest if closing or not rest else number)


def _lone(explained: Explanation, telling: int) -> bool:
    return explained.claims(telling)[0].count.stated == 1


def _is_dead(hurt: Fact, dead: Sequence[Fact]) -> bool:
    return any(one_person(*sorted((hurt, other), key=lambda f: f.at)) for other in dead)


def one_person(earlier: Fact, later: Fact) -> bool:
    """Tell whether a person told of later is the one told of before, by name, age, or as "the boy", "he"."""
    if earlier.start == later.start:
        return True
    if {"other", "partitive", "ordinal"} & (earlier.marks | later.marks) or _differ(earlier, later):
        return False
    if names_of(earlier) and names_of(later):
        return bool(names_of(earlier) & names_of(later))
    if earlier.ages & later.ages:
        return True
    back = {"pronoun", "definite"} & later.marks
    return bool(back) and (bool(_nouns(earlier) & _nouns(later)) or bool(_nouns(later) & ANYBODY))


def _differ(a: Fact, b: Fact) -> bool:
    sexes = (a.kinds & MALE and b.kinds & FEMALE) or (a.kinds & FEMALE and b.kinds & MALE)
    return bool(sexes) or bool(a.ages and b.ages and not a.ages & b.ages)


def names_of(fact: Fact) -> frozenset[str]:
    """Return the words of a claim that look like names: capitalised, and no word of a kind of person."""
    words = f"{fact.claim.span.quote} {fact.claim.victims.text or ''}"
    return frozenset(
        t.lower().removesuffix("’s").removesuffix("'s")
        for t in TOKEN.findall(words)
        if t[0].isupper() and t.lower() not in STOP and t.lower() not in KIND_OF and t.lower() not in ANYBODY
    )


def _nouns(fact: Fact) -> frozenset[str]:
    words = fact.claim.victims.text or fact.claim.span.quote
    return frozenset(t.lower() for t in TOKEN.findall(words) if t.lower() not in STOP and not t[0].isdigit())


def _struck_total(explained: Explanation, telling: int) -> int:
    """Return the number of people told as shot or struck, with no word of their living, or 0."""
    fact = explained.first(telling)
    stated = fact.claim.count.stated
    if not stated or stated < 2 or "other" in fact.marks or fact.claim.count.qualifier != "exact":
        return 0
    if SHOT_VICTIMS.search(fact.claim.span.quote):
        return stated
    text = explained.ties.scene.text
    stop = SENTENCE_END.search(text, fact.end)
    after = text[fact.end : min(fact.end + WINDOW, stop.start() if stop else len(text))]
    before = text[max(0, fact.start - 40) : fact.start]
    struck = STRUCK.search(after)
    if struck:
        return 0 if SURVIVED.search(after[: struck.start()]) or SURVIVED.search(fact.claim.span.quote) else stated
    return stated if STRUCK.search(before) and not SURVIVED.search(before + after) else 0
