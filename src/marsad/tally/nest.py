"""Which figure is made of which: the best consistent set of (whole, part) edges between the tellings of a report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from marsad.tally.listed import hang_lists
from marsad.tally.scene import Tellings, other_items
from marsad.tally.sums import Candidate, could_hold, runs, scattered, target
from marsad.tally.ties import Ties

LEAST_GAIN = -3.0
"""Mean log-odds a part, over its best other home, above which a run of parts that closes a sum is believed."""
LEAST_GAIN_SCATTERED = -2.5
"""The same for parts that are picked from all over the report; both found by trial on held-out reports."""
LEAST_GAIN_OF_PERIOD = -6.0
"""The same where a sum over a period is made of events: that is what such a sum is."""
WORST = 1.5
"""How far one part of such a sum may lie below the mean that is asked of all."""
LEAST_OPENED = -3.0
"""Log-odds above which an "including" is taken at its word."""
POSSIBLE = -5.5
"""Log-odds below which no arithmetic makes a part of a claim."""
POSSIBLE_OF_PERIOD = -7.5
"""The same for a sum over a period: "26 in two days" and one of its events need have no word in common."""

Odds = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Edge:
    """One telling (by its index) is a direct part of another; `closes`: the set that makes the total, if one does."""

    whole: int
    part: int
    odds: float
    closes: tuple[int, ...] = ()


def nest_figures(ties: Ties, tellings: Tellings, threshold: float = 0.0) -> list[Edge]:
    """Return the edges of the best consistent explanation found, by wholes and parts.

    First the lists: items hang on the totals above. Then the sums: from the smallest total up, the likeliest set of
    parts that closes it is taken, if its parts do not belong elsewhere for sure. Then what the words open: "including",
    "of whom", a colon. Then every part that is left goes to its best whole, the surest first. A telling has one whole
    at most, and no circle is made, so that each edge is to the direct parent.
    """
    search = _Search(ties, tellings)
    for whole, part in hang_lists(ties.scene, tellings):
        if not search.is_above(part, whole):
            search.home[part] = Edge(whole, part, search.odds.get((whole, part), 0.0))
    for whole in search.totals():
        for part, closing in search.closing(whole):
            search.home[part] = Edge(whole, part, search.odds[whole, part], closing)
    for edge in search.opened():
        search.home[edge.part] = edge
    for (whole, part), value in sorted(search.odds.items(), key=lambda row: (-row[1], row[0])):
        if value <= threshold:
            break
        if part not in search.home and not search.is_above(part, whole):
            search.home[part] = Edge(whole, part, value)
    return sorted(search.home.values(), key=lambda e: (e.whole, e.part))


class _Search:
    """The edges found so far (`home`: the edge above each telling), and the log-odds of all that are possible."""

    def __init__(self, ties: Ties, tellings: Tellings) -> None:
        self.scene, self.tellings = ties.scene, tellings
        self.odds: Odds = dict(edge_odds(ties, tellings))
        self.home: dict[int, Edge] = {}
        home = {at: t for t, telling in enumerate(tellings) for at in telling}
        openers = {t: ties.scene.facts[telling[0]].opener for t, telling in enumerate(tellings)}
        self._opened_by = {t: home[at] for t, at in openers.items() if at >= 0}
        self._ranked: dict[int, list[tuple[float, int]]] = {}
        for (whole, part), value in self.odds.items():
            self._ranked.setdefault(part, []).append((value, whole))
        for ranked in self._ranked.values():
            ranked.sort(key=lambda row: (-row[0], row[1]))

    def totals(self) -> list[int]:
        """Return the tellings that have a number, from the smallest up."""
        return [at for size, at in sorted((self._size(at), at) for at in range(len(self.tellings))) if size >= 2]

    def closing(self, whole: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the parts of the set that closes a total best, each with the whole set; nothing if none is believed."""
        found = max(((self._gain(whole, run), run) for run in self._runs(whole)), default=(LEAST_GAIN, ()))
        chosen = found[1] if found[0] > LEAST_GAIN else self._scattered(whole)
        for part in chosen:
            yield part, chosen

    def opened(self) -> Iterator[Edge]:
        """Yield the edges from the figure before an "including" to what follows it, unless much speaks against them."""
        for part, whole in sorted(self._opened_by.items()):
            value = self.odds.get((whole, part), POSSIBLE)
            if value > LEAST_OPENED and part not in self.home and not self.is_above(part, whole):
                yield Edge(whole, part, value)

    def is_above(self, upper: int, lower: int) -> bool:
        """Tell whether `upper` is `lower`, or holds it at any depth."""
        at = lower
        while at != upper:
            if at not in self.home:
                return False
            at = self.home[at].whole
        return True

    def _size(self, telling: int) -> int:
        return self.scene.facts[self.tellings[telling][0]].claim.count.stated or 0

    def _free(self, whole: int, part: int) -> bool:
        least = POSSIBLE if self._scope(whole) == "incident" else POSSIBLE_OF_PERIOD
        possible = self.odds.get((whole, part), least) > least
        # Words go before arithmetic: what an "including" hangs on one figure is not picked for the sum of another.
        bound = self._opened_by.get(part, whole) != whole
        return possible and not bound and part not in self.home and not self.is_above(part, whole)

    def _runs(self, whole: int) -> Iterator[tuple[int, ...]]:
        def skips(telling: int, run: Sequence[int]) -> bool:
            inside = telling in self.home and self.home[telling].whole in (*run, telling)
            return inside or any(self.is_above(telling, part) for part in run)

        for run in runs(self.scene, self.tellings, whole, skips):
            if all(self._free(whole, part) for part in run):
                yield run

    def _gain(self, whole: int, parts: Sequence[int]) -> float:
        return sum(self._part_gain(whole, part) for part in parts) / len(parts)

    def _part_gain(self, whole: int, part: int) -> float:
        other = next((value for value, w in self._ranked[part] if w != whole), 0.0)
        return self.odds[whole, part] - max(0.0, other)

    def _scattered(self, whole: int) -> tuple[int, ...]:
        low, high = target(self.scene.facts[self.tellings[whole][0]].claim.count)
        over_period = self._scope(whole) != "incident"
        least = LEAST_GAIN_OF_PERIOD if over_period else LEAST_GAIN_SCATTERED
        parts = [
            Candidate(part, self._size(part), self._part_gain(whole, part))
            for part in range(len(self.tellings))
            if self._free(whole, part) and self._part_gain(whole, part) > least - WORST
        ]
        chosen = scattered(parts, low, high)
        scopes = {self._scope(part) for part in chosen}
        return chosen if len(scopes) == 1 and self._gain(whole, chosen) > least else ()

    def _scope(self, telling: int) -> str:
        return self.scene.facts[self.tellings[telling][0]].claim.scope


def edge_odds(ties: Ties, tellings: Tellings) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the log-odds of every edge that harm and number allow."""
    facts = ties.scene.facts
    for w, whole in enumerate(tellings):
        for p, part in enumerate(tellings):
            possible = could_hold(facts[whole[0]].claim, facts[part[0]].claim)
            if w != p and possible and not other_items(facts[whole[0]], facts[part[0]]):
                yield (w, p), max(_together([ties.part(a, b) for a in whole]) for b in part)


def _together(odds: list[float]) -> float:
    """Return the log of the summed odds: any telling of the whole may be the one that the part hangs on."""
    top = max(odds)
    return top + log(sum(exp(o - top) for o in odds))
