"""Scores namesakes: what the report says of countries, provinces and near places against size and fame.

Each entry gets a worth in powers of ten of people: a town of a country that the report is about is worth a thousand
times its people, one near other places of the report a hundred times. What a name meant once where the words settled
it ("Portland, Maine"), it means in the whole report.
"""

import math
from typing import NamedTuple

from marsad.resolve.gazetteer import Entry, Gazetteer
from marsad.resolve.gazetteer_write import ROMANISED
from marsad.resolve.where_context import HOME_TOWN, Context, Mention, prior
from marsad.resolve.where_mentions import Candidate
from marsad.resolve.where_names import core, fold
from marsad.resolve.where_tables import words

IN_COUNTRY, IN_UNIT, NEARBY = 3.0, 1.5, 2.0
QUALIFIED, CLASS_FITS, OWN_NAME = 12.0, 4.0, 0.5
# The worth of lying in the unit where a local publisher sits.
AT_HOME = 2.0
EARTH_KM = 6371.0


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres between two points in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def apart_km(one: Entry, other: Entry) -> float:
    """Return the distance between two entries in kilometres."""
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)


def entries_of(candidate: Candidate, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the gazetteer's entries for a candidate: its country, its exact name, its name without the article."""
    if candidate.demonym is not None:
        country = gazetteer.country(candidate.demonym)
        return (country,) if country else ()
    if candidate.short is not None:
        name, iso = candidate.short
        return tuple(e for e in gazetteer.entries(fold(name)) if e.kind == "1" and e.country == iso)[:1]
    found = gazetteer.entries(candidate.key)
    named = words().countries.get(candidate.key)
    if named and not any(e.kind == "C" and e.country == named for e in found):
        country = gazetteer.country(named)
        found = ((country,) if country else ()) + found
    found = without_old_names(found, candidate.key)
    if candidate.article:
        bare = core(candidate.text)
        more = tuple(e for e in gazetteer.entries(bare) if e.country in ROMANISED) if bare != candidate.key else ()
        found = found + tuple(e for e in more if e not in found)
    return found


def without_old_names(entries: tuple[Entry, ...], key: str) -> tuple[Entry, ...]:
    """Leave out capitals found by an old name that a city or unit of today bears: Amman was Philadelphia once."""
    borne = any(fold(e.name) == key and (e.kind == "1" or e.population >= HOME_TOWN) for e in entries)
    return tuple(e for e in entries if not (borne and e.kind == "A" and fold(e.name) != key))


def best(mention: Mention, entries: tuple[Entry, ...], context: Context, gazetteer: Gazetteer) -> Entry | None:
    """Return the likeliest entry for a mention in this report."""
    if not entries:
        return by_consonants(mention.candidate, context, gazetteer)
    if mention.container is None and mention.candidate.key in context.senses:
        return context.senses[mention.candidate.key]
    if mention.container is not None and mention.firm and not any(lies_in(e, mention.container) for e in entries):
        return mention.container
    scored = sorted(((sum(worth(mention, e, context)), -e.number, e) for e in entries), reverse=True)
    chief = town_or_unit(mention, scored[0][2], [e for *_, e in scored])
    if mention.container is not None and lies_in(chief, mention.container):
        context.senses[mention.candidate.key] = chief
    return chief


class Worth(NamedTuple):
    """What speaks for one entry, in powers of ten of people: its size and fame, and what report and words say."""

    fame: float
    country: float
    unit: float
    words: float
    kind: float
    name: float
    home: float
    near: float


def worth(mention: Mention, entry: Entry, context: Context) -> Worth:
    """Return what speaks for one entry as the meaning of one mention."""
    candidate, container = mention.candidate, mention.container
    voices = context.units[entry.unit] if entry.unit else 0
    return Worth(
        fame=prior(entry),
        country=IN_COUNTRY * context.weight(entry.country),
        unit=min(IN_UNIT, 0.75 * voices),
        words=QUALIFIED if container is not None and lies_in(entry, container) else 0.0,
        kind=CLASS_FITS if candidate.kind_cue and fits(entry, candidate.kind_cue) else 0.0,
        name=OWN_NAME if candidate.key == fold(entry.name) else 0.0,
        home=AT_HOME if entry.unit is not None and entry.unit == context.home_unit else 0.0,
        near=nearness(entry, context),
    )


def fits(entry: Entry, kind: str) -> bool:
    """Tell whether an entry is of the kind that the words beside its name say."""
    return entry.kind == kind or (kind == "P" and entry.kind in "AB")


def lies_in(entry: Entry, container: Entry) -> bool:
    """Tell whether an entry lies in a country or first-order unit, and is not the unit itself."""
    if entry.number == container.number or entry.country != container.country or entry.kind == "C":
        return False
    return container.kind == "C" or (container.unit is not None and entry.unit == container.unit)


def nearness(entry: Entry, context: Context) -> float:
    """Return 0..NEARBY by the distance to the other places of the report."""
    if entry.kind in "CKRW":
        return 0.0
    near = 0.0
    for other in context.anchors:
        # Five degrees of latitude are 550 km: nothing to gain, and the check saves the sines.
        if abs(other.latitude - entry.latitude) > 5 or other.number == entry.number:
            continue
        if (other.latitude, other.longitude) != (entry.latitude, entry.longitude):
            near += math.exp(-apart_km(entry, other) / 120)
    return min(NEARBY, near)


def town_or_unit(mention: Mention, chief: Entry, ranked: list[Entry]) -> Entry:
    """Of a city and its province of the same name choose the city, unless the words say province."""
    candidate = mention.candidate
    if chief.kind not in "12" or candidate.kind_cue in ("1", "2"):
        return chief
    if candidate.short is not None or (chief.country == "PS" and candidate.kind_cue != "P"):
        return chief
    for entry in ranked:
        if entry.kind in "PA" and entry.unit == chief.unit:
            big = entry.population >= 0.15 * chief.population or entry.population >= 400_000
            if big or candidate.kind_cue == "P" or chief.kind == "2":
                return entry
    return chief


def by_consonants(candidate: Candidate, context: Context, gazetteer: Gazetteer) -> Entry | None:
    """Guess an Arabic name by its consonants, inside the countries that the report is about."""
    for country, _ in context.countries.most_common(2):
        if country in ROMANISED and context.weight(country) > 0.3:
            found = [e for e in gazetteer.by_skeleton(candidate.text, country) if e.kind not in "CR"]
            units = [e for e in found if e.unit in context.units]
            if found:
                return (units or found)[0]
    return None
