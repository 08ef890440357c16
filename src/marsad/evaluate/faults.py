"""Lists what a reading missed, invented or told wrongly, with the words: what a person mends Marsad by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marsad.evaluate.coding import CodedClaim, CodedIncident, Coding, Range
from marsad.evaluate.compare import compare
from marsad.evaluate.pairing import Pairs, pair_incidents
from marsad.evaluate.score import (
    Name,
    claim_names,
    counted_incidents,
    killing_incidents,
    named_edges,
    total_killed,
    unordered,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: in which report, of what kind, about which words, what was expected and what was found.

    `kind` is an attribute's name, or "claim", "breakdown", "restatement", "incident" or "total"; `expected` is empty
    for what was invented, `found` for what was missed. `start` and `end` are offsets into the report's text.
    """

    report: str
    kind: str
    start: int
    end: int
    expected: str
    found: str


def faults(gold: Coding, found: Coding, pairs: Pairs) -> Iterator[Fault]:
    """Yield all errors of one report: claims first, then their attributes, ties, incidents and the total."""
    yield from _claims(gold, found, pairs)
    for i, j in sorted(pairs.items()):
        claim = gold.claims[i]
        for verdict in compare(claim, found.claims[j]):
            if not verdict.right:
                yield Fault(gold.report, verdict.attribute, claim.start, claim.end, verdict.expected, verdict.found)
    yield from _ties(gold, found, pairs)
    yield from _incidents(gold, found)


def _claims(gold: Coding, found: Coding, pairs: Pairs) -> Iterator[Fault]:
    missed = [claim for i, claim in enumerate(gold.claims) if i not in pairs]
    invented = [claim for j, claim in enumerate(found.claims) if j not in pairs.values()]
    listed = [(c, Fault(gold.report, "claim", c.start, c.end, _figure(c), "")) for c in missed]
    listed += [(c, Fault(gold.report, "claim", *_place(c), "", _figure(c))) for c in invented]
    for _, fault in sorted(listed, key=lambda pair: (pair[0].start, pair[0].end)):
        yield fault


def _place(claim: CodedClaim) -> tuple[int, int]:
    """A claim found in the title has no words in the text."""
    return (0, 0) if claim.in_title else (claim.start, claim.end)


def _ties(gold: Coding, found: Coding, pairs: Pairs) -> Iterator[Fault]:
    mine, other = claim_names(gold, found, pairs)
    known = {mine[claim.id]: claim for claim in gold.claims}
    known = {other[claim.id]: claim for claim in found.claims} | known
    yield from _tie_faults(
        gold.report,
        "breakdown",
        known,
        named_edges(gold.breakdowns, mine),
        named_edges(found.breakdowns, other),
    )
    yield from _tie_faults(
        gold.report,
        "restatement",
        known,
        {_pair(edge) for edge in unordered(gold.restatements, mine)},
        {_pair(edge) for edge in unordered(found.restatements, other)},
    )


def _pair(edge: frozenset[Name]) -> tuple[Name, Name]:
    ends = sorted(edge, key=str)
    return ends[0], ends[-1]


def _tie_faults(
    report: str,
    kind: str,
    known: dict[Name, CodedClaim],
    gold: set[tuple[Name, Name]],
    found: set[tuple[Name, Name]],
) -> Iterator[Fault]:
    for edge in sorted(gold ^ found, key=str):
        if edge[0] not in known or edge[1] not in known:
            continue
        one, other = known[edge[0]], known[edge[1]]
        told = f"{_figure(one)} {'⊃' if kind == 'breakdown' else '='} {_figure(other)}"
        expected, answer = (told, "") if edge in gold else ("", told)
        yield Fault(report, kind, *_place(other), expected, answer)


def _incidents(gold: Coding, found: Coding) -> Iterator[Fault]:
    here, there = killing_incidents(gold.incidents), counted_incidents(found.incidents)
    pairs = pair_incidents(here, there)
    for missed in _left(here, pairs):
        yield Fault(gold.report, "incident", 0, 0, _event(missed), "")
    for invented in _left(there, pairs.values()):
        yield Fault(gold.report, "incident", 0, 0, "", _event(invented))
    expected, answer = total_killed(here), total_killed(there)
    if expected != answer and not gold.partial:
        yield Fault(gold.report, "total", 0, 0, _range(expected), _range(answer))


def _left(incidents: list[CodedIncident], taken: Iterable[int]) -> list[CodedIncident]:
    gone = set(taken)
    return [incident for n, incident in enumerate(incidents) if n not in gone]


def _figure(claim: CodedClaim) -> str:
    number = "vague" if claim.stated is None else f"{claim.stated}"
    if claim.stated_high is not None:
        number += f"-{claim.stated_high}"
    return f"{claim.harm} {number}"


def _event(incident: CodedIncident) -> str:
    doers = f" by {'; '.join(incident.perpetrators)}" if incident.perpetrators else ""
    where = f" at {incident.place}" if incident.place else ""
    return f"killed {_range(incident.killed)}{doers}{where}"


def _range(killed: Range | None) -> str:
    low, high = killed or (None, None)
    if low == high:
        return str(low)
    return f"{low or 0} or more" if high is None else f"{low or 0} to {high}"
