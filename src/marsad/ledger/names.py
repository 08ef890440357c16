"""Applies what people said of names: that a name is this actor, or means this place, wherever and whenever it stands.

A word on a name is one revision, said of the name itself (`actor:river brigade`, `place:amal@PS`) and not of the
incidents that bear it: so it holds for reports that come later, and one word takes it back everywhere.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from marsad.errors import LedgerError
from marsad.ledger.record import RecordedReading
from marsad.model import (
    ActorRef,
    Claim,
    Incident,
    Perpetrator,
    PlaceMention,
    Reading,
    Revision,
    Slot,
    Statement,
    Victims,
    Voice,
    Where,
)

ACTOR, PLACE = "actor:", "place:"
NAMED_FIELDS = ("actor", "place")
"""The fields of words on names; what they are said of begins with ACTOR or PLACE."""

_ACTOR = re.compile(r"(?P<name>.*\S)\s+\[(?P<id>[^\s\[\]]+)\]$")
_PLACE = re.compile(
    r"(?P<name>[^,\[\]]+)(?:, (?P<admin1>[^,\[\]]+))?, (?P<country>[A-Z]{2}) "
    r"\[(?P<id>[^\s\[\]]+) (?P<lat>-?\d+(?:\.\d+)?),(?P<lon>-?\d+(?:\.\d+)?) precision (?P<precision>[1-7])\]$"
)
Bearer = TypeVar("Bearer", Perpetrator, Victims, Voice, Slot)


def plain_name(words: str) -> str:
    """Return a name as names are compared: without case, articles and signs at its ends, with single spaces."""
    plain = " ".join(words.casefold().split()).strip(" .,;:'\"“”‘’()[]")
    return plain.removeprefix("the ")


def actor_key(actor: ActorRef | None, words: str | None) -> str:
    """Return what a word on an actor is said of: the entry that the words were taken for, else the words."""
    return ACTOR + (actor.id if actor is not None else plain_name(words or ""))


def place_key(words: str, country: str | None) -> str:
    """Return what a word on a place name is said of; one name may mean other places in other countries."""
    return f"{PLACE}{plain_name(words)}" + (f"@{country}" if country else "")


def actor_value(name: str, entry: str) -> str:
    """Return the words that say which actor a name is: River Brigade [river-brigade]."""
    return f"{name} [{entry}]"


def place_value(where: Where) -> str:
    """Return the words that say which place a name means: all that a figure on the map rests on, readable."""
    units = ", ".join(part.replace(",", " ") for part in (where.name, where.admin1, where.country) if part)
    at = f"{where.latitude:.4f},{where.longitude:.4f}"
    return f"{units} [{where.gazetteer_id} {at} precision {where.geoprecision or 1}]"


def actor_of(value: str) -> ActorRef | None:
    """Return the actor that a value names; None for a value without an entry's id."""
    found = _ACTOR.match(value.strip())
    return ActorRef(found["id"], found["name"]) if found else None


def place_of(value: str) -> Where | None:
    """Return the place that a value names; None for a value without an entry's id and coordinates."""
    found = _PLACE.match(value.strip())
    if found is None:
        return None
    return Where(
        text=found["name"], name=found["name"], country=found["country"], admin1=found["admin1"],
        latitude=float(found["lat"]), longitude=float(found["lon"]),
        geoprecision=int(found["precision"]), gazetteer_id=found["id"],
    )  # fmt: skip


def require_named(of: str, field: str, value: str) -> None:
    """Raise LedgerError with advice where a word on a name cannot be applied."""
    lead = {"actor": ACTOR, "place": PLACE}.get(field)
    if lead is None or not of.startswith(lead) or of == lead:
        raise LedgerError(f"{of!r} is no name of an {field}: a word on a name is said of actor:NAME or place:NAME")
    if field == "actor" and actor_of(value) is None:
        raise LedgerError(f"{value!r} names no actor: write its name and id, as River Brigade [river-brigade]")
    if field == "place" and place_of(value) is None:
        raise LedgerError(f"{value!r} names no place: choose an entry of the gazetteer")


@dataclass(frozen=True, slots=True)
class Names:
    """The words on names that stand: which actor an entry or a name is, which place a name means."""

    actors: Mapping[str, ActorRef]
    places: Mapping[str, Where]

    def __bool__(self) -> bool:
        return bool(self.actors or self.places)

    def actor(self, known: ActorRef | None, words: str | None) -> ActorRef | None:
        """Return whom a mention means: words on its name first, then on the entry that it was taken for."""
        found = self.actors.get(plain_name(words)) if words else None
        found = found or known
        seen: set[str] = set()
        # A is B, and later B is C: A is C. Two words that lead in a circle end where they began.
        while found is not None and found.id in self.actors and found.id not in seen:
            seen.add(found.id)
            found = self.actors[found.id]
        return found

    def place(self, where: Where, countries: frozenset[str] = frozenset()) -> Where:
        """Return the place that the words of `where` mean; its words and their span stay.

        `countries` are those of the report, for a name of which nothing tells the country.
        """
        inside = frozenset({where.country}) if where.country else countries
        known = self._meant(f" {plain_name(where.text or '')} ", inside)
        return where if known is None else replace(known, text=where.text, span=where.span)

    def _meant(self, words: str, countries: frozenset[str]) -> Where | None:
        # "The village of Qarzamush" holds the name; the longest name that the words hold is meant.
        for key in sorted(self.places, key=lambda one: (-len(one), one)):
            name, _, of = key.partition("@")
            if (not of or of in countries) and f" {name} " in words:
                return self.places[key]
        return None


def names_of(words: Iterable[Revision]) -> Names:
    """Return the words on names that stand: per name the latest; "as read" takes those before it back."""
    latest: dict[tuple[str, str], Revision] = {}
    for word in words:
        if word.field in NAMED_FIELDS and word.of.startswith((ACTOR, PLACE)):
            before = latest.get((word.field, word.of))
            if before is None or (word.made, word.value, word.by) > (before.made, before.value, before.by):
                latest[word.field, word.of] = word
    actors = {of.removeprefix(ACTOR): who for (_, of), word in latest.items() if (who := _actor_said(word))}
    places = {of.removeprefix(PLACE): where for (_, of), word in latest.items() if (where := _place_said(word))}
    return Names(actors, places)


def _actor_said(word: Revision) -> ActorRef | None:
    return actor_of(word.value) if word.of.startswith(ACTOR) else None


def _place_said(word: Revision) -> Where | None:
    return place_of(word.value) if word.of.startswith(PLACE) else None


def corrected_reading(recorded: RecordedReading, names: Names) -> RecordedReading:
    """Return a reading with its names as people said; the very same one where they said nothing of them."""
    reading = recorded.reading
    countries = frozenset(c.where.country for c in reading.claims if c.where is not None and c.where.country)
    made = Reading(
        reading.report,
        _each(reading.claims, lambda claim: _claim(claim, names)),
        reading.breakdowns,
        reading.restatements,
        _each(reading.incidents, lambda one: _incident(one, names)),
        _each(reading.statements, lambda one: _statement(one, names)),
        _each(reading.places, lambda one: _mention(one, names, countries)),
        reading.warnings,
    )
    return recorded if made == reading else replace(recorded, reading=made)


T = TypeVar("T")


def _each(values: tuple[T, ...], change: Callable[[T], T]) -> tuple[T, ...]:
    return tuple(change(value) for value in values)


def _claim(claim: Claim, names: Names) -> Claim:
    voice = claim.according_to
    return replace(
        claim,
        victims=_bearer(claim.victims, names),
        perpetrators=_each(claim.perpetrators, lambda one: _bearer(one, names)),
        according_to=None if voice is None else _bearer(voice, names),
        where=None if claim.where is None else names.place(claim.where),
    )


def _incident(one: Incident, names: Names) -> Incident:
    return replace(
        one,
        victims=_each(one.victims, lambda each: _bearer(each, names)),
        perpetrators=_each(one.perpetrators, lambda each: _bearer(each, names)),
        where=None if one.where is None else names.place(one.where),
    )


def _statement(one: Statement, names: Names) -> Statement:
    slots = {part: _each(found, lambda slot: _slot(slot, names)) for part, found in one.slots.items()}
    voice = one.according_to
    return replace(one, slots=slots, according_to=None if voice is None else _bearer(voice, names))


def _slot(one: Slot, names: Names) -> Slot:
    if one.where is not None:
        return replace(one, where=names.place(one.where))
    # Words that were taken for no actor and no place stay as they are: "the last of it" names nobody.
    return one if one.actor is None else _bearer(one, names)


def _mention(one: PlaceMention, names: Names, countries: frozenset[str]) -> PlaceMention:
    return replace(one, where=names.place(one.where, countries))


def _bearer(one: Bearer, names: Names) -> Bearer:
    actor = names.actor(one.actor, one.text)
    return one if actor == one.actor else replace(one, actor=actor)
