"""Compares two reports and says how likely they tell of one event, and why, in words a researcher reads."""

import math
from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from marsad.link.tables import weights
from marsad.link.tellings import Telling
from marsad.link.words import likeness, rarity

T = TypeVar("T")
Kind = Literal["headline", "article", "undated"]

RAREST = 4
FAR_DAYS = 2
WEEK = 7


def probability(one: Telling, other: Telling, found: Mapping[str, float]) -> float:
    """Return how likely two reports tell of one event, by the fitted weights of what was `found` alike or not."""
    known = weights(kind_of(one, other))
    odds = known["constant"] + sum(known[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-odds))


def kind_of(one: Telling, other: Telling) -> Kind:
    """Return which weights a pair takes: those of headlines, of articles, or of articles of which one has no date."""
    if one.is_short or other.is_short:
        # Words are few, so that figures and days decide.
        return "headline"
    return "article" if one.published and other.published else "undated"


def features(one: Telling, other: Telling) -> dict[str, float]:
    """Return what is alike and what is not, each between 0 and 1; the names are those of the table of weights."""
    out = {f"{kind} alike": likeness(one.vectors[kind], other.vectors[kind]) for kind in one.vectors}
    out["title found"] = _found(one, other, "title")
    out["lead found"] = _found(one, other, "lead")
    out["words alike squared"] = out["words alike"] ** 2
    out["rarest names shared"] = _rarest(one, other)
    out["rare names shared"] = _rare(one.names & other.names)
    for name in ("ages", "years", "numbers", "killed", "injured", "actors"):
        out |= _agreement(name, getattr(one, name), getattr(other, name))
    out |= _place_agreement(one, other)
    out |= _times(one, other)
    out |= _first(one, other)
    out["killed near"] = _nearness(one.killed, other.killed)
    close = out["published close"]
    out["close, place and killed"] = (
        close * float(bool(one.provinces & other.provinces)) * float(bool(one.killed & other.killed))
    )
    out["close and place"] = close * float(bool(one.places & other.places))
    out["close and words"] = close * out["words alike"]
    out["same publisher"] = float(one.publisher is not None and one.publisher == other.publisher)
    return out


def _first(one: Telling, other: Telling) -> dict[str, float]:
    """Return how the events told of first agree: what stands further down is often the page around a report."""
    out = _agreement("first killed", one.first_killed, other.first_killed)
    out |= _agreement("first injured", one.first_injured, other.first_injured)
    out["first killed near"] = _nearness(one.first_killed, other.first_killed)
    place, province = one.first_places & other.first_places, one.first_provinces & other.first_provinces
    out["first place shared"] = float(bool(place))
    out["first place differs"] = float(bool(one.first_places and other.first_places) and not place)
    out["first province differs"] = float(bool(one.first_provinces and other.first_provinces) and not province)
    return out


def _found(one: Telling, other: Telling, kind: str) -> float:
    """Return which share of a title's or lead's weight stands anywhere in the other report, the better of both ways."""
    return max(_share_found(one, other, kind), _share_found(other, one, kind))


def _share_found(one: Telling, other: Telling, kind: str) -> float:
    return sum(weight * weight for term, weight in one.vectors[kind].items() if term in other.told)


def _rare(names: Iterable[str]) -> float:
    """Return how many rare names two reports share, each by its rarity; three of the rarest are 1."""
    best = sorted((rarity(name) ** 2 for name in names), reverse=True)
    return min(1.0, sum(best[:8]) / 8)


def _rarest(one: Telling, other: Telling) -> float:
    shared = one.names & other.names
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
    names = ("days shared", "days differ", "published close", "published apart", "day unknown", "day near", "day far")
    out = dict.fromkeys(names, 0.0)
    if one.days and other.days:
        apart = max((other.days[0] - one.days[1]).days, (one.days[0] - other.days[1]).days, 0)
        out["days shared"], out["days differ"] = float(apart == 0), float(apart > FAR_DAYS)
    if one.published and other.published:
        apart = abs((one.published - other.published).days)
        out["published close"] = float(apart <= FAR_DAYS)
        out["published apart"] = min(1.0, math.log1p(apart) / 8)
    distance = days_apart(one, other)
    if distance is None:
        out["day unknown"] = 1.0
    else:
        out["day near"], out["day far"] = float(distance <= FAR_DAYS), float(distance > WEEK)
    out["weekdays shared"] = float(one.weekday is not None and one.weekday == other.weekday)
    out["weekdays differ"] = float(None not in (one.weekday, other.weekday) and one.weekday != other.weekday)
    return out


def days_apart(one: Telling, other: Telling) -> int | None:
    """Return how many days lie between the days two reports stand at, the year left out where one names none."""
    if one.anchor and other.anchor:
        return abs((one.anchor - other.anchor).days)
    if one.year_day is None or other.year_day is None:
        return None
    apart = abs(one.year_day - other.year_day)
    return min(apart, 365 - apart)
