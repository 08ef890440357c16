"""What the words for victims say of them: combatant or civilian, and the groups they belong to.

The noun decides, not the name of an actor and not a word of judgement: "terrorists", "martyrs" and "heroes" say nothing
of a status. Police count as combatants, as in UCDP's sides.
"""

import re
from dataclasses import replace
from functools import cache

from marsad.extract.lexicon import PersonNoun, kinds_of, person_noun, word_set
from marsad.model import Claim
from marsad.vocabulary import Status

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
WEAK_HEADS = word_set("people.weak_heads")
JUDGEMENT = re.compile(
    (
        r"\b(?:terrorists?|suspects?|criminals?|prisoners?|inmates?|detainees?|traitors?|collaborators?"
        r"|heroes|crew|attackers?)\b"
    ),
    re.IGNORECASE,
)
FOLLOWING = re.compile(
    r"\b(?:others?|another|more(?!\s+than)|of them|of whom|he|she|they|the two|both)\b", re.IGNORECASE
)
AIDS = re.compile(
    r"\b(?:rescue|ambulance|medical|paramedic|first[\s-]aid|relief|humanitarian|firefighting)\s+"
    r"(?:teams?|crews?|squads?|personnel|staff|units?|workers?|convoys?)\b",
    re.IGNORECASE,
)
"""Those who come to help are protected, whatever else the word says (a "squad", "personnel")."""
CIVIL_MODIFIERS = frozenset(["civilian", "civilians", "civil", "non-combatant", "innocent", "unarmed"])


def status_of(words: str) -> Status:
    """Say what the words alone tell of the victims' part in a conflict."""
    low = [w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(words)]
    if any(w in CIVIL_MODIFIERS for w in low):
        others = {s for s in _head_statuses(low) if s == "combatant"}
        return "mixed" if others and "and" in low else "civilian"
    if AIDS.search(words):
        return "civilian"
    said = [status for status in _head_statuses(low) if status != "unknown"]
    if len(set(said)) > 1:
        return "mixed"
    return said[0] if said else "unknown"


def groups_of(words: str) -> tuple[str, ...]:
    """Return the groups that the words name (children, women, journalists, medics, police …), in alphabetical order."""
    low = [w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(words)]
    found: set[str] = set()
    for noun, _ in _nouns(low):
        found |= set(noun.groups) - {"nationality"}
    return tuple(sorted(found))


def with_settled_status(claims: list[Claim]) -> list[Claim]:
    """Give claims whose own words say nothing of a status what the report says of the same people elsewhere.

    A name takes the status it had where it was described; "others", a bare number or a pronoun that of the claim
    before; a name that nothing calls armed is a civilian (Additional Protocol I, article 50: in case of doubt).
    """
    by_name: dict[str, Status] = {}
    out: list[Claim] = []
    for claim in claims:
        status = claim.victims.status
        names = [w for w in WORD.findall(claim.span.quote) if w[:1].isupper() and len(w) > 2]
        if status == "unknown":
            status = _from_report(claim, names, by_name, out)
        elif status != "mixed":
            by_name |= dict.fromkeys(names[-1:], status)
        out.append(replace(claim, victims=replace(claim.victims, status=status)))
    said = {claim.victims.status for claim in claims} - {"unknown"}
    if said == {"civilian"}:
        return [replace(c, victims=replace(c.victims, status="civilian")) if _is_anyone(c) else c for c in out]
    return out


def with_status_of_words(claim: Claim) -> Claim:
    """Take civilians by their own words for civilians, whatever a reader made of them.

    Where the two disagreed on the development test, the words were right five times in six.
    """
    if claim.victims.status == "civilian" or status_of(claim.span.quote) != "civilian":
        return claim
    if claim.victims.status == "mixed" and CIVIL_MODIFIERS.isdisjoint(claim.span.quote.lower().split()):
        # The report may tell elsewhere that one of "two members of a family" was armed.
        return claim
    return replace(claim, victims=replace(claim.victims, status="civilian"))


def _is_anyone(claim: Claim) -> bool:
    """Say whether a claim counts people without saying who, in a report that speaks of civilians only."""
    return claim.victims.status == "unknown" and not JUDGEMENT.search(claim.span.quote)


def _from_report(claim: Claim, names: list[str], by_name: dict[str, Status], before: list[Claim]) -> Status:
    quote = claim.span.quote
    if names and names[-1] in by_name:
        return by_name[names[-1]]
    if FOLLOWING.search(quote) or not _has_noun(quote):
        known = next((c.victims.status for c in reversed(before) if c.victims.status != "unknown"), None)
        if known is not None and (FOLLOWING.search(quote) or claim.count.stated != 1):
            return known
    if claim.count.stated == 1 and len(names) > 1 and not quote.isupper() and not _has_noun(quote):
        return "civilian"
    return "unknown"


def _has_noun(words: str) -> bool:
    return bool(_nouns([w.lower() for w in WORD.findall(words)]))


@cache
def _forces() -> frozenset[str]:
    return frozenset(word for word, kind in kinds_of("forces").items() if kind == "force")


def _nouns(low: list[str]) -> list[tuple[PersonNoun, int]]:
    """Return the person nouns of the words with their places, two-word nouns first ("aid workers")."""
    found: list[tuple[PersonNoun, int]] = []
    at = 0
    while at < len(low):
        for size in (3, 2, 1):
            noun = person_noun(" ".join(low[at : at + size])) if at + size <= len(low) else None
            if noun is None and size == 1 and "-" in low[at]:
                noun = person_noun(low[at].rsplit("-", 1)[-1])
            if noun is not None:
                found.append((noun, at + size - 1))
                at += size - 1
                break
        at += 1
    return found


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
