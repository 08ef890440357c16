"""Puts incidents together by judgements, so that a person's word stands and "different" is never joined."""

from collections.abc import Iterable, Sequence

from marsad.model import Judgement

Pair = tuple[str, str]


def cluster(ids: Iterable[str], judgements: Sequence[Judgement]) -> list[tuple[str, ...]]:
    """Return groups of `ids` that are one incident each, sorted; the order of the inputs changes nothing.

    Per pair the latest word of a person stands, else the latest of a program. What anybody judged "different" keeps
    two groups apart, except that a person's "same" overrules a program's "different". People's words come first (the
    newest first), then programs' by falling score.
    """
    known = set(ids)
    standing = standing_words(j for j in judgements if j.left in known and j.right in known)
    apart = {pair for pair, word in standing.items() if word.verdict == "different"}
    people = sorted(
        (word for word in standing.values() if word.verdict == "same" and by_person(word)),
        key=lambda word: (-word.made.timestamp(), pair_of(word)),
    )
    programs = sorted(
        (word for word in standing.values() if word.verdict == "same" and not by_person(word)),
        key=lambda word: (-(word.score or 0.0), pair_of(word)),
    )
    groups = _Groups(known, apart)
    for word in (*people, *programs):
        groups.join(word.left, word.right)
    return sorted(tuple(sorted(group)) for group in groups.all())


def standing_words(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """Return the one judgement per pair that stands: a person's before a program's, then the latest."""
    standing: dict[Pair, Judgement] = {}
    for word in judgements:
        before = standing.get(pair_of(word))
        if before is None or _weight(word) > _weight(before):
            standing[pair_of(word)] = word
    return standing


def pair_of(word: Judgement) -> Pair:
    """Return the two ids of a judgement in their one order."""
    return (word.left, word.right) if word.left < word.right else (word.right, word.left)


def by_person(word: Judgement) -> bool:
    """Say whether a person made the judgement (programs sign as "program ...")."""
    return not word.by.startswith("program ")


def _weight(word: Judgement) -> tuple[bool, float, str, str]:
    # Verdict and name break a tie of moments, so that no order of arrival can decide.
    return by_person(word), word.made.timestamp(), word.verdict, word.by


class _Groups:
    """Groups that grow by joining, and refuse to join what is to stay apart."""

    def __init__(self, ids: set[str], apart: set[Pair]) -> None:
        self._group = {one: {one} for one in ids}
        self._foes: dict[str, set[str]] = {}
        for left, right in apart:
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)

    def join(self, left: str, right: str) -> None:
        one, other = self._group[left], self._group[right]
        if one is other or self._are_apart(one, other):
            return
        if len(one) < len(other):
            one, other = other, one
        one |= other
        for each in other:
            self._group[each] = one

    def _are_apart(self, one: set[str], other: set[str]) -> bool:
        smaller, larger = sorted((one, other), key=len)
        return any(not larger.isdisjoint(self._foes.get(each, ())) for each in smaller)

    def all(self) -> Iterable[set[str]]:
        seen: set[int] = set()
        for group in self._group.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield group
