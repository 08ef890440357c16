"""Arithmetic as a witness: sets of parts that close a total, where that is unlikely to be chance."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from marsad.model import Claim, Count
from marsad.tally.people import relation
from marsad.tally.scene import Fact, Scene, Tellings, harm_holds

LONGEST_RUN = 40
WIDEST_STEP = 4
"""How many sentences may lie between two parts of one run."""
CANDIDATES = 12
"""How many parts a sum is sought among; the most likely come first."""
MOST_STEPS = 4000
"""How many sets are tried for one total; a bound on time, reached only by hostile texts."""
MOST_RIVALS = 3
"""More closing sets than this are chance, not evidence."""
FURTHEST = 500
"""A running total this many times greater is the toll of a war, told beside an event; its direct parts are others."""
LEAST_TOTAL = 10
"""Scattered figures close a smaller total by chance."""

Skips = Callable[[int, Sequence[int]], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible part: the telling, its number, and what it gains over its best other home, in log-odds."""

    telling: int
    size: int
    gain: float


def could_hold(whole: Claim, part: Claim) -> bool:
    """Tell whether one claim's people could be more than, and hold, those of another."""
    x, y = whole.count.stated, part.count.stated
    if not harm_holds(whole.harm, part.harm):
        return False
    if x is None or y is None:
        return True
    running = whole.scope == "cumulative" and part.scope != "cumulative"
    return y < x and not (running and x > FURTHEST * y)


def target(count: Count) -> tuple[int, int]:
    """Return between what a set of parts must come to, to close a total of this count."""
    stated = count.stated or 0
    slack = max(1, stated // 10)
    if count.qualifier == "more_than":
        return stated + 1, stated + slack
    if count.qualifier in ("about", "nearly", "up_to", "less_than") and stated >= LEAST_TOTAL:
        return stated - slack // 2, stated + (slack // 2 if count.qualifier == "about" else 0)
    return stated, max(stated, count.stated_high or 0)


def runs(scene: Scene, tellings: Tellings, whole: int, skips: Skips) -> Iterator[tuple[int, ...]]:
    """Yield the sets of tellings that follow a telling of `whole` without a break and close its sum.

    `skips(telling, run)` says that a telling is inside one of the run, or elsewhere for sure, and is passed over.
    """
    home = {at: t for t, telling in enumerate(tellings) for at in telling}
    for at in tellings[whole]:
        for passed in ((), (whole,)):
            # "40 civilians, among them 9 women: 25 in the north, 15 in the south": what the total opens may be another
            # division than the one that closes it.
            run = _run(scene, tellings, home, at, _Passing(home, passed, skips))
            if len(run) > 1:
                yield tuple(sorted(run))


def closing_pairs(scene: Scene) -> frozenset[tuple[int, int]]:
    """Return (total, part) of every unbroken run that closes a total, each claim taken for a telling of its own."""
    alone = [[fact.at] for fact in scene.facts]
    found = (
        (total.at, part)
        for total in scene.facts
        if (total.claim.count.stated or 0) > 1
        for run in runs(scene, alone, total.at, lambda *_: False)
        for part in run
    )
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Passing:
    """Which claims a run passes over: those inside one of its parts, or that hang on what is named in `passed`."""

    home: dict[int, int]
    passed: Sequence[int]
    skips: Skips

    def over(self, fact: Fact, run: Sequence[int]) -> bool:
        opener = self.home[fact.opener] if fact.opener >= 0 else -1
        return opener in run or opener in self.passed or self.skips(self.home[fact.at], run)


def _run(scene: Scene, tellings: Tellings, home: dict[int, int], start: int, passing: _Passing) -> list[int]:
    total, whole = scene.facts[start], home[start]
    first = scene.facts[tellings[whole][0]].claim
    low, high = target(first.count)
    made, run, last = 0, list[int](), total
    for fact in scene.facts[start + 1 :]:
        telling = home[fact.at]
        if telling == whole or telling in run or fact.claim.harm != total.claim.harm or passing.over(fact, run):
            continue
        size = scene.facts[tellings[telling][0]].claim.count.stated
        if not size or made + size > high or len(run) == LONGEST_RUN or not _goes_on(total, last, fact):
            return []
        made += size
        run.append(telling)
        last = fact
        if made >= low:
            return run if could_hold(first, scene.facts[tellings[run[0]][0]].claim) else []
    return []


def _goes_on(total: Fact, last: Fact, fact: Fact) -> bool:
    return fact.sentence - last.sentence <= WIDEST_STEP and relation(total.kinds, fact.kinds) != "apart"


def scattered(parts: Sequence[Candidate], low: int, high: int) -> tuple[int, ...]:
    """Return the set of two or more parts that closes a total and gains most a part; nothing if too many sets do."""
    if low < LEAST_TOTAL:
        return ()
    usable = sorted((p for p in parts if 0 < p.size < high), key=lambda p: (-p.gain, p.telling))[:CANDIDATES]
    found: list[tuple[float, tuple[int, ...]]] = []
    stack: list[tuple[int, int, float, tuple[int, ...]]] = [(0, 0, 0.0, ())]
    for _ in range(MOST_STEPS):
        if not stack or len(found) > MOST_RIVALS:
            break
        at, made, gain, chosen = stack.pop()
        if made >= low and len(chosen) > 1:
            found.append((-gain / len(chosen), tuple(sorted(chosen))))
        if at < len(usable):
            part = usable[at]
            stack.append((at + 1, made, gain, chosen))
            if made + part.size <= high:
                stack.append((at + 1, made + part.size, gain + part.gain, (*chosen, part.telling)))
    return min(found)[1] if found and len(found) <= MOST_RIVALS else ()
