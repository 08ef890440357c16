"""Judges which incidents of different reports are one: the whole way from readings to words with reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.link.block import candidates
from marsad.link.cluster import JOIN, cluster
from marsad.link.compare import Comparison, compare
from marsad.link.tellings import tell, weigh
from marsad.model import Figure, Incident, Judgement, Reading
from marsad.vocabulary import Harm, Verdict

PROGRAM = "program link 1"
LEAST = 0.1
"""Below this probability a pair of reports is not kept; from JOIN on it is judged the same, between them unsure."""

GRADES = 20
"""Probabilities are kept in steps of 0.05: finer ones move with every report that is added, and mean nothing."""
SURE = 0.8
"""From this probability on two reports share an event though their groups of reports differ."""
VAGUE = 4
"""From this UCDP where_prec on (a province, a country) two places do not exclude one another."""


@dataclass(frozen=True, slots=True)
class Linkable:
    """A reading to be linked: `key` names its report, `ids` are the permanent ids of its incidents, in their order."""

    key: str
    reading: Reading
    ids: tuple[str, ...]


def link(readings: Iterable[Linkable]) -> dict[tuple[str, str], Comparison]:
    """Return the pairs of reports (by key) that are likely to tell of one event; the order of reports has no part."""
    told = sorted(readings, key=lambda one: one.key)
    weighed = weigh(tell(one.reading, one.key) for one in told)
    found = {}
    for (left, right), near in candidates(weighed).items():
        compared = compare(weighed[left], weighed[right], near)
        if compared.probability >= LEAST:
            found[told[left].key, told[right].key] = compared
    return found


def judge(readings: Sequence[Linkable], moment: datetime) -> list[Judgement]:
    """Return the program's words on which incidents are one: of two linked reports the two that agree best."""
    by_key = {one.key: one for one in readings}
    words = []
    for (left, right), compared in _kept(link(readings), moment).items():
        match = best_match(by_key[left], by_key[right])
        if match is not None and not match.excluded:
            low, high = sorted((match.left, match.right))
            score = round(compared.probability * GRADES) / GRADES
            verdict: Verdict = "same" if score >= JOIN else "unsure"
            words.append(Judgement(low, high, verdict, PROGRAM, moment, score, compared.reasons))
    return words


def _kept(found: Mapping[tuple[str, str], Comparison], moment: datetime) -> dict[tuple[str, str], Comparison]:
    """Return the pairs inside groups of reports that are alike as wholes, and the sure ones across groups.

    A report may tell of two events and so tie two groups, but a weak tie between groups is chance (measured on
    gunviolence: pair F1 .89 against .82 where every tie was kept).
    """
    words = [Judgement(a, b, "same", PROGRAM, moment, one.probability) for (a, b), one in found.items()]
    groups = cluster({key for pair in found for key in pair}, words)
    group = {key: number for number, keys in enumerate(groups) for key in keys}
    return {pair: one for pair, one in found.items() if group[pair[0]] == group[pair[1]] or one.probability >= SURE}


@dataclass(frozen=True, slots=True)
class Match:
    """Two incidents of two reports by id, how well they agree, and whether they exclude each other."""

    left: str
    right: str
    points: float
    excluded: bool


def best_match(one: Linkable, other: Linkable) -> Match | None:
    """Return the two incidents of two reports that agree best; None where a report tells of none."""
    publishers = {one.reading.report.publisher, other.reading.report.publisher}
    one_voice = len(publishers) == 1 and None not in publishers
    scored = [
        (agreement(a, b), -i - j, one.ids[i], other.ids[j], one_voice and exclude(a, b))
        for i, a in enumerate(one.reading.incidents)
        for j, b in enumerate(other.reading.incidents)
    ]
    if not scored:
        return None
    # Among equals those told of first: a report opens with its news.
    points, _, left, right, excluded = max(scored)
    return Match(left, right, points, excluded)


def exclude(one: Incident, other: Incident) -> bool:
    """Say whether two incidents of one publisher cannot be one: exact places differ, and so do the dead.

    An agency's daily lines on two villages share all but the names and the figures. Across publishers a place that was
    misread is more likely (measured on airwars_syria: pair F1 .45 against .40 where this rule held for all).
    """
    left, right = one.tolls.get("killed"), other.tolls.get("killed")
    return _place(one, other) < 0 and left is not None and right is not None and left.best != right.best


def agreement(one: Incident, other: Incident) -> float:
    """Return how well two incidents agree in place, day and figures: each agreement adds, each contradiction takes."""
    return _place(one, other) + _day(one, other) + _figures(one, other)


def _place(one: Incident, other: Incident) -> float:
    here, there = one.where, other.where
    if here is None or there is None or not (here.name and there.name):
        return 0.0
    if (here.gazetteer_id or here.name) == (there.gazetteer_id or there.name):
        return 2.0
    if here.country and there.country and here.country != there.country:
        return -2.0
    if max(here.geoprecision or VAGUE, there.geoprecision or VAGUE) < VAGUE:
        return -1.0 if here.admin1 == there.admin1 else -2.0
    return 1.0 if here.admin1 and here.admin1 == there.admin1 else 0.0


def _day(one: Incident, other: Incident) -> float:
    if one.when is None or other.when is None:
        return 0.0
    if not (one.when.start and one.when.end and other.when.start and other.when.end):
        return 0.0
    apart = max((one.when.start - other.when.end).days, (other.when.start - one.when.end).days, 0)
    return 1.0 if apart <= 1 else -1.0 if apart > 3 else 0.0


def _figures(one: Incident, other: Incident) -> float:
    return _figure(one.tolls, other.tolls, "killed") + _figure(one.tolls, other.tolls, "injured")


def _figure(one: Mapping[Harm, Figure], other: Mapping[Harm, Figure], harm: Harm) -> float:
    left, right = one.get(harm), other.get(harm)
    if left is None or right is None:
        return 0.0
    return 1.0 if left.best == right.best else -0.5
