"""Puts a reading's claims in the order of its arithmetic: totals with their parts, where each went, what is beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.answers.words import figure_words
from marsad.model import Breakdown, Claim, Count, Figure, Reading


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of a total: how they add up (`sum`, `verdict`, `check`), and the parts; `why` is the evidence."""

    kind: str
    check: str
    sum: str
    verdict: str
    why: tuple[str, ...]
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A claim in the tree: its groups of parts, where it is said again, what it lights up, and where it went.

    `incident` is the number (from 1) of the report's incident that it counts in; `how_sure` its bounds in words.
    """

    claim: Claim
    groups: tuple[Group, ...]
    again: tuple[Claim, ...]
    total: str | None
    parts: tuple[str, ...]
    incident: int | None
    how_sure: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The claims of a reading: those counted, running totals beside them, and what is not counted."""

    tops: tuple[Node, ...]
    beside: tuple[Node, ...]
    doubtful: tuple[Node, ...]


def tree_of(reading: Reading) -> Tree:
    """Return the tree of a reading's claims."""
    return _Grower(reading).tree()


class _Grower:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._claims = {claim.id: claim for claim in reading.claims}
        self._totals = {part: b.total for b in reading.breakdowns for part in b.parts}
        self._incidents = {c: number for number, one in enumerate(reading.incidents, 1) for c in one.claims}
        self._again = {pair.later for pair in reading.restatements}
        self._said: dict[str, list[Claim]] = {}
        for pair in reading.restatements:
            self._said.setdefault(pair.first, []).append(self._claims[pair.later])
        self._under: dict[str, list[Breakdown]] = {}
        for each in reading.breakdowns:
            self._under.setdefault(each.total, []).append(each)

    def tree(self) -> Tree:
        counted = [c for c in self._reading.claims if c.modality in ("asserted", "possible")]
        top = [c for c in counted if c.id not in self._again and c.id not in self._totals]
        return Tree(
            self._nodes([c for c in top if c.scope != "cumulative"]),
            self._nodes([c for c in top if c.scope == "cumulative"]),
            self._nodes([c for c in self._reading.claims if c not in counted]),
        )

    def _nodes(self, claims: Sequence[Claim]) -> tuple[Node, ...]:
        return tuple(self._node(claim, frozenset()) for claim in claims)

    def _node(self, claim: Claim, above: frozenset[str]) -> Node:
        path = above | {claim.id}
        under = self._under.get(claim.id, [])
        return Node(
            claim,
            tuple(self._group(b, path) for b in under),
            tuple(self._said.get(claim.id, ())),
            self._totals.get(claim.id),
            tuple(part for b in under for part in b.parts),
            self._incidents.get(claim.id),
            bounds_words(claim.count),
        )

    def _group(self, one: Breakdown, path: frozenset[str]) -> Group:
        parts = [self._claims[part] for part in one.parts]
        figures = [figure_words(Figure(c.count.low, c.count.best, c.count.high)) for c in parts]
        # A claim never comes under itself, whatever a reader made of the text.
        nodes = tuple(self._node(part, path) for part in parts if part.id not in path)
        total = sum(part.count.best for part in parts)
        return Group(one.kind, one.check, f"{' + '.join(figures)} = {total:,}", _verdict(one), one.why, nodes)


def bounds_words(count: Count) -> str:
    """Return the low, best and high of a count in words, "" where they are one number."""
    if count.low == count.best == count.high:
        return ""
    high = "no upper bound" if count.high is None else f"at most {count.high:,}"
    best = "" if count.best == count.low else f"best {count.best:,}, "
    return f"at least {count.low:,}, {best}{high}"


def _verdict(one: Breakdown) -> str:
    if one.check == "consistent":
        return "the sum closes"
    if one.check == "exceeds":
        return "the parts are more than the total"
    return f"{figure_words(one.remainder)} of the total not told apart" if one.remainder else "parts are missing"
