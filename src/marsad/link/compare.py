"""Compares two reports and says how likely they tell of one event, and why, in words a researcher reads."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from marsad.link.tables import weights
from marsad.link.tellings import Telling, Weighed
from marsad.link.words import likeness

T = TypeVar("T")

HEADLINE_WORDS = 60
RAREST = 4
FAR_DAYS = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports compared: the probability that they tell of one event, and the reasons for and against."""

    probability: float
    reasons: tuple[str, ...]


def compare(one: Weighed, other: Weighed, near: Mapping[str, float]) -> Comparison:
    """Return the probability that two reports tell of one event, by the fitted weights, with its reasons."""
    found = features(one, other, near)
    known = weights(kind_of(one.telling, other.telling))
    odds = known["constant"] + sum(known[name] * value for name, value in found.items())
    return Comparison(1 / (1 + math.exp(-odds)), reasons(found, one.telling, other.telling))


def kind_of(one: Telling, other: Telling) -> str:
    """Return which weights a pair takes: those of headlines, where words are few and figures decide, or of articles."""
    return "headline" if min(len(one.terms["words"]), len(other.terms["words"])) < HEADLINE_WORDS else "article"


def features(one: Weighed, other: Weighed, near: Mapping[str, float]) -> dict[str, float]:
    """Return what is alike and what is not, each between 0 and 1; the names are those of the table of weights."""
    a, b = one.telling, other.telling
    out = {f"{kind} alike": likeness(one.vectors[kind], other.vectors[kind]) for kind in one.vectors}
    out |= {f"nearest by {kind}": value for kind, value in near.items()}
    out["rarest names shared"] = _rarest(one, other)
    out |= _agreement("ages", a.ages, b.ages)
    out |= _agreement("years", a.years, b.years)
    out |= _agreement("numbers", a.numbers, b.numbers)
    out |= _agreement("killed", a.killed, b.killed)
    out |= _agreement("injured", a.injured, b.injured)
    out |= _place_agreement(a, b)
    out |= _agreement("actors", a.actors, b.actors)
    out |= _times(a, b)
    out["killed near"] = _nearness(a.killed, b.killed)
    close = out["published close"]
    out["close, place and killed"] = close * float(bool(a.provinces & b.provinces)) * float(bool(a.killed & b.killed))
    out["close and place"] = close * float(bool(a.places & b.places))
    out["close and words"] = close * out["words alike"]
    out["same publisher"] = float(a.publisher is not None and a.publisher == b.publisher)
    return out


def reasons(found: Mapping[str, float], one: Telling, other: Telling) -> tuple[str, ...]:
    """Return the reasons in plain words, those that weigh most first: what speaks for, then what against."""
    known = weights(kind_of(one, other))
    weighty = sorted(
        ((known[name] * value, name) for name, value in found.items() if abs(known[name] * value) >= 0.3),
        key=lambda item: (-abs(item[0]), item[1]),
    )
    good = [_in_words(name, one, other) for weight, name in weighty if weight > 0]
    bad = [_in_words(name, one, other) for weight, name in weighty if weight < 0]
    return (*good[:5], *(f"but: {words}" for words in bad[:3]))


def _rarest(one: Weighed, other: Weighed) -> float:
    shared = one.telling.names & other.telling.names
    mine, theirs = one.vectors["names"], other.vectors["names"]
    best = sorted((min(mine.get(name, 0.0), theirs.get(name, 0.0)) for name in shared), reverse=True)
    return min(1.0, sum(best[:RAREST]))


def _agreement(name: str, one: frozenset[T], other: frozenset[T]) -> dict[str, float]:
    shared = len(one & other)
    return {
        f"{name} shared": min(shared, 3) / 3,
        f"{name} differ": float(bool(one and other and not shared)),
    }


def _nearness(one: frozenset[int], other: frozenset[int]) -> float:
    """Return how near the nearest two figures are, where they are not equal: 20 and 21 nearly 1, 20 and 2 nearly 0."""
    if one & other:
        return 0.0
    return max((min(a, b) / max(a, b) for a in one for b in other if min(a, b) > 1), default=0.0)


def _place_agreement(one: Telling, other: Telling) -> dict[str, float]:
    place, province = bool(one.places & other.places), bool(one.provinces & other.provinces)
    country = bool(one.countries & other.countries)
    return {
        "place shared": float(place),
        "province shared": float(province and not place),
        "country shared": float(country and not province and not place),
        "provinces differ": float(bool(one.provinces and other.provinces) and not province),
        "countries differ": float(bool(one.countries and other.countries) and not country),
    }


def _times(one: Telling, other: Telling) -> dict[str, float]:
    names = ("days shared", "days differ", "published close", "published apart", "published unknown")
    out = dict.fromkeys(names, 0.0)
    if one.days and other.days:
        apart = max((other.days[0] - one.days[1]).days, (one.days[0] - other.days[1]).days, 0)
        out["days shared"], out["days differ"] = float(apart == 0), float(apart > FAR_DAYS)
    if one.published and other.published:
        apart = abs((one.published - other.published).days)
        out["published close"] = float(apart <= FAR_DAYS)
        out["published apart"] = min(1.0, math.log1p(apart) / 8)
    else:
        out["published unknown"] = 1.0
    return out


def _in_words(name: str, one: Telling, other: Telling) -> str:
    if found := _shared_values(name, one, other):
        return f"{name} ({', '.join(found[:RAREST])})"
    if name == "published apart" and one.published and other.published:
        return f"published {abs((one.published - other.published).days)} days apart"
    return name


def _shared_values(name: str, one: Telling, other: Telling) -> list[str]:
    numbers = {
        "numbers shared": one.numbers & other.numbers,
        "killed shared": one.killed & other.killed,
        "injured shared": one.injured & other.injured,
    }
    if name in numbers:
        return [str(number) for number in sorted(numbers[name])]
    words = {"ages shared": one.ages & other.ages, "rarest names shared": one.names & other.names}
    return sorted(words.get(name, ()))
