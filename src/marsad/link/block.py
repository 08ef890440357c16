"""Finds the pairs that are worth comparing: those that share rare words, names, places or figures. Near-linear."""

from collections import defaultdict

from marsad.link.tellings import Weighed

KEYS = {"words": 40, "scene": 15}
"""By how many of its weightiest terms of each kind a report looks for others."""
PARTNERS = 20
LEAST = 0.04
LARGEST_BLOCK = 400
"""A term that more reports share finds nothing: it would make the work grow with the square of the ledger."""

Pair = tuple[int, int]
Nearness = dict[str, float]


def candidates(weighed: list[Weighed]) -> dict[Pair, Nearness]:
    """Return the pairs of indices (left < right) that share enough, in order: each report's PARTNERS by each kind.

    With each pair comes how near the two are among their other partners, by kind: 1 where each is the other's nearest.
    """
    found: dict[Pair, Nearness] = {}
    for kind, keys in KEYS.items():
        postings = _postings(weighed, kind, keys)
        for here, one in enumerate(weighed):
            for rank, there in enumerate(_nearest(here, one, kind, keys, postings)):
                near = found.setdefault((min(here, there), max(here, there)), dict.fromkeys(KEYS, 0.0))
                near[kind] += 0.5 / (1 + rank)
    return dict(sorted(found.items()))


Postings = dict[str, list[tuple[int, float]]]


def _postings(weighed: list[Weighed], kind: str, keys: int) -> Postings:
    postings: Postings = defaultdict(list)
    for index, one in enumerate(weighed):
        for term in list(one.vectors[kind])[:keys]:
            postings[term].append((index, one.vectors[kind][term]))
    return {term: found for term, found in postings.items() if 1 < len(found) <= LARGEST_BLOCK}


def _nearest(here: int, one: Weighed, kind: str, keys: int, postings: Postings) -> list[int]:
    shared: dict[int, float] = defaultdict(float)
    for term in list(one.vectors[kind])[:keys]:
        weight = one.vectors[kind][term]
        for there, other in postings.get(term, ()):
            shared[there] += weight * other
    shared.pop(here, None)
    near = sorted((-score, there) for there, score in shared.items() if score >= LEAST)
    return [there for _, there in near[:PARTNERS]]
