"""People's words on names: that a name is this actor, or means that place; recorded, applied everywhere, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import LedgerError
from marsad.ledger.names import (
    ACTOR,
    NAMED_FIELDS,
    PLACE,
    actor_of,
    actor_value,
    place_of,
    place_value,
    plain_name,
)
from marsad.ledger.revise import AS_READ
from marsad.model import Revision
from marsad.resolve.gazetteer import Entry, gazetteer
from marsad.resolve.registry import Actor, registry
from marsad.resolve.where_names import fold
from marsad.resolve.where_report import where_of
from marsad.resolve.who import find_actor
from marsad.resolve.who_words import folded
from marsad.serve.countries import country_name
from marsad.serve.deciding import Word, revise, unrevised
from marsad.serve.deciding import place_of as desk_of
from marsad.serve.guard import checked_form, field
from marsad.serve.named import actors_of, place_id, places_of
from marsad.serve.pages import page

MOST = 24
KINDS = {
    "C": "country", "1": "province", "2": "district", "A": "capital", "P": "town or village",
    "B": "site", "R": "region", "W": "water", "D": "desert", "M": "mountains", "I": "island", "K": "continent",
}  # fmt: skip
"""What an entry of the gazetteer is, in words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry that a name could be: its value for the record, its name, what tells it from its namesakes."""

    value: str
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One standing word on a name: the name, what it is said to be, whose word, why."""

    word: Revision
    name: str
    means: str


def name_form(request: Request) -> Response:
    """Offer the entries that a name could be, found by its own words or by others."""
    of = request.query_params.get("of", "")
    kind = _kind(of)
    name, _, country = of.partition(":")[2].partition("@")
    shown = request.query_params.get("words", "").strip()[:200] or name
    find = request.query_params.get("find", "").strip()[:200] or shown
    choices = actor_choices(request, find, of) if kind == "actor" else place_choices(request, find, country)
    return page(
        request, "name", of=of, kind=kind, shown=shown, country=country_name(country or None), find=find,
        choices=choices,
    )  # fmt: skip


async def name_it(request: Request) -> Response:
    """Record that a name is an actor or means a place, or that an actor is to be called otherwise."""
    form = await checked_form(request)
    of, because = field(form, "of"), field(form, "because")
    value = field(form, "value") or _called(of, field(form, "called"))
    kind = _kind(of)
    told = await run_in_threadpool(revise, desk_of(request), Word("set", because, kind, value), of)
    return _back(kind, f"recorded: {told}")


async def take_name_back(request: Request) -> Response:
    """Take the last word on a name back, wherever it was applied."""
    form = await checked_form(request)
    of, place = field(form, "of"), desk_of(request)
    kind = _kind(of)
    words = [word for word in place.shelf.words().revisions if (word.of, word.field) == (of, kind)]
    if not words or words[-1].value == AS_READ:
        raise LedgerError(f"there is no word on {of} to take back")
    told = await run_in_threadpool(unrevised, place, words[-1])
    return _back(kind, f"taken back: {told}")


def corrections(revisions: Sequence[Revision], kind: str) -> list[Correction]:
    """Return the words on names that stand, the newest first."""
    latest = {word.of: word for word in revisions if word.field == kind}
    standing = sorted((w for w in latest.values() if w.value != AS_READ), key=lambda w: w.made, reverse=True)
    return [Correction(word, word.of.partition(":")[2].replace("@", ", "), word.value) for word in standing]


def actor_choices(request: Request, find: str, of: str = "") -> list[Choice]:
    """Return the actors that words could name: what the resolver takes them for first, then names that hold them."""
    known = registry().actors
    here = actors_of(request.app.state.shelf, "newest")
    wanted = folded(find)
    first = find_actor(find)
    ids = [first.id] if first is not None else []
    ids += [alias.actor for alias in registry().aliases if wanted and wanted in folded(alias.words)]
    ids += [one.id for one in known.values() if wanted and wanted in folded(one.name)]
    ids += [one.ref.id for one in here.values() if wanted and wanted in folded(one.ref.name)]
    out: list[Choice] = []
    for one in dict.fromkeys(ids):
        ref = known[one].ref if one in known else here[one].ref if one in here else None
        if ref is not None and f"{ACTOR}{one}" != of and len(out) < MOST:
            out.append(Choice(actor_value(ref.name, ref.id), ref.name, actor_facts(known.get(one), ref.id)))
    return out


def actor_facts(actor: Actor | None, one: str) -> str:
    """Return in a few words who an actor is."""
    if actor is None:
        return f"known from reports only, {one}"
    countries = ", ".join(filter(None, (country_name(code) for code in sorted(actor.countries))))
    return ", ".join(part for part in (actor.kind.replace("_", " "), countries, one) if part)


def place_choices(request: Request, find: str, country: str = "") -> list[Choice]:
    """Return the entries of the gazetteer that bear a name, those of the country first, then the largest."""
    entries = sorted(
        gazetteer().entries(fold(find)), key=lambda e: (e.country != country, -e.population, e.kind, e.number)
    )
    found = [Choice(place_value(where_of(e, None)), e.name, entry_facts(e)) for e in entries if e.country]
    wanted = plain_name(find)
    for one in places_of(request.app.state.shelf, "newest").values():
        where = one.where
        if where.gazetteer_id and where.latitude is not None and wanted in plain_name(where.name or ""):
            value = place_value(where)
            if all(value != choice.value for choice in found):
                found.append(Choice(value, where.name or "", f"in this ledger, {place_id(where)}"))
    return found[:MOST]


def entry_facts(entry: Entry) -> str:
    """Return what tells an entry of the gazetteer from its namesakes."""
    people = f"{entry.population:,} people" if entry.population else ""
    at = f"{entry.latitude:.2f}, {entry.longitude:.2f}"
    units = (entry.admin2, entry.admin1, country_name(entry.country))
    inside = ", ".join(unit for unit in units if unit and unit != entry.name)
    return "; ".join(part for part in (KINDS.get(entry.kind, ""), inside, people, at) if part)


def _kind(of: str) -> str:
    for kind, lead in zip(NAMED_FIELDS, (ACTOR, PLACE), strict=True):
        if of.startswith(lead) and of != lead:
            return kind
    raise LedgerError(f"{of!r} is no name: a word on a name is said of actor:NAME or place:NAME")


def _called(of: str, name: str) -> str:
    """Return the value that calls an actor otherwise and keeps its entry; one is made where it had none."""
    if not name or "[" in name or "]" in name:
        raise LedgerError("choose what the name is, or write what it is to be called, without square brackets")
    if _kind(of) != "actor":
        raise LedgerError("of a place name choose the place that it means")
    entry = of.removeprefix(ACTOR)
    made = entry if entry in registry().actors or entry.startswith("x-") else "x-" + folded(name).replace(" ", "-")
    return actor_value(name, made)


def _back(kind: str, done: str) -> Response:
    return RedirectResponse(f"/{kind}s/unknown?done={quote(done)}", 303)


def means(value: str) -> str:
    """Return the value of a word on a name as people read it: the actor's name, or the place with its units."""
    actor, place = actor_of(value), place_of(value)
    if place is not None:
        return ", ".join(part for part in (place.name, place.admin1, country_name(place.country)) if part)
    return actor.name if actor is not None else value
