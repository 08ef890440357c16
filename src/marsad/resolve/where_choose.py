"""Chooses among namesakes: what the report says of countries, provinces and near places against size and fame.

Each candidate gets a score in powers of ten of people: a town of a country that the report is about is worth a
thousand times its people, one near other places of the report a hundred times.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.resolve.gazetteer import Entry, Gazetteer
from marsad.resolve.gazetteer_write import ROMANISED
from marsad.resolve.where_mentions import Candidate
from marsad.resolve.where_names import core, fold

COUNTRY_PRIOR, REGION_PRIOR, CAPITAL_BONUS, UNIT_BONUS = 9.5, 6.2, 2.0, 0.8
IN_COUNTRY, IN_UNIT, NEARBY = 3.0, 1.5, 2.0
QUALIFIED, CLASS_FITS = 12.0, 4.0
# A single town without any cue must reach this to be believed: some 50,000 people in a country nobody mentions.
DOUBTFUL, INITIAL_DOUBTFUL = 4.7, 5.6
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with the gazetteer entry chosen for it (None when none fits), and whether it is only a guess."""

    candidate: Candidate
    entry: Entry | None
    guess: bool = False


@dataclass(slots=True)
class Context:
    """What is known of a report before its towns are chosen: weights of countries and units, places already sure."""

    countries: Counter[str]
    units: Counter[int]
    anchors: list[Entry]

    def weight(self, country: str | None) -> float:
        """Return 0..1: how much the report is about this country."""
        if not country or not self.countries:
            return 0.0
        return min(1.0, self.countries[country] / (0.4 * self.countries.total()))


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres between two points in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def choose(
    candidates: Sequence[Candidate], containers: Sequence[Entry | None], gazetteer: Gazetteer, *, shouting: bool = False
) -> list[Choice]:
    """Return one choice for every candidate that is let in; `containers` are units that the words around name."""
    options = [entries_of(c, gazetteer) for c in candidates]
    context = first_context(candidates, options, containers, gazetteer)
    picks: list[Entry | None] = []
    for _ in range(2):
        picks = [best(c, o, k, context, gazetteer) for c, o, k in zip(candidates, options, containers, strict=True)]
        context.anchors = [
            e for c, e in zip(candidates, picks, strict=True) if e is not None and e.kind in "PAB12" and not c.person
        ]
    return [
        choice
        for c, k, e in zip(candidates, containers, picks, strict=True)
        if (choice := admitted(c, k, e, context, shouting=shouting)) is not None
    ]


def entries_of(candidate: Candidate, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the gazetteer's entries for a candidate: its country, its exact name, its name without the article."""
    if candidate.demonym is not None:
        country = gazetteer.country(candidate.demonym)
        return (country,) if country else ()
    found = gazetteer.entries(candidate.key)
    bare = core(candidate.text)
    if bare != candidate.key and candidate.text[:3].lower() in ("al-", "al ", "as-", "ar-", "ad-", "at-", "az-", "an-"):
        more = tuple(e for e in gazetteer.entries(bare) if e.country in ROMANISED)
        found = found + tuple(e for e in more if e not in found)
    return found


def first_context(
    candidates: Sequence[Candidate],
    options: Sequence[tuple[Entry, ...]],
    containers: Sequence[Entry | None],
    gazetteer: Gazetteer,
) -> Context:
    """Weigh countries and units by the mentions that leave little doubt."""
    context = Context(Counter(), Counter(), [])
    for number, (candidate, entries, container) in enumerate(zip(candidates, options, containers, strict=True)):
        early = 2 if candidate.start < 300 or number < 2 else 1
        if container is not None and container.country:
            context.countries[container.country] += early
            context.units[container.unit or 0] += early
        chief = sure_entry(entries)
        if chief is None or chief.country is None or candidate.person:
            continue
        share = {"C": 2, "A": 1, "1": 2}.get(chief.kind, 1)
        context.countries[chief.country] += share * early
        if chief.unit:
            context.units[chief.unit] += early
    _ = gazetteer
    return context


def sure_entry(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the entry of a name that is nearly always meant: the only one, or one far above its namesakes."""
    ranked = sorted(entries, key=lambda e: (-prior(e), e.number))
    if not ranked:
        return None
    chief = ranked[0]
    rivals = [e for e in ranked[1:] if e.country != chief.country]
    lead = prior(chief) - (prior(rivals[0]) if rivals else 0)
    return chief if lead >= 1.5 and prior(chief) >= 4.3 else None


def prior(entry: Entry) -> float:
    """Return how likely an entry is meant when nothing else is known, in powers of ten of people."""
    people = math.log10(entry.population + 100)
    if entry.kind in "CK":
        return COUNTRY_PRIOR
    if entry.kind == "1":
        return people + UNIT_BONUS
    if entry.kind == "2":
        return people - 1.5
    if entry.kind == "A":
        return people + CAPITAL_BONUS
    return people if entry.kind in "PB" else REGION_PRIOR


def best(
    candidate: Candidate, entries: tuple[Entry, ...], container: Entry | None, context: Context, gazetteer: Gazetteer
) -> Entry | None:
    """Return the likeliest entry for a candidate in this report."""
    if not entries:
        return by_consonants(candidate, context, gazetteer) if not candidate.known else None
    scored = sorted(((score(candidate, e, container, context), -e.number, e) for e in entries), reverse=True)
    chief = scored[0][2]
    return town_or_unit(candidate, chief, [e for *_, e in scored])


def score(candidate: Candidate, entry: Entry, container: Entry | None, context: Context) -> float:
    """Return the worth of one entry for one candidate."""
    total = prior(entry) + IN_COUNTRY * context.weight(entry.country)
    if entry.unit and context.units[entry.unit]:
        total += min(IN_UNIT, 0.75 * context.units[entry.unit])
    total += nearness(entry, context)
    if container is not None and lies_in(entry, container):
        total += QUALIFIED
    if candidate.kind_cue and fits(entry, candidate.kind_cue):
        total += CLASS_FITS
    if candidate.key == fold(entry.name):
        total += 0.4
    return total


def fits(entry: Entry, kind: str) -> bool:
    """Tell whether an entry is of the kind that the words beside its name say."""
    return entry.kind == kind or (kind == "P" and entry.kind in "AB") or (kind == "2" and entry.kind == "2")


def lies_in(entry: Entry, container: Entry) -> bool:
    """Tell whether an entry lies in a country or first-order unit, and is not the unit itself."""
    if entry.number == container.number or entry.country != container.country:
        return False
    if container.kind == "C":
        return True
    return container.unit is not None and entry.unit == container.unit


def nearness(entry: Entry, context: Context) -> float:
    """Return 0..NEARBY by the distance to the other places of the report."""
    if entry.kind in "CKRW" or not context.anchors:
        return 0.0
    near = 0.0
    for other in context.anchors:
        if other.number != entry.number and (other.latitude, other.longitude) != (entry.latitude, entry.longitude):
            near += math.exp(-distance_km(entry.latitude, entry.longitude, other.latitude, other.longitude) / 120)
    return min(NEARBY, near)


def town_or_unit(candidate: Candidate, chief: Entry, ranked: list[Entry]) -> Entry:
    """Of a city and its province of the same name choose the city, unless the words say province."""
    if chief.kind not in "12" or candidate.kind_cue in ("1", "2") or candidate.key.endswith(("county", "province")):
        return chief
    if chief.country == "PS" and candidate.kind_cue != "P":
        return chief
    for entry in ranked:
        if (
            entry.kind in "PA"
            and entry.unit == chief.unit
            and candidate.key in (fold(entry.name), core(entry.name), candidate.key)
        ):
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


def admitted(
    candidate: Candidate, container: Entry | None, entry: Entry | None, context: Context, *, shouting: bool
) -> Choice | None:
    """Let a mention in or refuse it: a name inside a person's name, a plain word, a hamlet out of nowhere."""
    if entry is None:
        return Choice(candidate, None) if candidate.strong and not shouting else None
    if not candidate.known:
        return Choice(candidate, entry, guess=True)
    if candidate.demonym is not None or container is not None or candidate.strong:
        return Choice(candidate, entry)
    if candidate.person and not (candidate.cued and not candidate.in_name and entry.kind in "CA1"):
        return None
    if entry.kind in "CK":
        return Choice(candidate, entry)
    if candidate.in_name:
        famous = entry.kind in "A1" or (entry.population > 300_000 and candidate.cued)
        return Choice(candidate, entry) if famous and not candidate.person else None
    worth = prior(entry) + 2.0 * context.weight(entry.country) + nearness(entry, context) * 0.7
    worth += (1.0 if candidate.cued and not shouting else 0.0) + (0.8 if " " in candidate.key else 0.0)
    floor = INITIAL_DOUBTFUL if candidate.initial and not candidate.cued else DOUBTFUL
    return Choice(candidate, entry) if worth >= floor + (0.8 if shouting else 0.0) else None
