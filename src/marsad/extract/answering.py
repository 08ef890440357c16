"""Who answers to a harm: those who condemn, investigate or arrest are no doers; those who deny it are so on record."""

import re
from dataclasses import replace

from marsad.model import Claim, Extraction, Perpetrator, Span

HELD = frozenset({"detained", "captured"})
"""Harms that an arrest is."""
_BETWEEN = (
    r"(?:(?:has|have|had|is|are|was|were|will|also|again|even|today|yesterday|tonight|\w+ly|on\s+\w+|last\s+\w+"
    r"|this\s+\w+|in\s+[^\s,.;]+)\s+){0,4}"
)
_ANSWERS = (
    r"condemn(?:s|ed|ing)?|repudiat(?:es?|ed|ing)|deplor(?:es?|ed|ing)|denounc(?:es?|ed|ing)|lament(?:s|ed|ing)?"
    r"|regret(?:s|ted|ting)?|reject(?:s|ed|ing)?|protest(?:s|ed|ing)?|mourn(?:s|ed|ing)?|investigat(?:es?|ed|ing)"
    r"|implicat(?:es?|ed|ing)|accus(?:es?|ed|ing)|blam(?:es?|ed|ing)|attribut(?:es?|ed|ing)|hold(?:s|ing)?|held"
    r"|demand(?:s|ed|ing)?|promis(?:es?|ed|ing)|suspend(?:s|ed|ing)?|arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?"
    r"|dismantl(?:es?|ed|ing)|express(?:es|ed|ing)?|offer(?:s|ed|ing)?|solv(?:es?|ed|ing)|open(?:s|ed|ing)?\s+an?\b"
    r"|reveal(?:s|ed|ing)?\s+the\s+results?"
)
ANSWERS = re.compile(rf"(?:\s*,[^,.;]{{2,70}},)?\s+{_BETWEEN}(?:{_ANSWERS})\b", re.IGNORECASE)
DENIES = re.compile(
    rf"(?:\s*,[^,.;]{{2,70}},)?\s+{_BETWEEN}(?:den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed))\s+"
    r"(?:(?:any|all|the|these|those|such)\s+)?(?:that\s+(?:it|they|he|she|its|their)\b|it\s+(?:had|was|has)\b|having\b|being\b"
    r"|responsib\w+|involve\w+|(?:claims?|charges?|accusations?|allegations?|reports?)\b|carrying\b|killing\b|firing\b"
    r"|targeting\b|attacking\b|shelling\b|bombing\b|hitting\b|any\s+role)",
    re.IGNORECASE,
)
DEED = re.compile(
    r"\b(?:murder|assassination|death|killing|massacre|slaying|execution|kidnapping|abduction|attack|bombing|crime)s?\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:they|it|he|she|we)\b", re.IGNORECASE)


def only_answers(text: str, doer: Span, claim: Claim) -> bool:
    """Say whether the words of a doer are the subject of an answer to the deed: "the mayor condemned the murder of X".

    An arrest is a deed of its own. Where a pronoun stands between, the same people may have done it after all
    ("the army said it had killed").
    """
    if claim.harm in HELD or doer.within != "text" or claim.span.within != "text":
        return False
    if doer.end > claim.span.start or not ANSWERS.match(text, doer.end):
        return False
    between = text[doer.end : claim.span.start]
    return bool(DEED.search(between)) and not PRONOUN.search(between)


def with_denials(found: Extraction, text: str) -> Extraction:
    """Return the claims with the basis of those doers who deny it: "the army denied that it had fired"."""

    def told(doer: Perpetrator) -> Perpetrator:
        here = doer.span is not None and doer.span.within == "text" and DENIES.match(text, doer.span.end)
        return replace(doer, basis="denied") if here else doer

    return replace(
        found, claims=tuple(replace(c, perpetrators=tuple(told(d) for d in c.perpetrators)) for c in found.claims)
    )
