"""Who is told as shot or hurt and died of it: such a claim tells of a death, wherever the report says so.

A person is the same by name, by age, or as "he", "the boy", "the victim" a few sentences on; in a report that tells of
one person only, every telling is of that person. Relatives of a person, and "another", are somebody else.
"""

import re
from dataclasses import dataclass, replace

from marsad.extract.lexicon import person_noun, word_set
from marsad.model import Claim, Extraction

WORD = re.compile(r"[^\W\d_][\w’'-]*")
AGE = re.compile(r"\b(\d{1,3})(?:[\s-]+(?:year|yr|y/o|month|week|day)|(?=\s*$))|,\s*(\d{1,3})\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?][”\"')]*\s|\n")
MALE = word_set("later_deaths.male")
FEMALE = word_set("later_deaths.female")
KIN = word_set("later_deaths.kin")
ANYBODY = frozenset(["victim", "person", "individual", "patient"])
ELSE = re.compile(r"\b(?:another|other|second|third|fourth|fifth|sixth|surviving|both)\b", re.IGNORECASE)
BACK = re.compile(r"\W*(?:he|him|she|her|the|that|this)\b", re.IGNORECASE)
OWNER = re.compile(r"\W*(?:his|her|their|my|our)\b|.*['’]s\s", re.IGNORECASE)
STRUCK = re.compile(r"\b(?:shot|struck|hit|stabbed|shooting|striking|gunshot|stab)\b", re.IGNORECASE)
"""Words of being struck: unlike "injured" they say nothing of who lived."""
WINDOW = 90
NEARBY = 4
"""How many sentences on "he" and "the boy" still speak of the one told before."""
PASSES = 3


@dataclass(frozen=True, slots=True)
class Person:
    """What the words of a claim say of one person."""

    names: tuple[str, ...]
    ages: frozenset[str]
    nouns: frozenset[str]
    sex: str
    kin: frozenset[str]
    owned: bool
    back: bool
    other: bool


def with_later_deaths(found: Extraction, text: str) -> Extraction:
    """Take a claim that somebody was hurt for one of a death, where the report tells that person's death."""
    claims = list(found.claims)
    people = [_person(claim) if _is_lone(claim) else None for claim in claims]
    for _ in range(PASSES):
        died = [at for at, claim in enumerate(claims) if claim.harm == "injured" and _died(at, claims, people, text)]
        for at in died:
            claims[at] = replace(claims[at], harm="killed")
    dropped = {claim.id for at, claim in enumerate(claims) if _is_told_twice(at, claims, found.claims)}
    kept = tuple(claim for claim in claims if claim.id not in dropped)
    links = tuple(link for link in found.links if not {link.left, link.right} & dropped)
    return replace(found, claims=kept, links=links)


def _is_lone(claim: Claim) -> bool:
    lone = claim.count.stated == 1 and claim.harm in {"killed", "injured"} and claim.scope == "incident"
    return lone and claim.modality == "asserted" and claim.span.within == "text"


def _is_told_twice(at: int, claims: list[Claim], before: tuple[Claim, ...]) -> bool:
    """Say whether a claim that was of a wound now only repeats a death told by the same words."""
    claim = claims[at]
    if claim.harm == before[at].harm:
        return False
    return any(
        other is not claim and other.harm == "killed" and _meet(claim, other) and other.count.stated == 1
        for other in claims
    )


def _meet(a: Claim, b: Claim) -> bool:
    return a.span.within == b.span.within and a.span.start < b.span.end and b.span.start < a.span.end


def _died(at: int, claims: list[Claim], people: list[Person | None], text: str) -> bool:
    hurt = people[at]
    if hurt is None:
        return False
    dead = [i for i, claim in enumerate(claims) if claim.harm == "killed" and people[i] is not None]
    if any(_one_person(at, i, claims, people, text) for i in dead):
        return True
    if not dead or not _is_struck(claims[at], text):
        return False
    return _only_one(claims, people) and not any(_told_apart(claims[at], claims[i], text) for i in dead)


def _is_struck(claim: Claim, text: str) -> bool:
    return bool(STRUCK.search(text[max(0, claim.span.start - WINDOW) : claim.span.end + WINDOW]))


def _one_person(at: int, dead: int, claims: list[Claim], people: list[Person | None], text: str) -> bool:
    one, other = people[at], people[dead]
    if one is None or other is None or (_differ(one, other) and not (one.kin and one.kin == other.kin)):
        return False
    if _meet(claims[at], claims[dead]):
        return True
    if one.names and other.names:
        return _same_name(one.names, other.names)
    first, last = sorted((at, dead))
    if _told_apart(claims[at], claims[dead], text):
        return False
    if one.ages & other.ages and one.nouns & other.nouns:
        return True
    if (
        one.kin
        and one.kin == other.kin
        and one.owned
        and other.owned
        and not one.names
        and _is_struck(claims[at], text)
    ):
        # "his wife", and "his wife" again.
        return True
    return _is_meant(first, last, claims, people, text)


def _is_meant(first: int, last: int, claims: list[Claim], people: list[Person | None], text: str) -> bool:
    """Say whether "he", "the boy", "the victim" means the person told some sentences before, and nobody nearer."""
    earlier, later = people[first], people[last]
    if earlier is None or later is None or not later.back or not _can_mean(earlier, later):
        return False
    between = text[claims[first].span.end : claims[last].span.start]
    if len(SENTENCE_END.findall(between)) > NEARBY:
        return False
    return not any(_is_nearer(people[i], earlier, later) for i in range(first + 1, last))


def _told_apart(hurt: Claim, dead: Claim, text: str) -> bool:
    """Say whether one sentence tells of the hurt and of the dead, each in its own words ("one killed, one hurt")."""
    if _meet(hurt, dead):
        return False
    first, last = sorted((hurt.span, dead.span), key=lambda span: span.start)
    return not BACK.match(last.quote) and not SENTENCE_END.search(text[first.end : last.start])


def _is_nearer(person: Person | None, earlier: Person, later: Person) -> bool:
    """Say whether a claim between two tellings is of somebody else whom the later one would rather mean."""
    if person is None or not _can_mean(person, later):
        return False
    if person.names and earlier.names:
        return not _same_name(person.names, earlier.names)
    return _differ(person, earlier) or not (person.back or person.names)


def _can_mean(earlier: Person, later: Person) -> bool:
    if _differ(earlier, later):
        return False
    pronoun = not later.nouns and not later.names
    return pronoun or bool(later.nouns & (earlier.nouns | ANYBODY)) or bool(set(later.names) & set(earlier.names))


def _only_one(claims: list[Claim], people: list[Person | None]) -> bool:
    """Say whether all the killed and hurt of a report can be one and the same person."""
    told = [i for i, claim in enumerate(claims) if claim.harm in {"killed", "injured", "casualties"}]
    persons = [person for i in told if (person := people[i]) is not None]
    if len(persons) != len(told) or any(person.other for person in persons):
        return False
    return not any(
        _differ(a, b) or (a.names and b.names and not _same_name(a.names, b.names)) for a in persons for b in persons
    )


def _differ(a: Person, b: Person) -> bool:
    if {a.sex, b.sex} == {"male", "female"} or (a.ages and b.ages and not a.ages & b.ages):
        return True
    # "his brother" is not the one who was told of as a man.
    return a.other or b.other or bool(a.kin and b.kin and a.kin != b.kin)


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether two names can be one person's: a surname alone is enough, two first names must agree."""
    if len(a) == 1 or len(b) == 1:
        return bool(set(a) & set(b))
    return a[0] == b[0] and (set(a) <= set(b) or set(b) <= set(a))


def _person(claim: Claim) -> Person:
    quote = claim.span.quote
    words = WORD.findall(quote)
    low = [w.lower().removesuffix("’s").removesuffix("'s") for w in words]
    nouns = frozenset(w for w in low if person_noun(w) is not None)
    names = tuple(
        w.lower()
        for w in words
        if w[0].isupper() and not w.isupper() and not w.endswith(("'s", "’s")) and _is_name(w.lower(), nouns)
    )
    sexes = ("male" if MALE & set(low) else "", "female" if FEMALE & set(low) else "")
    sex = sexes[0] or sexes[1] if not all(sexes) else ""
    ages = frozenset(a or b for a, b in AGE.findall(quote))
    owned = bool(OWNER.match(quote))
    other = bool(ELSE.search(quote)) or bool(owned and nouns & KIN and not names)
    return Person(names, ages, nouns, sex, nouns & KIN, owned, bool(BACK.match(quote)), other)


def _is_name(word: str, nouns: frozenset[str]) -> bool:
    return word not in nouns and len(word) > 2 and word not in {"one", "the", "his", "her", "she", "another"}
