"""Says in plain words why a tie was made: the observations that spoke for it, the strongest first."""

from collections.abc import Iterator, Sequence
from itertools import islice

from marsad.tally.evidence import pair_evidence
from marsad.tally.explanation import Explanation
from marsad.tally.nest import Edge
from marsad.tally.weights import load_weights, load_words

MOST_REASONS = 3


def why_part(explained: Explanation, edges: Sequence[Edge]) -> Iterator[str]:
    """Yield the reasons for the parts of one breakdown: the sum first, then the words and the world."""
    whole = explained.claims(edges[0].whole)[0]
    if edges[0].closes and whole.count.stated is not None:
        sizes = [explained.claims(e.part)[0].count.stated or 0 for e in edges]
        made = f"{' + '.join(map(str, sizes))} = {sum(sizes)}"
        told = "" if sum(sizes) == whole.count.stated else f" where “{' '.join(whole.span.quote.split())}” are told"
        yield f"the sum closes: {made}{told}"
    said: dict[str, None] = {}
    for edge in edges:
        pairs = [(a, b) for a in explained.tellings[edge.whole] for b in explained.tellings[edge.part]]
        a, b = max(pairs, key=lambda pair: explained.ties.part(*pair))
        said.update(dict.fromkeys(_reasons(explained, a, b, 1 if a < b else 2)))
    yield from islice(said, MOST_REASONS)


def why_same(explained: Explanation, telling: Sequence[int], later: int) -> tuple[str, ...]:
    """Return the reasons why the claim at place `later` repeats one told before it."""
    nearest = max((m for m in telling if m < later), key=lambda m: explained.ties.same(m, later))
    return tuple(_reasons(explained, nearest, later, 0))


def _reasons(explained: Explanation, a: int, b: int, relation: int) -> Iterator[str]:
    facts, rows, words = explained.ties.scene.facts, load_weights().rows, load_words()
    evidence = pair_evidence(facts[min(a, b)], facts[max(a, b)])
    spoken = [(rows[e][relation], words[e]) for e in evidence if e in rows and words.get(e) and rows[e][relation] > 0]
    for _, phrase in islice(sorted(spoken, key=lambda x: (-x[0], x[1])), MOST_REASONS):
        yield phrase
