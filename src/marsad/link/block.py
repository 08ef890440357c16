"""Says which pairs are worth comparing: those that share rare words, names, places or figures.

What a term finds is a block of reports. One that has grown too large finds nothing any more; then those blocks find
that it is parted into by time and place, as long as they are not too large themselves.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marsad.link.tellings import Telling

Block = tuple[str, str]
"""A term, and the fortnight or province within which it finds reports (EVERYWHERE: in all)."""
EVERYWHERE = ""
LARGEST_BLOCK = 150
"""A block of more reports finds nothing: it would make the work grow with the square of the ledger."""
OF_A_PART = 0.4
"""What a term weighs that finds only within a part: one that many reports use says less, even of one week."""
WEEK = 7
ENOUGH = 0.08
ENOUGH_UNDATED = 0.06
ENOUGH_OF_A_HEADLINE = 0.04
"""How much two reports must share, as sums over their keys, to be compared."""
LONG_AFTER = 30
ENOUGH_LATER = 0.12
"""Two reports published more than so many days apart must share more: of a later trial, names and places."""
FEWEST = ENOUGH_OF_A_HEADLINE
ROUNDING = 1e-9
"""Sums of the same weights in another order differ by less."""


@dataclass(frozen=True, slots=True)
class Card:
    """What decides, without looking closer, how much a report must share with another."""

    is_short: bool
    published: date | None
    parts: tuple[str, ...] = ()


def parts_of(telling: Telling) -> tuple[str, ...]:
    """Return the parts of time and place that a report belongs to: two fortnights and a province, as far as known.

    Fortnights begin every week, so that reports of days up to a week apart always share one.
    """
    province = sorted(telling.first_provinces or telling.provinces)[:1]
    if telling.anchor is None:
        return tuple(province)
    week = telling.anchor.toordinal() // WEEK
    return (f"week {week}", f"week {week + 1}", *province)


def blocks_of(telling: Telling, terms: Iterable[str]) -> list[Block]:
    """Return the blocks that a report stands in where so many of its terms are parted."""
    return [(term, part) for term in terms for part in parts_of(telling)]


def card(telling: Telling) -> Card:
    """Return a report's card."""
    return Card(telling.is_short, telling.published, parts_of(telling))


def enough(one: Card | Telling, other: Card | Telling) -> float:
    """Return how much two reports must share to be compared."""
    if one.is_short or other.is_short:
        return ENOUGH_OF_A_HEADLINE
    if one.published is None or other.published is None:
        return ENOUGH_UNDATED
    return ENOUGH_LATER if abs((one.published - other.published).days) > LONG_AFTER else ENOUGH


def affinity(one: Telling, other: Telling, live: Container[Block]) -> float:
    """Return how much two reports share by what finds them both; `one` is the one of the lesser key."""
    theirs: Mapping[str, float] = other.keys
    parts = set(parts_of(one)).intersection(parts_of(other))
    shared = 0.0
    for term, weight in one.keys.items():
        if term in theirs:
            if (term, EVERYWHERE) in live:
                shared += weight * theirs[term]
            elif any((term, part) in live for part in parts):
                shared += weight * theirs[term] * OF_A_PART
    return shared


def is_compared(one: Telling, other: Telling, live: Container[Block]) -> bool:
    """Say whether two reports (the lesser key first) share enough by blocks that are not too large."""
    return affinity(one, other, live) >= enough(one, other)
