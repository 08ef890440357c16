"""The actors of the wars since 1989: who they are, what they are called, and whom they belonged to when.

The tables are plain CSV under `marsad/data/actors`, each row with its origin; a user's folder of the same tables
extends or overrides them. Nothing here reads a text: `who.py` does.
"""

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, get_args

from marsad.errors import DataFileError
from marsad.model import ActorRef
from marsad.resolve.who_words import folded

Kind = Literal[
    "government",
    "state_force",
    "police",
    "rebel",
    "militia",
    "communal",
    "cartel",
    "coalition",
    "settlers",
    "civilians",
    "party",
    "international",
    "monitor",
    "media",
]
Relation = Literal["part_of", "allied_with", "supported_by", "formerly", "rival", "affiliate_of", "counted_as"]
KINDS: tuple[Kind, ...] = get_args(Kind)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
VOICE_KINDS: frozenset[str] = frozenset({"monitor", "media"})
"""Kinds that tell of harm and never do any."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry of the registry; `countries` are ISO 3166-1 alpha-2, `order` counts rows (earlier is better known)."""

    id: str
    name: str
    kind: str
    countries: frozenset[str]
    ucdp_name: str
    origin: str
    order: int

    @property
    def ref(self) -> ActorRef:
        """Give the actor as claims carry it."""
        return ActorRef(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor, with the days between which it means that actor."""

    actor: str
    words: str
    kind: str
    country: str
    """Where the name means the actor; empty for the actor's own countries."""
    since: date | None
    until: date | None
    origin: str

    def holds(self, day: date | None) -> bool:
        """Tell whether the name means the actor on `day`; an unknown day objects only to words of one war ('enemy')."""
        if day is None and self.country and self.since:
            return False
        return lies_within(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What one actor was to another, and when; both days inclusive, None is open."""

    actor: str
    other: str
    relation: str
    since: date | None
    until: date | None
    origin: str

    def holds(self, day: date | None) -> bool:
        """Tell whether the tie existed on `day`; without a day only a tie that never ended does."""
        return self.until is None if day is None else lies_within(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class State:
    """A country's names: `demonyms` are the words for its people, folded; its actor is `gov-xx`."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    places: tuple[str, ...]
    """The capital and the regions of its wars: they tell the country, never the actor."""

    @property
    def actor(self) -> str:
        """Give the id of the state's government."""
        return f"gov-{self.code.lower()}"


@dataclass(frozen=True, slots=True)
class Registry:
    """All tables together, with what is needed to look a name up."""

    actors: dict[str, Actor]
    aliases: tuple[Alias, ...]
    affiliations: dict[str, tuple[Affiliation, ...]]
    states: dict[str, State]
    by_words: dict[tuple[str, ...], tuple[Alias, ...]] = field(default_factory=dict)
    """Aliases by their folded words."""
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By first folded word, how many words the names that begin with it have, the longest first."""


def lies_within(day: date | None, since: date | None, until: date | None) -> bool:
    """Tell whether `day` lies between two inclusive days, either of them open."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


OWN_TABLES = "MARSAD_ACTORS"
"""The environment variable that names a user's folder of tables."""


@cache
def registry() -> Registry:
    """Give the registry: the tables that ship, then those of the folder that MARSAD_ACTORS names, if it is set."""
    own = os.environ.get(OWN_TABLES)
    if own and not Path(own).is_dir():
        raise DataFileError(f"{OWN_TABLES} names {own}, which is no folder; name one with actors.csv, or unset it.")
    return load_registry(Path(own) if own else None)


def load_registry(extra: Path | None = None) -> Registry:
    """Load the tables that ship, then those in the folder `extra` (an actor there replaces the one of the same id).

    A folder may hold actors.csv, aliases.csv and affiliations.csv; names and ties are added to those that ship. Errors:
    DataFileError names file, line and mending.
    """
    shipped = files("marsad") / "data" / "actors"
    folders: list[Traversable] = [shipped] if extra is None else [shipped, extra]
    actors: dict[str, Actor] = {}
    for cells in rows_of(folders, "actors.csv"):
        place = actors[cells["id"]].order if cells["id"] in actors else len(actors)
        actors[cells["id"]] = actor_of(cells, place)
    aliases = tuple(alias_of(cells) for cells in rows_of(folders, "aliases.csv"))
    ties: dict[str, list[Affiliation]] = {}
    for cells in rows_of(folders, "affiliations.csv"):
        ties.setdefault(cells["actor"], []).append(affiliation_of(cells))
    states = {s.code: s for s in map(state_of, rows_of([shipped], "states.csv"))}
    affiliations = {actor: tuple(found) for actor, found in ties.items()}
    demand_known(actors, aliases, affiliations)
    by_words = index_of(aliases)
    return Registry(actors, aliases, affiliations, states, by_words, lengths_of(by_words))


def rows_of(folders: Iterable[Traversable], name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table from every folder that has it, the file and line kept for messages."""
    for folder in folders:
        path = folder / name
        if not path.is_file():
            continue
        with path.open(encoding="utf-8") as lines:
            reader = csv.reader(lines)
            header = next(reader, [])
            for number, cells in enumerate(reader, 2):
                if len(cells) != len(header):
                    raise DataFileError(
                        f"{path}, line {number}: {len(cells)} cells where the header has {len(header)}."
                    )
                yield dict(zip(header, cells, strict=True))


def day_of(text: str) -> date | None:
    """Read an ISO day; an empty cell is an open end."""
    return date.fromisoformat(text) if text else None


def actor_of(cells: dict[str, str], order: int) -> Actor:
    """Make an actor of a row."""
    if cells["kind"] not in KINDS:
        raise DataFileError(
            f"actors.csv: {cells['id']} has the kind {cells['kind']!r}; one of {', '.join(KINDS)} is wanted."
        )
    countries = frozenset(filter(None, cells["country"].split(";")))
    return Actor(cells["id"], cells["name"], cells["kind"], countries, cells["ucdp_name"], cells["origin"], order)


def alias_of(cells: dict[str, str]) -> Alias:
    """Make an alias of a row."""
    since, until = day_of(cells["since"]), day_of(cells["until"])
    return Alias(cells["actor"], cells["alias"], cells["kind"], cells["country"], since, until, cells["origin"])


def affiliation_of(cells: dict[str, str]) -> Affiliation:
    """Make an affiliation of a row."""
    if cells["relation"] not in RELATIONS:
        raise DataFileError(f"affiliations.csv: {cells['actor']} has the relation {cells['relation']!r}.")
    since, until = day_of(cells["since"]), day_of(cells["until"])
    return Affiliation(cells["actor"], cells["other"], cells["relation"], since, until, cells["origin"])


def state_of(cells: dict[str, str]) -> State:
    """Make a state of a row."""
    names = (cells["name"], *filter(None, cells["other_names"].split(";")))
    demonyms = tuple(filter(None, cells["demonyms"].split(";")))
    places = tuple(filter(None, (cells["capital"], *cells["regions"].split(";"))))
    return State(cells["code"], cells["name"], names, demonyms, places)


def demand_known(actors: dict[str, Actor], aliases: Iterable[Alias], ties: dict[str, tuple[Affiliation, ...]]) -> None:
    """Refuse a name or a tie of an actor that no row describes."""
    named = {a.actor for a in aliases} | set(ties) | {t.other for found in ties.values() for t in found}
    lost = sorted(named - actors.keys())
    if lost:
        raise DataFileError(
            f"The actor registry names {', '.join(lost[:5])}, but actors.csv has no such id; add the row."
        )


def index_of(aliases: Iterable[Alias]) -> dict[tuple[str, ...], tuple[Alias, ...]]:
    """Sort aliases by their folded words."""
    by_words: dict[tuple[str, ...], tuple[Alias, ...]] = {}
    for alias in aliases:
        words = tuple(folded(alias.words).split())
        if words:
            by_words[words] = (*by_words.get(words, ()), alias)
    return by_words


def lengths_of(forms: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Give, by first word, the lengths of the names that begin with it, the longest first."""
    found: dict[str, set[int]] = {}
    for form in forms:
        found.setdefault(form[0], set()).add(len(form))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def is_part_of(actor: str, other: str, day: date | None = None) -> bool:
    """Tell whether `actor` is `other`, or belonged to it on `day`, directly or through a third."""
    return other in chain(actor, day, ("part_of",))


def side_on(actor: str, day: date | None = None) -> ActorRef | None:
    """Give the side that an actor stood on that day: the top of what it was part of; None for an unknown id."""
    top = chain(actor, day, ("part_of",))[-1]
    entry = registry().actors.get(top)
    return entry.ref if entry else None


def chain(actor: str, day: date | None, relations: tuple[str, ...]) -> tuple[str, ...]:
    """Follow an actor's ties upwards, the first that held on `day` at each step; a circle ends the walk."""
    found = [actor]
    while True:
        ties = registry().affiliations.get(found[-1], ())
        above = next((t.other for t in ties if t.relation in relations and t.holds(day) and t.other not in found), None)
        if above is None:
            return tuple(found)
        found.append(above)


def display_name(ref: ActorRef | None) -> str:
    """Give the name that a table or a page shows for an actor; 'unknown' for none."""
    return ref.name if ref else "unknown"
