"""Who and where the ledger speaks of: every actor and place with its incidents, and the names that nothing resolved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from marsad.ledger import LedgerIncident, Policy
from marsad.ledger.names import ACTOR, Names, actor_key, names_of, place_key, plain_name
from marsad.ledger.tolls import add_up, first_day
from marsad.model import ActorRef, Figure, Where
from marsad.serve.desk import Shelf
from marsad.serve.facts import Gathered, gathered_of
from marsad.serve.queue import incidents_of
from marsad.serve.says import month_words
from marsad.vocabulary import HARMS, Harm

EXAMPLES = 3
"""How many incidents are shown for a name that nobody knows."""
MONTHS = 30
"""A longer time is drawn by years."""


@dataclass
class ActorEntry:
    """One actor as the ledger knows it: the incidents it is blamed for, those it denies, and those it suffered."""

    ref: ActorRef
    blamed: list[LedgerIncident] = field(default_factory=list)
    denies: list[LedgerIncident] = field(default_factory=list)
    suffered: list[LedgerIncident] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @cached_property
    def killed(self) -> int:
        """How many died in the incidents that it is blamed for, by the best figures."""
        return sum(one.tolls["killed"].best for one in self.blamed if "killed" in one.tolls)


@dataclass
class PlaceEntry:
    """One place as the ledger knows it, with its incidents and what reports call it."""

    key: str
    where: Where
    incidents: list[LedgerIncident] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @cached_property
    def killed(self) -> int:
        """How many died there, by the best figures."""
        return sum(one.tolls["killed"].best for one in self.incidents if "killed" in one.tolls)


@dataclass(slots=True)
class UnknownName:
    """A name that nothing resolved: what a word on it is said of (`of`), how often it stands, and a few incidents."""

    of: str
    words: str
    times: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    incidents: list[str] = field(default_factory=list)

    @property
    def is_description(self) -> bool:
        """Say whether these are no name but words for anybody: "gunmen" in one report are not those of another."""
        words = self.words.split()
        is_shouted = self.words.isupper()
        named = any(word[:1].isupper() for word in words[1:]) and not is_shouted
        return self.of.startswith(ACTOR) and not (named or self.of.startswith(f"{ACTOR}x-"))

    @property
    def country(self) -> str:
        """The country in which it mostly stands, "" where none is known."""
        return self.countries.most_common(1)[0][0] if self.countries else ""


@dataclass(frozen=True, slots=True)
class Span:
    """One step of a series over time: its label and the figure that falls into it."""

    label: str
    figure: Figure


def actors_of(shelf: Shelf, policy: Policy) -> dict[str, ActorEntry]:
    """Return every actor of the ledger by id, made once until something is recorded."""
    return shelf.kept(("actors", policy), lambda: _actors(incidents_of(shelf, None, policy).values()))


def places_of(shelf: Shelf, policy: Policy) -> dict[str, PlaceEntry]:
    """Return every place of the ledger by its key, made once until something is recorded."""
    return shelf.kept(("places of", policy), lambda: _places(incidents_of(shelf, None, policy).values()))


def ranked_actors(shelf: Shelf, policy: Policy) -> list[ActorEntry]:
    """Return the actors, those blamed for most dead first."""

    def make() -> list[ActorEntry]:
        found = actors_of(shelf, policy).values()
        return sorted(found, key=lambda one: (-one.killed, -len(one.blamed), -len(one.suffered), one.ref.name))

    return shelf.kept(("ranked actors", policy), make)


def ranked_places(shelf: Shelf, policy: Policy) -> list[PlaceEntry]:
    """Return the places, those with most dead first."""

    def make() -> list[PlaceEntry]:
        found = places_of(shelf, policy).values()
        return sorted(found, key=lambda one: (-one.killed, -len(one.incidents), one.key))

    return shelf.kept(("ranked places", policy), make)


def unknown_actors(shelf: Shelf, policy: Policy) -> list[UnknownName]:
    """Return the doers that no registry knows, the most frequent first."""
    return shelf.kept(
        ("unknown actors", policy), lambda: _ranked(_unknown_actors(incidents_of(shelf, None, policy).values()))
    )


def unknown_places(shelf: Shelf, policy: Policy) -> list[UnknownName]:
    """Return the place names of reports that no entry of the gazetteer fits, the most frequent first."""
    gathered = gathered_of(shelf)
    names = names_of(shelf.words().revisions)
    return shelf.kept(("unknown places", policy, gathered.version), lambda: _ranked(_unknown_places(gathered, names)))


def place_id(where: Where) -> str:
    """Return the key of a place: its entry in the gazetteer, else its country and name."""
    return where.gazetteer_id or f"{where.country or ''}/{plain_name(where.name or where.text or '')}"


def sums(incidents: Iterable[LedgerIncident]) -> Mapping[Harm, Figure]:
    """Return the tolls of incidents added up, each one once and whole."""
    figures: dict[Harm, list[Figure]] = {}
    for one in incidents:
        for harm, figure in one.tolls.items():
            figures.setdefault(harm, []).append(figure)
    return add_up(figures)


def over_time(incidents: Iterable[LedgerIncident], harm: Harm) -> list[Span]:
    """Return the figures of one harm by month, by year where the time is long; what has no day is left out."""
    told = [(day, one.tolls[harm]) for one in incidents if harm in one.tolls and (day := first_day(one))]
    if not told:
        return []
    first, last = min(day for day, _ in told), max(day for day, _ in told)
    months = (last.year - first.year) * 12 + last.month - first.month
    by_month = months <= MONTHS
    groups: dict[tuple[int, int], list[Figure]] = {}
    for at in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + at, 12)
        groups.setdefault((year, month if by_month else 0), [])
    for day, figure in told:
        groups[day.year, day.month - 1 if by_month else 0].append(figure)
    return [
        Span(month_words(date(year, month + 1, 1)) if by_month else str(year), add_up({harm: said})[harm])
        for (year, month), said in groups.items()
    ]


def main_harm(tolls: Mapping[Harm, Figure]) -> Harm:
    """Return the harm that is drawn: the killed, else the first that anything is said of."""
    return next((harm for harm in HARMS if harm in tolls), "killed")


def _actors(incidents: Iterable[LedgerIncident]) -> dict[str, ActorEntry]:
    found: dict[str, ActorEntry] = {}

    def entry(ref: ActorRef) -> ActorEntry:
        return found.setdefault(ref.id, ActorEntry(ref))

    for one in incidents:
        for doer in one.perpetrators:
            if doer.actor is not None:
                known = entry(doer.actor)
                _once(known.denies if doer.basis == "denied" else known.blamed, one)
                known.words[doer.text] += 1
        for victims in one.victims:
            if victims.actor is not None:
                _once(entry(victims.actor).suffered, one)
    return found


def _once(incidents: list[LedgerIncident], one: LedgerIncident) -> None:
    # The mentions of one incident come one after the other: to look at the last is enough.
    if not incidents or incidents[-1] is not one:
        incidents.append(one)


def _places(incidents: Iterable[LedgerIncident]) -> dict[str, PlaceEntry]:
    found: dict[str, PlaceEntry] = {}
    for one in incidents:
        if one.where is not None and (one.where.name or one.where.text):
            entry = found.setdefault(place_id(one.where), PlaceEntry(place_id(one.where), one.where))
            entry.incidents.append(one)
            if one.where.text:
                entry.words[one.where.text] += 1
    return found


def _unknown_actors(incidents: Iterable[LedgerIncident]) -> Iterator[tuple[str, str, str | None, str]]:
    for one in incidents:
        for doer in one.perpetrators:
            if doer.actor is None or doer.actor.id.startswith("x-"):
                name = doer.text if doer.actor is None else doer.actor.name
                if plain_name(name):
                    yield actor_key(doer.actor, doer.text), name, one.where.country if one.where else None, one.id


def _unknown_places(gathered: Gathered, names: Names) -> Iterator[tuple[str, str, str | None, str]]:
    for facts in gathered.facts.values():
        inside = frozenset({facts.country} if facts.country else ())
        for words in facts.unknown:
            # Since the reports were gone through somebody may have said what a name means.
            if names.place(Where(words), inside).name is None:
                yield place_key(words, facts.country), words, facts.country, next(iter(facts.incidents), "")


def _ranked(found: Iterable[tuple[str, str, str | None, str]]) -> list[UnknownName]:
    names: dict[str, UnknownName] = {}
    for of, words, country, incident in found:
        name = names.setdefault(of, UnknownName(of, words))
        name.times += 1
        if country:
            name.countries[country] += 1
        if incident and incident not in name.incidents and len(name.incidents) < EXAMPLES:
            name.incidents.append(incident)
    return sorted(names.values(), key=lambda name: (-name.times, name.of))
