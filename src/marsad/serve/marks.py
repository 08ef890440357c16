"""Marks a report's running text: every claim, number, time, place, actor, voice and statement, and whose each is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from marsad.model import Claim, Reading, Span, Statement

LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that bear the same marks: `kinds` of mark, whose it is (`claims`), and `number` of which claim.

    `claims` are ids of claims and of statements; `is_first` marks the first run of a number, to which links lead.
    """

    text: str
    kinds: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    number: str | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    claim: str | None


def runs_of(reading: Reading) -> list[Run]:
    """Return the report's text as runs; put together they are the text, sign for sign."""
    text = reading.report.text
    marks = [m for m in _marks(reading) if 0 <= m.start < m.end <= len(text)]
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    starting: dict[int, list[_Mark]] = {}
    for mark in marks:
        starting.setdefault(mark.start, []).append(mark)
    runs: list[Run] = []
    seen: set[str] = set()
    active: list[_Mark] = []
    for start, end in pairwise(edges):
        active = [m for m in active if m.end > start] + starting.get(start, [])
        run = _run(text[start:end], active)
        if run.number is not None and run.number not in seen:
            seen.add(run.number)
            run = replace(run, is_first=True)
        runs.append(run)
    return runs


def _run(text: str, active: list[_Mark]) -> Run:
    kinds = tuple(dict.fromkeys(sorted(m.kind for m in active)))
    claims = tuple(dict.fromkeys(sorted(m.claim for m in active if m.claim)))
    numbers = sorted((m.end - m.start, m.claim) for m in active if m.kind == "number" and m.claim)
    return Run(text, kinds, claims, numbers[0][1] if numbers else None)


def _marks(reading: Reading) -> Iterator[_Mark]:
    for claim in reading.claims:
        yield from _of(claim.span, "claim", claim.id)
        if claim.span.within == "text":
            start, end = _number(claim)
            yield _Mark(start, end, "number", claim.id)
        for kind, span in _parts(claim):
            yield from _of(span, kind, claim.id)
    for statement in reading.statements:
        yield from _said(statement)
    for place in reading.places:
        yield from _of(place.span, "place", None)


def _parts(claim: Claim) -> Iterable[tuple[str, Span | None]]:
    yield "time", claim.when.span if claim.when else None
    yield "place", claim.where.span if claim.where else None
    yield "voice", claim.according_to.span if claim.according_to else None
    for one in claim.perpetrators:
        yield "actor", one.span


def _said(statement: Statement) -> Iterator[_Mark]:
    yield from _of(statement.span, "statement", statement.id)
    yield from _of(statement.when.span if statement.when else None, "time", statement.id)
    yield from _of(statement.according_to.span if statement.according_to else None, "voice", statement.id)
    for slots in statement.slots.values():
        for slot in slots:
            if slot.where is not None or slot.actor is not None:
                yield from _of(slot.span, "actor" if slot.where is None else "place", statement.id)


def _of(span: Span | None, kind: str, claim: str | None) -> Iterator[_Mark]:
    if span is not None and span.within == "text":
        yield _Mark(span.start, span.end, kind, claim)


def _number(claim: Claim) -> tuple[int, int]:
    """Return where a claim's number stands; where its words cannot be found, the start of the claim stands for it."""
    quote, words = claim.span.quote, claim.count.words
    at = quote.casefold().find(words.casefold()) if words and len(quote.casefold()) == len(quote) else -1
    if at >= 0:
        return claim.span.start + at, claim.span.start + at + len(words)
    short = quote if len(quote) <= LONGEST_NUMBER else quote.split(maxsplit=1)[0]
    return claim.span.start, claim.span.start + len(short)
