"""Actors: who they are, whom they belonged to when, what they are said to have done and suffered; and unknown names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import LedgerIncident
from marsad.ledger.names import actor_of
from marsad.ledger.tolls import first_day
from marsad.resolve.registry import Actor, Affiliation, registry, side_on
from marsad.resolve.who_ucdp import sides, ucdp_name
from marsad.resolve.who_words import folded
from marsad.serve.address import number
from marsad.serve.countries import country_name
from marsad.serve.desk import Shelf
from marsad.serve.incidents import cards
from marsad.serve.messages import CURRENT, gettext
from marsad.serve.named import (
    ActorEntry,
    UnknownName,
    actors_of,
    main_harm,
    over_time,
    ranked_actors,
    sums,
    unknown_actors,
)
from marsad.serve.naming import actor_choices, corrections, means
from marsad.serve.pages import page
from marsad.serve.says import day_words
from marsad.serve.terms import term
from marsad.serve.ties import SAID, ties_of
from marsad.serve.withheld import sees_words

ON_A_PAGE = 100
SHOWN = 12
RELATIONS = {
    "part_of": "part of", "allied_with": "allied with", "supported_by": "supported by", "formerly": "formerly",
    "rival": "rival of", "affiliate_of": "affiliate of", "counted_as": "counted by UCDP as",
}  # fmt: skip
REVERSED = {
    "part_of": "has as a part", "allied_with": "allied with", "supported_by": "supports", "formerly": "later became",
    "rival": "rival of", "affiliate_of": "has as an affiliate", "counted_as": "counted by UCDP with it",
}  # fmt: skip
"""The ties of the registry, seen from the actor that has them, and from the other."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie of an actor: what it was to whom, and when, in words."""

    relation: str
    other: str
    name: str
    days: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry says of an actor."""

    kind: str
    countries: str
    names: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]
    side: str
    ucdp: str
    origin: str


def show_actors(request: Request) -> Response:
    """List the actors of the ledger, those blamed for most dead first; find any of the registry by a name."""
    here = actors_of(request.app.state.shelf, "newest")
    find = request.query_params.get("find", "").strip()[:200]
    ranked, wanted = ranked_actors(request.app.state.shelf, "newest"), folded(find)
    named = (one for one in ranked if wanted in folded(one.ref.name) or _has_name(one.ref.id, wanted))
    chosen = [*named] if wanted else ranked
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    more = [(one, entry_of(one.value)) for one in actor_choices(request, find)] if find else []
    return page(
        request, "actors", shown=[(one, _kind(one.ref.id)) for one in chosen[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]],
        count=len(chosen), at=at, pages=pages, find=find, others=[one for one in more if one[1] not in here],
        unknown=sum(not name.is_description for name in unknown_actors(request.app.state.shelf, "newest")),
    )  # fmt: skip


def show_actor(request: Request) -> Response:
    """Show who an actor is, and what the ledger holds of it."""
    asked = request.path_params["id"]
    entry = actors_of(request.app.state.shelf, "newest").get(asked)
    actor = registry().actors.get(asked)
    shelf: Shelf = request.app.state.shelf
    suggested = ties_of(shelf, asked, "ties" in request.query_params)
    if entry is None:
        # Some actors are known from what reports say of their ties alone.
        told = (ref for one in suggested or () for ref in (one.tie.actor, one.tie.other) if ref.id == asked)
        ref = actor.ref if actor is not None else next(told, None)
        if ref is None:
            raise HTTPException(404, f"{asked} is no actor of this ledger, and the registry does not know it")
        entry = ActorEntry(ref)
    last = max((day for one in (*entry.blamed, *entry.suffered) if (day := first_day(one))), default=None)
    blamed = shelf.kept(("blamed", asked), lambda: sums(entry.blamed))
    suffered = shelf.kept(("suffered", asked), lambda: sums(entry.suffered))
    harm, suffered_harm = main_harm(blamed), main_harm(suffered)
    return page(
        request, "actor", entry=entry, known=_known(actor, last) if actor is not None else None,
        blamed=blamed, suffered=suffered, harm=harm,
        series=shelf.kept(("blamed over time", asked, CURRENT.get()), lambda: over_time(entry.blamed, harm)),
        suffered_harm=suffered_harm, suffered_series=over_time(entry.suffered, suffered_harm),
        newest=cards(newest(entry.blamed)), against=cards(newest(entry.suffered)), denied=cards(newest(entry.denies)),
        words=entry.words.most_common(SHOWN) if sees_words(request) else [], sees=sees_words(request),
        suggested=suggested, most_said=SAID, relations=RELATIONS,
        turned=REVERSED, of=f"actor:{asked}", standing=[
            one for one in corrections(request.app.state.shelf.words().revisions, "actor")
            if one.word.of == f"actor:{asked}" or one.word.value.endswith(f" [{asked}]")
        ],
    )  # fmt: skip


def show_unknown(request: Request) -> Response:
    """List the doers that no registry knows, the most frequent first, each with the way to say who it is."""
    names = unknown_actors(request.app.state.shelf, "newest")
    return unknown_page(request, "actor", names)


def unknown_page(request: Request, kind: str, names: Sequence[UnknownName]) -> Response:
    """Show names that nothing resolved, and the words on names that stand."""
    if not sees_words(request):
        raise HTTPException(403, "names that nobody knows can be those of private people: they are shown to recorders")
    descriptions = [name for name in names if name.is_description]
    names = [name for name in names if not name.is_description]
    pages = max(1, -(-len(names) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    said = corrections(request.app.state.shelf.words().revisions, kind)
    return page(
        request, "unknown", kind=kind, names=names[(at - 1) * ON_A_PAGE : at * ON_A_PAGE], count=len(names), at=at,
        pages=pages, corrections=[(one, means(one.means)) for one in said],
        country_name=country_name, descriptions=descriptions[:ON_A_PAGE],
        done=request.query_params.get("done", "")[:200],
    )  # fmt: skip


def newest(incidents: Iterable[LedgerIncident]) -> list[LedgerIncident]:
    """Return the newest incidents of a few, the newest first."""
    return sorted(incidents, key=lambda one: (str(first_day(one) or ""), one.id), reverse=True)[:SHOWN]


def entry_of(value: str) -> str:
    """Return the id of the actor that a value names."""
    ref = actor_of(value)
    return ref.id if ref is not None else ""


def _known(actor: Actor, last: date | None) -> Known:
    side = side_on(actor.id, last)
    countries = ", ".join(filter(None, (country_name(code) for code in sorted(actor.countries))))
    aliases = dict.fromkeys((a.words, _days(a.since, a.until)) for a in registry().aliases if a.actor == actor.id)
    return Known(
        actor.kind.replace("_", " "), countries, tuple(aliases), tuple(_ties(actor.id)),
        side.name if side is not None and side.id != actor.id else "", ucdp_name(sides([actor.ref], last)[0]),
        actor.origin,
    )  # fmt: skip


def _ties(actor: str) -> Iterator[Tie]:
    known = registry()
    ties = [(tie, RELATIONS[tie.relation], tie.other) for tie in known.affiliations.get(actor, ())]
    ties += [
        (tie, REVERSED[tie.relation], tie.actor)
        for each in known.affiliations.values()
        for tie in each
        if tie.other == actor
    ]
    for tie, words, other in sorted(ties, key=_by_day):
        yield Tie(words, other, known.actors[other].name, _days(tie.since, tie.until))


def _by_day(tie: tuple[Affiliation, str, str]) -> tuple[date, str, str]:
    return tie[0].since or date.min, tie[1], tie[2]


def _days(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return ""
    if until is None:
        return gettext("since %(day)s") % {"day": day_words(since)}
    if since is None:
        return gettext("until %(day)s") % {"day": day_words(until)}
    return gettext("%(first)s to %(last)s") % {"first": day_words(since), "last": day_words(until)}


def _has_name(one: str, wanted: str) -> bool:
    return bool(wanted) and any(a.actor == one and wanted in folded(a.words) for a in registry().aliases)


def _kind(one: str) -> str:
    actor = registry().actors.get(one)
    if actor is None:
        return gettext("from reports")
    countries = ", ".join(filter(None, (country_name(code) for code in sorted(actor.countries)[:3])))
    return f"{term(actor.kind)}{f', {countries}' if countries else ''}"
