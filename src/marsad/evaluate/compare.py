"""Compares one claim that was found with the claim it stands for, attribute by attribute."""

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.evaluate.coding import CodedClaim
from marsad.evaluate.pairing import alike


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one attribute was told rightly, with both answers as a person reads them."""

    attribute: str
    right: bool
    expected: str
    found: str


def compare(gold: CodedClaim, found: CodedClaim) -> Iterator[Verdict]:
    """Yield a verdict for each attribute on which the gold says something.

    Qualifier, scope and modality are always asked; a gold without a perpetrator asks that none is named. Of a gold
    that people made by judging, only what they judged.
    """
    for verdict in _all(gold, found):
        if gold.judged is None or verdict.attribute.removeprefix("no ") in gold.judged:
            yield verdict


def _all(gold: CodedClaim, found: CodedClaim) -> Iterator[Verdict]:
    yield _equal("qualifier", gold.qualifier, found.qualifier)
    yield _equal("scope", gold.scope, found.scope)
    yield _equal("modality", gold.modality, found.modality)
    if gold.status not in (None, "unknown"):
        yield _equal("status", gold.status, found.status)
    yield _perpetrator(gold.perpetrators, found.perpetrators)
    if gold.according_to:
        yield _named("according to", gold.according_to, found.according_to)
    if gold.days:
        right = gold.days == found.days
        yield Verdict("date", right, _days(gold.days), _days(found.days))
    if gold.country:
        yield _equal("country", gold.country, found.country)
    if gold.admin1:
        yield _named("admin1", gold.admin1, found.admin1)
    if gold.place:
        yield _named("place words", gold.place, found.place)


def _perpetrator(gold: tuple[str, ...], found: tuple[str, ...]) -> Verdict:
    expected, answer = "; ".join(gold) or "nobody", "; ".join(found) or "nobody"
    if not gold:
        return Verdict("no perpetrator", not found, expected, answer)
    right = any(alike(one, other) for one in gold for other in found)
    return Verdict("perpetrator", right, expected, answer)


def _equal(attribute: str, gold: str | None, found: str | None) -> Verdict:
    return Verdict(attribute, gold == found, gold or "nothing", found or "nothing")


def _named(attribute: str, gold: str, found: str | None) -> Verdict:
    return Verdict(attribute, alike(gold, found), gold, found or "nothing")


def _days(days: tuple[str | None, str | None] | None) -> str:
    if days is None:
        return "nothing"
    start, end = (day or "open" for day in days)
    return start if start == end else f"{start} to {end}"
