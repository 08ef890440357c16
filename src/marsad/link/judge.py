"""Judges which incidents of different reports are one: the whole way from readings to words with reasons."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from marsad.link.cluster import JOIN, cluster
from marsad.link.index import Index, MemoryShelf, Shelf
from marsad.link.match import Link, Pair
from marsad.link.tellings import Linkable, tell
from marsad.model import Judgement
from marsad.vocabulary import Verdict

PROGRAM = "program link 4"
GRADES = 20
"""Probabilities are kept in steps of 0.05: finer ones mean nothing."""
SURE = 0.8
"""From this probability on two reports share an event though their groups of reports differ."""


def link(readings: Iterable[Linkable]) -> dict[Pair, Link]:
    """Return the pairs of reports (by key) that are likely to tell of one event; the order of reports has no part."""
    shelf = MemoryShelf()
    index = Index(shelf)
    for one in readings:
        index.add(tell(one))
    return shelf.links()


def judge(readings: Iterable[Linkable], moment: datetime) -> list[Judgement]:
    """Return the program's words on which incidents are one: of two linked reports those that agree."""
    return [word for _, word in words(link(readings), moment)]


def words(found: Mapping[Pair, Link], moment: datetime) -> list[tuple[Pair, Judgement]]:
    """Return the program's words on pairs of incidents, each with the pair of reports it comes from.

    `found` are all links of the reports it names: whole groups, as `connected` returns them.
    """
    out = []
    for pair, one in sorted(_kept(found, moment).items()):
        score = round(one.probability * GRADES) / GRADES
        verdict: Verdict = "same" if score >= JOIN else "unsure"
        for match in one.matches:
            if not match.excluded:
                low, high = sorted((match.left, match.right))
                out.append((pair, Judgement(low, high, verdict, PROGRAM, moment, score, one.reasons)))
    return out


def connected(shelf: Shelf, reports: Iterable[str]) -> dict[Pair, Link]:
    """Return the links of all reports that could be in one group with any of these.

    Groups grow along pairs of at least JOIN, so whatever these do not reach has no part in what is said.
    """
    found: dict[Pair, Link] = {}
    reached: set[str] = set()
    edge = set(reports)
    while edge:
        reached |= edge
        links = shelf.links_of(sorted(edge))
        found.update(links)
        edge = {key for pair, one in links.items() if one.probability >= JOIN for key in pair} - reached
    return {pair: one for pair, one in found.items() if reached.issuperset(pair)}


def _kept(found: Mapping[Pair, Link], moment: datetime) -> dict[Pair, Link]:
    """Return the pairs inside groups of reports that are alike as wholes, and the sure ones across groups.

    A report may tell of two events and so tie two groups, but a weak tie between groups is chance (measured on
    gunviolence: pair F1 .89 against .82 where every tie was kept).
    """
    said = [Judgement(a, b, "same", PROGRAM, moment, one.probability) for (a, b), one in found.items()]
    groups = cluster({key for pair in found for key in pair}, said)
    group = {key: number for number, keys in enumerate(groups) for key in keys}
    return {pair: one for pair, one in found.items() if group[pair[0]] == group[pair[1]] or one.probability >= SURE}
