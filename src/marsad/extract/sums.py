"""A figure that two later events, or three in a row, add up to is no event of its own but a sum over a window."""

import re
from dataclasses import replace
from itertools import chain, combinations

from marsad.extract.lexicon import kinds_of
from marsad.model import Claim

NAME = re.compile(r"\b[A-ZÀ-Ý]\w+")
LEAST_TOTAL = 6
"""Smaller figures are sums of others by chance too often."""
MOST_COMPARED = 12


def with_sums_as_periods(claims: list[Claim]) -> list[Claim]:
    """Give scope "period" to a claim of one event that later events, told at other places, add up to exactly."""
    return [
        replace(claim, scope="period") if _is_sum(claim, claims[at + 1 :]) else claim for at, claim in enumerate(claims)
    ]


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
        sum(p.count.stated or 0 for p in chosen) == stated and _apart(chosen) and _by_one_side(total, chosen)
        for chosen in chain(pairs, rows)
    )


def _apart(chosen: tuple[Claim, ...]) -> bool:
    """Say whether the parts are told of different places, each in words of its own."""
    return len({_place(claim) for claim in chosen}) == len(chosen)


def _by_one_side(total: Claim, chosen: tuple[Claim, ...]) -> bool:
    """Say whether the total's doer is named for all parts or for none: one of two is a sum by chance."""
    names = _names(total)
    return len({bool(names & _names(claim)) for claim in chosen}) == 1


def _names(claim: Claim) -> set[str]:
    words = (word for doer in claim.perpetrators for word in NAME.findall(doer.text))
    return {word for word in words if word.lower() not in kinds_of("stops")}


def _place(claim: Claim) -> str:
    return claim.where.text.lower() if claim.where and claim.where.text else ""
