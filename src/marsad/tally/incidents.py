"""The events of a report: its claims of single events put together, and their people counted once."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from marsad.model import Claim, Incident, Victims, When, Where
from marsad.tally.doers import doers_of
from marsad.tally.event_type import codes_of, event_type
from marsad.tally.evidence import differing
from marsad.tally.explanation import Explanation
from marsad.tally.policy import Policy
from marsad.tally.scene import Fact
from marsad.tally.struck import one_person
from marsad.tally.tolls import count_event, is_doer
from marsad.vocabulary import Harm, Scope, Status

ONE_EVENT = 4.0
"""Mean log-odds above which two groups of claims are one event; high, since most pairs of claims in a report are."""
ONE_BREATH = 60
"""How many characters may lie between two figures told in one breath."""
NEARBY = 3
"""How many sentences on "the man" who died is the man just told as shot."""
NEXT_SENTENCE = 160
"""How many characters may lie between the dead of one sentence and the hurt of the next."""
COORDINATED = re.compile(r"\s*,?\s*(?:and|&|as well as|along with)\s+|\s*,\s*", re.IGNORECASE)
"""What stands between two groups of one verb: "three officers and two guards were shot"."""
ELSEWHERE = re.compile(
    r"\b(?:another|separate(?:ly)?|elsewhere|meanwhile|earlier|later|previous(?:ly)?|also in|second|other)\b",
    re.IGNORECASE,
)
PARTED = 20.0
"""Log-odds against one event where two figures are parts of one sum over a period: enough to part them for good."""
COUNTED_MODALITIES = frozenset({"asserted", "possible"})


def gather_incidents(
    explained: Explanation, policy: Policy = "best", threshold: float = ONE_EVENT
) -> tuple[Incident, ...]:
    """Return the incidents in the order of their first words, numbered i1, i2, ...

    Tellings that repeat or contain one another are one event; groups then join while the mean log-odds that their
    claims belong to one event stay above `threshold`.
    """
    groups = _with_the_other_half(explained, _join(explained, _seeds(explained), threshold))
    return tuple(_incident(explained, group, f"i{n}", policy) for n, group in enumerate(groups, 1))


def _single_events(explained: Explanation) -> list[int]:
    """Return the tellings of single events; one death is one event, though it fell in a window of a day or a week."""
    single = [t for t in range(len(explained.tellings)) if _tells(explained, t, "incident")]
    killed = [t for t in range(len(explained.tellings)) if explained.claims(t)[0].harm == "killed"]
    # Beside other deaths it may be one of theirs.
    return single or (killed if len(killed) == 1 and _is_one_death(explained, killed[0]) else [])


def _tells(explained: Explanation, telling: int, scope: Scope) -> bool:
    return any(c.scope == scope and c.modality in COUNTED_MODALITIES for c in explained.claims(telling))


def _is_one_death(explained: Explanation, telling: int) -> bool:
    return explained.claims(telling)[0].count.high == 1 and _tells(explained, telling, "period")


def _seeds(explained: Explanation) -> list[list[int]]:
    """Return the tellings of single events, with those that hold one another put together."""
    single = _single_events(explained)
    home = {t: t for t in single}
    held = ((e.whole, e.part) for e in explained.edges)
    for left, right in [*held, *_one_breath(explained), *_hurt_then_dead(explained)]:
        if left in home and right in home:
            old, new = sorted((home[left], home[right]), reverse=True)
            home = {t: new if h == old else h for t, h in home.items()}
    return [[t for t in single if home[t] == h] for h in sorted(set(home.values()))]


def _one_breath(explained: Explanation) -> Iterator[tuple[int, int]]:
    """Yield the pairs of tellings told side by side in one event: "9 were killed and 4 hurt", "9 men and a boy"."""
    at_home = {at: t for t, telling in enumerate(explained.tellings) for at in telling}
    for a, b in pairwise(explained.ties.scene.facts):
        gap = explained.ties.scene.text[a.end : b.start]
        side = a.sentence == b.sentence and len(gap) <= ONE_BREATH
        after = b.sentence == a.sentence + 1 and len(gap) <= NEXT_SENTENCE and not ELSEWHERE.search(gap)
        if a.sentence == b.sentence and COORDINATED.fullmatch(gap):
            yield at_home[a.at], at_home[b.at]
        if a.sentence == b.sentence and (is_doer(a, b) or is_doer(b, a)):
            yield at_home[a.at], at_home[b.at]
        near = a.claim.harm != b.claim.harm and (side or (after and _one_window(a, b)))
        if near and not differing(a, b):
            yield at_home[a.at], at_home[b.at]


def _one_window(a: Fact, b: Fact) -> bool:
    """Tell whether two figures of dead and hurt stand on the same known days."""
    x, y = a.claim.when, b.claim.when
    dated = x is not None and y is not None and x.start is not None and (x.start, x.end) == (y.start, y.end)
    return dated and {a.claim.harm, b.claim.harm} == {"killed", "injured"}


def _hurt_then_dead(explained: Explanation) -> Iterator[tuple[int, int]]:
    """Yield the pairs of tellings of one person close by: told hurt, and told dead."""
    lone = [t for t in range(len(explained.tellings)) if explained.first(t).claim.count.stated == 1]
    for t, u in combinations(lone, 2):
        a, b = explained.first(t), explained.first(u)
        near = b.sentence - a.sentence <= NEARBY
        if near and {a.claim.harm, b.claim.harm} == {"killed", "injured"} and not differing(a, b) and one_person(a, b):
            yield t, u


def _parted_by_sums(explained: Explanation) -> set[tuple[int, int]]:
    """Return the pairs of tellings that are parts of one sum over a period: such a sum is made of several events."""
    over_periods = [e for e in explained.edges if e.closes and explained.claims(e.whole)[0].scope != "incident"]
    return {(e.part, f.part) for e in over_periods for f in over_periods if e.whole == f.whole and e.part != f.part}


def _join(explained: Explanation, groups: list[list[int]], threshold: float) -> list[list[int]]:
    """Join the surest two groups until none is surer than `threshold`."""
    apart = _parted_by_sums(explained)
    odds: dict[tuple[int, int], tuple[float, int]] = {}
    members = {g: [at for t in group for at in explained.tellings[t]] for g, group in enumerate(groups)}
    for g in members:
        for h in range(g + 1, len(groups)):
            values = [explained.ties.event(a, b) for a in members[g] for b in members[h]]
            parted = any((t, u) in apart for t in groups[g] for u in groups[h])
            odds[g, h] = (sum(values) - parted * PARTED * len(values), len(values))
    alive = {g: list(group) for g, group in enumerate(groups)}
    while odds:
        (g, h), (total, pairs) = max(odds.items(), key=lambda x: (x[1][0] / x[1][1], -x[0][0], -x[0][1]))
        if total / pairs <= threshold:
            break
        alive[g] = sorted(alive[g] + alive.pop(h))
        for other in alive:
            if other != g:
                gone = odds.pop((min(h, other), max(h, other)))
                kept = odds[min(g, other), max(g, other)]
                odds[min(g, other), max(g, other)] = (gone[0] + kept[0], gone[1] + kept[1])
        odds.pop((g, h))
    return sorted(alive.values(), key=lambda group: min(explained.tellings[t][0] for t in group))


def _with_the_other_half(explained: Explanation, groups: list[list[int]]) -> list[list[int]]:
    """Join two groups of one day, if one tells of dead alone and the other of hurt alone, and no other fits either."""
    halves = [
        (g, h)
        for g, h in combinations(range(len(groups)), 2)
        if _harms(explained, groups[g]) | _harms(explained, groups[h]) == {"killed", "injured"}
        and not _harms(explained, groups[g]) & _harms(explained, groups[h])
        and _one_day(explained, groups[g], groups[h])
    ]
    out = list(groups)
    for g, h in halves:
        if sum({g, h} & set(pair) != set() for pair in halves) == 1:
            out[g], out[h] = sorted(groups[g] + groups[h]), []
    return [group for group in out if group]


def _harms(explained: Explanation, group: Sequence[int]) -> set[Harm]:
    return {explained.claims(t)[0].harm for t in group}


def _one_day(explained: Explanation, group: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether the claims of two groups are all of one day, of no two provinces, and not two lone persons."""
    claims = [c for t in (*group, *other) for c in explained.claims(t)]
    days = {(c.when.start, c.when.end) for c in claims if c.when is not None and c.when.start is not None}
    provinces = {(c.where.country, c.where.admin1) for c in claims if c.where is not None and c.where.admin1}
    several = any(c.count.stated != 1 for c in claims)
    return len(days) == 1 and len(provinces) <= 1 and several


def _incident(explained: Explanation, group: list[int], name: str, policy: Policy) -> Incident:
    claims = sorted((c for t in group for c in explained.claims(t)), key=lambda c: _order(explained, c))
    toll = count_event(explained, group, policy)
    counting = [explained.claims(t)[0] for t in group if t in toll.counted]
    kind = event_type(claims)
    means = next((c.means for c in claims if c.means and event_type([c]) == kind), None)
    return Incident(
        id=name,
        type=kind,
        claims=tuple(c.id for c in claims),
        tolls=toll.figures,
        killed_civilians=toll.civilians,
        killed_combatants=toll.combatants,
        when=_best_when(claims),
        where=_best_where(claims),
        perpetrators=doers_of(claims),
        victims=_all_victims(counting),
        means=means,
        codes=codes_of(kind, means),
        confidence=round(sum(c.confidence for c in counting) / len(counting), 4),
    )


def _order(explained: Explanation, claim: Claim) -> int:
    return next(f.at for f in explained.ties.scene.facts if f.claim.id == claim.id)


def _best_when(claims: Sequence[Claim]) -> When | None:
    """Return the narrowest window, the earliest of equals: later days are those of naming, arrest and burial."""
    known = [c.when for c in claims if c.when is not None]
    dated = [w for w in known if w.start is not None and w.end is not None]
    if dated:
        return min(dated, key=lambda w: (_days(w), str(w.start)))
    return known[0] if known else None


def _days(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 0


def _best_where(claims: Sequence[Claim]) -> Where | None:
    """Return the finest place, of those in the country that most of the claims name."""
    known = [c.where for c in claims if c.where is not None]
    if not known:
        return None
    countries = Counter(w.country for w in known if w.country)
    first, most = countries.most_common(1)[0] if countries else (None, 0)
    agreed = [w for w in known if w.country == first] if 2 * most > len(known) else known
    names = Counter(w.name for w in agreed)
    return min(agreed, key=lambda w: (w.geoprecision or 8, w.admin1 is None, -names[w.name], w.text is None))


def _all_victims(claims: Sequence[Claim]) -> tuple[Victims, ...]:
    seen: dict[tuple[str, Status], Victims] = {}
    for claim in claims:
        seen.setdefault(((claim.victims.text or "").lower(), claim.victims.status), claim.victims)
    return tuple(seen.values())
