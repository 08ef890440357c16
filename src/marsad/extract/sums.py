"""A figure that two later events, or three in a row, add up to is no event of its own but a sum over a window."""

import re
from dataclasses import replace
from itertools import chain, combinations

from marsad.extract.certainty import ONE_EVENT
from marsad.extract.entries import find_entries
from marsad.extract.lexicon import kinds_of
from marsad.extract.scene import DAY, MONTH
from marsad.model import Claim

NAME = re.compile(r"\b[A-ZÀ-Ý]\w+")
ONE_DAY = re.compile(
    rf"(?:(?:early|late)\s+)?(?:on|at)?\s*(?:the\s+)?(?:(?:morning|afternoon|evening|night|dawn|early|late|last|this)\s+(?:(?:of|on)\s+)?)*"
    rf"(?P<day>(?:{DAY},?\s*)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)?)"
    r"(?:,?\s+(?:19|20)\d\d|\s+(?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?]\s+|\n\s*")
LEAST_TOTAL = 6
"""Smaller figures are sums of others by chance too often."""
MOST_COMPARED = 12


def with_sums_as_periods(claims: list[Claim], text: str) -> list[Claim]:
    """Give scope "period" to a claim of one event that later events, told at other places, add up to exactly.

    A claim whose own sentence tells of one attack ("a bomb killed 20"), or that stands in one entry of a list, is none.
    """
    return [
        replace(claim, scope="period")
        if _is_sum(claim, claims[at + 1 :]) and not _is_one_attack(claim, text)
        else claim
        for at, claim in enumerate(claims)
    ]


def _is_one_attack(claim: Claim, text: str) -> bool:
    if claim.span.within != "text":
        return False
    if any(entry.start <= claim.span.start < entry.end for entry in find_entries(text)):
        return True
    ends = [found.end() for found in SENTENCE_END.finditer(text, 0, claim.span.start)]
    after = SENTENCE_END.search(text, claim.span.end)
    sentence = text[ends[-1] if ends else 0 : after.start() if after else len(text)]
    # "A bomb" opens a sentence with a capital, "Ruritan" with another.
    return any(ONE_EVENT.search(words) for words in (sentence, sentence[:1].lower() + sentence[1:]))


def _is_sum(total: Claim, later: list[Claim]) -> bool:
    stated = total.count.stated
    if total.scope != "incident" or stated is None or stated < LEAST_TOTAL or total.count.qualifier != "exact":
        return False
    seen: set[tuple[int, str]] = set()
    parts: list[Claim] = []
    for claim in later:
        key = (claim.count.stated or 0, _place(claim))
        event = claim.scope == "incident" and claim.harm == total.harm and claim.count.qualifier == "exact"
        if (
            event
            and 1 < key[0] < stated
            and _place(claim)
            and key not in seen
            and claim.victims.status == total.victims.status
        ):
            seen.add(key)
            parts.append(claim)
    pairs = combinations(parts[:MOST_COMPARED], 2)
    rows = (tuple(parts[at : at + 3]) for at in range(min(len(parts), MOST_COMPARED) - 2))
    return any(
        sum(p.count.stated or 0 for p in chosen) == stated
        and _apart(chosen)
        and _by_one_side(total, chosen)
        and not _on_another_day(total, chosen)
        for chosen in chain(pairs, rows)
    )


def _apart(chosen: tuple[Claim, ...]) -> bool:
    """Say whether the parts are told of different places, each in words of its own."""
    return len({_place(claim) for claim in chosen}) == len(chosen)


def _on_another_day(total: Claim, chosen: tuple[Claim, ...]) -> bool:
    """Say whether the total is told of one day, and a part of another: what fell on Monday holds no dead of Tuesday."""
    day = _day(total)
    return bool(day) and any(_day(claim) not in ("", day) for claim in chosen)


def _day(claim: Claim) -> str:
    return day_named(claim.when.text) if claim.when and claim.when.text else ""


def day_named(words: str) -> str:
    """Return the one day that words of time name, in lower case ("monday", "3 may"), "" where they name none."""
    found = ONE_DAY.fullmatch(words)
    return found["day"].lower().strip(" ,") if found else ""


def _by_one_side(total: Claim, chosen: tuple[Claim, ...]) -> bool:
    """Say whether the total's doer is named for all parts or for none: one of two is a sum by chance."""
    names = _names(total)
    return len({bool(names & _names(claim)) for claim in chosen}) == 1


def _names(claim: Claim) -> set[str]:
    words = (word for doer in claim.perpetrators for word in NAME.findall(doer.text))
    return {word for word in words if word.lower() not in kinds_of("stops")}


def _place(claim: Claim) -> str:
    return claim.where.text.lower() if claim.where and claim.where.text else ""
