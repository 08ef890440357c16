"""Puts incidents together by judgements, so that a person's word stands and "different" is never joined."""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from marsad.model import Judgement

Pair = tuple[str, str]
TAKEN_BACK = ("taken back",)
"""The reasons of a person's word that only takes back the words before it: it says nothing of the pair itself."""
JOIN = 0.2
"""Two groups are joined where the mean probability over all pairs across them reaches this (unjudged pairs count 0)."""


def cluster(
    ids: Iterable[str], judgements: Sequence[Judgement], kin: Mapping[str, str] | None = None, join: float = JOIN
) -> list[tuple[str, ...]]:
    """Return groups of `ids` that are one incident each, sorted; the order of the inputs changes nothing.

    Per pair the latest word of a person stands, else the latest of a program. What anybody judged "different" keeps
    two groups apart, except that a person's "same" overrules a program's "different". People's words come first (the
    newest first), then programs' by falling score. `kin` names the report of each id: a program's word never joins two
    incidents that one report tells apart.
    """
    known = set(ids)
    standing = standing_words(j for j in judgements if j.left in known and j.right in known)
    groups = _Groups(known, {pair for pair, word in standing.items() if word.verdict == "different"}, kin or {})
    people = sorted(
        (word for word in standing.values() if word.verdict == "same" and by_person(word)),
        key=lambda word: (-word.made.timestamp(), pair_of(word)),
    )
    for word in people:
        groups.join(word.left, word.right)
    scores = {pair: _affinity(word) for pair, word in standing.items()}
    near = _by_id(scores)
    for pair in sorted((pair for pair in scores if scores[pair] >= join), key=lambda pair: (-scores[pair], pair)):
        groups.join_if_alike(*pair, near, join)
    return sorted(tuple(sorted(group)) for group in groups.all())


def standing_words(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """Return the one judgement per pair that stands: a person's before a program's, then the latest.

    Where people took back all that they said of a pair, the program's word stands again.
    """
    people: dict[Pair, Judgement] = {}
    programs: dict[Pair, Judgement] = {}
    for word in judgements:
        standing = people if by_person(word) else programs
        before = standing.get(pair_of(word))
        if before is None or _weight(word) > _weight(before):
            standing[pair_of(word)] = word
    return programs | {pair: word for pair, word in people.items() if word.reasons != TAKEN_BACK}


def pair_of(word: Judgement) -> Pair:
    """Return the two ids of a judgement in their one order."""
    return (word.left, word.right) if word.left < word.right else (word.right, word.left)


def by_person(word: Judgement) -> bool:
    """Say whether a person made the judgement (programs sign as "program ...")."""
    return not word.by.startswith("program ")


def _affinity(word: Judgement) -> float:
    """Return how much a word speaks for joining; a program's "unsure" lends its probability to the groups' likeness."""
    if word.verdict == "different":
        return 0.0
    if by_person(word):
        return 1.0 if word.verdict == "same" else 0.0
    return word.score or 0.0


def _weight(word: Judgement) -> tuple[bool, float, str, str]:
    # Verdict and name break a tie of moments, so that no order of arrival can decide.
    return by_person(word), word.made.timestamp(), word.verdict, word.by


def _by_id(scores: Mapping[Pair, float]) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = {}
    for (left, right), score in scores.items():
        out.setdefault(left, {})[right] = score
        out.setdefault(right, {})[left] = score
    return out


class _Groups:
    """Groups that grow by joining, and refuse to join what is to stay apart."""

    def __init__(self, ids: set[str], apart: set[Pair], kin: Mapping[str, str]) -> None:
        self._group = {one: {one} for one in ids}
        self._kin = kin
        self._foes: dict[str, set[str]] = {}
        for left, right in apart:
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)

    def join(self, left: str, right: str) -> None:
        """Join the groups of two ids, unless someone judged a pair across them different."""
        one, other = self._group[left], self._group[right]
        if one is other or self._are_apart(one, other):
            return
        if len(one) < len(other):
            one, other = other, one
        one |= other
        for each in other:
            self._group[each] = one

    def join_if_alike(self, left: str, right: str, near: Mapping[str, Mapping[str, float]], join: float) -> None:
        """Join the groups of two ids where they are alike as wholes, so that one weak bridge joins no two events."""
        one, other = self._group[left], self._group[right]
        if one is other or self._share_a_report(one, other):
            return
        smaller, larger = sorted((one, other), key=len)
        # An exact sum, whatever order a set is gone through in.
        across = fsum(score for each in smaller for mate, score in near[each].items() if mate in larger)
        if across >= join * len(one) * len(other):
            self.join(left, right)

    def all(self) -> Iterable[set[str]]:
        """Yield every group once."""
        seen: set[int] = set()
        for group in self._group.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield group

    def _are_apart(self, one: set[str], other: set[str]) -> bool:
        smaller, larger = sorted((one, other), key=len)
        return any(not larger.isdisjoint(self._foes.get(each, ())) for each in smaller)

    def _share_a_report(self, one: set[str], other: set[str]) -> bool:
        reports = {self._kin.get(each, each) for each in one}
        return any(self._kin.get(each, each) in reports for each in other)
