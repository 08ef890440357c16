"""What a report says of countries before its towns are chosen: the weights by which namesakes are told apart."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.resolve.gazetteer import Entry
from marsad.resolve.where_mentions import Candidate

COUNTRY_PRIOR, REGION_PRIOR, CAPITAL_BONUS, UNIT_BONUS, HAND_KEPT = 9.5, 6.2, 2.0, 0.8, 1.0
# How far (in powers of ten of people) a name's first bearer must be above those of other countries to be sure.
SURE_LEAD, SURE_WORTH = 0.7, 4.3
# What the publisher's home says: voices for its country and unit, and how large a town of its country must be to be
# thought of before one abroad.
HOME_VOICES, HOME_TOWN = 2, 50_000


@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate with what the words beside it put it in: a country or unit, or (by number) a town named later.

    `firm`: the words are of the form "Town, State", so that a town the gazetteer lacks still lies in that state.
    """

    candidate: Candidate
    container: Entry | None = None
    inside: int | None = None
    firm: bool = False


@dataclass(slots=True)
class Context:
    """What is known of a report before its towns are chosen: weights of countries and units, places already sure.

    `home` and `home_unit` are the publisher's country and unit; `spoken` and `spoken_units` are countries and
    units named by more than a small town.
    """

    countries: Counter[str] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)
    anchors: list[Entry] = field(default_factory=list)
    senses: dict[str, Entry] = field(default_factory=dict)
    home: str | None = None
    home_unit: int | None = None
    spoken: set[str] = field(default_factory=set)
    spoken_units: set[int] = field(default_factory=set)

    def hear(self, place: Entry, voices: int) -> None:
        """Count the name of a place that is surely meant for its country and unit."""
        if place.country is None:
            return
        self.countries[place.country] += (2 if place.kind in "C1" else 1) * voices
        if place.kind in "CA1":
            self.spoken.add(place.country)
        if place.unit:
            self.units[place.unit] += voices
            if place.kind in "A1" or place.population >= HOME_TOWN:
                self.spoken_units.add(place.unit)

    def weight(self, country: str | None) -> float:
        """Return 0..1: how much the report is about this country."""
        if not country or not self.countries:
            return 0.0
        return min(1.0, self.countries[country] / (0.4 * self.countries.total()))


def first_context(
    mentions: Sequence[Mention],
    options: Sequence[tuple[Entry, ...]],
    home: str | None = None,
    home_unit: int | None = None,
) -> Context:
    """Weigh countries and units by the mentions that leave little doubt, early ones twice.

    `home` and `home_unit` are where the publisher sits: as much as one town that is named in passing.
    """
    context = Context(home=home, home_unit=home_unit)
    if home is not None:
        context.countries[home] += HOME_VOICES
    if home_unit is not None:
        context.units[home_unit] += HOME_VOICES
    for number, (mention, entries) in enumerate(zip(mentions, options, strict=True)):
        early = 2 if mention.candidate.start < 300 or number < 2 else 1
        container = mention.container
        if container is not None and container.country:
            context.countries[container.country] += early
            context.spoken.add(container.country)
            if container.unit:
                context.units[container.unit] += early
                context.spoken_units.add(container.unit)
        chief = spoken_place(mention, entries, context)
        if chief is not None:
            context.hear(chief, early)
    # Reports on Israel name Palestinian towns without naming the country.
    if context.countries["IL"]:
        context.countries["PS"] += round(0.8 * context.countries["IL"])
    return context


def is_far(entry: Entry, context: Context) -> bool:
    """Tell whether a small place lies where neither the publisher sits nor anything else in the report points."""
    if context.home is None or entry.country is None:
        return False
    if entry.country != context.home:
        return entry.country not in context.spoken
    small = entry.population < HOME_TOWN and context.home_unit is not None and entry.unit is not None
    return small and entry.unit != context.home_unit and entry.unit not in context.spoken_units


def spoken_place(mention: Mention, entries: tuple[Entry, ...], context: Context) -> Entry | None:
    """Return the place that a mention surely names, if it says something of where the report plays."""
    candidate = mention.candidate
    if candidate.person or candidate.in_name or candidate.facility or candidate.based:
        return None
    chief = sure_entry(entries)
    return None if chief is None or yields_to_home(chief, entries, context) else chief


def yields_to_home(chief: Entry, entries: Sequence[Entry], context: Context) -> bool:
    """Tell whether a name may as well mean a place at the publisher's home, so that it says nothing of abroad."""
    if context.home is None:
        return False
    if chief.kind == "C":
        # To a paper of Abuja Niger is a state of Nigeria, to one of Atlanta Georgia is at home.
        return any(e.country == context.home != chief.country and e.kind == "1" for e in entries)
    if chief.country != context.home:
        return any(e.country == context.home and (e.kind == "1" or e.population >= HOME_TOWN) for e in entries)
    return chief.unit != context.home_unit and any(e.unit == context.home_unit is not None for e in entries)


def sure_entry(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the entry of a name that is nearly always meant: the only one, or one far above its namesakes."""
    if not entries:
        return None
    ranked = sorted(entries, key=lambda e: (-prior(e), e.number))
    chief = ranked[0]
    rival = next((prior(e) for e in ranked[1:] if e.country != chief.country), 0.0)
    return chief if prior(chief) - rival >= SURE_LEAD and prior(chief) >= SURE_WORTH else None


def prior(entry: Entry) -> float:
    """Return how likely an entry is meant when nothing else is known, in powers of ten of people."""
    people = math.log10(entry.population + 100)
    if entry.kind in "CK":
        return COUNTRY_PRIOR
    if entry.kind == "1":
        return max(people, 4.0) + UNIT_BONUS
    if entry.kind == "2":
        return people - 1.5
    if entry.kind == "A":
        return people + CAPITAL_BONUS
    if entry.kind == "P":
        return people + (HAND_KEPT if entry.id.startswith("marsad:") else 0.0)
    return REGION_PRIOR
