"""Ties what was found to what was to be found, one to one, best pairs first."""

import re
from collections.abc import Callable, Mapping, Sequence

from marsad.evaluate.coding import CodedClaim, CodedIncident

Pairs = Mapping[int, int]
"""From an index among the gold's items to an index among those found."""

WORD = re.compile(r"[a-z0-9']+")
# Words that two descriptions of different actors or places share by accident.
EMPTY_WORDS = frozenset({"the", "a", "an", "of", "in", "at", "to", "and", "its", "their", "said", "group"})


def alike(left: str | None, right: str | None) -> bool:
    """Say whether two names mean the same for scoring: half of the shorter one's words stand in the other."""
    here, there = _words(left), _words(right)
    if not here or not there:
        return False
    return 2 * len(here & there) >= min(len(here), len(there))


def overlap(gold: CodedClaim, found: CodedClaim) -> int:
    """Return how many characters two claims share; words of a title share none with those of a text."""
    if gold.in_title or found.in_title:
        return 0
    return max(0, min(gold.end, found.end) - max(gold.start, found.start))


def pair_claims(gold: Sequence[CodedClaim], found: Sequence[CodedClaim]) -> Pairs:
    """Tie claims of the same harm and the same stated number (or both vague) whose words overlap."""

    def closeness(i: int, j: int) -> int:
        same = (gold[i].harm, gold[i].stated) == (found[j].harm, found[j].stated)
        return overlap(gold[i], found[j]) if same else 0

    return _pair(len(gold), len(found), closeness)


def pair_incidents(gold: Sequence[CodedIncident], found: Sequence[CodedIncident]) -> Pairs:
    """Tie incidents with the same killed, low and high; where several fit, the one with the same doer first."""

    def closeness(i: int, j: int) -> int:
        if gold[i].killed != found[j].killed:
            return 0
        doers = [(doer, other) for doer in gold[i].perpetrators[:1] for other in found[j].perpetrators]
        return 1 + sum(alike(doer, other) for doer, other in doers)

    return _pair(len(gold), len(found), closeness)


def _pair(golds: int, founds: int, closeness: Callable[[int, int], int]) -> Pairs:
    """Take the closest pairs first; of equals the later in the report, so that the choice is the same every time."""
    ranked = sorted(((closeness(i, j), i, j) for i in range(golds) for j in range(founds)), reverse=True)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for near, i, j in ranked:
        if near and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _words(text: str | None) -> set[str]:
    return set(WORD.findall((text or "").lower())) - EMPTY_WORDS
